"""Moving a deadline by days."""

import datetime as dt
from dataclasses import replace

from deadlines import inheritance
from deadlines.calendar import WorkingCalendar
from deadlines.values import Deadline, Kind
from deadlines.wording import render

MOVABLE = frozenset({Kind.BY, Kind.WINDOW, Kind.MONTHS})
"""Kinds whose dates are days of their own; a recurrence or an event has none that could be moved."""


def shifted(deadline: Deadline, days: int, *, working: bool, calendar: WorkingCalendar) -> Deadline | None:
    """Move every date of a deadline by calendar or working days, and word it anew; None where there is no date to move."""
    if deadline.kind not in MOVABLE or deadline.due is None:
        return None

    def move(day: dt.date) -> dt.date:
        return calendar.shift(day, days) if working else day + dt.timedelta(days=days)

    moved = inheritance.shifted(deadline, move)
    return replace(moved, phrase=render(moved), warnings=(), suggestions=())
