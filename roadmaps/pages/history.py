"""
The history of a row: how it read in every edition, who did what with it, what moved it or asked for it from above.

Editions tell it to everybody who may read them. What people did between them quotes drafts, so it is told to those who
read the drafts of the owner.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.models import Entry, User
from roadmaps.choices import DRAFT, LinkKind, Obliges, ProposalKind, ProposalState, Rule
from roadmaps.models import Assignment, Commitment, Deliverable, Edition, Link, Proposal, Roadmap
from roadmaps.pages.journal import Told, told_of
from roadmaps.pages.plan import phrase_of


@dataclass(frozen=True, slots=True)
class Cell:
    """One value that an edition changed."""

    label: str
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a row; an edition has cells, a deed has at most one pair of values and a reason."""

    at: dt.datetime
    who: str
    sentence: str
    url: str = ""
    cells: tuple[Cell, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a row reads in one edition; None where it does not stand in it."""

    text: str
    phrase: str
    executors: str
    obliges: str
    links: str


def events_of(roadmap: int, commitment: int, editions: Sequence[Edition], *, with_deeds: bool) -> list[Event]:
    """
    Tell what happened to a row, newest first; empty if it stands in none of these editions.

    :param editions: those that the reader may see
    :param with_deeds: whether she may also see what was done between them
    """
    told = _edition_events(commitment, sorted(editions, key=lambda edition: edition.number))[::-1]
    if not told:
        return []
    if with_deeds:
        entries = Entry.objects.about("commitment", commitment).filter(organization=editions[0].roadmap.organization_id)
        told += [_deed(one) for one in told_of(list(entries.select_related("by__person")), Q(roadmap=roadmap))]
        told += _questions(commitment)
    return sorted(told, key=lambda event: event.at, reverse=True)


def _deed(told: Told) -> Event:
    cells = (Cell("", told.was, told.became),) if told.was or told.became else ()
    return Event(told.at, told.who, told.sentence, "", cells, told.reason)


def _questions(commitment: int) -> list[Event]:
    """Tell what changes above asked of the row, what was wished for it, and how that was answered."""
    asked = Proposal.objects.filter(lower=commitment).select_related(
        "made_by__person", "answered_by__person", "edition__roadmap__organization"
    )
    found = []
    for one in asked.order_by("-made_at", "-pk"):
        owner = one.edition.roadmap.organization.short_name if one.edition is not None else ""
        before, after = one.before, one.after
        cell = Cell(_("Deadline"), phrase_of(before) if before else "", phrase_of(after) if after else "")
        cells = (cell,) if cell.was != cell.became and cell.became else ()
        kind = str(ProposalKind(one.kind).label)
        if one.answered_at is not None:
            said = _("Answered: %(state)s (%(kind)s).") % {"state": ProposalState(one.state).label, "kind": kind}
            who = str(one.answered_by) if one.answered_by else _("the portal")
            found.append(Event(one.answered_at, who, said, reason=one.reason))
        who = owner or (str(one.made_by) if one.made_by else _("the portal"))
        said = (_("Wish: %(kind)s.") if one.is_wish else _("Proposal: %(kind)s.")) % {"kind": kind}
        found.append(Event(one.made_at, who, said, cells=cells, reason=one.wish))
    return found


def _edition_events(commitment: int, editions: Sequence[Edition]) -> list[Event]:
    readings = _readings(commitment, [edition.number for edition in editions])
    if all(reading is None for reading in readings):
        return []
    bases = _bases(editions)
    found: list[Event] = []
    before: Reading | None = None
    for edition, reading in zip(editions, readings, strict=True):
        if reading != before:
            found.append(_event(edition, before, reading, bases.get(edition.basis_id or 0)))
        before = reading
    return found


def _event(edition: Edition, before: Reading | None, after: Reading | None, basis: Edition | None) -> Event:
    at = edition.approved_at if edition.number < DRAFT and edition.approved_at else edition.changed_at
    who = str(edition.approved_by) if edition.number < DRAFT and edition.approved_by else ""
    name = _("the draft") if edition.number == DRAFT else _("edition %(number)s") % {"number": edition.number}
    if edition.order is not None:
        name += _(", order of %(day)s № %(number)s") % {
            "day": f"{edition.order.signed_on:%d.%m.%Y}",
            "number": edition.order.number,
        }
    values = {"edition": name}
    if after is None:
        sentence = _("The row was taken out: %(edition)s.") % values
    elif before is None:
        sentence = _("The row came in: %(edition)s.") % values
    elif basis is not None:
        sentence = _("The date followed the plan above: %(edition)s, after %(basis)s.") % (
            values | {"basis": _basis(basis)}
        )
    else:
        sentence = _("The row changed: %(edition)s.") % values
    return Event(at, who, sentence, edition.get_absolute_url(), tuple(_cells(before, after)))


def _basis(basis: Edition) -> str:
    owner = basis.roadmap.organization.short_name
    if basis.order is None:
        return _("edition %(number)s of %(owner)s") % {"number": basis.number, "owner": owner}
    return _("the order of %(day)s № %(number)s, %(owner)s") % {
        "day": f"{basis.order.signed_on:%d.%m.%Y}",
        "number": basis.order.number,
        "owner": owner,
    }


def _bases(editions: Iterable[Edition]) -> dict[int, Edition]:
    """Give the upper editions of which some of these are consequences."""
    keys = {edition.basis_id for edition in editions if edition.basis_id is not None}
    if not keys:
        return {}
    return Edition.objects.filter(pk__in=keys).select_related("order", "roadmap__organization").in_bulk()


def _cells(before: Reading | None, after: Reading | None) -> Iterable[Cell]:
    labels = {
        "text": _("Result"),
        "phrase": _("Deadline"),
        "executors": _("Executors"),
        "obliges": _("Whom it obliges"),
        "links": _("Links to the plan above"),
    }
    for name, label in labels.items():
        was, became = getattr(before, name, ""), getattr(after, name, "")
        if was != became:
            yield Cell(label, was, became)


def _readings(commitment: int, numbers: Sequence[int]) -> list[Reading | None]:
    """Give how a row reads in each of these editions, in three statements."""
    rows = list(Deliverable.objects.filter(commitment=commitment))
    executors = list(Assignment.objects.filter(commitment=commitment).order_by("position", "pk"))
    links = list(Link.objects.filter(lower=commitment).order_by("pk"))
    names = _upper_names({link.upper_id for link in links})
    found: list[Reading | None] = []
    for number in numbers:
        row = next((one for one in rows if one.since <= number < one.until), None)
        if row is None:
            found.append(None)
            continue
        found.append(
            Reading(
                text=row.text,
                phrase=phrase_of(row.deadline),
                executors=", ".join(one.text for one in executors if one.since <= number < one.until),
                obliges="" if row.obliges == Obliges.NOBODY else str(Obliges(row.obliges).label),
                links="; ".join(_link(one, names) for one in links if one.since <= number < one.until),
            )
        )
    return found


def _link(link: Link, names: dict[int, str]) -> str:
    return f"{names.get(link.upper_id, '…')} ({LinkKind(link.kind).label}, {Rule(link.rule).label})"


def _upper_names(uppers: set[int]) -> dict[int, str]:
    """Name rows above as they are, or last were, in force."""
    rows = Deliverable.objects.filter(commitment__in=uppers, since__lt=DRAFT).select_related("roadmap__organization")
    return {
        row.commitment_id: f"{row.roadmap.organization.word or row.roadmap.organization.short_name}, «{row.text}»"
        for row in rows.order_by("until")
    }


@dataclass(frozen=True, slots=True)
class Kin:
    """The row of another period that this one was carried from or on into."""

    url: str
    period: str


def kin_of(commitment: int, user: User) -> tuple[list[Kin], list[Kin]]:
    """Give the row of the period before and those carried from this one, as far as their plans may be read."""
    this = Commitment.objects.select_related("carried_from__roadmap").get(pk=commitment)
    before = [this.carried_from] if this.carried_from is not None else []
    after = list(Commitment.objects.filter(carried_from=commitment).select_related("roadmap").order_by("pk"))
    kin = {one.roadmap_id for one in (*before, *after)}
    seen = set(Roadmap.objects.visible_to(user).filter(pk__in=kin).values_list("pk", flat=True)) if kin else set()
    return [_kin(one) for one in before if one.roadmap_id in seen], [
        _kin(one) for one in after if one.roadmap_id in seen
    ]


def _kin(commitment: Commitment) -> Kin:
    roadmap = commitment.roadmap
    return Kin(
        reverse("row-history", args=[roadmap.pk, commitment.pk]),
        f"{roadmap.period_start:%d.%m.%Y} — {roadmap.period_end:%d.%m.%Y}",
    )
