"""Rules that hold a row against the rows above it: one rule, one function, one sentence."""

import datetime as dt
from typing import Any

from deadlines.values import Kind, Window
from roadmaps.findings.facts import Against, Bound, Finding, Fix, PlanFacts, Row, UpperRow
from roadmaps.findings.lists import missing_items
from roadmaps.matching.rules import spans

_WITHOUT_END = (Kind.BY_SCHEDULE, Kind.ON_REQUEST)
_WINDOWS = (Kind.WINDOW, Kind.MONTHS)
_SAME_TIME = ("same", "within")


def later_than_upper(row: Row, bound: Bound) -> Finding | None:
    """Tell that a row ends after the upper row that it implements, or too late to feed it."""
    if bound.kind not in ("implements", "feeds") or not _comparable(row, bound):
        return None
    latest = _latest(bound)
    if row.deadline.due is None or latest is None or row.deadline.due <= latest:
        return None
    return _found("later-than-upper", row, bound, (row.deadline.due - latest).days, _end_by(row, latest))


def outside_upper_window(row: Row, bound: Bound) -> Finding | None:
    """Tell that a window ends in time, and yet lies beside every window of the upper row that it implements."""
    stray = _stray(row, bound)
    if stray is None or _begun(stray, bound):
        return None
    opening = min((w.start for w in spans(bound.deadline) if w.start > stray.due), default=None)
    days = None if opening is None else (opening - stray.due).days
    return _found("outside-upper-window", row, bound, days, _moved_into(stray, bound))


def starts_before_upper(row: Row, bound: Bound) -> Finding | None:
    """Tell that a window ends inside the upper one but opens before it."""
    stray = _stray(row, bound)
    if stray is None:
        return None
    opening = _begun(stray, bound)
    if opening is None:
        return None
    fix = Fix("set-dates", {"start": opening, "due": stray.due})
    return _found("starts-before-upper", row, bound, (opening - stray.start).days, (fix,))


def earlier_than_source(row: Row, bound: Bound) -> Finding | None:
    """Tell that a row begins before the result it works from is due; going along with a source that lasts is no fault."""
    if bound.kind != "consumes" or bound.rule in _SAME_TIME or not _comparable(row, bound):
        return None
    begin, ready = row.deadline.start or row.deadline.due, bound.deadline.due
    if begin is None or ready is None or begin >= ready:
        return None
    if row.deadline.kind is Kind.CONTINUOUS:
        return None
    late = max(row.deadline.due or ready, ready)
    start = None if row.deadline.start is None else ready
    return _found(
        "earlier-than-source", row, bound, (ready - begin).days, (Fix("set-dates", {"start": start, "due": late}),)
    )


def differs_from_upper(row: Row, bound: Bound) -> Finding | None:
    """Tell that a row which only mirrors what the upper body does has other dates than it."""
    if bound.kind != "mirrors" or bound.rule == "same":
        return None
    own, upper = row.deadline, bound.deadline
    if upper.kind is Kind.UNKNOWN or (own.start, own.due) == (upper.start, upper.due):
        return None
    days = abs((own.due - upper.due).days) if own.due and upper.due else None
    return _found("differs-from-upper", row, bound, days, ())


def scope_narrowed(row: Row, bound: Bound) -> Finding | None:
    """Tell that a row, with the others that share its upper row, does some of the things listed there, and not all."""
    if bound.kind != "implements" or bound.clause or bound.level != 1:
        return None
    missing = missing_items(bound.text, "\n".join((row.title, row.text, *bound.companions)))
    if not missing:
        return None
    return Finding(
        "scope-narrowed",
        row.ref,
        Against(bound.level, bound.upper),
        None,
        _about(row, bound) | {"items": missing},
        (Fix("add-items", {"items": missing}),),
    )


def not_covered(upper: UpperRow) -> Finding | None:
    """Tell that a row above obliges this organization and nothing here answers it."""
    if not upper.obliges or upper.answered:
        return None
    params: dict[str, Any] = {
        "body": upper.body,
        "upper": upper.ref,
        "upper_text": upper.text or upper.title,
        "upper_phrase": upper.deadline.phrase,
    }
    fixes = tuple(Fix(kind, {"upper": upper.ref}) for kind in ("add-row", "link", "declare-not-applicable"))
    return Finding("not-covered", None, Against(upper.level, upper.ref), None, params, fixes)


def tightest_end(row: Row, plan: PlanFacts) -> dt.date | None:
    """Give the earliest end that any row above leaves to a row, so that one fix satisfies all levels."""
    ends = [
        _latest(bound)
        for bound in plan.bounds_of(row.ref)
        if bound.kind in ("implements", "feeds") and _comparable(row, bound)
    ]
    return min((end for end in ends if end is not None), default=None)


def _comparable(row: Row, bound: Bound) -> bool:
    """
    Tell whether two deadlines can be held against each other at all.

    A schedule or a request gives no end yet; a date above that lies outside its own plan's period is a slip of the pen
    (found there), and nobody below is measured by it.
    """
    return (
        row.deadline.kind not in _WITHOUT_END
        and bound.deadline.kind not in _WITHOUT_END
        and "outside-period" not in bound.deadline.warnings
    )


def _latest(bound: Bound) -> dt.date | None:
    if bound.deadline.due is None:
        return None
    return bound.deadline.due - dt.timedelta(days=bound.lead_days if bound.kind == "feeds" else 0)


def _stray(row: Row, bound: Bound) -> Window | None:
    """Give the first own window that lies in no upper window although the row as a whole ends in time, else None."""
    if bound.kind != "implements" or bound.deadline.kind not in _WINDOWS or not _comparable(row, bound):
        return None
    if row.deadline.due is None or bound.deadline.due is None or row.deadline.due > bound.deadline.due:
        return None
    above = spans(bound.deadline)
    for own in spans(row.deadline):
        if not any(window.start <= own.start and own.due <= window.due for window in above):
            return own
    return None


def _begun(stray: Window, bound: Bound) -> dt.date | None:
    """Give the opening of the upper window in which a stray one ends, or None if it ends in none."""
    return next((w.start for w in spans(bound.deadline) if w.start <= stray.due <= w.due), None)


def _moved_into(stray: Window, bound: Bound) -> tuple[Fix, ...]:
    """Offer the nearest place for a stray window inside the upper ones, its length kept where it fits."""
    length = stray.due - stray.start
    places = []
    for window in spans(bound.deadline):
        start = max(window.start, min(stray.start, window.due - length))
        due = min(start + length, window.due)
        places.append((abs(start - stray.start), Window(start, due)))
    if not places:
        return ()
    nearest = min(places)[1]
    return (Fix("set-dates", {"start": nearest.start, "due": nearest.due}),)


def _end_by(row: Row, latest: dt.date) -> tuple[Fix, ...]:
    """Offer to end by a day; a window keeps its length."""
    start = row.deadline.start
    if start is not None and row.deadline.due is not None:
        start = start - (row.deadline.due - latest)
    return (Fix("set-dates", {"start": start, "due": latest}),)


def _about(row: Row, bound: Bound) -> dict[str, Any]:
    return {
        "body": bound.body,
        "upper": bound.upper,
        "clause": bound.clause,
        "upper_phrase": bound.deadline.phrase,
        "upper_start": bound.deadline.start,
        "upper_due": bound.deadline.due,
        "lead_days": bound.lead_days if bound.kind == "feeds" else 0,
        "document": bound.document,
        "via": bound.via,
        "phrase": row.deadline.phrase,
    }


def _found(code: str, row: Row, bound: Bound, days: int | None, fixes: tuple[Fix, ...]) -> Finding:
    same = (
        ()
        if bound.clause
        else (Fix("same-as-upper", {"upper": bound.upper, "level": bound.level, "body": bound.body}),)
    )
    return Finding(code, row.ref, Against(bound.level, bound.upper), days, _about(row, bound), (*fixes, *same))


BOUND_RULES = (
    later_than_upper,
    outside_upper_window,
    starts_before_upper,
    earlier_than_source,
    differs_from_upper,
    scope_narrowed,
)
