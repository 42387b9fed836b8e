"""A plan as paper: what its page offers for download, with the marks by which an edited file is known again."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings

from documents import letters, paper, printing
from roadmaps import sheets
from roadmaps.choices import DRAFT, EditionState, HeadingKind, Rule
from roadmaps.edited.comparing import unled
from roadmaps.edited.marks import SIGN, head_mark, row_mark
from roadmaps.edited.origin import Origin
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
            )
        )
    texts = [
        StandingText(one.pk, Kind(one.kind), one.title if one.kind == HeadingKind.TITLE else unled(one.title))
        for one in sheet.headings
        if one.kind in OF_THE_HEAD
    ]
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
    organization = edition.roadmap.organization
    goals = [one for one in standing.texts if one.kind is Kind.GOAL]
    tasks = [one for one in standing.texts if one.kind is Kind.TASK]
    title = next((one for one in standing.texts if one.kind is Kind.TITLE), None)
    return paper.PlanPaper(
        made_at=made_at(edition),
        author=organization.name,
        stage=paper.Stage.REGISTERED if edition.state == EditionState.APPROVED else paper.Stage.DRAFT,
        title=tuple(sheet.title.splitlines()) or ("",),
        stamp=paper.ApprovedByAct(act=act_of(edition)),
        content=_content(sheet, standing),
        goal=" ".join(one.text for one in goals),
        tasks=tuple(one.text for one in tasks),
        title_mark=head_mark(title.key, "", title.text) if title else "",
        goal_mark=head_mark(goals[0].key, "", goals[0].text) if len(goals) == 1 else "",
        task_marks=tuple(head_mark(one.key, "", one.text) for one in tasks),
    )


def act_of(edition: Edition) -> paper.Act:
    """Name the order by which an edition is in force; a draft has only the body that will approve it."""
    organization = edition.roadmap.organization
    order = edition.order
    if order is None:
        return paper.Act(issuer=letters.body_in_genitive(organization))
    issuer = order.issuer_genitive or letters.body_in_genitive(organization)
    return paper.Act(issuer=issuer, signed_on=order.signed_on, number=order.number)


Entries = tuple[paper.Section | paper.Activity, ...]


def _content(sheet: Sheet, standing: Standing) -> Entries:
    """Give sections within sections, in the order of print, each entry with its mark."""
    starred = {row.key for row in standing.rows() if row.inherited}
    depth = {heading.pk: len(sheet.path(heading)) for heading in sheet.headings if heading.kind == HeadingKind.SECTION}
    root: list[paper.Section | paper.Activity] = []
    open_sections: list[tuple[int, paper.Section, list[paper.Section | paper.Activity]]] = []

    def close(level: int) -> None:
        while open_sections and open_sections[-1][0] >= level:
            _, section, inside = open_sections.pop()
            (open_sections[-1][2] if open_sections else root).append(replace(section, content=tuple(inside)))

    for one in standing.headings:
        if one.kind is Kind.SECTION:
            close(depth[one.key])
            mark = head_mark(one.key, one.number, one.heading.replace("\n", " "))
            open_sections.append((depth[one.key], paper.Section(title=one.title, number=one.number, mark=mark), []))
        else:
            (open_sections[-1][2] if open_sections else root).append(_activity(one, starred))
    close(0)
    return tuple(root)


def _activity(heading: StandingHeading, starred: set[int]) -> paper.Activity:
    return paper.Activity(
        number=heading.shown,
        title=heading.title,
        mark=head_mark(heading.key, heading.shown, heading.title),
        results=tuple(
            paper.Result(
                text=row.text,
                deadline=f"{row.phrase} {SIGN}".strip() if row.key in starred else row.phrase,
                executors=row.executors,
                number=f"{row.label}.",
                mark=row_mark(row.key, row.text, row.phrase, row.executors),
            )
            for row in heading.rows
        ),
    )


def data_paper(data: Mapping[str, Any], edition: Edition) -> paper.PlanPaper:
    """Put a plan's data on paper for everybody: no marks, nothing by which its rows could be asked for."""
    return paper.PlanPaper(
        made_at=made_at(edition),
        author=edition.roadmap.organization.name,
        title=tuple(str(data["title"]).splitlines()) or ("",),
        stamp=paper.ApprovedByAct(act=act_of(edition)),
        content=printing.content(data["blocks"]),
        goal=" ".join(data["goals"]),
        tasks=tuple(data["tasks"]),
    )
