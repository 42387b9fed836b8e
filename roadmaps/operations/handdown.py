"""Handing plans down: a whole draft derived from the plans in force above, in one step."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from deadlines.values import Deadline, Period
from deadlines.wording import render
from organizations import journal
from organizations.models import Entry, Organization, User
from roadmaps import deriving, meeting
from roadmaps.choices import DRAFT, HeadingKind, LinkKind, Rule
from roadmaps.deriving import Node, Place
from roadmaps.executors import LEVELS, Roster
from roadmaps.findings import obliges
from roadmaps.matching.words import fold
from roadmaps.models import (
    Assignment,
    Commitment,
    Deliverable,
    Edition,
    Explanation,
    HeadingText,
    Lineage,
    Link,
    Programme,
    Roadmap,
    Waiver,
)
from roadmaps.operations import editions
from roadmaps.operations.dates import refresh
from roadmaps.operations.links import stands_above
from roadmaps.operations.problems import NotAbove, Refused
from roadmaps.operations.rows import create_heading, deadline_columns
from roadmaps.operations.versions import next_position, writing
from roadmaps.sheets import Sheet, SheetRow

STEP = 1000
HEAD = (HeadingKind.GOAL, HeadingKind.TASK)


class NothingTaken(Refused):
    """A plan that would have no rows."""

    def __init__(self) -> None:
        super().__init__(_("Choose at least one row to take."))


@dataclass(frozen=True, slots=True)
class Taken:
    """A row above that is taken: how it is linked, who does it, and further rows above that it answers."""

    row: int
    kind: LinkKind
    rule: Rule
    executors: tuple[str, ...] = ()
    also: tuple[int, ...] = ()


@transaction.atomic
def derive(
    *,
    programme: Programme,
    organization: Organization,
    period: Period,
    title: str,
    label: str = "",
    uppers: Sequence[Roadmap],
    taken: Sequence[Taken],
    by: User | None,
    now: dt.datetime,
) -> Edition:
    """
    Begin a plan whose draft holds the taken rows of the plans above, each linked; its head comes from the first of them.

    :raises NothingTaken: if no row is taken
    :raises AlreadyPlanned: if the organization has this plan for this period
    :raises NotAbove: if one of the plans does not stand above or is not in force, or a row is in none of them
    """
    if not taken:
        raise NothingTaken
    sheets = _sheets(uppers)
    edition = editions.start(
        programme=programme,
        organization=organization,
        period=period,
        title=title,
        label=label,
        uppers=uppers,
        by=by,
        now=now,
    )
    _head(edition, sheets[0])
    count = _write(edition, sheets, taken)
    _tell(edition, "plan-derived", [upper.pk for upper in uppers], count, by, now)
    return edition


def derive_more(
    *, roadmap: int, uppers: Sequence[Roadmap], taken: Sequence[Taken], by: User | None, now: dt.datetime
) -> int:
    """
    Add to a draft the taken rows that it never answered; gives how many.

    What was linked once, dropped or declared not applicable stays as the organization decided.

    :raises NothingTaken: if no row is left to add
    :raises NotAbove: if one of the plans does not stand above or is not in force, or a row is in none of them
    """
    with writing(roadmap, now=now) as edition:
        sheets = _sheets(uppers)
        for upper in uppers:
            if not stands_above(upper, edition.roadmap):
                raise NotAbove
            Lineage.objects.get_or_create(lower=edition.roadmap, upper=upper)
        known = answered(edition)
        count = _write(edition, sheets, [one for one in taken if one.row not in known])
        _tell(edition, "rows-derived", [upper.pk for upper in uppers], count, by, now)
    return count


def answered(edition: Edition) -> set[int]:
    """
    Give the rows above that a plan answered once, in whatever edition: linked, waived, explained, or dropped again.

    What a draft took in and dropped again left no row; the journal knows it, from the opening of the draft on.
    """
    roadmap = edition.roadmap_id
    found = set(Link.objects.filter(roadmap=roadmap).values_list("upper", flat=True))
    found |= set(Waiver.objects.filter(roadmap=roadmap).values_list("upper", flat=True))
    keys = Explanation.objects.filter(roadmap=roadmap, key__startswith="not-covered:").values_list("key", flat=True)
    found |= {int(row) for row in (key.rpartition(":")[2] for key in keys) if row.isdecimal()}
    told = Entry.objects.filter(
        subject_kind="commitment",
        subject_id__in=Commitment.objects.filter(roadmap=roadmap).values("pk"),
        operation__in=["row-dropped", "row-unlinked"],
        at__gte=edition.opened_at,
    ).values_list("before", flat=True)
    for before in told:
        links = (before or {}).get("links", []) or [{"upper_id": (before or {}).get("upper")}]
        found |= {link["upper_id"] for link in links if link["upper_id"]}
    return found


def _sheets(uppers: Sequence[Roadmap]) -> list[Sheet]:
    """
    Read the plans in force above.

    :raises NotAbove: if there is none, or one is not in force
    """
    in_force = set(Edition.objects.in_force().filter(roadmap__in=uppers).values_list("roadmap", flat=True))
    if not uppers or in_force != {upper.pk for upper in uppers}:
        raise NotAbove
    return [meeting.in_force_sheet(upper) for upper in uppers]


def _head(edition: Edition, sheet: Sheet) -> None:
    """Carry goals and tasks over."""
    given = [(HeadingKind(heading.kind), heading.title) for heading in sheet.headings if heading.kind in HEAD]
    for place, (kind, title) in enumerate(given, 1):
        create_heading(edition, kind=kind, title=title, position=STEP * place)


def _write(edition: Edition, sheets: Sequence[Sheet], taken: Sequence[Taken]) -> int:
    """Write the taken rows into a draft that the caller holds; gives how many."""
    rows = {row.commitment: (sheet, row) for sheet in sheets for row in sheet.rows}
    wanted = {one.row: one for one in taken}
    if not wanted:
        raise NothingTaken
    if any(row not in rows for one in taken for row in (one.row, *one.also)):
        raise NotAbove
    order = [commitment for commitment in rows if commitment in wanted]
    nodes = _nodes(edition, sheets, [rows[commitment] for commitment in order])
    headings = _write_headings(edition, nodes)
    commitments = Commitment.objects.bulk_create(Commitment(roadmap_id=edition.roadmap_id) for _row in order)
    made = dict(zip(order, (commitment.pk for commitment in commitments), strict=True))
    _write_results(edition, [(wanted[row], rows[row][1], made[row], headings[row]) for row in order])
    Link.objects.bulk_create(
        Link(
            roadmap_id=edition.roadmap_id,
            lower_id=made[one.row],
            upper_id=upper,
            kind=one.kind,
            rule=one.rule if upper == one.row else deriving.rule_for(rows[upper][1].deadline),
        )
        for one in wanted.values()
        for upper in (one.row, *one.also)
    )
    refresh(made.values())
    return len(made)


def _nodes(edition: Edition, sheets: Sequence[Sheet], rows: Iterable[tuple[Sheet, SheetRow]]) -> list[Node]:
    """Lay the rows out under sections and activities, numbered on from what the draft has."""
    places = [
        Place(
            row=row.commitment,
            path=tuple((one.number, one.title) for one in sheet.path(sheet.heading[row.heading])),
            activity=row.heading,
            number=sheet.heading[row.heading].number,
            title=sheet.heading[row.heading].title,
        )
        for sheet, row in rows
    ]
    numbers = [(heading.parent, heading.number) for heading, _rows in sheets[0].activities()]
    standing = HeadingText.objects.at(DRAFT).filter(roadmap=edition.roadmap_id, heading__kind=HeadingKind.ACTIVITY)
    return deriving.laid_out(places, restarts=deriving.restarts(numbers), first=standing.count() + 1)


def _write_headings(edition: Edition, nodes: list[Node]) -> dict[int, int]:
    """Write sections and activities; gives the activity of every row above. A section that the draft has is used again."""
    standing = HeadingText.objects.at(DRAFT).filter(roadmap=edition.roadmap_id)
    sections = {
        (text.parent_id, fold(text.title)): text.heading_id
        for text in standing.filter(heading__kind=HeadingKind.SECTION)
    }
    following = next_position(standing)
    headings: dict[int, int] = {}
    waiting: list[tuple[Node, int | None, bool]] = [(node, None, False) for node in reversed(nodes)]
    while waiting:  # in the order of the document
        node, parent, inside = waiting.pop()
        known = sections.get((parent, fold(node.title))) if node.is_section else None
        if known is None:
            # Inside a section that was there before, place must be found between its end and what follows.
            position = None if inside else following
            kind = HeadingKind.SECTION if node.is_section else HeadingKind.ACTIVITY
            title, number = node.title, node.number[:20]
            made = create_heading(edition, kind=kind, title=title, number=number, parent=parent, position=position)
            following += STEP
        pk = made.pk if known is None else known
        headings |= dict.fromkeys(node.rows, pk)
        waiting += [(below, pk, inside or known is not None) for below in reversed(node.below)]
    return headings


def _write_results(edition: Edition, rows: Sequence[tuple[Taken, SheetRow, int, int]]) -> None:
    """Write results with their own wording and executors."""
    roadmap, organization = edition.roadmap_id, edition.roadmap.organization
    level, roster = LEVELS[organization.kind], Roster(organization, roadmap)
    Deliverable.objects.bulk_create(
        Deliverable(
            commitment_id=commitment,
            roadmap_id=roadmap,
            heading_id=heading,
            position=STEP * place,
            text=upper.text,
            obliges=obliges(one.executors, upper.text, level),
            **deadline_columns(own_of(upper.deadline)),
        )
        for place, (one, upper, commitment, heading) in enumerate(rows, 1)
    )
    columns = {text: roster.columns(text) for text in {text for one, *_rest in rows for text in one.executors}}
    Assignment.objects.bulk_create(
        Assignment(commitment_id=commitment, roadmap_id=roadmap, position=place, text=text, **columns[text])
        for one, _upper, commitment, _heading in rows
        for place, text in enumerate(one.executors)
    )


def own_of(upper: Deadline) -> Deadline:
    """Give the deadline of a row above as a row's own: its phrase, or what it means in words where it was inherited."""
    return upper if upper.phrase else replace(upper, phrase=render(upper))


def _tell(edition: Edition, operation: str, uppers: list[int], rows: int, by: User | None, now: dt.datetime) -> None:
    journal.record(
        operation=operation,
        subject_kind="roadmap",
        subject_id=edition.roadmap_id,
        organization=edition.roadmap.organization_id,
        by=by,
        now=now,
        after={"uppers": uppers, "rows": rows},
    )
