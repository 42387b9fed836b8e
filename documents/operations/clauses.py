"""Clauses of a draft: written, moved, indented, dropped; their numbers follow."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from deadlines.grammar import read
from deadlines.values import Deadline, Period
from documents.choices import Asked, ClauseKind, OrderState
from documents.models import Clause, Order
from documents.operations.refusals import NotInThisState
from organizations import journal
from organizations.models import Organization, User

DEEPEST = 3
LONGEST_ASKED = 200
FIXED_PLACES = {
    ClauseKind.APPROVE: 0,
    ClauseKind.AMEND: 0,
    ClauseKind.CHANGE: 0,
    ClauseKind.RESTATE: 0,
    ClauseKind.LIST: 1,
    ClauseKind.REPEAL: 1,
    ClauseKind.WRITTEN: 2,
    ClauseKind.FOLLOW: 3,
    ClauseKind.CONTROL: 4,
}
"""Where the portal puts its own clauses: what is approved first, control last."""


@dataclass(frozen=True)
class ClauseText:
    """What a clause says, as a form or a feature hands it over."""

    text: str
    phrase: str = ""
    executors: str = ""
    asked: Asked = Asked.NOBODY
    asked_for: str = ""
    sent_to: Organization | None = None


@dataclass(frozen=True)
class Worded:
    """A clause that the portal words: with the rows that stand under it, or the clause of another order that it repeals."""

    text: str
    data: dict[str, Any] | None = None
    repeals: Clause | None = None


def hold(order: Order) -> Order:
    """
    Lock an order's draft against other writers.

    :raises NotInThisState: if it is no draft any more
    """
    held = Order.objects.select_for_update(no_key=True, of=("self",)).get(pk=order.pk)
    if held.state != OrderState.DRAFT:
        raise NotInThisState
    return held


@transaction.atomic
def add(
    order: Order, *, clause: ClauseText, after: Clause | None = None, period: Period | None = None,
    by: User | None, now: dt.datetime,
) -> Clause:  # fmt: skip
    """Write one more clause: after the given one at its depth, else before what the portal puts last."""
    hold(order)
    clauses = list(order.clauses.all())
    at = next((i + 1 for i, one in enumerate(clauses) if after and one.pk == after.pk), _place(clauses))
    made = Clause(order=order, depth=after.depth if after else 0, position=0)
    _fill(made, clause, period)
    clauses.insert(at, made)
    _settle(order, clauses)
    _tell(order, "clause-added", by, now, after={"number": made.number, "text": made.text})
    _touch(order, now)
    return made


@transaction.atomic
def edit(clause: Clause, *, to: ClauseText, period: Period | None = None, by: User | None, now: dt.datetime) -> Clause:
    """Change what a clause says."""
    order = hold(clause.order)
    before = {"text": clause.text, "phrase": (clause.deadline or {}).get("phrase", ""), "executors": clause.executors}
    _fill(clause, to, period)
    clause.save()
    after = {"text": clause.text, "phrase": to.phrase, "executors": clause.executors}
    if before != after:
        _tell(order, "clause-changed", by, now, before=before, after=after | {"number": clause.number})
    _touch(order, now)
    return clause


@transaction.atomic
def ask_for(
    clause: Clause, *, asked: Asked, asked_for: str, phrase: str = "", by: User | None, now: dt.datetime
) -> Clause:
    """Say of a clause who sends something because of it; a deadline is taken over where it has none yet."""
    order = hold(clause.order)
    clause.asked, clause.asked_for = asked, asked_for.strip()[:LONGEST_ASKED]
    if clause.deadline is None and phrase.strip():
        deadline = read(phrase, None)
        clause.deadline, clause.due = deadline.to_json(), deadline.due
    clause.save()
    _tell(order, "clause-asks", by, now, after={"number": clause.number, "asked_for": clause.asked_for})
    _touch(order, now)
    return clause


@transaction.atomic
def name_addressees(
    clause: Clause, *, add: Iterable[Organization] = (), drop: Iterable[int] = (), by: User | None, now: dt.datetime
) -> None:
    """Add bodies to those that a clause of a draft names one by one, or take some out."""
    order = hold(clause.order)
    before = clause.addressees.count()
    clause.addressees.remove(*drop)
    clause.addressees.add(*add)
    if clause.asked != Asked.NAMED:
        clause.asked = Asked.NAMED
        clause.save(update_fields=["asked"])
    if before != (count := clause.addressees.count()):
        _tell(order, "clause-addressees", by, now, after={"number": clause.number, "count": count})
    _touch(order, now)


@transaction.atomic
def move(clause: Clause, *, way: str, by: User | None, now: dt.datetime) -> None:
    """Move a clause with its sub-clauses: `up` and `down` past its neighbour, `in` and `out` by one level."""
    order = hold(clause.order)
    clauses = list(order.clauses.all())
    at = next(i for i, one in enumerate(clauses) if one.pk == clause.pk)
    end = _end(clauses, at)
    branch = clauses[at:end]
    if way in {"in", "out"}:
        step = 1 if way == "in" else -1
        if not _fits(clauses, at, branch, step):
            return
        for one in branch:
            one.depth += step
    elif way == "up":
        before = next((i for i in range(at - 1, -1, -1) if clauses[i].depth <= clause.depth), None)
        if before is None or clauses[before].depth < clause.depth:
            return
        clauses[at:end] = []
        clauses[before:before] = branch
    else:
        if end >= len(clauses) or clauses[end].depth < clause.depth:
            return
        beyond = _end(clauses, end)
        clauses[beyond:beyond] = branch
        clauses[at:end] = []
    _settle(order, clauses)
    _tell(order, "clause-moved", by, now, after={"text": clause.text, "way": way})
    _touch(order, now)


def _fits(clauses: Sequence[Clause], at: int, branch: Sequence[Clause], step: int) -> bool:
    """Tell whether a branch may be one level deeper or higher: a sub-clause needs a clause to stand under."""
    depth = branch[0].depth + step
    if depth < 0 or max(one.depth for one in branch) + step > DEEPEST:
        return False
    return depth == 0 or (at > 0 and clauses[at - 1].depth >= depth - 1)


@transaction.atomic
def drop(clause: Clause, *, by: User | None, now: dt.datetime) -> None:
    """Strike a clause out together with its sub-clauses."""
    order = hold(clause.order)
    clauses = list(order.clauses.all())
    at = next(i for i, one in enumerate(clauses) if one.pk == clause.pk)
    end = _end(clauses, at)
    gone = clauses[at:end]
    Clause.objects.filter(pk__in=[one.pk for one in gone]).delete()
    _settle(order, clauses[:at] + clauses[end:])
    _tell(order, "clause-dropped", by, now, before={"number": clause.number, "text": "\n".join(c.text for c in gone)})
    _touch(order, now)


@transaction.atomic
def set_worded(order: Order, *, texts: dict[ClauseKind, str], by: User | None, now: dt.datetime) -> None:
    """
    Put the portal's own clauses in, by kind; an empty text takes the clause out, what has the same text stays.

    A clause that somebody moved keeps its place; a new one goes where such clauses stand.
    """
    hold(order)
    clauses = list(order.clauses.all())
    for kind, text in texts.items():
        found = next((one for one in clauses if one.kind == kind), None)
        if found is not None and not text:
            clauses.remove(found)
            found.delete()
        elif found is not None and found.text != text:
            found.text = text
            found.save(update_fields=["text"])
        elif found is None and text:
            made = Clause(order=order, kind=kind, depth=0, position=0, text=text)
            clauses.insert(_place(clauses, kind), made)
    _settle(order, clauses)
    _touch(order, now)


@transaction.atomic
def set_branch(
    order: Order,
    *,
    kind: ClauseKind,
    head: Worded | None,
    below: Sequence[Worded] = (),
    by: User | None,
    now: dt.datetime,
) -> None:
    """
    Put a clause of the portal in with its sub-clauses, in place of the former ones; without a head they go.

    Sub-clauses that somebody wrote under the former head stay, behind the new ones.
    """
    hold(order)
    clauses = list(order.clauses.all())
    at = next((i for i, one in enumerate(clauses) if one.kind == kind and one.depth == 0), None)
    own: list[Clause] = []
    if at is not None:
        end = _end(clauses, at)
        own = [one for one in clauses[at + 1 : end] if one.kind == ClauseKind.WRITTEN] if head else []
        gone = [one for one in clauses[at:end] if one not in own]
        Clause.objects.filter(pk__in=[one.pk for one in gone]).delete()
        clauses[at:end] = []
    if head is not None:
        made = [_worded(order, kind, head, 0), *(_worded(order, below_of(kind), one, 1) for one in below), *own]
        place = _place(clauses, kind) if at is None else at
        clauses[place:place] = made
    _settle(order, clauses)
    _touch(order, now)


def below_of(kind: ClauseKind) -> ClauseKind:
    """Say of which kind the sub-clauses of a worded clause are."""
    return ClauseKind.CHANGE if kind is ClauseKind.AMEND else kind


def _worded(order: Order, kind: ClauseKind, worded: Worded, depth: int) -> Clause:
    return Clause(
        order=order, kind=kind, depth=depth, position=0, text=worded.text, data=worded.data, repeals=worded.repeals
    )


def _place(clauses: Sequence[Clause], kind: ClauseKind = ClauseKind.WRITTEN) -> int:
    """Say before which clause one of this kind belongs, if nobody says where."""
    rank = FIXED_PLACES[kind]
    later = (i for i, one in enumerate(clauses) if one.depth == 0 and FIXED_PLACES[ClauseKind(one.kind)] > rank)
    return next(later, len(clauses))


def _end(clauses: Sequence[Clause], at: int) -> int:
    """Give where the branch that begins here ends."""
    deeper = (i for i in range(at + 1, len(clauses)) if clauses[i].depth <= clauses[at].depth)
    return next(deeper, len(clauses))


def _fill(clause: Clause, to: ClauseText, period: Period | None) -> None:
    deadline: Deadline | None = read(to.phrase, period) if to.phrase.strip() else None
    clause.text = to.text.strip()
    clause.deadline = deadline.to_json() if deadline else None
    clause.due = deadline.due if deadline else None
    clause.executors = to.executors.strip()
    clause.asked = to.asked
    clause.asked_for = to.asked_for.strip()
    clause.sent_to = to.sent_to


def numbers(depths: Iterable[int]) -> list[str]:
    """Number clauses by their depths: 0, 1, 1, 0 is «1», «1.1», «1.2», «2»."""
    counts = [0] * (DEEPEST + 1)
    found = []
    for depth in depths:
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (DEEPEST - depth)
        found.append(".".join(str(count) for count in counts[: depth + 1]))
    return found


def _settle(order: Order, clauses: Sequence[Clause]) -> None:
    """Write places and numbers anew; nobody stands deeper than one level under the clause before."""
    level = -1
    for clause in clauses:
        clause.depth = level = min(clause.depth, level + 1)
    taken = max([clause.position for clause in clauses], default=0)
    shift = max(taken, len(clauses)) + 1
    for clause, number in zip(clauses, numbers(clause.depth for clause in clauses), strict=True):
        clause.number = number
    # Places are unique: everybody steps aside first, then to the new place.
    for start in (shift, 1):
        for place, clause in enumerate(clauses, start):
            clause.position = place
        new = [clause for clause in clauses if clause.pk is None]
        if new:
            Clause.objects.bulk_create(new)
        Clause.objects.bulk_update([clause for clause in clauses if clause not in new], ["position", "number", "depth"])


def _touch(order: Order, now: dt.datetime) -> None:
    Order.objects.filter(pk=order.pk).update(changed_at=now)


def _tell(order: Order, operation: str, by: User | None, now: dt.datetime, **rest: object) -> None:
    journal.record(
        operation=operation,
        subject_kind="order",
        subject_id=order.pk,
        organization=order.organization_id,
        by=by,
        now=now,
        **rest,  # type: ignore[arg-type]
    )
