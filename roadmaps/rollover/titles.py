"""The years in a title: «на 2025/2026 учебный год» becomes «на 2026/2027 учебный год», the date of an order stays."""

import re

from deadlines.carrying import months_between
from deadlines.values import Period

_MONTHS = "январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_DATE = re.compile(
    rf"\b\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d{{2}})(?!\d)|\b\d{{1,2}}\s+(?:{_MONTHS})\w*\s+\d{{4}}", re.IGNORECASE
)
_YEARS = re.compile(r"(?<![\d.,№/])(?P<first>20\d\d)(?P<dash>\s?[-–—/]\s?)?(?(dash)(?P<second>20\d\d|\d\d))(?!\d|\.\d)")
_NUMBER_BEFORE = re.compile(r"№\s*$")


def retitled(text: str, old: Period, new: Period) -> str:
    """
    Put the years of the old period that stand in a title or a result so many years later.

    Whole dates stay: «приказ от 12.09.2025» is that order in any year. So do years outside the period («на 2022—2030
    годы»), and everything where the new period does not begin whole years later.
    """
    months = months_between(old, new)
    if months % 12:
        return text
    years, dates = months // 12, [found.span() for found in _DATE.finditer(text)]

    def later(found: re.Match[str]) -> str:
        if _is_kept(found, old, dates, text):
            return found[0]
        first, second = int(found["first"]) + years, found["second"]
        if second is None:
            return str(first)
        moved = int(second) + years
        return f"{first}{found['dash']}{moved % 100:02d}" if len(second) == 2 else f"{first}{found['dash']}{moved}"

    return _YEARS.sub(later, text)


def _is_kept(found: re.Match[str], old: Period, dates: list[tuple[int, int]], text: str) -> bool:
    if any(start <= found.start() < end for start, end in dates) or _NUMBER_BEFORE.search(text[: found.start()]):
        return True
    first, second = int(found["first"]), found["second"]
    last = first if second is None else int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return not (old.start.year <= first <= last <= old.end.year)


def dates_of(text: str, old: Period) -> list[str]:
    """List the dates in a text that name a year of the old period: they were not moved, and somebody has to look."""
    years = {str(old.start.year), str(old.end.year)}
    return [found[0] for found in _DATE.finditer(text) if found[0][-4:] in years]
