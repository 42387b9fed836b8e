"""Telling people in the portal, and what they do with what they are told."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import QuerySet
from django.utils.http import url_has_allowed_host_and_scheme

from organizations.models import Organization, User
from organizations.recordset import recordset
from reminders.models import Notice


def tell(
    *,
    recipients: Iterable[User],
    kind: str,
    params: Mapping[str, Any],
    path: str,
    now: dt.datetime,
    key: str = "",
    organization: Organization | None = None,
) -> int:
    """
    Tell several accounts one thing; give back how many were told.

    `key` keeps a thing from being told twice to the same account, also by two workers at once. `path` is the page where
    it can be dealt with, `organization` the one for which the reader acts there. Closed accounts are not told.

    :raises ValueError: if the path leads out of the portal
    """
    if path and (not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None)):
        raise ValueError(f"A notice leads to a page of the portal, not to {path!r}")
    accounts = {user.pk: user for user in recipients if user.is_active}
    if key:
        told = Notice.objects.filter(recipient__in=accounts, key=key).values_list("recipient", flat=True)
        for pk in told:
            accounts.pop(pk, None)
    rows = [
        Notice(
            recipient=user,
            organization=organization,
            kind=kind,
            params=dict(params),
            path=path,
            key=key,
            created_at=now,
        )
        for user in accounts.values()
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=bool(key))
    return len(rows)


_JSON = DjangoJSONEncoder(ensure_ascii=False)


class Message(NamedTuple):
    """One thing to tell one account, by ids; `organization` is the one for which the reader acts there."""

    recipient: int
    organization: int | None
    kind: str
    params: Mapping[str, Any]
    path: str
    key: str


def tell_each(messages: Sequence[Message], *, now: dt.datetime) -> int:
    """
    Tell many accounts something each in one statement; give back how many were told.

    A key that an account was told before is not told again. The paths come from `get_absolute_url`, the recipients from
    `organizations.access`, which knows only active accounts.
    """
    if not messages:
        return 0
    said = {id(message.params): message.params for message in messages}  # the same object to many is written once
    written = {key: _JSON.encode(params) for key, params in said.items()}
    rows = [(m.recipient, m.organization, m.kind, written[id(m.params)], m.path, m.key) for m in messages]
    table, param = recordset("recipient:int organization:int kind:text params:json path:text key:text", rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reminders_notice (recipient_id, organization_id, kind, params, path, key, created_at) "  # noqa: S608
            f"SELECT recipient, organization, kind, params, path, key, %s FROM {table} AS m "
            "WHERE true ON CONFLICT DO NOTHING",
            [connection.ops.adapt_datetimefield_value(now), param],
        )
        return cursor.rowcount


def mark_read(notices: "QuerySet[Notice]", *, now: dt.datetime) -> int:
    """Mark notices as read; those read already keep their time."""
    return notices.filter(read_at=None).update(read_at=now)


def mark_unread(notices: "QuerySet[Notice]") -> int:
    """Put notices back among those that wait."""
    return notices.exclude(read_at=None).update(read_at=None)
