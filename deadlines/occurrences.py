"""
The due occasions of a deadline, with labels that stay when dates move.

A label names the stretch that is answered for, never the day: '' for a single deadline, 'w2' for the second of
several windows, '2022-10' for a month, '2022-Q4' for a quarter, '2022-H2' for a half-year, '2022' for a year,
'2022-W40' for a week, '2022-10-03' for a day. Where a stretch has several occasions they are counted: '2022-10/2'.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dateutil.rrule import rrulestr

from deadlines.values import Deadline, Kind, Period, Window


class Occurrence(NamedTuple):
    """One due occasion."""

    label: str
    start: dt.date | None
    due: dt.date


def occurrences(deadline: Deadline, period: Period) -> tuple[Occurrence, ...]:
    """
    Give the occasions of a deadline inside a period, in order of their days.

    A single deadline outside the period keeps its one occasion, as the row keeps its date; a recurring one is cut to
    the period and to the bounds that its phrase states. Schedules, requests and terms from an event have none.
    """
    match deadline.kind:
        case Kind.BY | Kind.WINDOW | Kind.MONTHS:
            return _windows(deadline)
        case Kind.CONTINUOUS:
            due = deadline.due or period.end
            return (Occurrence("", deadline.start or period.start, due),)
        case Kind.RECURRING:
            return _recurring(deadline, period)
        case _:
            return ()


def spans(deadline: Deadline) -> tuple[Window, ...]:
    """Give the windows of a deadline, also when it has only one and does not list it."""
    if deadline.windows:
        return deadline.windows
    if deadline.due is None:
        return ()
    return (Window(deadline.start or deadline.due, deadline.due),)


def _windows(deadline: Deadline) -> tuple[Occurrence, ...]:
    if len(deadline.windows) > 1:
        by = deadline.kind is Kind.BY
        return tuple(Occurrence(f"w{n}", None if by else w.start, w.due) for n, w in enumerate(deadline.windows, 1))
    return () if deadline.due is None else (Occurrence("", deadline.start, deadline.due),)


def _recurring(deadline: Deadline, period: Period) -> tuple[Occurrence, ...]:
    first = max(period.start, deadline.start or period.start)
    last = min(period.end, deadline.due or period.end)
    found: dict[dt.date, str] = {}
    counts: dict[str, int] = {}
    for day, label in sorted({x for rule in deadline.rrules for x in _labelled(rule, period)}):
        counts[label] = counts.get(label, 0) + 1
        if first <= day <= last:
            found.setdefault(day, label if counts[label] == 1 else f"{label}/{counts[label]}")
    return tuple(Occurrence(label, None, day) for day, label in found.items())


def _labelled(rule: str, period: Period) -> Iterator[tuple[dt.date, str]]:
    """Expand a rule over whole years around the period, so that its edges do not change a count."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    months = _numbers(parts.get("BYMONTH", ""))
    name = _namer(parts, months)
    for day in expand(rule, period):
        yield day, name(day)


def expand(rule: str, period: Period) -> Iterable[dt.date]:
    """
    Give the days of a rule from the start of the period's first year to the end of its last.

    Intervals count from the period's start. A yearly rule without a month means the end of each such year.
    """
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts:
        return tuple(dt.date(year, 12, 31) for year in range(period.start.year, period.end.year + 1, interval))
    anchor = period.start if interval > 1 else dt.date(period.start.year, 1, 1)
    if parts["FREQ"] == "YEARLY":
        anchor = dt.date(period.start.year, 1, 1)
    elif parts["FREQ"] == "MONTHLY":
        anchor = anchor.replace(day=1)
    elif parts["FREQ"] == "WEEKLY":
        anchor -= dt.timedelta(anchor.weekday())
    begin = dt.datetime.combine(anchor, dt.time())
    end = dt.datetime(period.end.year, 12, 31)  # noqa: DTZ001 - whole days, no zone
    return tuple(moment.date() for moment in rrulestr(rule, dtstart=begin).between(begin, end, inc=True))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in text.split(",")) if text else ()


class _Namer(NamedTuple):
    """Names the stretch that a day answers for."""

    size: int  # months; 0: week, -1: day
    backwards: frozenset[int]  # months whose day answers for the stretch before

    def __call__(self, day: dt.date) -> str:
        if self.size == -1:
            return day.isoformat()
        if self.size == 0:
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02d}"
        if self.size == 12:
            return str(day.year)
        if self.size == 1:
            return f"{day.year}-{day.month:02d}"
        number = (day.month - 1) // self.size - (1 if day.month in self.backwards else 0)
        year, number = day.year + number // (12 // self.size), number % (12 // self.size) + 1
        return f"{year}-{'Q' if self.size == 3 else 'H'}{number}"


def _namer(parts: dict[str, str], months: tuple[int, ...]) -> _Namer:
    if parts["FREQ"] == "DAILY" or (parts["FREQ"] == "WEEKLY" and parts["BYDAY"].count(",") >= 4):
        return _Namer(-1, frozenset())
    if parts["FREQ"] == "WEEKLY":
        return _Namer(0, frozenset())
    if parts["FREQ"] == "MONTHLY":
        return _Namer(1, frozenset())
    if len(months) == 4:
        backwards = frozenset(m for m in months if m % 3)
        quarters = {((m - 1) // 3 - (m in backwards)) % 4 for m in months}
        if len(quarters) == 4:
            return _Namer(3, backwards)
    if len(months) == 2:
        backwards = frozenset(m for m in months if m in (1, 2, 7, 8))
        halves = {((m - 1) // 6 - (m in backwards)) % 2 for m in months}
        if len(halves) == 2:
            return _Namer(6, backwards)
    return _Namer(12 if len(months) < 2 else 1, frozenset())
