"""What becomes of answers with the draft in which they stand."""

from roadmaps.choices import ProposalState
from roadmaps.models import Edition, Proposal


def reopen(edition: Edition) -> int:
    """
    Let the questions that a draft had answered wait again, as it is thrown away; gives how many do.

    Where a newer change has asked the same meanwhile, that question stays and the older one lapses.
    """
    answered = list(Proposal.objects.filter(answered_in=edition))
    plans = {one.roadmap_id for one in answered}
    newer = {_key(one) for one in Proposal.objects.open().filter(roadmap__in=plans)}
    again = [one.pk for one in answered if _key(one) not in newer]
    Proposal.objects.filter(pk__in=again).update(
        state=ProposalState.OPEN, reason="", answered_at=None, answered_by=None, answered_in=None
    )
    Proposal.objects.filter(answered_in=edition).update(state=ProposalState.LAPSED, reason="", answered_in=None)
    return len(again)


def _key(proposal: Proposal) -> tuple[int, int | None, int | None, str]:
    """Name what can be asked only once at a time."""
    return proposal.roadmap_id, proposal.lower_id, proposal.upper_id, proposal.kind
