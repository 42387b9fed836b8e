"""People and the positions that they hold."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from organizations.models import Organization, Person, Position, User
from organizations.operations import refusals, rows

PERSON = ("surname", "given_name", "patronymic", "email", "phone")
POSITION = ("person", "title", "is_head", "is_acting", "starts_on", "ends_on")


@transaction.atomic
def add(
    organization: Organization,
    *,
    person: Mapping[str, Any],
    position: Mapping[str, Any],
    by: User | None,
    now: dt.datetime,
    for_other: bool = False,
) -> Person:
    """
    Write somebody down together with the position that she holds here.

    :raises HeadIsInPost: if the position is the head's and somebody holds that in the same days
    """
    somebody = rows.add(
        Person(**person),
        subject="person",
        fields=PERSON,
        owner=organization,
        by=by,
        now=now,
        for_other=for_other,
    )
    start(somebody, organization, values=position, by=by, now=now, for_other=for_other)
    return somebody


def change(
    person: Person,
    *,
    organization: Organization,
    values: Mapping[str, Any],
    by: User,
    now: dt.datetime,
    for_other: bool = False,
) -> Person:
    """Change a name or an address; the journal of the organization that did it keeps the former one."""
    return rows.change(person, values, subject="person", owner=organization, by=by, now=now, for_other=for_other)


@transaction.atomic
def start(
    person: Person,
    organization: Organization,
    *,
    values: Mapping[str, Any],
    by: User | None,
    now: dt.datetime,
    for_other: bool = False,
) -> Position:
    """
    Let a person hold a position in an organization.

    :raises HeadIsInPost: if the position is the head's and somebody holds that in the same days
    """
    position = Position(organization=organization, person=person, **values)
    _require_one_head(position)
    return rows.add(
        position, subject="position", fields=POSITION, owner=organization, by=by, now=now, for_other=for_other
    )


@transaction.atomic
def change_position(
    position: Position, *, values: Mapping[str, Any], by: User, now: dt.datetime, for_other: bool = False
) -> Position:
    """
    Change a position's title, term or marks.

    :raises HeadIsInPost: if it becomes the head's and somebody holds that in the same days
    """
    wanted = Position(pk=position.pk, organization_id=position.organization_id, person_id=position.person_id)
    for name in ("title", "is_head", "is_acting", "starts_on", "ends_on"):
        setattr(wanted, name, values.get(name, getattr(position, name)))
    _require_one_head(wanted)
    return rows.change(
        position, values, subject="position", owner=position.organization, by=by, now=now, for_other=for_other
    )


def end(position: Position, *, on: dt.date, by: User, now: dt.datetime, for_other: bool = False) -> Position:
    """End a position; it stays, because orders and plans name who held it."""
    return rows.change(
        position,
        {"ends_on": on},
        subject="position",
        operation="position-ended",
        owner=position.organization,
        by=by,
        now=now,
        for_other=for_other,
    )


def _require_one_head(position: Position) -> None:
    if not position.is_head or position.is_acting:
        return
    Organization.objects.select_for_update().get(pk=position.organization_id)  # two who add a head at once: one waits
    others = Position.objects.filter(organization=position.organization_id, is_head=True, is_acting=False)
    if position.ends_on is not None:
        others = others.filter(Q(starts_on=None) | Q(starts_on__lte=position.ends_on))
    if position.starts_on is not None:
        others = others.filter(Q(ends_on=None) | Q(ends_on__gte=position.starts_on))
    other = others.exclude(pk=position.pk).select_related("person").first()
    if other is not None:
        raise refusals.HeadIsInPost(person=other.person)
