"""What a doubtful date may have meant: small slips of the pen that lead into the plan's period, best first."""

import datetime as dt
from collections.abc import Iterator, Sequence

from deadlines.grammar.atoms import end_of_month
from deadlines.values import Period, Suggestion

MOST = 5


def inside_period(
    start: dt.date | None,
    due: dt.date,
    period: Period,
    siblings: Sequence[tuple[dt.date | None, dt.date | None]] = (),
) -> tuple[Suggestion, ...]:
    """
    Rank slips that would put the dates inside the period.

    Results of one activity follow each other, so a candidate near the others is best, and one before all of them
    is less likely; without siblings a wrong year is likelier than a wrong month, and a near month than a far one.
    """
    found: dict[Suggestion, int] = {}
    whole_months = start is not None and start.day == 1 and due == end_of_month(due)
    long = start is not None and whole_months and (start.year, start.month) != (due.year, due.month)
    for cost, shift_years, shift_months in _slips(due, period):
        if long and shift_months:
            continue  # another quarter is no slip of the pen
        moved_due = _moved(due, shift_years, shift_months, stick=whole_months)
        moved_start = None if start is None else _moved(start, shift_years, shift_months, stick=False)
        if moved_due is None or (start is not None and (moved_start is None or moved_start > moved_due)):
            continue
        if period.holds(moved_due) and (moved_start is None or moved_start >= period.start):
            suggestion = Suggestion(moved_start, moved_due)
            found[suggestion] = min(cost, found.get(suggestion, cost))
    dues = [d for _, d in siblings if d is not None and period.holds(d)]
    ranked = sorted(found, key=lambda s: _rank(s, found[s], dues))
    if start is not None and start <= period.end and due >= period.start:
        ranked.insert(0, Suggestion(max(start, period.start), min(due, period.end)))
    return tuple(dict.fromkeys(ranked))[:MOST]


def impossible(days: tuple[int, int, int], period: Period | None) -> tuple[Suggestion, ...]:
    """Suggest existing days for (day, month, year) that no calendar holds: the month's end, then swapped or clipped parts."""
    day, month, year = days
    tries = [(year, month, d) for d in (31, 30, 29, 28) if d < day] + [
        (year, day, month),
        (year, 12, day),
        (year, month % 10, day),
        (year, month // 10, day),
    ]
    found = []
    for y, m, d in tries:
        try:
            found.append(Suggestion(None, dt.date(y, m, d)))
        except ValueError:
            continue
    first = [s for s in found if period is None or period.holds(s.due)]
    return tuple(dict.fromkeys(first))[:MOST]


def _slips(due: dt.date, period: Period) -> Iterator[tuple[int, int, int]]:
    """(cost, years, months): a wrong year alone, a wrong month alone, both."""
    for year in range(period.start.year, period.end.year + 1):
        for month in range(1, 13):
            years, months = year - due.year, month - due.month
            if years or months:
                yield (0 if not months else 2 + abs(months) if not years else 20 + abs(months)), years, months


def _moved(day: dt.date, years: int, months: int, *, stick: bool) -> dt.date | None:
    total = day.month - 1 + months
    year, month = day.year + years + total // 12, total % 12 + 1
    if stick:
        return end_of_month(dt.date(year, month, 1))
    try:
        return dt.date(year, month, day.day)
    except ValueError:
        return None


def _rank(suggestion: Suggestion, cost: int, dues: list[dt.date]) -> tuple[int, int, dt.date]:
    """Nearness to the siblings in days, with a handicap for coming before all of them; both slips at once are last."""
    if not dues:
        return 0, cost, suggestion.due
    nearest = min(abs((suggestion.due - due).days) for due in dues)
    handicap = 10 if suggestion.due < min(dues) else 0
    return int(cost >= 20), nearest + handicap, suggestion.due
