"""Telling people in the portal, and what they do with what they are told."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.http import url_has_allowed_host_and_scheme

from organizations.models import Organization, User
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


def mark_read(notices: "QuerySet[Notice]", *, now: dt.datetime) -> int:
    """Mark notices as read; those read already keep their time."""
    return notices.filter(read_at=None).update(read_at=now)


def mark_unread(notices: "QuerySet[Notice]") -> int:
    """Put notices back among those that wait."""
    return notices.exclude(read_at=None).update(read_at=None)
