"""Pieces of time as written — a day, a month, a quarter, a decade — which become days once their year is known."""

import calendar
import datetime as dt
import enum
from dataclasses import dataclass, replace

from deadlines.values import Period, Window

FIRST_YEAR, LAST_YEAR = 1990, 2100


class Impossible(ValueError):
    """A date that no calendar holds, such as 31 February."""


class Unit(enum.StrEnum):
    DAY = "day"
    WEEKDAY = "weekday"
    DECADE = "decade"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    SEASON = "season"
    YEAR = "year"
    SCHOOL_YEAR = "school-year"


class Part(enum.StrEnum):
    WHOLE = ""
    BEGINNING = "beginning"
    MIDDLE = "middle"
    END = "end"
    FIRST_HALF = "first-half"
    SECOND_HALF = "second-half"


@dataclass(frozen=True, slots=True)
class Atom:
    """
    One piece of time.

    `number` counts days, decades, weeks, quarters, halves, seasons (-1: the last); `year` is None when it is not
    written; for school years it is the year in which they begin.
    """

    unit: Unit
    number: int = 0
    month: int = 0
    year: int | None = None
    part: Part = Part.WHOLE
    weekday: int = 0
    school: bool = False
    padded: bool = True
    bare: bool = False  # a year without the word «год»
    said: str = ""  # a year said in words: current, next, previous

    def in_year(self, year: int) -> "Atom":
        return replace(self, year=year)

    @property
    def is_exact(self) -> bool:
        """Whether it names days rather than a stretch such as a month."""
        return self.unit in (Unit.DAY, Unit.WEEKDAY)

    @property
    def is_approximate(self) -> bool:
        if self.unit is Unit.HALF and self.school and self.part is Part.WHOLE:
            return self.number == 2
        loose = self.part not in (Part.WHOLE, Part.FIRST_HALF, Part.SECOND_HALF)
        return (
            self.unit in (Unit.SEASON, Unit.WEEK)
            or loose
            or (self.part is not Part.WHOLE and self.unit is not Unit.MONTH)
        )

    def bounds(self, year: int) -> Window:
        """
        Give first and last day in a year.

        :raises Impossible: if the calendar has no such day, quarter or decade
        """
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Impossible(f"year {year}")
        return _part(self._whole(year), self)

    def _whole(self, year: int) -> Window:
        match self.unit:
            case Unit.DAY:
                day = _day(year, self.month, self.number)
                return Window(day, day)
            case Unit.WEEKDAY:
                day = _nth_weekday(year, self.month, self.weekday, self.number)
                return Window(day, day)
            case Unit.DECADE:
                _within(self.number, 3)
                last = _last_day(year, self.month)
                number = 3 if self.number == -1 else self.number
                return Window(
                    _day(year, self.month, 10 * number - 9),
                    last if number == 3 else _day(year, self.month, 10 * number),
                )
            case Unit.WEEK:
                return _week(year, self.month, self.number)
            case Unit.MONTH:
                return Window(_day(year, self.month, 1), _last_day(year, self.month))
            case Unit.QUARTER:
                _within(self.number, 4)
                number = 4 if self.number == -1 else self.number
                return Window(dt.date(year, 3 * number - 2, 1), _last_day(year, 3 * number))
            case Unit.HALF:
                return self._half(year)
            case Unit.SEASON:
                first = (12, 3, 6, 9)[self.number - 1]
                return Window(dt.date(year, first, 1), _last_day(year + (first == 12), first + 2 if first < 12 else 2))
            case Unit.YEAR:
                return Window(dt.date(year, 1, 1), dt.date(year, 12, 31))
            case Unit.SCHOOL_YEAR:
                return Window(dt.date(year, 9, 1), dt.date(year + 1, 8, 31))

    def _half(self, year: int) -> Window:
        _within(self.number, 2)
        first = self.number == 1
        if self.school:  # of the school year that begins in `year`; its second half ends with the lessons
            return (
                Window(dt.date(year, 9, 1), dt.date(year, 12, 31))
                if first
                else Window(dt.date(year + 1, 1, 1), dt.date(year + 1, 5, 31))
            )
        return (
            Window(dt.date(year, 1, 1), dt.date(year, 6, 30))
            if first
            else Window(dt.date(year, 7, 1), dt.date(year, 12, 31))
        )


def _part(whole: Window, atom: Atom) -> Window:
    part = atom.part
    if part is Part.WHOLE:
        return whole
    start, due = whole
    if atom.unit is Unit.MONTH:
        cut = {
            Part.BEGINNING: (1, 10), Part.MIDDLE: (11, 20), Part.END: (21, due.day),
            Part.FIRST_HALF: (1, 15), Part.SECOND_HALF: (16, due.day),
        }[part]  # fmt: skip
        return Window(start.replace(day=cut[0]), start.replace(day=cut[1]))
    if atom.unit is Unit.SCHOOL_YEAR:
        due = dt.date(due.year, 5, 31)  # lessons end in May
        if part in (Part.FIRST_HALF, Part.SECOND_HALF):
            return Atom(Unit.HALF, 1 if part is Part.FIRST_HALF else 2, school=True).bounds(start.year)
    length = (due.year - start.year) * 12 + due.month - start.month + 1
    edge = 1 if length <= 12 else length // 12
    if part is Part.BEGINNING:
        return Window(start, _months_on(start, edge) - dt.timedelta(1))
    if part is Part.END:
        return Window(_months_on(start, length - edge), due)
    if part is Part.MIDDLE:
        return Window(_months_on(start, (length - 1) // 2), _months_on(start, length // 2 + 1) - dt.timedelta(1))
    middle = start + dt.timedelta((due - start).days // 2)
    if length % 2 == 0:
        middle = _months_on(start, length // 2) - dt.timedelta(1)
    return Window(start, middle) if part is Part.FIRST_HALF else Window(middle + dt.timedelta(1), due)


def is_school_period(period: Period | None) -> bool:
    """Tell whether a plan runs by the school year: it begins in August or September."""
    return period is not None and period.start.month in (8, 9)


def end_of_month(day: dt.date) -> dt.date:
    return _last_day(day.year, day.month)


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as problem:
        raise Impossible(str(problem)) from problem


def _last_day(year: int, month: int) -> dt.date:
    _within(month, 12)
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _within(number: int, most: int) -> None:
    if number != -1 and not 1 <= number <= most:
        raise Impossible(f"{number} of {most}")


def _months_on(day: dt.date, months: int) -> dt.date:
    total = day.month - 1 + months
    return dt.date(day.year + total // 12, total % 12 + 1, 1)


def _nth_weekday(year: int, month: int, weekday: int, number: int) -> dt.date:
    last = _last_day(year, month)
    if number == -1:
        return last - dt.timedelta((last.weekday() - weekday) % 7)
    _within(number, 5)
    first = dt.date(year, month, 1)
    day = first + dt.timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))
    if day > last:
        raise Impossible(f"no weekday {number}")
    return day


def _week(year: int, month: int, number: int) -> Window:
    """Weeks run from Monday to Sunday; the first of a month is the one that holds its first day, cut to the month."""
    last, first = _last_day(year, month), dt.date(year, month, 1)
    if number == -1:
        return Window(max(first, last - dt.timedelta(last.weekday())), last)
    _within(number, 6)
    monday = first - dt.timedelta(first.weekday()) + dt.timedelta(7 * (number - 1))
    if monday > last:
        raise Impossible(f"no week {number}")
    return Window(max(first, monday), min(last, monday + dt.timedelta(6)))
