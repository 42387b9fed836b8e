"""A recurrence rule taken apart for wording."""

import itertools
from typing import NamedTuple

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class RuleParts(NamedTuple):
    """The parts of a rule; `stretch` is 3 or 6 when its day belongs to every quarter or half-year."""

    freq: str
    interval: int
    months: tuple[int, ...]
    days: tuple[int, ...]
    weekdays: tuple[tuple[int, int], ...]
    working_day: int  # the n-th working day; -1 the last
    stretch: int
    left_out: tuple[int, ...] = ()  # the months that a weekly or monthly rule spares


def parts_of(rule: str) -> RuleParts:
    """Take a rule apart; «28,29,30 with BYSETPOS=-1» is the 30th or the last day of a shorter month."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    months = _numbers(parts.get("BYMONTH", ""))
    days = _numbers(parts.get("BYMONTHDAY", ""))
    last = parts.get("BYSETPOS") == "-1"
    weekdays = tuple(
        (int(name[:-2] or 0), _DAYS.index(name[-2:])) for name in parts.get("BYDAY", "").split(",") if name
    )
    working_day = int(parts.get("BYSETPOS", "0")) if weekdays else 0
    if last and days:
        days = (days[-1],)
    sparing = parts["FREQ"] in ("WEEKLY", "MONTHLY") and months
    left_out = tuple(m for m in range(1, 13) if m not in months) if sparing else ()
    stretch = 0
    if parts["FREQ"] == "YEARLY" and days and not weekdays:
        quarterly = len(months) == 4 and all(b - a == 3 for a, b in itertools.pairwise(months))
        half_yearly = len(months) == 2 and months in ((1, 7), (2, 8)) and days != (-1,)
        if quarterly and (days != (-1,) or months == (3, 6, 9, 12)):
            stretch = 3
        elif half_yearly:
            stretch = 6
    return RuleParts(
        parts["FREQ"], int(parts.get("INTERVAL", "1")), months, days, () if working_day else weekdays,
        working_day, stretch, left_out,
    )  # fmt: skip


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in text.split(",")) if text else ()
