"""
What the appendices of an order say: a plan and its schools as plain data.

A plan: `title`, `period`, `goals`, `tasks`, and `blocks`, each a section or an activity with its `results`; a result
that moves with a row above has `follows`. A consolidated plan has `note` at what was changed, and blocks of the kind
`excluded` for what was struck out; `{this}` stands in notes for the order that the data belongs to. Schools: `groups` by municipality, each school with its clusters. The data
holds no keys of the database, so it reads the same for ever.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from documents.choices import AppendixKind
from documents.texts import PrintedAppendix
from organizations.choices import OrganizationKind
from organizations.models import Organization, Participant
from organizations.querysets import russian
from roadmaps import sheets
from roadmaps.choices import HeadingKind, Rule
from roadmaps.difference.outlines import Notes
from roadmaps.models import Edition
from roadmaps.pages.plan import phrase_of
from roadmaps.sheets import Sheet, SheetRow

VERSION = 1
LIST_TITLE = "Список участвующих общеобразовательных организаций"


def appendices_of(edition: Edition, *, today: dt.date) -> list[PrintedAppendix]:
    """Give the appendices of the order that approves an edition, as they read now; the list only where there is one."""
    sheet = sheets.load(edition)
    found = [PrintedAppendix(AppendixKind.PLAN, 1, sheet.title, plan_data(sheet))]
    schools = participants_data(edition, today)
    if schools["groups"]:
        found.append(PrintedAppendix(AppendixKind.PARTICIPANTS, 2, LIST_TITLE, schools))
    return found


def plan_data(sheet: Sheet, notes: Notes | None = None) -> dict[str, Any]:
    """
    Put a sheet into the data of Appendix 1.

    :param notes: what amendments left in the plan; then it is the consolidated text, also with what was struck out
    """
    notes = notes or Notes("", {}, {})
    gone: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for behind, number, note in notes.excluded:
        gone[behind].append({"kind": "excluded", "number": number, "title": note, "results": []})
    rows: dict[int, list[SheetRow]] = defaultdict(list)
    for row in sheet.rows:
        rows[row.heading].append(row)
    blocks: list[dict[str, Any]] = gone[None]
    for heading in sheet.headings:
        if heading.kind == HeadingKind.SECTION:
            blocks.append({"kind": "section", "number": heading.number, "title": heading.title, "results": []})
        elif heading.kind == HeadingKind.ACTIVITY:
            blocks.append(
                {
                    "kind": "activity",
                    "number": heading.number or heading.ref,
                    "title": heading.title,
                    "results": [_result(row) | _noted(notes.rows, row.commitment) for row in rows[heading.pk]],
                }
                | _noted(notes.headings, heading.pk)
            )
        blocks += gone[heading.pk]
    return {
        "version": VERSION,
        "title": sheet.title,
        "period": [day.isoformat() for day in sheet.period],
        "goals": [heading.title for heading in sheet.of_kind(HeadingKind.GOAL)],
        "tasks": [heading.title for heading in sheet.of_kind(HeadingKind.TASK)],
        "blocks": blocks,
        **({"note": notes.edition} if notes.edition else {}),
    }


def _noted(notes: Mapping[int, str], pk: int) -> dict[str, str]:
    return {"note": notes[pk]} if notes.get(pk) else {}


def _result(row: SheetRow) -> dict[str, Any]:
    return {
        "number": row.label,
        "text": row.text,
        "deadline": phrase_of(row.deadline),
        "executors": [executor.text for executor in row.executors],
        "follows": any(link.upper is not None and link.rule != Rule.OWN for link in row.links),
    }


def participants_data(edition: Edition, today: dt.date) -> dict[str, Any]:
    """Give the schools that take part in the programme's clusters at the issuing body and below, by municipality."""
    owner = edition.roadmap.organization
    if owner.kind == OrganizationKind.SCHOOL:
        return {"version": VERSION, "groups": []}
    root = owner.parent_id if owner.kind == OrganizationKind.INSTITUTE and owner.parent_id else owner.pk
    rows = Participant.objects.filter(organization__in=Organization.objects.open().below(root).values("pk")).filter(
        Q(starts_on=None) | Q(starts_on__lte=today), Q(ends_on=None) | Q(ends_on__gte=today)
    )
    if clusters := list(edition.roadmap.programme.clusters.values_list("pk", flat=True)):
        rows = rows.filter(cluster__in=clusters)
    return groups_of(rows, root=root, owner=owner.name)


def groups_of(rows: QuerySet[Participant], *, root: int = 0, owner: str = "") -> dict[str, Any]:
    """Put participants into the data of Appendix 2; schools directly under `root` stand under the owner's own name."""
    found = rows.select_related("organization__parent", "cluster").order_by(
        russian("organization__parent__short_name"), russian("organization__short_name"), "cluster__name"
    )
    groups: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for row in found:
        school = row.organization
        above = school.parent.name if school.parent and school.parent_id != root else ""
        clusters_of = groups.setdefault(above or owner, {}).setdefault(school.name, [])
        clusters_of.append({"cluster": row.cluster.name, "is_base": row.is_base})
    return {
        "version": VERSION,
        "groups": [
            {"name": name, "schools": [{"name": school, "clusters": found} for school, found in schools.items()]}
            for name, schools in groups.items()
        ],
    }
