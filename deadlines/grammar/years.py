"""Which year an unwritten year is: from its neighbours in the phrase, else from the plan's period."""

import datetime as dt
import itertools
from dataclasses import dataclass, field

from deadlines.grammar.atoms import Atom, Impossible, Unit, end_of_month
from deadlines.grammar.found import Span
from deadlines.values import Period, Window


@dataclass(slots=True)
class Dated:
    """A span with its days; `first` and `last` are the stretches of its two ends."""

    span: Span
    first: Window
    last: Window
    others: list[tuple[Window, Window]] = field(default_factory=list)

    @property
    def window(self) -> Window:
        return Window(self.first.start, self.last.due)


class NoYear(ValueError):
    """No year is written and no period can give one."""


def date_spans(spans: list[Span], period: Period | None, warnings: set[str]) -> list[Dated]:
    """
    Give every span its days.

    :raises NoYear: if neither the phrase nor a period tells the year
    :raises Impossible: if a day does not exist in any year that comes into question
    """
    _say_years(spans, period, warnings)
    _spread_years(spans, period, warnings)
    return [_dated(span, period, warnings) for span in spans]


def _say_years(spans: list[Span], period: Period | None, warnings: set[str]) -> None:
    """«текущего года» is the plan's year; «следующего» the one after."""
    for span in spans:
        for name in ("first", "last"):
            atom = getattr(span, name)
            if atom is None or not atom.said:
                continue
            if period is None:
                raise NoYear
            if period.start.year != period.end.year:
                warnings.add("year-ambiguous")
                if atom.said == "current" and atom.unit not in ("year", "school-year"):
                    continue  # the period itself will tell
            step = {"current": 0, "next": 1, "previous": -1}[atom.said]
            setattr(span, name, atom.in_year(period.start.year + step))


def _spread_years(spans: list[Span], period: Period | None, warnings: set[str]) -> None:
    """Inside a range and along a list, one written year serves its neighbours, in ascending order."""
    for span in spans:
        if span.last is None:
            continue
        if span.first.year is None and span.last.year is not None:
            span.first = _before(span.first, span.last.bounds(span.last.year), None, set())
        elif span.first.year is not None and span.last.year is None:
            span.last = _after(span.last, span.first.bounds(span.first.year))
    for here, there in zip(reversed(spans[:-1]), reversed(spans[1:]), strict=True):
        if here.first.year is None and there.first.year is not None:
            limit = there.first.bounds(there.first.year)
            if here.last is not None:
                here.last = _before(here.last, limit, period, warnings)
                assert here.last.year is not None  # just given
                limit = here.last.bounds(here.last.year)
            here.first = _before(here.first, limit, period, warnings)
    for there, here in itertools.pairwise(spans):
        known = there.last or there.first
        if here.first.year is None and known.year is not None:
            here.first = _after(here.first, known.bounds(known.year))
            if here.last is not None:
                assert here.first.year is not None  # just given
                here.last = _after(here.last, here.first.bounds(here.first.year))


def _before(atom: Atom, limit: Window, period: Period | None, warnings: set[str]) -> Atom:
    """The latest year in which it does not begin after its neighbour; the neighbour's own year if only that fits the plan."""
    year = limit.start.year
    while year - limit.start.year > -4 and _start(atom, year) is None:
        year -= 1
    start = _start(atom, year)
    if start is not None and start > limit.start:
        earlier = atom.in_year(year - 1)
        if (
            period is not None
            and not _overlaps(earlier.bounds(year - 1), period)
            and _overlaps(atom.bounds(year), period)
        ):
            return atom.in_year(year)
        if period is None:
            warnings.add("year-assumed")
        return earlier
    return atom.in_year(year)


def _after(atom: Atom, limit: Window) -> Atom:
    year = limit.start.year
    start = _start(atom, year)
    due = None if start is None else atom.bounds(year).due
    return atom.in_year(year if due is None or due >= limit.start else year + 1)


def _start(atom: Atom, year: int) -> dt.date | None:
    try:
        return atom.bounds(year).start
    except Impossible:
        return None


def _dated(span: Span, period: Period | None, warnings: set[str]) -> Dated:
    last = span.last or span.first
    if span.first.year is not None and last.year is not None:
        return Dated(span, span.first.bounds(span.first.year), last.bounds(last.year))
    if period is None:
        _check_possible(span.first)
        _check_possible(last)
        raise NoYear
    pairs = _candidates(span, period)
    if not pairs:
        raise Impossible("in no year")
    inside = [
        p for p in pairs if _inside(Window(p[0].start, p[1].due), period, exact=span.first.is_exact and last.is_exact)
    ]
    if not inside:
        inside = [p for p in pairs if _overlaps(Window(p[0].start, p[1].due), period)]
        inside.sort(key=lambda p: -_overlap(Window(p[0].start, p[1].due), period))
    if not inside:
        warnings.add("year-assumed")
        nearest = min(pairs, key=lambda p: _distance(Window(p[0].start, p[1].due), period))
        return Dated(span, *nearest)
    if len(inside) > 1:
        warnings.add("year-ambiguous")
    return Dated(span, *inside[0], others=inside[1:])


def _candidates(span: Span, period: Period) -> list[tuple[Window, Window]]:
    found = []
    for year in range(period.start.year - 1, period.end.year + 2):
        try:
            first = span.first.bounds(year)
            if span.last is None:
                found.append((first, first))
                continue
            last = span.last.bounds(year)
            slipped = span.first.unit is span.last.unit is Unit.DAY and span.first.month == span.last.month
            if last.due < first.start and not slipped:  # «с 20 по 15 октября» is no year long
                last = span.last.bounds(year + 1)
        except Impossible:
            continue
        found.append((first, last))
    return found


def _check_possible(atom: Atom) -> None:
    atom.bounds(2024)  # a leap year: what it does not hold, none does


def _inside(window: Window, period: Period, *, exact: bool) -> bool:
    if exact:
        return period.start <= window.start and window.due <= period.end
    return period.start.replace(day=1) <= window.start and window.due <= end_of_month(period.end)


def _overlaps(window: Window, period: Period) -> bool:
    return window.start <= period.end and period.start <= window.due


def _overlap(window: Window, period: Period) -> int:
    return (min(window.due, period.end) - max(window.start, period.start)).days


def _distance(window: Window, period: Period) -> int:
    return max((period.start - window.due).days, (window.start - period.end).days)
