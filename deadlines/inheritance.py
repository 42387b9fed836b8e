"""Where a row's deadline comes from: whole values handed down along links, by their kind and rule. No clock."""

import datetime as dt
import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from deadlines.calendar import WorkingCalendar
from deadlines.values import Deadline, Kind, Window
from deadlines.wording import render


class LinkKind(enum.StrEnum):
    """What a lower row is to an upper one; decides what "later" means."""

    IMPLEMENTS = "implements"
    CONSUMES = "consumes"
    FEEDS = "feeds"
    MIRRORS = "mirrors"


class Rule(enum.StrEnum):
    """Where the date of a lower row comes from."""

    SAME = "same"
    SHIFTED = "shifted"
    WITHIN = "within"
    OWN = "own"


class Breach(enum.StrEnum):
    """How dates break the bound of a link; the values are finding codes."""

    LATER = "later-than-upper"
    OUTSIDE = "outside-upper-window"
    STARTS_BEFORE = "starts-before-upper"
    EARLIER = "earlier-than-source"
    DIFFERS = "differs-from-upper"


@dataclass(frozen=True, slots=True)
class Bound:
    """One link with the upper row's effective deadline; `days` may be negative, `lead_days` are calendar days."""

    link: int
    kind: LinkKind
    rule: Rule
    upper: Deadline
    days: int = 0
    working: bool = False
    lead_days: int = 0


@dataclass(frozen=True, slots=True)
class Inherited:
    """
    The deadline in effect and the link that gave it.

    `starts_after` is the consumed result's link where that moved the beginning; `longer_than_window` marks an own
    window that is longer than the upper one and therefore stayed.
    """

    deadline: Deadline
    link: int
    longer_than_window: bool = False
    starts_after: int | None = None


class _Offer(NamedTuple):
    deadline: Deadline
    link: int
    longer: bool


_SHIFTED_KINDS = frozenset({Kind.BY, Kind.WINDOW, Kind.MONTHS})


def inherit(own: Deadline, bounds: Sequence[Bound], calendar: WorkingCalendar) -> Inherited | None:
    """
    Give the deadline that the links hand down, or None where nothing is inherited.

    Implemented, fed and mirrored rows set a ceiling: the earliest wins. Consumed results set a floor: the latest
    wins. Between both, the ceiling keeps its due date and the floor moves the beginning. With equal dates the link
    with the smaller number wins, so that the answer does not depend on the order of the bounds.
    """
    ceilings: list[_Offer] = []
    floors: list[tuple[dt.date, Bound]] = []
    for bound in bounds:
        if bound.rule is Rule.OWN:
            continue
        if bound.kind is LinkKind.CONSUMES:
            if bound.upper.due is not None:
                floors.append((_moved(bound.upper.due, bound, calendar), bound))
            continue
        offer = _offer(own, bound, calendar)
        if offer is not None:
            ceilings.append(offer)
    ceiling = min(ceilings, key=lambda o: (o.deadline.due or dt.date.max, o.link), default=None)
    floor = max(floors, key=lambda f: (f[0], -f[1].link), default=None)
    if ceiling is None:
        return None if floor is None else _from_floor(own, floor, calendar)
    return _between(ceiling, floor)


def _offer(own: Deadline, bound: Bound, calendar: WorkingCalendar) -> _Offer | None:
    """What one ceiling gives: the upper value whole, moved, or the own window moved into it."""
    upper = bound.upper
    if upper.kind is Kind.UNKNOWN and upper.due is None:
        return None
    if bound.rule is Rule.WITHIN:
        if upper.due is None:
            return None
        due = upper.due - dt.timedelta(bound.lead_days if bound.kind is LinkKind.FEEDS else 0)
        if own.due is None:
            return _Offer(_handed_down(_ending_by(upper, due)), bound.link, longer=False)
        moved, longer = _slid(own, upper.start, due)
        return _Offer(moved, bound.link, longer)
    return _Offer(_handed_down(shifted(upper, lambda day: _moved(day, bound, calendar))), bound.link, longer=False)


def _moved(day: dt.date, bound: Bound, calendar: WorkingCalendar) -> dt.date:
    days = bound.days if bound.rule is Rule.SHIFTED else 0
    day = calendar.shift(day, days) if bound.working else day + dt.timedelta(days)
    return day - dt.timedelta(bound.lead_days) if bound.kind is LinkKind.FEEDS else day


def shifted(deadline: Deadline, move: Callable[[dt.date], dt.date]) -> Deadline:
    """Move every day of a dated deadline; months that are no longer whole become a window. Other kinds stay."""
    if deadline.kind not in _SHIFTED_KINDS:
        return deadline
    start = None if deadline.start is None else move(deadline.start)
    due = None if deadline.due is None else move(deadline.due)
    windows = tuple(Window(move(w.start), move(w.due)) for w in deadline.windows)
    if (start, due, windows) == (deadline.start, deadline.due, deadline.windows):
        return deadline
    return _redated(deadline, start, due, windows)


def _redated(deadline: Deadline, start: dt.date | None, due: dt.date | None, windows: tuple[Window, ...]) -> Deadline:
    kind = deadline.kind
    if kind is Kind.MONTHS:
        kind = Kind.WINDOW
        windows = windows if len(windows) > 1 else ()
    return _handed_down(replace(deadline, kind=kind, start=start, due=due, windows=windows))


def _handed_down(deadline: Deadline) -> Deadline:
    """An inherited value is worded anew; the doubts of the upper phrase stay with the upper row."""
    return replace(deadline, phrase=render(deadline), warnings=(), suggestions=())


def _ending_by(upper: Deadline, due: dt.date) -> Deadline:
    if due == upper.due:
        return upper
    assert upper.due is not None  # bounded by the caller
    back = upper.due - due
    return shifted(upper, lambda day: day - back)


def slide(
    start: dt.date | None, due: dt.date, upper_start: dt.date | None, upper_due: dt.date
) -> tuple[dt.date | None, dt.date] | None:
    """
    Move a window by the least number of days into the upper one; None where it is longer than that.

    A deadline without a beginning is one day long; an upper one without a beginning is open towards the past.
    """
    length, begin = due - (start or due), start or due
    if upper_start is None:
        begin = min(begin, upper_due - length)
    elif length > upper_due - upper_start:
        return None
    else:
        begin = min(max(begin, upper_start), upper_due - length)
    return (None if start is None else begin), begin + length


def _slid(own: Deadline, upper_start: dt.date | None, upper_due: dt.date) -> tuple[Deadline, bool]:
    """Move the own deadline; of several windows each by itself. (deadline, whether it stayed for being too long)."""
    assert own.due is not None  # asked by the caller
    if len(own.windows) > 1:
        moved = [slide(w.start, w.due, upper_start, upper_due) for w in own.windows]
        if any(m is None for m in moved):
            return own, True
        windows = tuple(sorted(Window(m[0], m[1]) for m in moved if m is not None and m[0] is not None))
        if windows == own.windows:
            return own, False
        start = None if own.kind is Kind.BY else windows[0].start
        return _redated(own, start, max(w.due for w in windows), windows), False
    found = slide(own.start, own.due, upper_start, upper_due)
    if found is None:
        return own, True
    if found == (own.start, own.due):
        return own, False
    windows = (Window(found[0], found[1]),) if own.windows and found[0] is not None else ()
    kept = (
        own
        if own.kind in _SHIFTED_KINDS
        else replace(own, kind=Kind.WINDOW if own.start else Kind.BY, rrules=(), relative=None)
    )
    return _redated(kept, *found, windows), False


def _from_floor(own: Deadline, floor: tuple[dt.date, Bound], calendar: WorkingCalendar) -> Inherited:
    """Only consumed results bind: the same value, the value moved, or the own window not before the floor."""
    day, bound = floor
    if bound.rule is not Rule.WITHIN:
        moved = shifted(bound.upper, lambda d: _moved(d, bound, calendar))
        return Inherited(_handed_down(moved), bound.link)
    begin = own.start or own.due
    if begin is None or own.due is None:
        return Inherited(_handed_down(Deadline(kind=Kind.BY, due=day)), bound.link)
    if begin >= day:
        return Inherited(own, bound.link)
    return Inherited(shifted(own, lambda d: d + (day - begin)), bound.link)


def _between(ceiling: _Offer, floor: tuple[dt.date, Bound] | None) -> Inherited:
    deadline, link, longer = ceiling
    if floor is None or deadline.due is None or deadline.kind not in _SHIFTED_KINDS or len(deadline.windows) > 1:
        return Inherited(deadline, link, longer)
    start = min(floor[0], deadline.due)
    if deadline.start is not None and deadline.start >= start:
        return Inherited(deadline, link, longer)
    if deadline.kind is Kind.BY and start == deadline.due:
        return Inherited(deadline, link, longer, starts_after=floor[1].link)
    narrowed = _handed_down(replace(deadline, kind=Kind.WINDOW, start=start, windows=()))
    return Inherited(narrowed, link, longer, starts_after=floor[1].link)


def breach(kind: LinkKind, own: Deadline, upper: Deadline, *, lead_days: int = 0) -> Breach | None:
    """
    Tell how a deadline breaks the bound that a link of this kind sets; None where it holds or nothing can be said.

    Later than the upper row wins over lying outside its window; a start that alone breaks has a code of its own.
    """
    if kind is LinkKind.MIRRORS:
        return None if own.due is None or upper.due is None or same_meaning(own, upper) else Breach.DIFFERS
    if own.due is None or upper.due is None:
        return None
    if kind is LinkKind.CONSUMES:
        return Breach.EARLIER if (own.start or own.due) < upper.due and not same_meaning(own, upper) else None
    if own.due > upper.due - dt.timedelta(lead_days if kind is LinkKind.FEEDS else 0):
        return Breach.LATER
    if kind is LinkKind.FEEDS or upper.start is None:
        return None
    if own.due < upper.start:
        return Breach.OUTSIDE
    return Breach.STARTS_BEFORE if own.start is not None and own.start < upper.start else None


def breaks(kind: LinkKind, own: Deadline, upper: Deadline, *, lead_days: int = 0) -> bool:
    """Tell whether a deadline breaks the bound that a link of this kind sets."""
    return breach(kind, own, upper, lead_days=lead_days) is not None


def same_meaning(one: Deadline, other: Deadline) -> bool:
    """Tell whether two deadlines mean the same, however they are worded."""
    return _meaning(one) == _meaning(other)


def _meaning(deadline: Deadline) -> tuple[object, ...]:
    kind = Kind.WINDOW if deadline.kind is Kind.MONTHS else deadline.kind
    windows = deadline.windows if len(deadline.windows) > 1 else ()
    return kind, deadline.start, deadline.due, windows, deadline.rrules, deadline.relative


def propose(kind: LinkKind, own: Deadline, upper: Deadline) -> Rule:
    """
    Give the rule for a link found on import: equal → same, a sub-window → within, else own; never a guessed shift.

    A deadline that says nothing definite (unknown, by its own schedule) is its own.
    """
    if own.kind is Kind.UNKNOWN or upper.kind is Kind.UNKNOWN:
        return Rule.OWN
    if own.kind not in (Kind.BY_SCHEDULE, Kind.ON_REQUEST, Kind.RELATIVE) and same_meaning(own, upper):
        return Rule.SAME
    inside = (
        kind in (LinkKind.IMPLEMENTS, LinkKind.FEEDS)
        and own.kind in _SHIFTED_KINDS
        and upper.kind in _SHIFTED_KINDS
        and upper.start is not None
        and upper.due is not None
        and own.due is not None
        and upper.start <= (own.start or own.due)
        and own.due <= upper.due
    )
    return Rule.WITHIN if inside else Rule.OWN
