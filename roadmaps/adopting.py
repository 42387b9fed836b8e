"""Whether a plan is one above taken over unchanged: told by its rows, so that the first own word ends it."""

from roadmaps.choices import Rule
from roadmaps.sheets import Sheet


def adopted_from(sheet: Sheet) -> int | None:
    """
    Give the plan above that a plan takes over unchanged, or None.

    Every row says what a row of that one plan says, under the same activity, and has its date; only people differ.
    """
    plans: set[int] = set()
    for row in sheet.rows:
        same = [
            link.upper.roadmap
            for link in row.links
            if link.upper is not None
            and link.rule == Rule.SAME
            and link.upper.text == row.text
            and link.upper.activity == sheet.heading[row.heading].title
        ]
        if len(row.links) != 1 or not same:
            return None
        plans.update(same)
    return plans.pop() if len(plans) == 1 else None
