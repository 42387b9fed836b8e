"""Which finding two deadlines make: the rules of findings themselves, so that a preview never says anything else."""

from deadlines.inheritance import LinkKind, Rule
from deadlines.values import Deadline
from roadmaps.findings.above import (
    differs_from_upper,
    earlier_than_source,
    later_than_upper,
    outside_upper_window,
    starts_before_upper,
)
from roadmaps.findings.facts import Body, Bound, Row

RULES = (later_than_upper, outside_upper_window, starts_before_upper, earlier_than_source, differs_from_upper)
_NOBODY = Body("", "", "")


def conflict_of(kind: LinkKind, lower: Deadline, upper: Deadline, *, rule: Rule, lead_days: int = 0) -> str:
    """Give the code of the finding that a link makes of two deadlines, or nothing."""
    row = Row(ref="", text="", deadline=lower)
    bound = Bound("", "", 1, kind.value, upper, _NOBODY, rule=rule.value, lead_days=lead_days)
    return next((finding.code for judge in RULES if (finding := judge(row, bound)) is not None), "")
