"""The academic year in which the demo plays, and the days that its plans name."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from deadlines.calendar import WorkingCalendar
from deadlines.values import Period

_SLOT = re.compile(r"\{([^{}]+)\}")
_DAY = re.compile(r"(?P<before>-?)(?P<month>\d\d)-(?P<day>\d\d)(?P<mark>[!>~]?)(?:@(?P<years>[+-]\d))?")
SATURDAY = 5
_GENITIVE = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905


@dataclass(frozen=True)
class Year:
    """
    An academic year by its first calendar year.

    A day is written as month-day: «09-25» falls into the first calendar year, «02-19» into the second, «-08-20» into
    the summer before the year. A day off gives way to the working day before it, with «>» to the one after it, and
    stays with «!»; «~» is the next Saturday. «@+1» is the same day a year later: a slip of somebody's pen.
    """

    first: int
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)

    @classmethod
    def of(cls, today: dt.date, calendar: WorkingCalendar | None = None) -> "Year":
        """Give the academic year in which a day lies."""
        first = today.year if today.month >= 9 else today.year - 1
        return cls(first, calendar or WorkingCalendar())

    @property
    def period(self) -> Period:
        return Period(dt.date(self.first, 9, 1), dt.date(self.first + 1, 8, 31))

    def day(self, text: str) -> dt.date:
        """
        Give the day that a text such as «09-25» names.

        :raises ValueError: if it names none
        """
        found = _DAY.fullmatch(text)
        if found is None:
            raise ValueError(text)
        month = int(found["month"])
        year = self.first + (month < 9 and not found["before"]) + int(found["years"] or 0)
        day = dt.date(year, month, int(found["day"]))
        if found["mark"] == "!":
            return day
        if found["mark"] == "~":
            return day + dt.timedelta((SATURDAY - day.weekday()) % 7)
        return self.calendar.next_working(day) if found["mark"] == ">" else self.calendar.previous_working(day)

    def say(self, text: str, words: Mapping[str, str] | None = None, *, style: int = 0) -> str:
        """Fill the slots of a text: days in one of three spellings, the year, and words."""
        known = {
            "year": f"{self.first}–{self.first + 1}",
            "first": str(self.first),
            "second": str(self.first + 1),
            "next": f"{self.first + 1}–{self.first + 2}",
        } | dict(words or {})

        def fill(slot: re.Match[str]) -> str:
            return self._spelt(self.day(slot[1]), style) if _DAY.fullmatch(slot[1]) else known[slot[1]]

        return _SLOT.sub(fill, text)

    @staticmethod
    def _spelt(day: dt.date, style: int) -> str:
        if style == 1:
            return f"{day:%d.%m.%Y} г."
        if style == 2:
            return f"{day.day} {_GENITIVE[day.month - 1]} {day.year} г."
        return f"{day:%d.%m.%Y}"
