"""Questions between plans in words: what changed above, what that would make of the row, how it was answered."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from deadlines.inheritance import same_meaning
from deadlines.values import Deadline
from deadlines.wording import render
from organizations.choices import OrganizationKind
from organizations.models import Organization
from roadmaps.choices import WAYS, LinkKind, ProposalKind, ProposalState, Rule, Way
from roadmaps.models import Edition, Proposal
from roadmaps.pages.notes import general_title, lowered
from roadmaps.querysets import ProposalQuerySet
from roadmaps.sheets import Sheet, SheetRow

TONES = {
    ProposalState.OPEN: "warn",
    ProposalState.ACCEPTED: "good",
    ProposalState.OFFSET: "good",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """
    One question from above, as its line or its note says it.

    `upper_was` and `upper_became` are what changed there, `was` and `becomes` what that would make of the own row;
    phrases of the document all of them. `ways` are the answers that it knows, none once it is answered.
    """

    pk: int
    kind: str
    title: str
    label: str
    text: str
    row_url: str
    upper: str
    upper_url: str
    upper_was: str
    upper_became: str
    was: str
    becomes: str
    basis: str
    conflict: str
    ways: tuple[tuple[str, str], ...]
    state: str
    tone: str
    answer: str
    reason: str
    who: str
    at: dt.datetime | None
    edition: str

    @property
    def is_open(self) -> bool:
        return bool(self.ways)

    @property
    def moves(self) -> bool:
        """Whether there is a date to be shown as it was and as it would become, or became."""
        is_taken = self.state in {ProposalState.OPEN, ProposalState.ACCEPTED}
        return is_taken and bool(self.becomes) and self.was != self.becomes

    @property
    def conflict_words(self) -> str:
        """The contradiction as a part of a sentence."""
        return lowered(self.conflict)


def asked_of(proposal: Proposal, sheet: Sheet | None = None) -> Asked:
    """Put a question from above into words; with the sheet of the lower plan the row bears its number."""
    row = sheet.row.get(proposal.lower_id or 0) if sheet else None
    above = sheet.upper.get(proposal.upper_id or 0) if sheet else None
    was, became = upper_change(proposal)
    is_open = proposal.state == ProposalState.OPEN
    text = row.text if row else proposal.upper_row.text if proposal.upper_row and not proposal.lower_id else ""
    upper = proposal.upper
    assert upper is not None  # from above
    return Asked(
        pk=proposal.pk,
        kind=proposal.kind,
        title=title_of(proposal),
        label=row.label if row else "",
        text=text or (proposal.upper_row.text if proposal.upper_row else ""),
        row_url=f"{reverse('plan', args=[proposal.roadmap_id])}#row-{proposal.lower_id}" if row else "",
        upper=f"{called(upper.roadmap.organization)}, {above.number}" if above else called(upper.roadmap.organization),
        upper_url=f"{reverse('plan', args=[upper.roadmap_id])}#row-{proposal.upper_id}",
        upper_was=was,
        upper_became=became,
        was=words_of(proposal.before),
        becomes=_becomes(proposal, row),
        basis=basis_of(proposal.edition),
        conflict=general_title(proposal.conflict) if proposal.conflict else "",
        ways=tuple((way.value, way_words(proposal.kind, way)) for way in WAYS.get(proposal.kind, ()))
        if is_open
        else (),
        state=proposal.state,
        tone=TONES.get(ProposalState(proposal.state), "own"),
        answer=answer_words(proposal),
        reason=proposal.reason,
        who=str(proposal.answered_by) if proposal.answered_by else "",
        at=proposal.answered_at,
        edition=edition_words(proposal.answered_in),
    )


def _becomes(proposal: Proposal, row: SheetRow | None) -> str:
    """Say what accepting makes of the own deadline: what is offered, or where nothing has to move the date above."""
    before, after = proposal.before, proposal.after
    offered = proposal.offered
    if proposal.kind == ProposalKind.DATE and before and after and same_meaning(before, after):
        above = (offered.get("upper") or {}).get("after")
        kind = next((link.kind for link in row.links if link.upper_id == proposal.upper_id), "") if row else ""
        if above and offered.get("rule") == Rule.OWN and kind != LinkKind.CONSUMES:
            return words_of(Deadline.from_json(above))
        return words_of(after)
    return words_of(after) if proposal.kind in {ProposalKind.DATE, ProposalKind.OBLIGING} else ""


def called(organization: Organization) -> str:
    """Give what plans below call a body: «край», an institute by its short name."""
    return (organization.kind != OrganizationKind.INSTITUTE and organization.word) or organization.short_name


def called_genitive(organization: Organization) -> str:
    """Give the same in the genitive, as far as the registers know it."""
    word = organization.kind != OrganizationKind.INSTITUTE and organization.word_genitive
    return word or organization.short_genitive or organization.short_name


def title_of(proposal: Proposal) -> str:
    """Say what changed, in one short sentence."""
    upper = proposal.upper
    assert upper is not None  # from above
    of = {"of": called_genitive(upper.roadmap.organization)}
    return {
        ProposalKind.DATE: _("The date of %(of)s has moved"),
        ProposalKind.WITHDRAWN: _("The row of %(of)s is withdrawn"),
        ProposalKind.OBLIGING: _("A new row of %(of)s obliges you"),
        ProposalKind.WORDING: _("The wording of %(of)s has changed"),
        ProposalKind.EXECUTORS: _("The executors in the row of %(of)s have changed"),
    }[ProposalKind(proposal.kind)] % of


def upper_change(proposal: Proposal) -> tuple[str, str]:
    """Give what the row above said and says."""
    offered: Mapping[str, Any] = proposal.offered
    if proposal.kind == ProposalKind.WORDING and "text" in offered:
        was, became = offered["text"]
        return was, became
    if proposal.kind == ProposalKind.EXECUTORS and "executors" in offered:
        was, became = offered["executors"]
        return ", ".join(was), ", ".join(became)
    upper = offered.get("upper") or {}
    was, became = upper.get("before"), upper.get("after")
    return words_of(Deadline.from_json(was) if was else None), words_of(Deadline.from_json(became) if became else None)


def words_of(deadline: Deadline | None) -> str:
    """Give a deadline as documents word it."""
    return "" if deadline is None else deadline.phrase or render(deadline)


def basis_of(edition: Edition | None) -> str:
    """Name the order that brought the change; a consequence names the order from which it follows."""
    if edition is None:
        return ""
    order = edition.order or (edition.basis.order if edition.basis else None)
    if order is None or order.signed_on is None:
        return _("edition %(number)s") % {"number": edition.number}
    return _("order of %(day)s № %(number)s") % {"day": f"{order.signed_on:%d.%m.%Y}", "number": order.number}


def edition_words(edition: Edition | None) -> str:
    """Name the edition that carries an answer out."""
    if edition is None:
        return ""
    return _("in the draft") if edition.is_open else _("edition %(number)s") % {"number": edition.number}


def way_words(kind: str, way: Way) -> str:
    """Say a way of answering, as it reads for this kind of change."""
    special = {
        (ProposalKind.WITHDRAWN, Way.ACCEPT): _("Withdraw your row, too"),
        (ProposalKind.WITHDRAWN, Way.KEEP): _("Keep it as your own initiative"),
        (ProposalKind.OBLIGING, Way.ACCEPT): _("Add a row, or link one of yours"),
        (ProposalKind.WORDING, Way.ACCEPT): _("Take the new wording"),
        (ProposalKind.WORDING, Way.KEEP): _("Keep your wording"),
        (ProposalKind.EXECUTORS, Way.ACCEPT): _("Change the executors likewise"),
        (ProposalKind.EXECUTORS, Way.KEEP): _("Keep your executors"),
    }
    general = {
        Way.ACCEPT: _("Accept"),
        Way.OFFSET: _("Accept with an offset"),
        Way.KEEP: _("Keep your own date"),
        Way.WAIVE: _("Does not apply"),
    }
    return special.get((ProposalKind(kind), way)) or general[way]


def answer_words(proposal: Proposal) -> str:
    """Say how a question was answered, or that it waits."""
    if proposal.is_wish:
        return {
            ProposalState.OPEN: _("waits for an answer"),
            ProposalState.ACCEPTED: _("agreed to"),
            ProposalState.DECLINED: _("declined"),
        }.get(ProposalState(proposal.state), _("withdrawn") if proposal.answered_by_id else _("lapsed"))
    if proposal.state == ProposalState.KEPT and proposal.kind != ProposalKind.DATE:
        return _("kept as it is")
    return str(ProposalState(proposal.state).label)


# Choosing some of many


ALL, OPEN, ANSWERED = "all", "open", "answered"
CONFLICT, CALM = "yes", "no"


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a plan's questions is shown, as it stands in the address; unknown values narrow nothing."""

    state: str = OPEN
    kind: str = ""
    conflict: str = ""

    @classmethod
    def of(cls, data: Mapping[str, str]) -> "Choice":
        """Read the choice from an address or a form."""
        state, kind, conflict = (data.get(name, "") for name in ("state", "kind", "conflict"))
        return cls(
            state=state if state in {ALL, ANSWERED} else OPEN,
            kind=kind if kind in WAYS else "",
            conflict=conflict if conflict in {CONFLICT, CALM} else "",
        )

    def narrowed(self, proposals: ProposalQuerySet) -> ProposalQuerySet:
        """Leave only what is chosen."""
        if self.state == OPEN:
            proposals = proposals.open()
        elif self.state == ANSWERED:
            proposals = proposals.exclude(state=ProposalState.OPEN)
        if self.kind:
            proposals = proposals.filter(kind=self.kind)
        if self.conflict:
            calm = Q(conflict="")
            proposals = proposals.filter(calm if self.conflict == CALM else ~calm)
        return proposals


def state_choices() -> list[tuple[str, str]]:
    return [(OPEN, _("Waiting for an answer")), (ANSWERED, _("Answered")), (ALL, pgettext("filter", "Any"))]


def kind_choices() -> list[tuple[str, str]]:
    return [("", pgettext("filter", "Any")), *((kind, str(ProposalKind(kind).label).capitalize()) for kind in WAYS)]


def conflict_choices() -> list[tuple[str, str]]:
    return [
        ("", pgettext("filter", "Any")),
        (CONFLICT, _("The own date contradicts")),
        (CALM, _("Nothing contradicts")),
    ]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that one edition above asks."""

    title: str
    url: str
    lines: tuple[Asked, ...]


def grouped(proposals: Iterable[Proposal], sheet: Sheet) -> list[Group]:
    """Put questions under the editions above that ask them; they must come in that order."""
    groups: list[tuple[Edition, list[Asked]]] = []
    for proposal in proposals:
        edition = proposal.edition
        assert edition is not None  # from above
        if not groups or groups[-1][0].pk != edition.pk:
            groups.append((edition, []))
        groups[-1][1].append(asked_of(proposal, sheet))
    return [_group(edition, lines) for edition, lines in groups]


def _group(edition: Edition, lines: list[Asked]) -> Group:
    owner = edition.roadmap.organization.short_name
    words = _("%(owner)s, edition %(number)s, %(basis)s") % {
        "owner": owner,
        "number": edition.number,
        "basis": basis_of(edition),
    }
    return Group(words, edition.get_absolute_url(), tuple(lines))


def waiting_words(count: int) -> str:
    return ngettext("%(count)s proposal waits for an answer", "%(count)s proposals wait for an answer", count) % {
        "count": count
    }
