"""All rules over one plan: `check`."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from roadmaps.findings.above import BOUND_RULES, not_covered, tightest_end
from roadmaps.findings.facts import Finding, Fix, PlanFacts, Row, Severity
from roadmaps.findings.plans import PLAN_RULES
from roadmaps.findings.rows import ACTIVITY_RULES, ROW_RULES

_YIELDS_TO_LATER = ("outside-upper-window", "starts-before-upper")
_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def check(plan: PlanFacts) -> list[Finding]:
    """
    Give every finding of a plan, row by row in its order, the gravest of a row first; those of the plan as a whole last.

    One finding per row, code and level above. At one level *later-than-upper* says it all about dates. Level 2 is checked
    also when level 1 is broken, because a date equal to the nearest one can still be later than that above it.
    """
    found = [*_of_rows(plan), *_of_bounds(plan), *_of_activities(plan)]
    found += [finding for upper in plan.above if (finding := not_covered(upper))]
    found += [finding for rule in PLAN_RULES for finding in rule(plan)]
    place = {row.ref: number for number, row in enumerate(plan.rows)}
    found = [_with_reason(finding) for finding in found]
    return sorted(
        found,
        key=lambda one: (
            place.get(one.row or "", len(place)),
            _GRAVITY[one.severity],
            one.against.level if one.against else 0,
        ),
    )


def _of_rows(plan: PlanFacts) -> Iterable[Finding]:
    return (finding for row in plan.rows for rule in ROW_RULES if (finding := rule(row, plan)))


def _of_activities(plan: PlanFacts) -> Iterable[Finding]:
    for _, rows in groupby(plan.rows, key=lambda row: row.activity or row.ref):
        siblings = tuple(rows)
        for rule in ACTIVITY_RULES:
            yield from rule(siblings)


def _of_bounds(plan: PlanFacts) -> Iterable[Finding]:
    rows = {row.ref: row for row in plan.rows}
    worst: dict[tuple[str, str, int], Finding] = {}
    for bound in plan.bounds:
        row = rows.get(bound.row)
        if row is None:
            continue
        for rule in BOUND_RULES:
            finding = rule(row, bound)
            if finding is None:
                continue
            key = (row.ref, finding.code, bound.level)
            if key not in worst or (finding.days or 0) > (worst[key].days or 0):
                worst[key] = finding
    late = {(ref, level) for ref, code, level in worst if code == "later-than-upper"}
    for (ref, code, level), finding in worst.items():
        if code in _YIELDS_TO_LATER and (ref, level) in late:
            continue
        yield _for_all_levels(finding, rows[ref], plan) if code == "later-than-upper" else finding


def _for_all_levels(finding: Finding, row: Row, plan: PlanFacts) -> Finding:
    """Let the first fix satisfy every level at once; a second fix that would only help this level stays behind it."""
    end = tightest_end(row, plan)
    due = row.deadline.due
    if end is None or due is None:
        return finding
    start = row.deadline.start
    fix = Fix("set-dates", {"start": None if start is None else start - (due - end), "due": end})
    return replace(finding, fixes=(fix, *(other for other in finding.fixes if other.kind != "set-dates")))


def _with_reason(finding: Finding) -> Finding:
    """Everything but a mere note may also stand with a reason."""
    if finding.severity is Severity.INFO:
        return finding
    return replace(finding, fixes=(*finding.fixes, Fix("explain")))
