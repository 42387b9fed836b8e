"""
What an edition does below: seen beforehand, and carried out when it comes into force. One computation for both.

    found = consequences.preview(edition)            # a draft before its registration; pure reading
    found = consequences.what_if({commitment: deadline, …})   # at any time: other deadlines of rows in force

Both give `roadmaps.consequences.Consequences`: `moves`, `offers`, `conflicts` by row, and `fingerprint`. For a page,
`roadmaps.impact.impact_of(found)` names plans, rows and who will be told. `editions.put_in_force(…, fingerprint=…)`
and `orders.register(…, fingerprint=…)` refuse with `problems.ConsequencesChanged` if by then something else would follow;
show the new preview.

A lower plan follows by itself if its order holds the clause on following dates; else each of its rows is asked
(`Proposal`). Its row that keeps its date although its link inherits (`state` kept) takes the upper date with the next
edition unless its link gets the rule *own*: the answer has to do that.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from deadlines.inheritance import same_meaning
from deadlines.values import Deadline
from roadmaps.cascade import reading, writing
from roadmaps.cascade.changes import Difference, difference
from roadmaps.cascade.obligations import Obliged, obliged_by
from roadmaps.choices import CURRENT
from roadmaps.consequences import Change, Consequences, reckon
from roadmaps.models import Deliverable, Edition
from roadmaps.operations.dates import refresh_below, stale


def preview(edition: Edition) -> Consequences:
    """Give what follows below if this draft came into force now; nothing is written."""
    roadmap = edition.roadmap_id
    return of_difference(roadmap, difference(roadmap, fresh=stale(roadmap)))


def what_if(deadlines: Mapping[int, Deadline]) -> Consequences:
    """Give what would follow below if these rows in force had other deadlines; nothing is written."""
    rows = Deliverable.objects.at(CURRENT).filter(commitment__in=list(deadlines))
    return _of([Change(row.commitment_id, row.deadline, deadlines[row.commitment_id]) for row in rows])


def of_difference(roadmap: int, found: Difference, *, locks: bool = False) -> Consequences:
    """
    Give what follows from a draft's difference.

    :param locks: hold the plans that it reaches until the transaction ends, so that nobody writes their drafts
    """
    return _of(found.changes.values(), obliged_by(roadmap, found), locks=locks)


def carry_out(found: Consequences, basis: Edition, *, now: dt.datetime) -> None:
    """Write what follows from an edition that has just come into force, and give drafts below their dates."""
    writing.write(found, basis, now=now)
    refresh_below([*(change.commitment for change in found.changes), *(move.commitment for move in found.moves)])


def _of(changes: Iterable[Change], obliged: Obliged | None = None, *, locks: bool = False) -> Consequences:
    changes = [change for change in changes if _matters(change)]
    obligations, followers = obliged or Obliged([], [])
    reached = reading.reach(change.commitment for change in changes) if changes else reading.Reach([], frozenset())
    if locks and reached.roadmaps:
        reading.lock(reached.roadmaps)
    known = {change.commitment: change.before for change in changes}
    rows = reading.details(reached, known) if reached.rows else []
    obliged_plans = frozenset[int]().union(*(one.roadmaps for one in obligations))
    plans = reading.plans(rows, obliged_plans) if rows or obliged_plans else {}
    return reckon(changes, rows, plans, obligations, followers)


def _matters(change: Change) -> bool:
    """Tell whether anybody below can notice: nothing hangs yet on a row that never was in force."""
    if change.before is None:
        return False
    if change.after is None or change.is_back or change.wording or change.executors:
        return True
    return not same_meaning(change.before, change.after)
