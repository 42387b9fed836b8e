"""Rules that look at one row, or at the rows of one activity."""

import datetime as dt
from collections.abc import Iterable, Sequence

from deadlines.values import Deadline, Kind
from roadmaps.findings.facts import Finding, Fix, PlanFacts, Row
from roadmaps.matching.features import roles
from roadmaps.matching.lexicon import FOLLOWS

_OFFERED = 2
"""How many readings of a doubtful date are worth a button."""

_BEFORE, _DOING, _AFTER = 1, (2, 3), 4


def no_deadline(row: Row, plan: PlanFacts) -> Finding | None:
    """Tell that a row has no deadline, or a phrase in which no date can be found."""
    deadline = row.deadline
    if deadline.kind is not Kind.UNKNOWN or deadline.due is not None or deadline.start is not None:
        return None
    fixes = [Fix("set-dates", {"start": one.start, "due": one.due}) for one in deadline.suggestions[:_OFFERED]]
    for bound in plan.bounds_of(row.ref):
        if bound.level == 1 and bound.deadline.due is not None and not bound.clause:
            fixes.append(
                Fix("set-dates", {"start": bound.deadline.start, "due": bound.deadline.due, "body": bound.body})
            )
            break
    return Finding("no-deadline", row.ref, params={"phrase": deadline.phrase}, fixes=tuple(fixes))


def outside_period(row: Row, plan: PlanFacts) -> Finding | None:
    """Tell that a written date lies outside the plan's period."""
    if plan.period is None or _open_ended(row.deadline):
        return None
    period = plan.period
    strays = [day for day in (row.deadline.start, row.deadline.due) if day is not None and not period.holds(day)]
    if not strays:
        return None
    day = strays[-1]
    away = (day - period.end).days if day > period.end else (period.start - day).days
    suggested = row.deadline.suggestions[:_OFFERED]
    fixes = tuple(Fix("set-dates", {"start": one.start, "due": one.due}) for one in suggested)
    params = {"phrase": row.deadline.phrase, "date": day, "start": period.start, "end": period.end}
    return Finding(
        "outside-period", row.ref, days=away, params=params, fixes=fixes or _another_year(row.deadline, plan)
    )


def _another_year(deadline: Deadline, plan: PlanFacts) -> tuple[Fix, ...]:
    """Offer the same days of a year that puts them inside the period: the year is the likeliest slip."""
    assert plan.period is not None, "only asked where a period is known"
    found = []
    for year in range(plan.period.start.year, plan.period.end.year + 1):
        if deadline.due is None:
            break
        shift = year - deadline.due.year
        start, due = _in_year(deadline.start, shift), _in_year(deadline.due, shift)
        if due is not None and plan.period.holds(due) and (start is None or plan.period.holds(start)):
            found.append(Fix("set-dates", {"start": start, "due": due}))
    return tuple(found)


def _in_year(day: dt.date | None, shift: int) -> dt.date | None:
    try:
        return None if day is None else day.replace(year=day.year + shift)
    except ValueError:  # 29 February of another year
        return None


def before_approval(row: Row, plan: PlanFacts) -> Finding | None:
    """Tell that a row is due before the date of the plan's own order; a date outside the period is another slip."""
    due = row.deadline.due
    if plan.order_date is None or due is None or due >= plan.order_date or _open_ended(row.deadline):
        return None
    if plan.period is not None and not plan.period.holds(due):
        return None
    params = {"phrase": row.deadline.phrase, "date": due, "order_date": plan.order_date}
    fix = Fix("set-dates", {"start": None, "due": plan.order_date})
    return Finding("before-approval", row.ref, days=(plan.order_date - due).days, params=params, fixes=(fix,))


def dash_lost(row: Row, _plan: PlanFacts) -> Finding | None:
    """Tell that two dates stand side by side without a dash between them."""
    if "dash-lost" not in row.deadline.warnings:
        return None
    start, due = row.deadline.start, row.deadline.due
    fixes = (Fix("insert-dash", {"start": start, "due": due}),) if start and due else ()
    return Finding(
        "dash-lost", row.ref, params={"phrase": row.deadline.phrase, "start": start, "due": due}, fixes=fixes
    )


def start_lost(row: Row, plan: PlanFacts) -> Finding | None:
    """Tell that a window has lost its beginning; an upper window that ends no earlier lends its own."""
    if "start-lost" not in row.deadline.warnings:
        return None
    due = row.deadline.due
    fixes = [Fix("set-dates", {"start": one.start, "due": one.due}) for one in row.deadline.suggestions if one.start]
    for bound in plan.bounds_of(row.ref):
        start, end = bound.deadline.start, bound.deadline.due
        if bound.level == 1 and due and start and end and start <= due <= end:
            lent = Fix("set-dates", {"start": start, "due": due})
            fixes = [lent] + [fix for fix in fixes if fix != lent]
    return Finding("start-lost", row.ref, params={"phrase": row.deadline.phrase, "due": due}, fixes=tuple(fixes))


def no_executor(row: Row, _plan: PlanFacts) -> Finding | None:
    """Tell that nobody answers for a row."""
    if any(executor.text.strip() for executor in row.executors):
        return None
    return Finding("no-executor", row.ref, fixes=(Fix("set-executor"),))


def foreign_executor(row: Row, plan: PlanFacts) -> Finding | None:
    """Tell that a row names somebody of another organization; a row that mirrors the upper body's work may."""
    strangers = tuple(executor.text for executor in row.executors if executor.foreign)
    bounds = plan.bounds_of(row.ref)
    if not strangers or any(bound.level == 1 and bound.kind == "mirrors" for bound in bounds):
        return None
    fixes = [Fix("replace-executor", {"text": text}) for text in strangers]
    linked = next((bound for bound in bounds if bound.level == 1 and not bound.clause), None)
    if linked is not None and len(strangers) == len(row.executors):
        fixes.append(Fix("set-kind", {"kind": "mirrors", "upper": linked.upper, "body": linked.body}))
    return Finding("foreign-executor", row.ref, params={"names": strangers}, fixes=tuple(fixes))


def no_result(row: Row, _plan: PlanFacts) -> Finding | None:
    """Tell that a row does not say what comes out of it."""
    return None if row.text.strip() else Finding("no-result", row.ref, fixes=(Fix("set-result"),))


def out_of_order(rows: Sequence[Row]) -> Iterable[Finding]:
    """
    Tell, inside one activity, that the doing opens before its order or questionnaire is due, or is reported before it ends.

    Source: the order, then the doing, then the account of it; what a row is, its wording tells.
    """
    staged = _staged(rows)
    for stage, row in staged:
        worst: tuple[int, Row, str] | None = None
        for other_stage, other in staged:
            late = _overtakes(stage, row, other_stage, other)
            if late and (worst is None or late > worst[0]):
                worst = (late, other, "opens" if stage in _DOING else "reported")
        if worst is not None:
            days, other, how = worst
            params = {
                "other": other.ref,
                "other_phrase": other.deadline.phrase,
                "phrase": row.deadline.phrase,
                "how": how,
            }
            yield Finding("out-of-order", row.ref, days=days, params=params, fixes=_after(row, other))


def _overtakes(stage: int, row: Row, other_stage: int, other: Row) -> int:
    """Give by how many days a row comes before what it must follow, 0 if it does not."""
    ready = other.deadline.due
    if ready is None or row is other:
        return 0
    if stage in _DOING and other_stage == _BEFORE and row.deadline.start is not None:
        return max(0, (ready - row.deadline.start).days)
    doing = other_stage in _DOING and not _open_ended(other.deadline)
    if stage == _AFTER and (doing or other_stage == _BEFORE) and row.deadline.due is not None:
        return max(0, (ready - row.deadline.due).days)
    return 0


def no_lead(rows: Sequence[Row]) -> Iterable[Finding]:
    """Tell, inside one activity, that a window opens on the very day on which its order or questionnaire is due."""
    staged = _staged(rows)
    for stage, row in staged:
        if stage not in _DOING or row.deadline.start is None:
            continue
        for other_stage, other in staged:
            if other_stage == _BEFORE and other.deadline.due == row.deadline.start:
                params = {"other": other.ref, "other_phrase": other.deadline.phrase, "phrase": row.deadline.phrase}
                yield Finding("no-lead", row.ref, params=params, fixes=_after(row, other))
                break


def _after(row: Row, other: Row) -> tuple[Fix, ...]:
    """Offer to begin on the day after, or to report on the day on which the other row ends."""
    if other.deadline.due is None or row.deadline.due is None:
        return ()
    if row.deadline.start is None:
        return (Fix("set-dates", {"start": None, "due": other.deadline.due}),)
    start = other.deadline.due + dt.timedelta(days=1)
    return (Fix("set-dates", {"start": start, "due": max(start, row.deadline.due)}),)


def _staged(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """Give the rows whose wording tells their place in the order of an activity."""
    found = []
    for row in rows:
        kinds = roles(row.text)
        if kinds and kinds[0] in FOLLOWS and not _open_ended(row.deadline):
            found.append((FOLLOWS[kinds[0]], row))
    return found


def _open_ended(deadline: Deadline) -> bool:
    return deadline.kind in (Kind.CONTINUOUS, Kind.BY_SCHEDULE, Kind.ON_REQUEST, Kind.RECURRING, Kind.RELATIVE)


ROW_RULES = (
    no_deadline,
    outside_period,
    before_approval,
    dash_lost,
    start_lost,
    no_executor,
    foreign_executor,
    no_result,
)
ACTIVITY_RULES = (out_of_order, no_lead)
