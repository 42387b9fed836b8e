"""Days on which a region's calendar differs from the federal one."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from organizations.models import CalendarDay, Organization, User
from organizations.operations import rows

SUBJECT = "calendar-day"
FIELDS = ("day", "is_working", "name")


def add(
    organization: Organization, *, values: Mapping[str, Any], by: User, now: dt.datetime, for_other: bool = False
) -> CalendarDay:
    """Mark a day as worked or off for the organization and everyone below."""
    day = CalendarDay(organization=organization, **values)
    return rows.add(day, subject=SUBJECT, fields=FIELDS, owner=organization, by=by, now=now, for_other=for_other)


def change(
    day: CalendarDay, *, values: Mapping[str, Any], by: User, now: dt.datetime, for_other: bool = False
) -> CalendarDay:
    """Change the day, what it is, or its occasion."""
    return rows.change(day, values, subject=SUBJECT, owner=day.organization, by=by, now=now, for_other=for_other)


def remove(day: CalendarDay, *, by: User, now: dt.datetime, for_other: bool = False) -> None:
    """Let the federal calendar hold for the day again."""
    rows.remove(day, subject=SUBJECT, fields=FIELDS, owner=day.organization, by=by, now=now, for_other=for_other)
