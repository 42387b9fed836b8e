"""What becomes of answers with drafts: they fall with one that is thrown away, and their reasons stand in the next."""

import datetime as dt

from organizations.models import User
from roadmaps import checks, sheets
from roadmaps.choices import CURRENT, ProposalKind, ProposalState
from roadmaps.models import Deliverable, Edition, Proposal
from roadmaps.operations import links


def reopen(edition: Edition) -> int:
    """
    Let the questions that a draft had answered wait again, as it is thrown away; gives how many do.

    Where a newer change has asked the same meanwhile, that question stays and the older one lapses; so does
    one of a plan that has lost its force.
    """
    answered = list(Proposal.objects.filter(answered_in=edition))
    plans = {one.roadmap_id for one in answered}
    newer = {_key(one) for one in Proposal.objects.open().filter(roadmap__in=plans)}
    held = set(Edition.objects.in_force().filter(roadmap__in=plans).values_list("roadmap", flat=True))
    again = [one.pk for one in answered if one.roadmap_id in held and _key(one) not in newer]
    Proposal.objects.filter(pk__in=again).update(
        state=ProposalState.OPEN, reason="", answered_at=None, answered_by=None, answered_in=None
    )
    Proposal.objects.filter(answered_in=edition).update(state=ProposalState.LAPSED, reason="", answered_in=None)
    return len(again)


def _key(proposal: Proposal) -> tuple[int, int | None, int | None, str]:
    """Name what can be asked only once at a time."""
    return proposal.roadmap_id, proposal.lower_id, proposal.upper_id, proposal.kind


def explain_kept(edition: Edition, *, by: User | None, now: dt.datetime) -> int:
    """
    Let the reasons for which dates were kept also stand for the errors that this leaves in a draft; gives how many do.

    A reason holds for the change that it answered: once the row above has moved again, it explains nothing any more.
    """
    standing = Deliverable.objects.at(CURRENT)
    answered = Proposal.objects.filter(
        roadmap=edition.roadmap_id, state=ProposalState.KEPT, kind=ProposalKind.DATE, upper_row__in=standing
    )
    reasons = {(one.lower_id, one.upper_id): one.reason for one in answered.order_by("answered_at", "pk")}
    if not reasons:
        return 0
    explained = 0
    for remark in checks.remarks_of(sheets.load(edition)):
        reason = reasons.get((remark.commitment, remark.upper.commitment if remark.upper else None))
        if reason and remark.blocks:
            links.explain(
                roadmap=edition.roadmap_id, key=remark.key, commitment=remark.commitment, measure=remark.measure,
                reason=reason, by=by, now=now,
            )  # fmt: skip
            explained += 1
    return explained
