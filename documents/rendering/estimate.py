"""Guesses before the first layout, so that most documents need only one: which titles may hang too low, which text runs over."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from documents.paper.order import Clause, OrderPaper
from documents.paper.participants import ParticipantsPaper
from documents.paper.plan import Activity, Field, PlanPaper, flattened
from documents.rendering.compose import Printable
from documents.rendering.tables import Hints

NARROW, WIDE = 0.36, 0.53
"""Letters per mm of a column in 12 pt, when a text is set widest and when closest."""

SHEET_LINES = 30
"""Lines of a landscape sheet below the table's head: more can never stand on one."""

ORDER_LINE, ORDER_LINES = 66, 23
"""Letters of a line of an order's own text, and the lines beyond which it may run over its first sheet."""


def plans(paper: Printable) -> Iterator[tuple[str, PlanPaper]]:
    """Give the plans of a document with the names of their tables."""
    if isinstance(paper, PlanPaper):
        yield "t1", paper
    if isinstance(paper, OrderPaper):
        for index, appendix in enumerate(paper.appendices, start=1):
            if isinstance(appendix, PlanPaper):
                yield f"t{index}", appendix


def lines(text: str, letters: float) -> int:
    """Guess the lines of a text in a column of so many letters."""
    return sum(max(1, math.ceil(len(part) / letters)) for part in text.splitlines()) or 1


def rows_at_least(activity: Activity, widths: Mapping[Field, int]) -> list[int]:
    """Guess how many lines each row of an activity takes at the very least."""
    return [
        max(
            lines(result.text, widths[Field.RESULT] * WIDE),
            lines(result.deadline, widths[Field.DEADLINE] * WIDE),
            sum(lines(name, widths[Field.EXECUTORS] * WIDE) for name in result.executors),
        )
        for result in activity.results
    ]


def text_widths(plan: PlanPaper) -> dict[Field, int]:
    """Give the widths of the columns' text in mm; a field without a column is never the highest."""
    return dict.fromkeys(Field, 257) | {column.field: column.width - 3 for column in plan.columns}


def activities(plan: PlanPaper, ident: str) -> Iterator[tuple[str, Activity]]:
    """Give the activities of a plan with the names of their groups."""
    found = (entry for _, entry in flattened(plan.content) if isinstance(entry, Activity))
    return ((f"{ident}-a{count}", activity) for count, activity in enumerate(found, start=1))


def doubtful(paper: Printable) -> list[tuple[str, PlanPaper, Activity, str]]:
    """Find the activities whose title may be taller than their rows: table, plan, activity, name of the group."""
    found = []
    for ident, plan in plans(paper):
        widths = text_widths(plan)
        for group, activity in activities(plan, ident):
            if len(activity.results) > 1:
                title = lines(activity.title, widths[Field.TITLE] * NARROW)
                if sum(rows_at_least(activity, widths)) < title <= SHEET_LINES:
                    found.append((ident, plan, activity, group))
    return found


def surely_long(paper: Printable) -> Hints:
    """Mark the groups that cannot stand on one sheet, and those with a row that cannot."""
    long, tall = set(), set()
    for ident, plan in plans(paper):
        widths = text_widths(plan)
        for group, activity in activities(plan, ident):
            rows = rows_at_least(activity, widths)
            title = lines(activity.title, widths[Field.TITLE] * WIDE)
            if max([*rows, title]) > SHEET_LINES:
                tall.add(group)
            if max(sum(rows), title) > SHEET_LINES:
                long.add(group)
    return replace(Hints(), long=frozenset(long), tall=frozenset(tall))


def headings(paper: Printable) -> dict[str, frozenset[int]]:
    """Give the rows of lists of schools that are headings, by group: they do not stand last on a sheet."""
    lists: list[tuple[str, ParticipantsPaper]] = []
    if isinstance(paper, ParticipantsPaper):
        lists.append(("t1", paper))
    if isinstance(paper, OrderPaper):
        numbered = enumerate(paper.appendices, start=1)
        lists += [(f"t{index}", given) for index, given in numbered if isinstance(given, ParticipantsPaper)]
    found = {}
    for ident, given in lists:
        for count, place in enumerate(given.places, start=1):
            rows, heads = 0, {0}
            for cluster in place.clusters:
                if cluster.name:
                    rows += 1
                    heads.add(rows)
                rows += len(cluster.schools)
            found[f"{ident}-a{count}"] = frozenset(heads)
    return found


def lines_of(clauses: tuple[Clause, ...]) -> int:
    """Count the lines of clauses at the least; each begins one."""
    return sum(lines(f"{clause.number} {clause.text}", ORDER_LINE) + lines_of(clause.clauses) for clause in clauses)


def may_run_over(order: OrderPaper) -> bool:
    """Tell whether an order's own text may need more than one sheet."""
    head = len(order.issuer) + lines(order.title, ORDER_LINE) + lines(f"{order.preamble} {order.verb}", ORDER_LINE)
    foot = len(order.signatory.printed_post.splitlines())
    return head + lines_of(order.clauses) + foot > ORDER_LINES
