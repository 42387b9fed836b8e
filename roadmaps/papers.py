"""A plan as paper: what its page offers for download, with the marks by which an edited file is known again."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings

from documents import letters, paper, printing
from documents.choices import OrderKind
from roadmaps import sheets
from roadmaps.acts import acts_of, amended
from roadmaps.amending import edition_note
from roadmaps.choices import DRAFT, EditionState, HeadingKind, Rule
from roadmaps.edited.origin import Origin
from roadmaps.edited.paper import marked_paper
from roadmaps.edited.standing import Kind, Standing, StandingHeading, StandingRow, StandingText
from roadmaps.models import Edition
from roadmaps.pages.plan import phrase_of
from roadmaps.sheets import Sheet, SheetRow

OF_THE_HEAD = {HeadingKind.TITLE, HeadingKind.GOAL, HeadingKind.TASK}


def standing_of(sheet: Sheet) -> Standing:
    """Give a sheet in the shape in which an edited file is held against it."""
    rows: dict[int, list[SheetRow]] = defaultdict(list)
    for row in sheet.rows:
        rows[row.heading].append(row)
    headings: list[StandingHeading] = []
    section: int | None = None
    for heading in sheet.headings:
        if heading.kind in OF_THE_HEAD:
            continue
        kind = Kind(heading.kind)
        section = heading.pk if kind is Kind.SECTION else section
        shown = heading.number.strip().rstrip(".") or heading.ref
        headings.append(
            StandingHeading(
                key=heading.pk,
                kind=kind,
                number=heading.number,
                shown=heading.number if kind is Kind.SECTION else shown,
                title=heading.title,
                section=None if kind is Kind.SECTION else section,
                rows=tuple(_standing_row(row) for row in rows[heading.pk]),
                depth=len(sheet.path(heading)) if kind is Kind.SECTION else 0,
            )
        )
    texts = [StandingText(one.pk, Kind(one.kind), one.title) for one in sheet.headings if one.kind in OF_THE_HEAD]
    return Standing(headings, texts)


def _standing_row(row: SheetRow) -> StandingRow:
    return StandingRow(
        key=row.commitment,
        label=row.label,
        text=row.text,
        phrase=phrase_of(row.deadline),
        executors=tuple(executor.text for executor in row.executors),
        inherited=follows(row),
    )


def follows(row: SheetRow) -> bool:
    """Tell whether a row above gives a row its deadline."""
    return any(link.upper is not None and link.rule != Rule.OWN for link in row.links)


def origin_of(sheet: Sheet, standing: Standing) -> Origin:
    """Say of a file where it comes from."""
    edition = sheet.edition
    return Origin(
        portal=settings.BASE_URL,
        plan=edition.roadmap_id,
        number=0 if edition.number == DRAFT else edition.number,
        content_hash=edition.content_hash or sheets.content_hash(sheet),
        exported=made_at(edition).isoformat(timespec="seconds"),
        entries=tuple(standing.entries()),
    )


def made_at(edition: Edition) -> dt.datetime:
    """Give the moment of an edition: when it came into force, or was last changed."""
    return edition.approved_at or edition.changed_at


def plan_paper(sheet: Sheet, standing: Standing) -> paper.PlanPaper:
    """Put an edition on paper under its stamp; a draft bears «ПРОЕКТ» and blanks for date and number."""
    edition = sheet.edition
    made = marked_paper(
        standing,
        made_at=made_at(edition),
        author=edition.roadmap.organization.name,
        stage=paper.Stage.REGISTERED if edition.state == EditionState.APPROVED else paper.Stage.DRAFT,
        stamp=paper.ApprovedByAct(act=act_of(edition)),
    )
    return replace(made, note=note_of(edition))


def act_of(edition: Edition) -> paper.Act:
    """Name the order that approved the plan, whatever has amended it; a draft has only the body that will approve it."""
    organization = edition.roadmap.organization
    order = edition.order
    if order is not None and order.kind == OrderKind.AMEND:
        order = order.amends
    if order is None:
        return paper.Act(issuer=letters.body_in_genitive(organization))
    issuer = order.issuer_genitive or letters.body_in_genitive(organization)
    return paper.Act(issuer=issuer, signed_on=order.signed_on, number=order.number)


def note_of(edition: Edition) -> str:
    """Name under the title the orders that have amended the plan; nothing where none has."""
    if edition.order is None or edition.order.kind != OrderKind.AMEND:
        return ""
    editions = Edition.objects.filter(roadmap=edition.roadmap_id).select_related("order")
    return edition_note([amended(one) for one in acts_of(edition, editions).amendments])


def data_paper(data: Mapping[str, Any], edition: Edition) -> paper.PlanPaper:
    """Put a plan's data on paper for everybody: no marks, nothing by which its rows could be asked for."""
    return paper.PlanPaper(
        made_at=made_at(edition),
        author=edition.roadmap.organization.name,
        title=tuple(str(data["title"]).splitlines()) or ("",),
        stamp=paper.ApprovedByAct(act=act_of(edition)),
        note=note_of(edition),
        content=printing.content(data["blocks"]),
        goal=" ".join(data["goals"]),
        tasks=tuple(data["tasks"]),
    )
