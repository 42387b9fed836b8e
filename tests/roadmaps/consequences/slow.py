"""A slow model of consequences: whole copies of every edition, days counted one by one, nothing shared with the engine."""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from deadlines.calendar import WorkingCalendar

Span = tuple[dt.date | None, dt.date]
DAY = dt.timedelta(1)


class Tie(NamedTuple):
    """A link; `key` decides between equal dates."""

    upper: int
    kind: str
    rule: str
    days: int
    working: bool
    lead: int
    key: int


@dataclass
class SlowRow:
    """A row: its own span and its links."""

    own: Span
    ties: list[Tie]


@dataclass
class SlowPlan:
    """A plan: its rows in force, whether it follows, by which calendar; `copies` hold the dates of every edition."""

    storey: int
    follows: bool
    calendar: WorkingCalendar
    rows: dict[int, SlowRow]
    copies: list[dict[int, Span]] = field(default_factory=list)


@dataclass
class Asked:
    """What one approval asks: rows with the date offered, and rows with an own date by the row above."""

    dates: dict[int, Span] = field(default_factory=dict)
    own: set[tuple[int, int]] = field(default_factory=set)
    withdrawn: set[tuple[int, int]] = field(default_factory=set)


class Slow:
    """All plans; `last` is the last date that each row had in force."""

    def __init__(self) -> None:
        self.plans: dict[int, SlowPlan] = {}
        self.last: dict[int, Span] = {}

    def add(self, pk: int, plan: SlowPlan) -> None:
        """Bring a plan into force; those above come first."""
        self.plans[pk] = plan
        plan.copies.append({key: self.date(plan, row)[0] for key, row in plan.rows.items()})
        self.last |= plan.copies[-1]

    def date(self, plan: SlowPlan, row: SlowRow) -> tuple[Span, Tie | None, bool]:
        """Give the span of a row, the tie that gave it, and whether the row was too long for it."""
        best: tuple[dt.date, int, Span, Tie, bool] | None = None
        floors: list[tuple[dt.date, Tie]] = []
        for tie in row.ties:
            if tie.rule == "own":
                continue
            upper = self.last[tie.upper]
            if tie.kind == "consumes":
                floors.append((move(upper[1], tie, plan.calendar), tie))
                continue
            span, long = ceiling(row.own, upper, tie, plan.calendar)
            if best is None or (span[1], tie.key) < best[:2]:
                best = (span[1], tie.key, span, tie, long)
        if best is not None:
            return best[2], best[3], best[4]
        if not floors:
            return row.own, None, False
        day, tie = max(floors, key=lambda floor: (floor[0], -floor[1].key))
        if tie.rule != "within":
            upper = self.last[tie.upper]
            start = None if upper[0] is None else move(upper[0], tie, plan.calendar)
            return (start, move(upper[1], tie, plan.calendar)), tie, False
        start, due = row.own
        while (start or due) < day:
            start, due = None if start is None else start + DAY, due + DAY
        return (start, due), tie, False

    def approve(self, pk: int, rows: dict[int, SlowRow]) -> Asked:
        """Bring the next edition of a plan into force with these rows; what is left out is withdrawn."""
        plan, asked = self.plans[pk], Asked()
        gone = plan.rows.keys() - rows.keys()
        plan.rows = rows
        dates = {key: self.date(plan, row)[0] for key, row in rows.items()}
        changed = {key for key, span in dates.items() if key in self.last and self.last[key] != span}
        plan.copies.append(dates)
        self.last |= dates
        for lower in sorted(
            (one for one in self.plans.values() if one.storey > plan.storey), key=lambda one: one.storey
        ):
            self._follow(lower, changed, gone, asked)
        return asked

    def _follow(self, plan: SlowPlan, changed: set[int], gone: set[int], asked: Asked) -> None:
        dates = dict(plan.copies[-1])
        for key, row in plan.rows.items():
            asked.withdrawn |= {(key, tie.upper) for tie in row.ties if tie.upper in gone}
            causes = [tie for tie in row.ties if tie.upper in changed]
            asked.own |= {(key, tie.upper) for tie in causes if tie.rule == "own"}
            if not any(tie.rule != "own" for tie in causes):
                continue
            span, _, long = self.date(plan, row)
            if span != dates[key] and plan.follows:
                dates[key] = span
                changed.add(key)
                self.last[key] = span
            elif span != dates[key] or long:
                asked.dates[key] = span
        if dates != plan.copies[-1]:
            plan.copies.append(dates)


def move(day: dt.date, tie: Tie, calendar: WorkingCalendar) -> dt.date:
    """Shift a day, one by one, and leave the lead of what feeds."""
    if tie.rule == "shifted":
        step = DAY if tie.days > 0 else -DAY
        left = abs(tie.days)
        while left:
            day += step
            left -= not tie.working or calendar.is_working(day)
    return day - DAY * (tie.lead if tie.kind == "feeds" else 0)


def ceiling(own: Span, upper: Span, tie: Tie, calendar: WorkingCalendar) -> tuple[Span, bool]:
    """Give the span that an upper row leaves, and whether the own one was too long for it and stayed."""
    if tie.rule != "within":
        return (None if upper[0] is None else move(upper[0], tie, calendar), move(upper[1], tie, calendar)), False
    last = upper[1] - DAY * (tie.lead if tie.kind == "feeds" else 0)
    for away in range(800):
        for step in (away, -away):
            start, due = None if own[0] is None else own[0] + DAY * step, own[1] + DAY * step
            if due <= last and (upper[0] is None or (start or due) >= upper[0]):
                return (start, due), False
    return own, True
