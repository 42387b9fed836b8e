"""One short call for each thing that tests need; what a test does not say is plain and valid."""

import datetime as dt
import itertools
from typing import Any

from organizations import access
from organizations.models import (
    CalendarDay,
    Cluster,
    Organization,
    Participant,
    Partner,
    Person,
    Position,
    SpecialisedClass,
    User,
)

NOW = dt.datetime(2026, 9, 1, 9, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 9, 1)
PASSWORD = "четыре слова подряд"  # of accounts in tests only

_numbers = itertools.count(1)


def organization(kind: str, short_name: str, parent: Organization | None = None, **values: Any) -> Organization:
    """Add an organization."""
    return Organization.objects.create(
        kind=kind, short_name=short_name, name=values.pop("name", f"{short_name}, полностью"), parent=parent, **values
    )


def person(surname: str = "", **values: Any) -> Person:
    """Add somebody who holds no position yet."""
    defaults = {"given_name": "Анна", "patronymic": "Павловна"}
    return Person.objects.create(surname=surname or f"Фамилия{next(_numbers)}", **(defaults | values))


def position(somebody: Person, where: Organization, title: str = "методист", **values: Any) -> Position:
    """Let a person hold a position."""
    return Position.objects.create(person=somebody, organization=where, title=title, **values)


def account(where: Organization | None = None, *roles: access.Role, email: str = "", **values: Any) -> User:
    """Open an account of a new person, with roles in an organization."""
    number = next(_numbers)
    somebody = values.pop("person", None) or person(f"Учётова{number}")
    user = User.objects.create(
        username=values.pop("username", f"user{number}"),
        email=email or f"user{number}@example.test",
        person=somebody,
        **values,
    )
    if where is not None:
        position(somebody, where, "специалист")
        for role in roles:
            access.grant(user, role, where)
    return user


def cluster(region: Organization, name: str = "", **values: Any) -> Cluster:
    """Add a cluster to a region."""
    return Cluster.objects.create(organization=region, name=name or f"кластер {next(_numbers)}", **values)


def participant(school: Organization, of: Cluster, **values: Any) -> Participant:
    """Put a school on the list of a cluster."""
    return Participant.objects.create(organization=school, cluster=of, **values)


def specialised_class(school: Organization, of: Cluster, name: str = "", **values: Any) -> SpecialisedClass:
    """Add a specialised class."""
    return SpecialisedClass.objects.create(
        organization=school, cluster=of, name=name or f"{next(_numbers)}А", **({"pupils": 20} | values)
    )


def partner(where: Organization, name: str = "", **values: Any) -> Partner:
    """Add a partner."""
    return Partner.objects.create(
        organization=where, name=name or f"Партнёр {next(_numbers)}", **({"kind": "academic"} | values)
    )


def calendar_day(region: Organization, day: dt.date, **values: Any) -> CalendarDay:
    """Mark a day as off."""
    return CalendarDay.objects.create(organization=region, day=day, **values)
