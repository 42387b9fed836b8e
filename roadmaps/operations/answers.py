"""
What becomes of answers with their edition: they fall with a discarded draft, and an edition in force gives some by itself.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from deadlines.inheritance import same_meaning
from roadmaps.choices import CURRENT, ProposalKind, ProposalState
from roadmaps.models import Deliverable, Edition, Link, Proposal, Waiver

Key = tuple[int, int | None, int | None, str]


def reopen(edition: Edition) -> int:
    """
    Let the questions that a draft had answered wait again, as it is thrown away; gives how many do.

    Where a newer change has asked the same meanwhile, that question stays and the older one lapses.
    """
    answered = list(Proposal.objects.filter(answered_in=edition))
    newer: set[Key] = {
        _key(one) for one in Proposal.objects.open().filter(roadmap__in={one.roadmap_id for one in answered})
    }
    again = [one.pk for one in answered if _key(one) not in newer]
    Proposal.objects.filter(pk__in=again).update(
        state=ProposalState.OPEN, reason="", answered_at=None, answered_by=None, answered_in=None
    )
    rest = Proposal.objects.filter(answered_in=edition)
    rest.update(state=ProposalState.LAPSED, reason="", answered_in=None)
    return len(again)


def _key(proposal: Proposal) -> Key:
    """Name what can be asked only once at a time."""
    return proposal.roadmap_id, proposal.lower_id, proposal.upper_id, proposal.kind


@dataclass(frozen=True)
class Stand:
    """How a plan in force stands: its rows, what they are linked to, what it declares not applicable."""

    rows: dict[int, Deliverable]
    links: set[tuple[int, int]]
    waived: dict[int, str]


def settle(edition: Edition, *, now: dt.datetime) -> int:
    """
    Answer what an edition that has come into force answers by itself; gives how many questions that were.

    A row that has the date that was offered has accepted it, however it came by it; a row that is gone has no question
    left. Three statements and one for writing, whatever the number.
    """
    waiting = list(Proposal.objects.open().from_above().filter(roadmap=edition.roadmap_id))
    if not waiting:
        return 0
    stand = _stand(edition.roadmap_id, {one.lower_id for one in waiting if one.lower_id})
    settled = []
    for proposal in waiting:
        verdict = _verdict(proposal, stand)
        if verdict is not None:
            proposal.state, proposal.reason = verdict
            proposal.answered_at, proposal.answered_by, proposal.answered_in = now, edition.approved_by, edition
            settled.append(proposal)
    Proposal.objects.bulk_update(settled, ["state", "reason", "answered_at", "answered_by", "answered_in"])
    return len(settled)


def _stand(roadmap: int, lowers: Collection[int]) -> Stand:
    rows = Deliverable.objects.at(CURRENT).filter(commitment__in=lowers)
    return Stand(
        rows={row.commitment_id: row for row in rows},
        links=set(Link.objects.at(CURRENT).filter(roadmap=roadmap).values_list("lower", "upper")),
        waived=dict(Waiver.objects.at(CURRENT).filter(roadmap=roadmap).values_list("upper", "reason")),
    )


def _verdict(proposal: Proposal, stand: Stand) -> tuple[ProposalState, str] | None:
    """Give the answer that the plan itself is, or None where the question stands."""
    lower, upper = proposal.lower_id, proposal.upper_id
    if upper in stand.waived:
        return ProposalState.WAIVED, stand.waived[upper]
    if lower is None:
        is_answered = any(above == upper for _own, above in stand.links)
        return (ProposalState.ACCEPTED, "") if is_answered else None
    row = stand.rows.get(lower)
    if row is None:
        return (ProposalState.ACCEPTED if proposal.kind == ProposalKind.WITHDRAWN else ProposalState.LAPSED), ""
    if (lower, upper) not in stand.links:
        return ProposalState.LAPSED, ""
    return (ProposalState.ACCEPTED, "") if _has_taken(proposal, row) else None


def _has_taken(proposal: Proposal, row: Deliverable) -> bool:
    if proposal.kind == ProposalKind.DATE:
        return proposal.after is not None and same_meaning(row.deadline, proposal.after)
    if proposal.kind == ProposalKind.WORDING:
        return bool(row.text == proposal.offered["text"][1])
    return False
