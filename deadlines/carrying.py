"""
A plan's deadlines carried into its next period, at the same working position.

A date is not a number of the calendar to those who wrote it: it is the third working day of October, or the last one but
two, or a whole week. That is what is kept. Counted from the month's beginning, its last days from the end: whoever wrote
«до 30 сентября» meant the month to be over, also where it has a working day less. A whole working week stays one, the
nearest to the position of its first day; a shorter window keeps its number of working days, unless it ends with the month.
Days off are kept as days of the month, between the working days beside which they stood. So no deadline overtakes another.

What recurs, lasts the whole period, waits for a schedule, a request or an event has no position and is carried as it is.
"""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from deadlines.calendar import WorkingCalendar
from deadlines.grammar import read
from deadlines.inheritance import same_meaning
from deadlines.values import Deadline, Kind, Period, Window
from deadlines.wording import render

NEAR_END = 5
"""So many last working days of a month are counted from its end."""

SHORT = 15
"""Windows of up to so many working days keep their length; of longer ones each end keeps its own position."""

FAR = 3
"""Days of the month by which a date may move with its working position before somebody is asked to look."""

_DATED = frozenset({Kind.BY, Kind.WINDOW})
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT_YEAR = re.compile(r"(?P<before>\b\d{1,2}\.\d{1,2}\.|(?<!\d)20\d\d\s?[-–—/]\s?)(?P<year>\d\d)(?!\d|\.\d)")


@dataclass(frozen=True, slots=True)
class Carried:
    """
    A deadline in its new period, and what somebody should look at.

    `unknown`: it was not understood before either, and stays as it is; `by-event`: it is reckoned from an event; `moved`:
    the day of the month has moved by more than FAR days; `day-off`: it falls on a day off; `at-edge`: its position lies outside the new
    period, so it stands at its edge; `outside`: it lies outside the period, as before.
    """

    deadline: Deadline
    doubts: tuple[str, ...] = ()


def next_period(period: Period) -> Period:
    """Give the same days a year later."""
    end = period.end + dt.timedelta(1)  # the day after: 28 or 29 February then needs no thought
    return Period(_years_later(period.start, 1), _years_later(end, 1) - dt.timedelta(1))


def _years_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_between(old: Period, new: Period) -> int:
    """Give by how many months one period begins after another."""
    return (new.start.year - old.start.year) * 12 + new.start.month - old.start.month


def years_moved(text: str, years: int) -> str:
    """Put every year that is written in a phrase so many years later: «2026», «2026/27», «30.09.26»."""

    def later(found: re.Match[str]) -> str:
        return str(int(found[0]) + years)

    def later_short(found: re.Match[str]) -> str:
        return f"{found['before']}{(int(found['year']) + years) % 100:02d}"

    return _YEAR.sub(later, _SHORT_YEAR.sub(later_short, text))


def names_year(phrase: str) -> bool:
    """Tell whether a year is written in a phrase."""
    return bool(_YEAR.search(phrase) or _SHORT_YEAR.search(phrase))


class Carrier:
    """Carries the deadlines of one plan; it knows them all, so that days which stood together stay together."""

    def __init__(self, old: Period, new: Period, calendar: WorkingCalendar, deadlines: Iterable[Deadline] = ()) -> None:
        self.old, self.new, self.calendar = old, new, calendar
        self.months = months_between(old, new)
        self._anchors: dict[dt.date, dt.date] = {}
        windows = sorted({window for deadline in deadlines for window in _windows(deadline)})
        for window in windows:
            if self._is_whole_weeks(window):
                self._anchor(window, self._weeks(window))
        for window in windows:
            if not self._is_whole_weeks(window) and self._is_short(window):
                self._anchor(window, self._kept_length(window))
        self._days = sorted(self._anchors)
        self._in_order()

    def carry(self, deadline: Deadline) -> Carried:
        """
        Carry one deadline. A phrase that names no year stays as it is typed; one that does keeps its words where they
        still say the same, and is worded anew where the day has moved.
        """
        if deadline.kind is Kind.UNKNOWN:
            return Carried(deadline, ("unknown",))
        if deadline.kind is Kind.RELATIVE:
            return Carried(self._worded(deadline, deadline), ("by-event",))
        if not names_year(deadline.phrase) and deadline.phrase.strip():
            typed = read(deadline.phrase, self.new)
            if typed.kind is deadline.kind:
                return Carried(typed, tuple(self._doubts(typed)))
        moved = self._moved(deadline)
        doubts = [*self._doubts(moved), *self._shift_doubts(deadline, moved)]
        return Carried(self._worded(deadline, moved), tuple(sorted(set(doubts))))

    def day(self, day: dt.date) -> dt.date:
        """Give the day of the new period that stands where this one stood in the old."""
        found = self._anchors.get(day)
        if found is None:
            found = self._between_anchors(day, self._placed(day))
        return self._inside(day, found)

    # Words

    def _worded(self, old: Deadline, moved: Deadline) -> Deadline:
        """Give the carried deadline its phrase: the author's with other years, or the portal's own wording."""
        if self.months % 12 == 0:
            text = years_moved(old.phrase, self.months // 12)
            again = read(text, self.new)
            if same_meaning(again, moved):
                return again
            if old.kind is Kind.RELATIVE:
                return replace(moved, phrase=text)
        worded = render(moved)
        again = read(worded, self.new)
        return again if same_meaning(again, moved) else replace(moved, phrase=worded, warnings=(), suggestions=())

    def _doubts(self, deadline: Deadline) -> Iterator[str]:
        dues = [w.due for w in deadline.windows] or [d for d in (deadline.due,) if d]
        if deadline.kind in _DATED and any(not self.calendar.is_working(due) for due in dues):
            yield "day-off"
        if deadline.due is not None and deadline.kind in {*_DATED, Kind.MONTHS} and not self.new.holds(deadline.due):
            yield "outside"

    def _shift_doubts(self, old: Deadline, moved: Deadline) -> Iterator[str]:
        if old.kind not in _DATED:
            return
        pairs = list(zip(_days_of(old), _days_of(moved), strict=True))
        if any(abs((there - _months_later(here, self.months)).days) > FAR for here, there in pairs):
            yield "moved"
        if any(self.old.holds(day) and not self.new.holds(self._placed(day)) for day, _ in pairs):
            yield "at-edge"

    # Values

    def _moved(self, deadline: Deadline) -> Deadline:
        move = self.day if deadline.kind in _DATED else self._bound
        windows = tuple(Window(move(w.start), move(w.due)) for w in deadline.windows)
        start = None if deadline.start is None else move(deadline.start)
        due = None if deadline.due is None else move(deadline.due)
        if "open-end" in deadline.warnings and deadline.due == self.old.end:
            due = self.new.end
        return replace(deadline, start=start, due=due, windows=windows)

    def _bound(self, day: dt.date) -> dt.date:
        """Carry the edge of a month or of the whole period: it has no working position."""
        if day == self.old.start:
            return self.new.start
        if day == self.old.end:
            return self.new.end
        return _months_later(day, self.months)

    # Positions

    def _placed(self, day: dt.date) -> dt.date:
        """Give the day at the same position of its month; the plan's other days are not asked."""
        here, there = self._month(day), self._month(_months_later(day, self.months))
        same = _months_later(day, self.months)
        if not there:
            return same
        before = bisect_left(here, day)
        if self.calendar.is_working(day):
            return there[_position(before, len(here), len(there))]
        lower = there[_position(before - 1, len(here), len(there))] if before else same.replace(day=1)
        upper = there[_position(before, len(here), len(there))] if before < len(here) else _last_of_month(same)
        return min(max(same, lower), upper)

    def _month(self, day: dt.date) -> tuple[dt.date, ...]:
        """Give the working days of the month in which a day lies."""
        days = self.calendar.days(day.year)
        return days[bisect_left(days, day.replace(day=1)) : bisect_right(days, _last_of_month(day))]

    def _is_whole_weeks(self, window: Window) -> bool:
        """Tell whether a window runs from the first working day of a week to the last of a week, its own or a later one."""
        first, last = self._week(window.start), self._week(window.due)
        return bool(first and last) and window == Window(first[0], last[-1])

    def _is_short(self, window: Window) -> bool:
        works = self.calendar.is_working(window.start) and self.calendar.is_working(window.due)
        return works and self.calendar.working_days_between(window.start, window.due) < SHORT

    def _week(self, day: dt.date) -> list[dt.date]:
        """Give the working days of the week in which a day lies."""
        monday = day - dt.timedelta(day.weekday())
        return [d for n in range(7) if self.calendar.is_working(d := monday + dt.timedelta(n))]

    def _weeks(self, window: Window) -> Window:
        """Move whole weeks to the week whose beginning is nearest to the position of theirs; of two the earlier."""
        place = self._placed(window.start)
        weeks = [self._week(place + dt.timedelta(7 * n)) for n in (-1, 0, 1)]
        first = min((week for week in weeks if week), key=lambda week: abs((week[0] - place).days))
        count = (_monday(window.due) - _monday(window.start)).days // 7
        last = next((week for n in range(count, -1, -1) if (week := self._week(first[0] + dt.timedelta(7 * n)))), first)
        return Window(first[0], last[-1])

    def _kept_length(self, window: Window) -> Window:
        """Move a window with its number of working days; an end among the last days of a month stays among them."""
        start = self._anchors.get(window.start) or self._placed(window.start)
        if self.calendar.position(window.due).from_end_of_month <= NEAR_END:
            return Window(start, max(start, self._placed(window.due)))
        length = self.calendar.working_days_between(window.start, window.due)
        return Window(start, self.calendar.shift(start, length))

    def _anchor(self, old: Window, new: Window) -> None:
        """Fix the ends of a window, and the working days inside it by their place in it."""
        self._anchors.setdefault(old.start, new.start)
        self._anchors.setdefault(old.due, new.due)
        inside = self._working(new)
        for place, day in enumerate(self._working(old)):
            self._anchors.setdefault(day, inside[min(place, len(inside) - 1)])

    def _working(self, window: Window) -> list[dt.date]:
        days = (window.start + dt.timedelta(n) for n in range((window.due - window.start).days + 1))
        return [day for day in days if self.calendar.is_working(day)]

    def _in_order(self) -> None:
        """Let no end of a window come before one that came before it."""
        latest = dt.date.min
        for day in self._days:
            latest = self._anchors[day] = max(latest, self._anchors[day])

    def _between_anchors(self, day: dt.date, placed: dt.date) -> dt.date:
        """Keep a day between the days of windows between which it stood."""
        at = bisect_left(self._days, day)
        if at:
            placed = max(placed, self._anchors[self._days[at - 1]])
        if at < len(self._days):
            placed = min(placed, self._anchors[self._days[at]])
        return placed

    def _inside(self, old: dt.date, day: dt.date) -> dt.date:
        """Keep what lay inside the old period inside the new one, on its first or last working day."""
        if not self.old.holds(old) or self.new.holds(day):
            return day
        edge = (
            self.calendar.next_working(self.new.start)
            if day < self.new.start
            else self.calendar.previous_working(self.new.end)
        )
        return edge if self.new.holds(edge) else self.new.start if day < self.new.start else self.new.end


def _position(at: int, here: int, there: int) -> int:
    """Give the place among a month's working days that answers to a place in another month; both count from zero."""
    from_end = here - 1 - at
    wanted = there - 1 - from_end if from_end < NEAR_END else min(at, there - 1 - NEAR_END)
    return min(max(wanted, 0), there - 1)


def _windows(deadline: Deadline) -> tuple[Window, ...]:
    """Give the windows of a dated deadline that last longer than a day."""
    if deadline.kind is not Kind.WINDOW:
        return ()
    found = deadline.windows
    if not found and deadline.start is not None and deadline.due is not None:
        found = (Window(deadline.start, deadline.due),)
    return tuple(window for window in found if window.start < window.due)


def _days_of(deadline: Deadline) -> list[dt.date]:
    days = [deadline.start, deadline.due, *(day for window in deadline.windows for day in window)]
    return [day for day in days if day is not None]


def _months_later(day: dt.date, months: int) -> dt.date:
    """Give the same day of another month; a month's last day stays one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = dt.date(year, month + 1, 1)
    last = _last_of_month(first)
    return last if day == _last_of_month(day) else first.replace(day=min(day.day, last.day))


def _last_of_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(4)).replace(day=1) - dt.timedelta(1)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(day.weekday())
