"""Where the date of a row that was brought in comes from: the same as above, within it, or its own."""

from deadlines.values import Deadline, Kind, Window


def rule_of(lower: Deadline, upper: Deadline) -> str:
    """
    Tell the rule of a link on import: equal → same, sub-window → within, else own; never shifted by guess.

    Nothing is inherited from a date that is missing or that no one can stand by (unknown kind).
    """
    if upper.kind is Kind.UNKNOWN or lower.kind is Kind.UNKNOWN:
        return "own"
    if _meaning(lower) == _meaning(upper):
        return "same"
    own, above = spans(lower), spans(upper)
    if lower.kind in (Kind.WINDOW, Kind.MONTHS) and upper.kind in (Kind.WINDOW, Kind.MONTHS) and own:
        inside = all(any(w.start <= one.start and one.due <= w.due for w in above) for one in own)
        return "within" if inside else "own"
    return "own"


def _meaning(deadline: Deadline) -> tuple[object, ...]:
    kind = Kind.WINDOW if deadline.kind is Kind.MONTHS else deadline.kind
    return (kind, deadline.start, deadline.due, spans(deadline), deadline.rrules, deadline.relative)


def spans(deadline: Deadline) -> tuple[Window, ...]:
    """Give the windows of a deadline: its list, or the one from start to due."""
    if deadline.windows:
        return deadline.windows
    if deadline.start is not None and deadline.due is not None:
        return (Window(deadline.start, deadline.due),)
    return ()
