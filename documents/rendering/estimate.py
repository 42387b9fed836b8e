"""Guesses before the first layout, so that most documents need only one: which titles may hang too low, which text runs over."""

import math
from collections.abc import Iterator
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

ORDER_LETTERS = 1300
"""An order whose text is longer may run over its first sheet."""


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


def rows_at_least(activity: Activity, widths: dict[Field, int]) -> int:
    """Guess how many lines the rows of an activity take at the very least."""
    total = 0
    for result in activity.results:
        executors = sum(lines(name, widths[Field.EXECUTORS] * WIDE) for name in result.executors)
        total += max(
            lines(result.text, widths[Field.RESULT] * WIDE),
            lines(result.deadline, widths[Field.DEADLINE] * WIDE),
            executors,
        )
    return total


def doubtful(paper: Printable) -> list[tuple[str, PlanPaper, Activity, str]]:
    """Find the activities whose title may be taller than their rows: table, plan, activity, name of the group."""
    found = []
    for ident, plan in plans(paper):
        widths = {Field.EXECUTORS: 59, Field.RESULT: 75, Field.DEADLINE: 36, Field.TITLE: 74} | {
            column.field: column.width - 3 for column in plan.columns
        }
        count = 0
        for _, entry in flattened(plan.content):
            if not isinstance(entry, Activity):
                continue
            count += 1
            if len(entry.results) < 2:
                continue
            if lines(entry.title, widths[Field.TITLE] * NARROW) > rows_at_least(entry, widths):
                found.append((ident, plan, entry, f"{ident}-a{count}"))
    return found


def surely_long(paper: Printable) -> Hints:
    """Mark the groups that cannot stand on one sheet."""
    long = set()
    for ident, plan in plans(paper):
        widths = {column.field: column.width - 3 for column in plan.columns}
        full = {Field.EXECUTORS: 59, Field.RESULT: 75, Field.DEADLINE: 36} | widths
        activities = (entry for _, entry in flattened(plan.content) if isinstance(entry, Activity))
        for count, activity in enumerate(activities, start=1):
            if len(activity.results) > 1 and rows_at_least(activity, full) > SHEET_LINES:
                long.add(f"{ident}-a{count}")
    return replace(Hints(), long=frozenset(long))


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


def letters_of(clauses: tuple[Clause, ...]) -> int:
    """Count the letters of clauses; each begins a line."""
    return sum(len(clause.text) + 35 + letters_of(clause.clauses) for clause in clauses)


def may_run_over(order: OrderPaper) -> bool:
    """Tell whether an order's own text may need more than one sheet."""
    return len(order.title) + len(order.preamble) + letters_of(order.clauses) > ORDER_LETTERS
