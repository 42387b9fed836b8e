"""The timeline as geometry: a lane of days for every row, in units of one day; words stand beside it, never in it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deadlines import inheritance
from deadlines.inheritance import Bound, LinkKind
from deadlines.occurrences import occurrences
from deadlines.values import Deadline, Kind, Period

HIGH = 24
"""How high a lane is, in the units of its drawing; its width is its number of days."""
MONTHS_OF_A_TILE = 12
OPEN_KINDS = frozenset({Kind.CONTINUOUS})
DATELESS = frozenset({Kind.BY_SCHEDULE, Kind.ON_REQUEST, Kind.RELATIVE, Kind.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Stroke:
    """One path of a lane: what it means, and its drawing."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a tile's head, with the number of its days that lie in the tile."""

    first: dt.date
    days: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A stretch of the period that fits the width of a page."""

    start: dt.date
    end: dt.date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(_months(self.start, self.end))

    def at(self, day: dt.date) -> int:
        """Give the place of a day's beginning, kept within the tile."""
        return min(max((day - self.start).days, 0), self.days)

    def holds(self, start: dt.date, end: dt.date) -> bool:
        return start <= self.end and end >= self.start


def tiles_of(start: dt.date, end: dt.date) -> list[Tile]:
    """Cut a stretch into tiles of at most twelve months, each beginning with a month but for the first."""
    tiles: list[Tile] = []
    at = start
    while at <= end:
        year, month = divmod(at.year * 12 + at.month - 1 + MONTHS_OF_A_TILE, 12)
        until = min(end, dt.date(year, month + 1, 1) - dt.timedelta(1))
        tiles.append(Tile(at, until))
        at = until + dt.timedelta(1)
    return tiles


def _months(start: dt.date, end: dt.date) -> Iterator[Month]:
    at = start
    while at <= end:
        following = (at.replace(day=1) + dt.timedelta(32)).replace(day=1)
        yield Month(at, (min(end + dt.timedelta(1), following) - at).days)
        at = following


def lane(deadline: Deadline, bounds: Sequence[Bound], tile: Tile, period: Period, today: dt.date) -> list[Stroke]:
    """Draw a row: the months, today, what bounds it, what lies beyond a bound, and its own days on top."""
    lines = "".join(f"M{tile.at(month.first)} 0V{HIGH}" for month in tile.months[1:])
    strokes = [Stroke("grid", lines)] if lines else []
    if tile.holds(today, today):
        strokes.append(Stroke("now", f"M{tile.at(today)} 0V{HIGH}"))
    for bound in bounds:
        strokes += _bound(bound, deadline, tile)
    return strokes + list(_own(deadline, tile, period))


def _own(deadline: Deadline, tile: Tile, period: Period) -> Iterator[Stroke]:
    middle = HIGH // 2
    if deadline.kind in DATELESS and deadline.due is None:
        yield Stroke("unk", f"M0 {middle}H{tile.days}")
        return
    if deadline.kind in OPEN_KINDS:
        start, end = deadline.start or period.start, deadline.due or period.end
        if tile.holds(start, end):
            yield Stroke("all", f"M{tile.at(start)} {middle}H{tile.at(end + dt.timedelta(1))}")
        return
    found = occurrences(deadline, period)
    small = " s" if len(found) > 4 else ""
    for one in found:
        start = one.start or one.due
        if not tile.holds(start, one.due):
            continue
        if one.start is None or one.start == one.due or deadline.kind is Kind.RECURRING:
            yield Stroke(f"due{small}", f"M{tile.at(one.due) + 0.5:g} {middle}h0")
        else:
            yield Stroke("win", f"M{tile.at(start)} {middle}H{tile.at(one.due + dt.timedelta(1))}")


def _bound(bound: Bound, deadline: Deadline, tile: Tile) -> Iterator[Stroke]:
    """Draw the bound of a link: a line at its day, a bracket over its window, the stretch by which it is broken."""
    upper = bound.upper
    if upper.due is None:
        return
    due = upper.due - dt.timedelta(bound.lead_days if bound.kind is LinkKind.FEEDS else 0)
    start = upper.start or due
    if tile.holds(start, due):
        begin, end = tile.at(start), tile.at(due + dt.timedelta(1))
        bracket = f"M{begin} 2V{HIGH - 2}M{begin} 2H{end}" if upper.start else ""
        yield Stroke("up", f"{bracket}M{end} 2V{HIGH - 2}")
    if not inheritance.breaks(bound.kind, deadline, upper, lead_days=bound.lead_days) or deadline.due is None:
        return
    own_start = deadline.start or deadline.due
    first, last = (due, deadline.due) if deadline.due > due else (own_start, start)
    if first < last and tile.holds(first, last):
        yield Stroke("over", f"M{tile.at(first)} {HIGH // 2}H{tile.at(last + dt.timedelta(1))}")
