"""
Answering what a change above asks: accepted, accepted with an offset, or refused with a reason; singly or many at once.

An answer that changes the plan is written into its draft, which is opened where there is none; it stands or falls with
that draft. One that changes nothing (a row keeps its own date) is only recorded.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from organizations import access, journal
from organizations.access import Role
from organizations.models import User
from reminders import notices
from roadmaps.choices import WAYS, ProposalKind, ProposalState, Way
from roadmaps.models import Commitment, Edition, Proposal, Roadmap
from roadmaps.operations import answers
from roadmaps.operations.answering import DEEDS, Answer, Deed
from roadmaps.operations.problems import AnsweredAlready, DaysNeeded, NotThisWay, ReasonNeeded, Refused
from roadmaps.operations.versions import lock

__all__ = ["Answer", "Answered", "answer", "answer_all"]

STATES = {
    Way.ACCEPT: ProposalState.ACCEPTED,
    Way.OFFSET: ProposalState.OFFSET,
    Way.KEEP: ProposalState.KEPT,
    Way.WAIVE: ProposalState.WAIVED,
}
REFUSALS = (Way.KEEP, Way.WAIVE)


@dataclass(slots=True)
class Answered:
    """What became of several answers: how many were done, which stay open and why, the draft in which they stand."""

    done: int = 0
    left: list[tuple[Proposal, str]] = field(default_factory=list)
    edition: Edition | None = None


def answer(proposal: Proposal, *, answer: Answer, by: User | None, now: dt.datetime) -> Answered:
    """
    Answer one proposal from above.

    :raises AnsweredAlready: if it no longer waits
    :raises NotThisWay: if its kind does not know this answer
    :raises ReasonNeeded: if a refusal does not say why
    :raises DaysNeeded: if an offset names no days
    :raises OutOfDate: if the row or its link is gone from the draft
    :raises NotWritable: if the draft is submitted
    """
    done = answer_all(proposal.roadmap, proposals=[proposal.pk], answer=answer, by=by, now=now, at_once=True)
    if not done.done:
        raise AnsweredAlready
    return done


@transaction.atomic
def answer_all(
    roadmap: Roadmap,
    *,
    proposals: Iterable[int],
    answer: Answer,
    by: User | None,
    now: dt.datetime,
    at_once: bool = False,
) -> Answered:
    """
    Answer several proposals of one plan in the same way; ids of other plans, or answered ones, are passed over.

    Those for which the answer does not fit stay open and are given back with the reason; with `at_once` the first of
    them is raised instead and nothing happens.
    """
    lock(roadmap.pk)
    found = Proposal.objects.open().from_above().filter(roadmap=roadmap, pk__in=list(proposals)).for_page()
    answered, refused = Answered(), []
    for proposal in found.order_by("pk"):
        deed = Deed(proposal, answer, by, now)
        try:
            with transaction.atomic():
                edition = _carry_out(deed)
        except Refused as problem:
            if at_once:
                raise
            answered.left.append((proposal, str(problem)))
            continue
        answered.done += 1
        answered.edition = edition or answered.edition
        if answer.way in REFUSALS and (
            proposal.conflict or proposal.kind != ProposalKind.DATE or answer.reason.strip()
        ):
            refused.append(deed)
    if refused:
        _explain(roadmap, by, now)
        _tell_those_above(refused)
    return answered


def _carry_out(deed: Deed) -> Edition | None:
    """Write one answer; gives the draft that it changed."""
    proposal, answer = deed.proposal, deed.answer
    if answer.way not in WAYS.get(proposal.kind, ()):
        raise NotThisWay
    reason = _reason(deed)
    if answer.way == Way.OFFSET and not answer.days:
        raise DaysNeeded
    edition = DEEDS[ProposalKind(proposal.kind), answer.way](deed)
    moved = Proposal.objects.open().filter(pk=proposal.pk)
    state = STATES[answer.way]
    if not moved.update(
        state=state,
        reason=reason,
        answered_at=deed.now,
        answered_by=deed.by,
        answered_in=edition,
    ):
        raise AnsweredAlready
    about = ("commitment", proposal.lower_id) if proposal.lower_id else ("roadmap", proposal.roadmap_id)
    journal.record(
        operation="proposal-answered",
        subject_kind=about[0],
        subject_id=about[1],
        organization=proposal.roadmap.organization_id,
        by=deed.by,
        now=deed.now,
        after={"upper": proposal.upper_id, "kind": proposal.kind, "state": state},
        reason=reason,
    )
    return edition


def _reason(deed: Deed) -> str:
    """Give the reason of an answer; a date that contradicts nothing may be kept without one of its own."""
    reason = deed.answer.reason.strip()
    if deed.answer.way not in REFUSALS or reason:
        return reason
    if deed.answer.way == Way.KEEP and deed.proposal.kind == ProposalKind.DATE and not deed.proposal.conflict:
        return _("The own date contradicts nothing.")
    raise ReasonNeeded


def _explain(roadmap: Roadmap, by: User | None, now: dt.datetime) -> None:
    """Let the reasons for keeping dates stand in the draft, where there is one that can be written."""
    draft = Edition.objects.open().for_page().filter(roadmap=roadmap).first()
    if draft is not None and draft.is_writable:
        answers.explain_kept(draft, by=by, now=now)


def _tell_those_above(refused: list[Deed]) -> None:
    """Tell the bodies above, once for each of their editions, that their change was not taken over everywhere."""
    by_edition: dict[int, Deed] = {}
    for deed in refused:
        assert deed.proposal.edition_id is not None  # from above
        by_edition.setdefault(deed.proposal.edition_id, deed)
    for pk, deed in by_edition.items():
        upper = Commitment.objects.select_related("roadmap__organization").get(pk=deed.upper).roadmap
        notices.tell(
            recipients=access.holders(upper.organization, Role.COORDINATOR),
            organization=upper.organization,
            kind="proposals-refused",
            params={
                "organization": deed.proposal.roadmap.organization.short_name,
                "count": sum(one.proposal.edition_id == pk for one in refused),
                "reason": deed.answer.reason.strip(),
            },
            path=reverse("plan-answers", args=[upper.pk]),
            now=deed.now,
        )
