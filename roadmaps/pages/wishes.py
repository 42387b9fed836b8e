"""Wishes from below in words: whose, of which row, what is asked and why, how it was answered."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.models import User
from roadmaps.choices import ProposalKind, ProposalState
from roadmaps.models import Proposal
from roadmaps.pages.proposals import TONES, answer_words, edition_words, upper_change, words_of

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish from below in words: whose, of which row, what it asks, how it was answered."""

    pk: int
    url: str
    title: str
    whose: str
    to: str
    text: str
    was: str
    wished: str
    wish: str
    state: str
    tone: str
    answer: str
    reason: str
    who: str
    at: dt.datetime | None
    made_at: dt.datetime
    edition: str

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN


def wished_of(proposal: Proposal) -> Wished:
    """Put a wish into words."""
    upper = proposal.upper
    assert upper is not None  # a wish names the row above
    was, _became = upper_change(proposal)
    extend = proposal.kind == ProposalKind.EXTEND
    return Wished(
        pk=proposal.pk,
        url=reverse("wish", args=[proposal.pk]),
        title=_("Asks for more time") if extend else _("Asks for another date"),
        whose=proposal.roadmap.organization.short_name,
        to=upper.roadmap.organization.short_name,
        text=proposal.upper_row.text if proposal.upper_row else "",
        was=was,
        wished=words_of(proposal.after),
        wish=proposal.wish,
        state=proposal.state,
        tone=TONES.get(ProposalState(proposal.state), "own"),
        answer=answer_words(proposal),
        reason=proposal.reason,
        who=str(proposal.answered_by) if proposal.answered_by else "",
        at=proposal.answered_at,
        made_at=proposal.made_at,
        edition=edition_words(proposal.answered_in),
    )


def wishes_of(user: User, roadmap: int) -> tuple[list[Wished], list[Wished]]:
    """Give the wishes that a plan has made, and those that it has received; those that wait come first."""
    found = (
        Proposal.objects.visible_to(user)
        .from_below()
        .filter(Q(roadmap=roadmap) | Q(upper__roadmap=roadmap))
        .for_page()
        .select_related("answered_by__person", "answered_in")
        .order_by("-made_at", "-pk")[:SHOWN]
    )
    lines = sorted(((one, wished_of(one)) for one in found), key=lambda pair: not pair[1].is_open)
    made = [line for one, line in lines if one.roadmap_id == roadmap]
    received = [line for one, line in lines if one.roadmap_id != roadmap]
    return made, received


def wishes_words(count: int) -> str:
    return ngettext("%(count)s wish from below waits for you", "%(count)s wishes from below wait for you", count) % {
        "count": count
    }
