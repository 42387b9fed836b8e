"""
The Russian working calendar: weekends, holidays, transferred days, and what a region adds.

Federal days come from the `holidays` package, which carries the yearly decrees on transferred days. A year without a
decree is reckoned by the Labour Code alone, and `is_known` says so.
"""

import datetime as dt
import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import holidays
from holidays.countries.russia import Russia, RussiaStaticHolidays

FIRST_KNOWN = 2005
"""The Labour Code's present list of holidays begins here."""

_MOVED_FROM = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")


class DayPosition(NamedTuple):
    """Where a day stands among the working days; a day off takes the position of the working day before it."""

    in_month: int
    in_year: int
    from_end_of_month: int


class _Year(NamedTuple):
    off: frozenset[dt.date]
    worked_weekend: frozenset[dt.date]


class OutOfReach(ValueError):
    """A shift led beyond the years that a calendar can hold."""


class WorkingCalendar:
    """
    Working days of a five- or six-day week, with a region's own exceptions over the federal days.

    `exceptions` says of a day whether it is worked (True) or off (False). In a six-day week Saturdays are worked,
    so a Saturday that a decree makes a working day changes nothing, and a day off given in exchange for a Saturday
    is not given.
    """

    def __init__(self, exceptions: Mapping[dt.date, bool] | None = None, *, week_days: int = 5) -> None:
        if week_days not in (5, 6):
            raise ValueError("a working week has five or six days")
        self.exceptions: Mapping[dt.date, bool] = MappingProxyType(dict(exceptions or {}))
        self.week_days = week_days
        self._years: dict[int, tuple[dt.date, ...]] = {}
        self._ordinals: dict[int, int] = {}

    def is_known(self, year: int) -> bool:
        """Tell whether the decree on transferred days of that year is known."""
        return year >= FIRST_KNOWN and (year in _decreed_years() or year < max(_decreed_years()))

    def is_working(self, day: dt.date) -> bool:
        """Tell whether a day is worked."""
        said = self.exceptions.get(day)
        if said is not None:
            return said
        federal = _federal(day.year, self.week_days)
        if day in federal.off:
            return False
        return day.weekday() < self.week_days or day in federal.worked_weekend

    def days(self, year: int) -> tuple[dt.date, ...]:
        """Give all working days of a year, in order; reckoned once."""
        found = self._years.get(year)
        if found is None:
            first = dt.date(year, 1, 1).toordinal()
            last = dt.date(year, 12, 31).toordinal()
            every = (dt.date.fromordinal(n) for n in range(first, last + 1))
            found = self._years[year] = tuple(d for d in every if self.is_working(d))
        return found

    def shift(self, day: dt.date, working_days: int) -> dt.date:
        """
        Move by a number of working days; zero leaves the day as it is, also a day off.

        From a day off, one day forward is the next working day and one day back the one before.

        :raises OutOfReach: beyond the years 1..9999
        """
        if not working_days:
            return day
        year, days = day.year, self.days(day.year)
        at = bisect_right(days, day) - 1 + working_days if working_days > 0 else bisect_left(days, day) + working_days
        while at >= len(days):
            at -= len(days)
            year += 1
            days = self._within_reach(year)
        while at < 0:
            year -= 1
            days = self._within_reach(year)
            at += len(days)
        return days[at]

    def _within_reach(self, year: int) -> tuple[dt.date, ...]:
        if not dt.MINYEAR <= year <= dt.MAXYEAR:
            raise OutOfReach(f"year {year}")
        return self.days(year)

    def next_working(self, day: dt.date) -> dt.date:
        """The day itself when it is worked, else the first worked day after it."""
        return day if self.is_working(day) else self.shift(day, 1)

    def previous_working(self, day: dt.date) -> dt.date:
        """The day itself when it is worked, else the last worked day before it."""
        return day if self.is_working(day) else self.shift(day, -1)

    def working_days_between(self, start: dt.date, due: dt.date) -> int:
        """
        Count the working days after `start` up to and with `due`; negative when `due` comes first.

        So that `shift(start, working_days_between(start, due)) == due` between working days.
        """
        if due < start:
            return -self.working_days_between(due, start)
        count = bisect_right(self.days(due.year), due) - bisect_right(self.days(start.year), start)
        return count + sum(len(self.days(year)) for year in range(start.year, due.year))

    def position(self, day: dt.date) -> DayPosition:
        """Give the ordinal of a day among the working days of its month and year, also counted from the month's end."""
        days = self.days(day.year)
        in_year = bisect_right(days, day)
        before_month = bisect_left(days, day.replace(day=1))
        end_of_month = (
            bisect_left(days, (day.replace(day=28) + dt.timedelta(4)).replace(day=1)) if day.month < 12 else len(days)
        )
        return DayPosition(in_year - before_month, in_year, end_of_month - in_year + 1)

    def unknown_years(self, days: Iterable[dt.date]) -> tuple[int, ...]:
        """Name the years among the days for which there is no decree yet, so that a page can say so."""
        return tuple(sorted({d.year for d in days if not self.is_known(d.year)}))


@functools.lru_cache(maxsize=1)
def _decreed_years() -> frozenset[int]:
    substituted = RussiaStaticHolidays.special_public_holidays
    return frozenset(int(year) for year in substituted if int(year) >= FIRST_KNOWN)


@functools.lru_cache(maxsize=512)
def _federal(year: int, week_days: int) -> _Year:
    if year < 1992:
        return _Year(frozenset(), frozenset())  # before the calendar begins, only weekends are known
    table = _table(year)
    off = {day for day, name in table.items() if week_days == 5 or not _given_for_saturday(day, name, table)}
    # A holiday that falls on a weekend and is worked by decree does not exist; a swapped Saturday does.
    worked = frozenset(table.weekend_workdays) - off
    return _Year(frozenset(off), worked)


def _table(year: int) -> Russia:
    table = holidays.country_holidays("RU", years=year, language="ru")
    assert isinstance(table, Russia)  # the package's factory is typed for every country
    return table


def _given_for_saturday(day: dt.date, name: str, table: Russia) -> bool:
    """Tell whether a day off stands for a Saturday, which a six-day week works."""
    moved = _MOVED_FROM.search(name)
    if moved is not None:
        return dt.date(int(moved[3]), int(moved[2]), int(moved[1])).weekday() == 5
    if "(выходной)" not in name:
        return False
    base = name.replace(" (выходной)", "")
    origin = [d for d, n in table.items() if base in n and "(выходной)" not in n and d < day]
    return bool(origin) and max(origin).weekday() == 5
