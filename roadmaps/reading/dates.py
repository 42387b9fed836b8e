"""Dates and periods as headers write them."""

import calendar
import datetime as dt
import re

from deadlines.values import Period
from roadmaps.reading.blocks import lowered

MONTHS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
MONTH = r"(?:январ[ьяюе]|феврал[ьяюе]|март[ае]?|апрел[ьяюе]|ма[йяюе]|июн[ьяюе]|июл[ьяюе]|август[ае]?|сентябр[ьяюе]|октябр[ьяюе]|ноябр[ьяюе]|декабр[ьяюе])"
DATE = rf"(?:[«\"“]?\s?\d{{1,2}}\s?[»\"”]?\s*[.\-/]?\s*(?:\d{{1,2}}[./-]|{MONTH})\s*\d{{4}}|\d{{1,2}}\.\d{{1,2}}\.\d{{2}}(?!\d))"
_DATE = re.compile(
    rf"[«\"“]?\s?(\d{{1,2}})\s?[»\"”]?\s*[.\-/]?\s*(?:(\d{{1,2}})\s*[./-]|({MONTH}))\s*(\d{{4}}|\d{{2}})(?!\d)",
    re.IGNORECASE,
)
_DASH = r"\s*(?:[-–—/]|по|и)\s*"
_YEAR = r"(20\d{2})"
_HALVES = {"i": 1, "1": 1, "перв": 1, "ii": 2, "2": 2, "втор": 2}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def read_date(text: str) -> dt.date | None:
    """Read the first date in a text; None when there is none that exists."""
    for match in _DATE.finditer(text.replace("_", "")):
        day, year = int(match[1]), int(match[4])
        month = int(match[2]) if match[2] else month_of(match[3])
        try:
            return dt.date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            continue
    return None


def month_of(word: str) -> int:
    """Tell the month that a word in any case names."""
    words = word.lower()
    if words.startswith("ма") and not words.startswith("март"):
        return 5
    return next(at for at, stem in enumerate(MONTHS, 1) if words.startswith(stem))


def academic_year(start: int) -> Period:
    """An academic year without stated bounds runs from 1 September to 31 August."""
    return Period(dt.date(start, 9, 1), dt.date(start + 1, 8, 31))


def read_period(text: str) -> Period | None:
    """
    Read the period that a title or sentence states; None when it states none.

    Own dates win over halves and quarters, these over academic years, these over calendar years.
    """
    words = lowered(text).replace("«", "").replace("»", "")
    return (
        _own_dates(words) or _half(words) or _quarter(words) or _academic(words) or _months(words) or _calendar(words)
    )


def _own_dates(words: str) -> Period | None:
    match = re.search(rf"(?:с|период)\s+({DATE})\s*(?:г(?:\.|ода|од)?)?{_DASH}({DATE})", words) or re.search(
        rf"({DATE})\s*(?:г(?:\.|ода|од)?)?\s*[-–—]\s*({DATE})", words
    )
    if match is None:
        return None
    start, end = read_date(match[1]), read_date(match[2])
    return Period(start, end) if start and end and start <= end else None


def _half(words: str) -> Period | None:
    match = re.search(r"\b(i{1,2}|1|2|перв|втор)(?:-?о?[ем]|ое|ом|ого)?\s+полугоди[еяию]", words)
    if match is None:
        return None
    half = _HALVES[match[1]]
    year = _academic(words)
    if year is not None:
        middle = dt.date(year.end.year, 1, 1)
        return Period(year.start, middle - dt.timedelta(1)) if half == 1 else Period(middle, year.end)
    whole = _calendar(words)
    if whole is None:
        return None
    start = whole.start.year
    return (
        Period(dt.date(start, 1, 1), dt.date(start, 6, 30))
        if half == 1
        else Period(dt.date(start, 7, 1), dt.date(start, 12, 31))
    )


def _quarter(words: str) -> Period | None:
    match = re.search(r"\b(i{1,3}|iv|[1-4])(?:-?[йи]|-?го)?\s+кв(?:артал\w*|\.)", words)
    whole = _calendar(words) if match else None
    if match is None or whole is None:
        return None
    last = 3 * _QUARTERS[match[1]]
    return Period(dt.date(whole.start.year, last - 2, 1), _month_end(whole.start.year, last))


def _academic(words: str) -> Period | None:
    school = r"\s*(?:г\.?\s*г?\.?|гг\.?|годы?)?\s*(?:уч(?:\.|ебн\w*)?\s*(?:г(?:\.|од\w*)?|год\w*)|учебн\w*)"
    match = re.search(rf"\b{_YEAR}\s*(?:г\.|года?)?\s*[-–—/\\]\s*(?:{_YEAR}|(\d{{2}}))(?!\d){school}", words)
    if match:
        end = int(match[2]) if match[2] else 2000 + int(match[3])
        start = int(match[1])
        if end > start:
            return Period(dt.date(start, 9, 1), dt.date(end, 8, 31))
    single = re.search(rf"\b{_YEAR}\s*[-–—/]\s*{_YEAR}(?!\d)", words)
    if single and int(single[2]) == int(single[1]) + 1 and re.search(r"учебн|уч\.", words):
        return academic_year(int(single[1]))
    return None


def _months(words: str) -> Period | None:
    match = re.search(
        rf"({MONTH})\s*({_YEAR[1:-1]})?\s*(?:г(?:\.|ода?)?)?\s*(?:[-–—]|по)\s*({MONTH})\s*({_YEAR[1:-1]})", words
    )
    if match:
        end = int(match[4])
        start = int(match[2]) if match[2] else end
        first, last = month_of(match[1]), month_of(match[3])
        if (start, first) <= (end, last):
            return Period(dt.date(start, first, 1), _month_end(end, last))
    match = re.search(rf"\bна\s+({MONTH})\s+({_YEAR[1:-1]})", words)
    if match:
        return Period(dt.date(int(match[2]), month_of(match[1]), 1), _month_end(int(match[2]), month_of(match[1])))
    return None


def _calendar(words: str) -> Period | None:
    match = re.search(rf"\b{_YEAR}\s*(?:г\.|года?)?\s*(?:[-–—]|и|по)\s*{_YEAR}\s*(?:г\.?\s?г\.?|год\w*|г\.)", words)
    if match and int(match[1]) <= int(match[2]):
        return Period(dt.date(int(match[1]), 1, 1), dt.date(int(match[2]), 12, 31))
    match = re.search(rf"\b{_YEAR}\s*(?:календарн\w+\s*)?(?:год\w*|г\.|г\b)", words) or re.search(
        rf"\b(?:на|за)\s+{_YEAR}\b", words
    )
    if match:
        return Period(dt.date(int(match[1]), 1, 1), dt.date(int(match[1]), 12, 31))
    return None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def period_around(days: list[dt.date]) -> Period | None:
    """Guess the year that dates lie in: the academic year that holds nearly all of them, else the calendar year."""
    if not days:
        return None
    starts = [day.year if day.month >= 9 else day.year - 1 for day in days]
    school = max(set(starts), key=starts.count)
    years = [day.year for day in days]
    year = max(set(years), key=years.count)
    if starts.count(school) >= years.count(year):
        return academic_year(school)
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))
