"""
The meaning of a deadline in words.

`render` gives a full wording for documents, which in Russian reads back to the same meaning; `meaning` the short
sentence that stands under a phrase.
"""

import datetime as dt
from typing import Protocol

from deadlines.calendar import WorkingCalendar
from deadlines.occurrences import Occurrence, occurrences
from deadlines.values import Deadline, Kind, Period
from deadlines.wording import english, russian


class Language(Protocol):
    """What a language module offers."""

    def render(self, deadline: Deadline) -> str: ...
    def day(self, day: dt.date, *, year: bool) -> str: ...
    def short(self, deadline: Deadline, *, year: bool) -> str: ...
    def several(self, count: int, day: str | None, *, upcoming: bool) -> str: ...
    def year_from_period(self, sentence: str) -> str: ...
    def day_off(self, sentence: str) -> str: ...


def _language(code: str) -> Language:
    modules: dict[str, Language] = {"ru": russian, "en": english}
    return modules[code.split("-")[0].lower()]


def render(deadline: Deadline, language: str = "ru") -> str:
    """Word a deadline in full; a deadline without any days or rule keeps its phrase."""
    return _language(language).render(deadline) or deadline.phrase


def meaning(
    deadline: Deadline,
    language: str = "ru",
    *,
    calendar: WorkingCalendar | None = None,
    today: dt.date | None = None,
    period: Period | None = None,
) -> str:
    """
    Say shortly what a phrase was understood to mean.

    With a calendar a due day that is not worked is named so; with `today` the nearest of several occasions is named
    instead of the first; with `period` recurring deadlines are counted. A year that the phrase does not state is
    shown with its source.
    """
    words = _language(language)
    found = _occasions(deadline, period)
    if len(found) > 1:
        return _several(words, found, today)
    said = _years(deadline) <= _years_written(deadline.phrase) or not deadline.phrase
    sentence = words.short(deadline, year=not said)
    if not said and deadline.kind in (Kind.BY, Kind.WINDOW) and deadline.due is not None:
        sentence = words.year_from_period(sentence)
    if (
        calendar is not None
        and deadline.kind in (Kind.BY, Kind.WINDOW)
        and deadline.due
        and not calendar.is_working(deadline.due)
    ):
        sentence = words.day_off(sentence)
    return sentence


def _occasions(deadline: Deadline, period: Period | None) -> tuple[Occurrence, ...]:
    if period is not None:
        return occurrences(deadline, period)
    if deadline.due is None or len(deadline.windows) < 2 or deadline.kind is Kind.CONTINUOUS:
        return ()
    return occurrences(deadline, Period(deadline.windows[0].start, deadline.due))


def _several(words: Language, found: tuple[Occurrence, ...], today: dt.date | None) -> str:
    ahead = [o for o in found if today is None or o.due >= today]
    day = words.day(ahead[0].due, year=False) if ahead else None
    return words.several(len(found), day, upcoming=today is not None)


def _years(deadline: Deadline) -> set[int]:
    return {d.year for d in (deadline.start, deadline.due) if d is not None}


def _years_written(phrase: str) -> set[int]:
    numbers, current = set(), ""
    for char in f"{phrase} ":
        if char.isascii() and char.isdigit():
            current += char
            continue
        if len(current) == 4:
            numbers.add(int(current))
        elif len(current) == 2:
            numbers.add(2000 + int(current))
        current = ""
    return numbers
