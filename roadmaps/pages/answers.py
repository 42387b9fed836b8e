"""What the body above sees: who has taken a change over, who keeps something else and why, who has not answered."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from organizations.models import User
from organizations.querysets import russian
from roadmaps.choices import DRAFT, ProposalKind, ProposalState
from roadmaps.models import Deliverable, Edition, Proposal
from roadmaps.pages.proposals import TONES, answer_words, edition_words, title_of, upper_change, words_of
from roadmaps.querysets import ProposalQuerySet

SHOWN = (
    ProposalState.OPEN,
    ProposalState.ACCEPTED,
    ProposalState.OFFSET,
    ProposalState.KEPT,
    ProposalState.WAIVED,
)
"""The states that answer the question; what has lapsed is no longer asked."""
TAKEN = (ProposalState.OPEN, ProposalState.ACCEPTED)
"""Where the date that is offered may still become the row's, or has."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One body's answer about one row."""

    organization: str
    url: str
    text: str
    was: str
    becomes: str
    state: str
    tone: str
    reason: str
    who: str
    at: dt.datetime | None
    edition: str
    conflict: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The answers about one change of one row above."""

    title: str
    text: str
    url: str
    was: str
    became: str
    lines: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """How many questions an edition asks, of how many plans, and how they stand; each state with its words."""

    plans: int
    count: int
    states: tuple[tuple[str, str, int], ...]

    @property
    def words(self) -> str:
        plans = ngettext("%(count)s plan was asked", "%(count)s plans were asked", self.plans) % {"count": self.plans}
        rows = ngettext("%(count)s question", "%(count)s questions", self.count) % {"count": self.count}
        return f"{plans}, {rows}"


def editions_asking(editions: Sequence[Edition]) -> list[Edition]:
    """Leave the editions that have asked something, the newest first."""
    asking = set(Proposal.objects.filter(edition__in=editions).values_list("edition", flat=True).distinct())
    return [edition for edition in editions if edition.pk in asking]


def answers_of(user: User, edition: Edition) -> ProposalQuerySet:
    """Give what an edition asks of plans that this account may read."""
    readable = Edition.objects.visible_to(user).in_force().values("roadmap")
    found: ProposalQuerySet = Proposal.objects.filter(edition=edition, roadmap__in=readable, state__in=SHOWN)
    return (
        found.for_page()
        .select_related("answered_by__person", "answered_in")
        .order_by("upper", "kind", russian("roadmap__organization__short_name"), "pk")
    )


def narrowed(found: ProposalQuerySet, state: str) -> ProposalQuerySet:
    """Leave one state; an unknown one narrows nothing."""
    return found.filter(state=state) if state in SHOWN else found


def state_choices() -> list[tuple[str, str]]:
    return [("", pgettext("filter", "Any")), *((state.value, str(state.label).capitalize()) for state in SHOWN)]


def totals_of(edition: Edition) -> Totals:
    """Count all that an edition asks, whoever may read the plans; numbers of one's own act."""
    asked = Proposal.objects.filter(edition=edition, state__in=SHOWN)
    counts = dict(asked.values_list("state").annotate(n=Count("pk")).order_by())
    states = tuple((state.value, str(state.label), counts.get(state, 0)) for state in SHOWN if counts.get(state, 0))
    return Totals(asked.values("roadmap").distinct().count(), sum(counts.values()), states)


def hidden_of(user: User, edition: Edition) -> int:
    """Count the answers of plans that this account may not read; an institute's do not stand below it."""
    readable = Edition.objects.visible_to(user).in_force().values("roadmap")
    return Proposal.objects.filter(edition=edition, state__in=SHOWN).exclude(roadmap__in=readable).count()


def grouped(proposals: Iterable[Proposal]) -> list[Group]:
    """Put answers under the rows above that they are about; they must come in that order."""
    proposals = list(proposals)
    lower = {one.lower_id for one in proposals if one.lower_id}
    texts = {
        row.commitment_id: row
        for row in Deliverable.objects.filter(commitment__in=lower, since__lt=DRAFT).order_by("since")
    }
    groups: list[tuple[tuple[int | None, str], list[Proposal]]] = []
    for one in proposals:
        key = one.upper_id, one.kind
        if not groups or groups[-1][0] != key:
            groups.append((key, []))
        groups[-1][1].append(one)
    return [_group(found, texts) for _key, found in groups]


def _group(found: list[Proposal], rows: dict[int, Deliverable]) -> Group:
    first = found[0]
    was, became = upper_change(first)
    upper = first.upper
    assert upper is not None  # from above
    return Group(
        title=_own_title(first),
        text=first.upper_row.text if first.upper_row else "",
        url=f"{reverse('plan', args=[upper.roadmap_id])}#row-{first.upper_id}",
        was=was,
        became=became,
        lines=tuple(_answer(one, rows.get(one.lower_id or 0)) for one in found),
    )


def _own_title(proposal: Proposal) -> str:
    """Say what changed as the body says it of its own plan."""
    return {
        ProposalKind.DATE: _("The date has moved"),
        ProposalKind.WITHDRAWN: _("The row is withdrawn"),
        ProposalKind.OBLIGING: _("A new row that obliges those below"),
        ProposalKind.WORDING: _("The wording has changed"),
        ProposalKind.EXECUTORS: _("The executors have changed"),
    }.get(ProposalKind(proposal.kind), title_of(proposal))


def _answer(proposal: Proposal, row: Deliverable | None) -> Answer:
    anchor = f"#row-{proposal.lower_id}" if proposal.lower_id else ""
    return Answer(
        organization=proposal.roadmap.organization.short_name,
        url=f"{reverse('plan', args=[proposal.roadmap_id])}{anchor}",
        text=row.text if row else "",
        was=words_of(proposal.before),
        becomes=words_of(proposal.after) if proposal.state in TAKEN else "",
        state=answer_words(proposal),
        tone=TONES.get(ProposalState(proposal.state), "own"),
        reason=proposal.reason,
        who=str(proposal.answered_by) if proposal.answered_by else "",
        at=proposal.answered_at,
        edition=edition_words(proposal.answered_in),
        conflict=bool(proposal.conflict),
    )
