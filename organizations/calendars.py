"""Working calendars of organizations: the federal one with the exceptions of the bodies above."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache

from django.core.cache import cache
from django.db import connection

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


def calendars_for(weeks: Mapping[int, int]) -> dict[int, WorkingCalendar]:
    """
    Give the calendars of many organizations in two statements at most.

    :param weeks: the length of the working week by organization
    """
    keys = {f"calendar-{pk}": pk for pk in weeks}
    known: dict[int, Exceptions] = {keys[key]: found for key, found in cache.get_many(keys).items()}
    missing = weeks.keys() - known.keys()
    if missing:
        read = _exceptions_of_all(missing)
        cache.set_many({f"calendar-{pk}": found for pk, found in read.items()}, CACHED_SECONDS)
        known |= read
    return {pk: _calendar(known[pk], week) for pk, week in weeks.items()}


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


# Which organizations' days hold for which: downwards from the few that have any.
HEIRS = """
WITH RECURSIVE heirs(source, id, distance) AS (
    SELECT DISTINCT organization_id, organization_id, 0 FROM organizations_calendarday
    UNION ALL SELECT heirs.source, o.id, heirs.distance + 1 FROM heirs JOIN organizations_organization o ON o.parent_id = heirs.id
) SELECT id, source, distance FROM heirs ORDER BY distance DESC"""


def _exceptions_of_all(organizations: Collection[int]) -> dict[int, Exceptions]:
    """Read the exceptions of many organizations; the nearest body's word comes last and holds."""
    days: dict[int, list[tuple[dt.date, bool]]] = defaultdict(list)
    for organization, day, works in CalendarDay.objects.values_list("organization", "day", "is_working"):
        days[organization].append((day, works))
    found: dict[int, dict[dt.date, bool]] = {pk: {} for pk in organizations}
    if days:
        with connection.cursor() as cursor:
            cursor.execute(HEIRS)
            for pk, source, _ in cursor.fetchall():
                if pk in found:
                    found[pk].update(days[source])
    # One tuple for all who say the same, so that they share one calendar.
    shared: dict[Exceptions, Exceptions] = {}
    rows = ((pk, tuple(sorted(exceptions.items()))) for pk, exceptions in found.items())
    return {pk: shared.setdefault(exceptions, exceptions) for pk, exceptions in rows}


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
