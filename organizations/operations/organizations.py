"""Organizations of the tree: adding, card, renaming, closing, merging."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from organizations.choices import KINDS_BELOW, OrganizationKind
from organizations.models import Organization, User
from organizations.operations import refusals, rows

SUBJECT = "organization"
NAMES = ("name", "short_name", "short_genitive", "short_instrumental", "word", "word_genitive")
CARD = ("place", "address", "email", "site", "time_zone", "working_week", "names_public")


@transaction.atomic
def add_below(
    parent: Organization,
    *,
    values: Mapping[str, Any],
    by: User,
    now: dt.datetime,
    for_other: bool = False,
) -> Organization:
    """
    Put a new organization below another; time zone and working week come from above unless given.

    :raises ParentIsClosed: if nothing may be added there any more
    :raises KindDoesNotFit: if such an organization does not stand below such a one
    """
    if parent.closed_on is not None:
        raise refusals.ParentIsClosed(organization=parent)
    kind = OrganizationKind(values["kind"])
    if kind not in KINDS_BELOW[OrganizationKind(parent.kind)]:
        raise refusals.KindDoesNotFit(kind=kind.label, organization=parent)
    inherited = {"time_zone": parent.time_zone, "working_week": parent.working_week, "parent": parent}
    organization = Organization(**(inherited | dict(values)))
    return rows.add(
        organization,
        subject=SUBJECT,
        fields=["kind", "parent", *NAMES, *CARD],
        owner=organization,
        by=by,
        now=now,
        for_other=for_other,
    )


def change_card(
    organization: Organization, *, values: Mapping[str, Any], by: User, now: dt.datetime, for_other: bool = False
) -> Organization:
    """Change place, addresses, time zone, working week and what is public."""
    return _change(organization, values, "card-changed", by=by, now=now, for_other=for_other)


def rename(
    organization: Organization,
    *,
    values: Mapping[str, Any],
    by: User,
    now: dt.datetime,
    reason: str = "",
    for_other: bool = False,
) -> Organization:
    """Give the organization new names; orders keep the old ones as text, and so does the journal."""
    return _change(organization, values, "renamed", by=by, now=now, reason=reason, for_other=for_other)


@transaction.atomic
def close(
    organization: Organization,
    *,
    on: dt.date,
    by: User,
    now: dt.datetime,
    reason: str = "",
    for_other: bool = False,
) -> Organization:
    """
    Close an organization; it stays in the tree, because old orders and plans name it.

    :raises AlreadyClosed: if it is closed
    :raises StillHasBodiesBelow: if open organizations stand below it
    """
    _require_open(organization)
    below = Organization.objects.open().filter(parent=organization).in_order()[:4]
    if names := [str(child) for child in below]:
        raise refusals.StillHasBodiesBelow(names=", ".join(names[:3]) + (" …" if len(names) > 3 else ""))
    return _change(organization, {"closed_on": on}, "closed", by=by, now=now, reason=reason, for_other=for_other)


@transaction.atomic
def merge(
    organization: Organization,
    *,
    into: Organization,
    on: dt.date,
    by: User,
    now: dt.datetime,
    reason: str = "",
    for_other: bool = False,
) -> Organization:
    """
    Close an organization and name its successor; what stands below moves to the successor.

    :raises AlreadyClosed: if it is closed
    :raises CannotSucceed: if the successor is closed, of another kind, the same, or stands below
    """
    _require_open(organization)
    beneath = Organization.objects.below(organization.pk).filter(pk=into.pk).exists()
    if beneath or into.closed_on is not None or into.kind != organization.kind:
        raise refusals.CannotSucceed
    for child in Organization.objects.open().filter(parent=organization).order_by("pk"):
        _change(child, {"parent": into}, "moved", by=by, now=now, reason=reason, for_other=for_other)
    values = {"closed_on": on, "successor": into}
    return _change(organization, values, "merged", by=by, now=now, reason=reason, for_other=for_other)


@transaction.atomic
def reopen(
    organization: Organization, *, by: User, now: dt.datetime, reason: str = "", for_other: bool = False
) -> Organization:
    """
    Take a closing back; what has moved to a successor stays there.

    :raises NotClosed: if it is open
    """
    if Organization.objects.select_for_update().get(pk=organization.pk).closed_on is None:
        raise refusals.NotClosed(organization=organization)
    values = {"closed_on": None, "successor": None}
    return _change(organization, values, "reopened", by=by, now=now, reason=reason, for_other=for_other)


def _require_open(organization: Organization) -> None:
    if Organization.objects.select_for_update().get(pk=organization.pk).closed_on is not None:
        raise refusals.AlreadyClosed(organization=organization)


def _change(
    organization: Organization,
    values: Mapping[str, Any],
    deed: str,
    *,
    by: User,
    now: dt.datetime,
    reason: str = "",
    for_other: bool = False,
) -> Organization:
    return rows.change(
        organization,
        values,
        subject=SUBJECT,
        operation=f"{SUBJECT}-{deed}",
        owner=organization,
        by=by,
        now=now,
        reason=reason,
        for_other=for_other,
    )
