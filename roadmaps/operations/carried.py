"""Answering what a roll-over left to decide; every answer is one step and shortens the list."""

import datetime as dt
from typing import Any

from django.db import transaction

from organizations import journal
from organizations.models import User
from roadmaps.choices import DRAFT, Carry, LinkKind, Rule
from roadmaps.models import Assignment, CarriedQuestion, Deliverable, Edition, Roadmap
from roadmaps.operations import links
from roadmaps.operations.dates import refresh
from roadmaps.operations.problems import NotYetAbove
from roadmaps.operations.rows import drop_result, edit_result, tell
from roadmaps.operations.versions import writing
from roadmaps.succession import targets


def keep(question: CarriedQuestion, *, by: User | None, now: dt.datetime) -> None:
    """Leave everything as it was carried: somebody has looked."""
    with writing(question.roadmap_id, now=now) as edition:
        _settle(edition, [question], by, now)


def keep_dates(roadmap: int, *, by: User | None, now: dt.datetime) -> int:
    """Confirm all carried dates at once; gives how many there were."""
    with writing(roadmap, now=now) as edition:
        open_ones = list(CarriedQuestion.objects.filter(roadmap=roadmap, code=Carry.DATE, settled_at=None))
        _settle(edition, open_ones, by, now)
    return len(open_ones)


@transaction.atomic
def leave_out(question: CarriedQuestion, *, by: User | None, now: dt.datetime) -> None:
    """Take the row that is asked about out of the draft."""
    keep(question, by=by, now=now)
    if question.commitment_id is not None:
        drop_result(roadmap=question.roadmap_id, commitment=question.commitment_id, by=by, now=now)


def link(question: CarriedQuestion, *, by: User | None, now: dt.datetime) -> None:
    """
    Link the row to the one that stands now for its former upper row, with the kind and the rule of before.

    :raises NotYetAbove: if nothing in force stands for it
    """
    with writing(question.roadmap_id, now=now) as edition:
        if not _link(edition, [question], by, now):
            raise NotYetAbove


def link_all(roadmap: int, *, by: User | None, now: dt.datetime) -> int:
    """Link every row whose upper row is in force by now; gives how many were linked."""
    with writing(roadmap, now=now) as edition:
        waiting = CarriedQuestion.objects.filter(roadmap=roadmap, code=Carry.LINK, settled_at=None).order_by("pk")
        return _link(edition, list(waiting), by, now)


def _link(edition: Edition, questions: list[CarriedQuestion], by: User | None, now: dt.datetime) -> int:
    found = targets({one.upper_id for one in questions if one.upper_id}, edition.roadmap.period)
    standing = set(
        Deliverable.objects.at(DRAFT).filter(roadmap=edition.roadmap_id).values_list("commitment", flat=True)
    )
    ready = [one for one in questions if one.upper_id in found and one.commitment_id in standing]
    for one in ready:
        assert one.upper_id is not None and one.commitment_id is not None  # asked just now
        facts = one.facts
        values = {"kind": LinkKind(facts["kind"]), "rule": Rule(facts["rule"])}
        values |= {name: facts[name] for name in ("days", "working", "lead_days")}
        upper = found[one.upper_id]
        links.set_link(edition, lower=one.commitment_id, upper=upper, **values)
        after: dict[str, Any] = {"upper": upper, **values}
        tell(edition, "row-linked", "commitment", one.commitment_id, by, now, after=after)
    refresh({one.commitment_id for one in ready if one.commitment_id})
    _settle(edition, ready, by, now)
    return len(ready)


@transaction.atomic
def waive(question: CarriedQuestion, *, by: User | None, now: dt.datetime) -> None:
    """
    Declare anew that the upper row does not apply, with the reason of before.

    :raises NotYetAbove: if nothing in force stands for that row
    """
    keep(question, by=by, now=now)
    upper = _target(question)
    if upper is None:
        raise NotYetAbove
    links.waive(roadmap=question.roadmap_id, upper=upper, reason=question.facts["reason"], by=by, now=now)


@transaction.atomic
def unwaive(question: CarriedQuestion, *, by: User | None, now: dt.datetime) -> None:
    """Let the upper row oblige again."""
    keep(question, by=by, now=now)
    upper = _target(question)
    if upper is not None:
        links.unwaive(roadmap=question.roadmap_id, upper=upper, by=by, now=now)


def _target(question: CarriedQuestion) -> int | None:
    roadmap = Roadmap.objects.get(pk=question.roadmap_id)
    upper = question.upper_id
    return None if upper is None else targets([upper], roadmap.period).get(upper)


@transaction.atomic
def replace_executor(question: CarriedQuestion, *, text: str, by: User | None, now: dt.datetime) -> int:
    """Put another executor in place of the one who has left, in every row that names her; gives in how many."""
    keep(question, by=by, now=now)
    gone, rows = question.facts["text"], Assignment.objects.filter(roadmap=question.roadmap_id).at(DRAFT)
    named = sorted(rows.filter(text=gone).values_list("commitment", flat=True))
    for commitment in named:
        known = rows.filter(commitment=commitment).order_by("position").values_list("text", flat=True)
        executors = [text.strip() if one == gone else one for one in known]
        edit_result(
            roadmap=question.roadmap_id, commitment=commitment, changes={"executors": executors}, by=by, now=now
        )
    return len(named)


def _settle(edition: Edition, questions: list[CarriedQuestion], by: User | None, now: dt.datetime) -> None:
    """Note that these are decided; what somebody else decided meanwhile stays hers."""
    open_ones = CarriedQuestion.objects.filter(pk__in=[one.pk for one in questions], settled_at=None)
    count = open_ones.update(settled_at=now, settled_by=by)
    if not count:
        return
    journal.record(
        operation="carried-settled",
        subject_kind="roadmap",
        subject_id=edition.roadmap_id,
        organization=edition.roadmap.organization_id,
        by=by,
        now=now,
        after={"code": questions[0].code, "count": count},
    )
