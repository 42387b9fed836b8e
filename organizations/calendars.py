"""Working calendars of organizations: the federal one with the exceptions of the bodies above."""

import datetime as dt
from functools import lru_cache

from django.core.cache import cache

from deadlines.calendar import WorkingCalendar
from organizations.models import CalendarDay, Organization
from organizations.querysets import ancestry

CACHED_SECONDS = 300
Exceptions = tuple[tuple[dt.date, bool], ...]


def calendar_for(organization: Organization) -> WorkingCalendar:
    """Give the calendar by which an organization reckons; exceptions nearest to it win. One object asks once."""
    known: WorkingCalendar | None = organization.__dict__.get("_calendar")
    if known is None:
        known = organization.__dict__["_calendar"] = _calendar(
            _cached_exceptions(organization), organization.working_week
        )
    return known


def _cached_exceptions(organization: Organization) -> Exceptions:
    key = f"calendar-{organization.pk}"
    exceptions: Exceptions | None = cache.get(key)
    if exceptions is None:
        exceptions = _exceptions(organization)
        cache.set(key, exceptions, CACHED_SECONDS)
    return exceptions


def forget_calendars() -> None:
    """Let everybody read the exceptions anew, after one of them was changed."""
    cache.delete_many([f"calendar-{pk}" for pk in Organization.objects.values_list("pk", flat=True)])


def _exceptions(organization: Organization) -> Exceptions:
    # A day that several levels name keeps the word of the deepest one, which comes last by its depth in the tree.
    order = {pk: depth for depth, pk in enumerate(_path(organization))}
    rows = CalendarDay.objects.filter(organization__in=ancestry([organization.pk])).values_list(
        "organization", "day", "is_working"
    )
    days = {day: works for _, day, works in sorted(rows, key=lambda row: order[row[0]])}
    return tuple(sorted(days.items()))


def _path(organization: Organization) -> list[int]:
    parents = dict(Organization.objects.above(organization.pk).values_list("pk", "parent"))
    path, at = [], organization.pk
    while at is not None:
        path.append(at)
        at = parents.get(at)
    return path[::-1]


@lru_cache(maxsize=256)
def _calendar(exceptions: Exceptions, week: int) -> WorkingCalendar:
    return WorkingCalendar(dict(exceptions), week_days=week)
