"""The structure of a draft: headings taken out, brought back, moved among their siblings and between sections."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.models import Entry, User
from roadmaps.choices import DRAFT, HeadingKind
from roadmaps.models import Deliverable, Edition, Heading, HeadingText
from roadmaps.operations.problems import NotEmpty, Refused
from roadmaps.operations.rows import bring_back, edit_heading, place_for_heading, reopen, take_out, tell
from roadmaps.operations.versions import drop, own_version, writing

EDITABLE = frozenset({HeadingKind.GOAL, HeadingKind.TASK, HeadingKind.SECTION, HeadingKind.ACTIVITY})
"""Headings that people add and remove; the title is only changed."""
OF_THE_HEAD = frozenset({HeadingKind.GOAL, HeadingKind.TASK})
"""What stands before the table: goals and tasks, one after another."""


def drop_heading(*, roadmap: int, heading: int, rows: int = 0, by: User | None, now: dt.datetime) -> None:
    """
    Take a heading out of the draft, an activity with its rows.

    :param rows: how many rows the person agreed to lose
    :raises NotEmpty: if a section still holds something, or an activity another number of rows
    """
    with writing(roadmap, now=now) as edition:
        take_heading_out(edition, heading=heading, rows=rows, by=by, now=now)


def take_heading_out(edition: Edition, *, heading: int, rows: int, by: User | None, now: dt.datetime) -> None:
    """
    Take a heading out of a draft that the caller holds, an activity with its rows.

    :raises NotEmpty: if a section still holds something, or an activity another number of rows
    """
    text = _text(edition, heading)
    inside = HeadingText.objects.at(DRAFT).filter(parent=heading).count()
    if inside:
        raise NotEmpty(section_holds(inside))
    results = list(Deliverable.objects.at(DRAFT).filter(heading=heading).order_by("position", "pk"))
    if len(results) != rows:
        raise NotEmpty(_("The rows of this activity have changed in the meantime. Look again what would go with it."))
    for row in results:
        tell(edition, "row-dropped", "commitment", row.commitment_id, by, now, before=take_out(row))
    drop(HeadingText, heading=heading)
    before = {
        "number": text.number,
        "title": text.title,
        "parent": text.parent_id,
        "position": text.position,
        "rows": [row.commitment_id for row in results],
    }
    tell(edition, "heading-dropped", "heading", heading, by, now, before=before)


def section_holds(count: int) -> str:
    """Say why a section cannot be removed."""
    return ngettext(
        "%(count)s heading stands in this section. Move it to another section or remove it first.",
        "%(count)s headings stand in this section. Move them to another section or remove them first.",
        count,
    ) % {"count": count}


def _text(edition: Edition, heading: int) -> HeadingText:
    """Give a heading of the draft that people may remove or move; the title is none."""
    return (
        HeadingText.objects.at(DRAFT)
        .filter(heading__kind__in=EDITABLE)
        .select_related("heading")
        .get(heading=heading, roadmap=edition.roadmap_id)
    )


def restore_heading(*, roadmap: int, heading: int, by: User | None, now: dt.datetime) -> bool:
    """
    Bring back a heading that this draft dropped, with the rows that went with it.

    False if it stands in the draft, or nothing is known of it.
    """
    with writing(roadmap, now=now) as edition:
        return bring_heading_back(edition, heading=heading, by=by, now=now)


def bring_heading_back(
    edition: Edition, *, heading: int, by: User | None, now: dt.datetime, with_rows: bool = True
) -> bool:
    """Bring back a heading into a draft that the caller holds; False if it stands there, or nothing is known of it."""
    roadmap = edition.roadmap_id
    standing = HeadingText.objects.at(DRAFT).filter(roadmap=roadmap)
    known = Heading.objects.filter(pk=heading, roadmap=roadmap, kind__in=EDITABLE)
    if standing.filter(heading=heading).exists() or not known.exists():
        return False
    told = Entry.objects.about("heading", heading).filter(operation="heading-dropped").first()
    before: dict[str, Any] = (told and told.before) or {}
    if HeadingText.objects.filter(heading=heading, until=DRAFT).exists():
        reopen(HeadingText, heading=heading)
        if before and told is not None and told.at >= edition.opened_at:
            _as_dropped(edition, heading, before)
    elif before:
        values = {name: before[name] for name in ("number", "title", "position")}
        parent = before["parent"]
        HeadingText.objects.create(heading_id=heading, roadmap_id=roadmap, parent_id=parent, **values)
    else:
        return False
    parent = standing.values_list("parent", flat=True).get(heading=heading)
    if parent is not None and not standing.filter(heading=parent).exists():
        own_version(HeadingText, changes={"parent_id": None}, heading=heading, roadmap=roadmap)
    for commitment in (before["rows"] if before else _rows_in_force(heading)) if with_rows else ():
        bring_back(edition, commitment)
    title = standing.values_list("title", flat=True).get(heading=heading)
    tell(edition, "heading-restored", "heading", heading, by, now, after={"title": title})
    return True


def _as_dropped(edition: Edition, heading: int, was: dict[str, Any]) -> None:
    """Let a heading that came back from what is in force read as the draft had it when it was dropped."""
    text = HeadingText.objects.at(DRAFT).get(heading=heading, roadmap=edition.roadmap_id)
    values = {"number": was["number"], "title": was["title"], "position": was["position"], "parent_id": was["parent"]}
    changes = {name: value for name, value in values.items() if getattr(text, name) != value}
    if changes:
        own_version(HeadingText, changes=changes, row=text)


def _rows_in_force(heading: int) -> list[int]:
    """List the rows that an activity has in force, and that the draft took out."""
    rows = Deliverable.objects.filter(heading=heading, until=DRAFT).order_by("position")
    return list(rows.values_list("commitment", flat=True))


def dropped_headings(roadmap: int) -> list[HeadingText]:
    """List the headings in force that the draft no longer has, in their order."""
    standing = HeadingText.objects.at(DRAFT).filter(roadmap=roadmap).values("heading")
    gone = HeadingText.objects.filter(roadmap=roadmap, until=DRAFT, heading__kind__in=EDITABLE)
    return list(gone.exclude(heading__in=standing).select_related("heading").order_by("position"))


def dropped_rows(roadmap: int) -> list[Deliverable]:
    """List the rows in force that the draft no longer has, of activities that it still has."""
    draft = Deliverable.objects.at(DRAFT).filter(roadmap=roadmap).values("commitment")
    standing = HeadingText.objects.at(DRAFT).filter(roadmap=roadmap).values("heading")
    gone = Deliverable.objects.filter(roadmap=roadmap, until=DRAFT, heading__in=standing)
    return list(gone.exclude(commitment__in=draft).order_by("heading", "position"))


def move_heading(*, roadmap: int, heading: int, up: bool, by: User | None, now: dt.datetime) -> bool:
    """Let a heading, with all that stands in it, and its neighbour of the same level change places; False at the edge."""
    with writing(roadmap, now=now) as edition:
        text = _text(edition, heading)
        of_the_head = text.heading.kind in OF_THE_HEAD
        kinds = OF_THE_HEAD if of_the_head else EDITABLE - OF_THE_HEAD
        texts = list(
            HeadingText.objects.at(DRAFT)
            .filter(roadmap=roadmap, heading__kind__in=kinds)
            .order_by("position", "heading")
        )
        children = children_of(texts)
        siblings = next(level for level in children.values() if heading in level)
        place = siblings.index(heading)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(siblings):
            return False
        siblings[place], siblings[other] = siblings[other], siblings[place]
        arrange(roadmap, texts, children)
        tell(edition, "heading-moved", "heading", heading, by, now, after={"title": text.title, "up": up})
    return True


def children_of(texts: list[HeadingText]) -> dict[int | None, list[int]]:
    """Give the headings that stand in each section, in their order; what stands in none is under None."""
    known = {text.heading_id for text in texts}
    children: dict[int | None, list[int]] = {}
    for text in texts:
        children.setdefault(text.parent_id if text.parent_id in known else None, []).append(text.heading_id)
    return children


def arrange(roadmap: int, texts: list[HeadingText], children: dict[int | None, list[int]]) -> None:
    """Give the headings their places anew, each section followed by what stands in it; only what moves is written."""
    order: list[int] = []
    waiting = [*reversed(children.get(None, []))]
    while waiting:
        heading = waiting.pop()
        order.append(heading)
        waiting += reversed(children.get(heading, []))
    places = sorted(text.position for text in texts)
    if len(set(places)) < len(places):
        places = [places[0] + 1000 * number for number in range(len(places))]
    held = {text.heading_id: text.position for text in texts}
    for heading, place in zip(order, places, strict=True):
        if held[heading] != place:
            own_version(HeadingText, changes={"position": place}, heading=heading, roadmap=roadmap)


@transaction.atomic
def change_heading(
    *, roadmap: int, heading: int, changes: dict[str, str], section: int | None, by: User | None, now: dt.datetime
) -> None:
    """Change number and title of an activity, and the section in which it stands."""
    edit_heading(roadmap=roadmap, heading=heading, changes=changes, by=by, now=now)
    put_in_section(roadmap=roadmap, heading=heading, section=section, by=by, now=now)


def put_in_section(*, roadmap: int, heading: int, section: int | None, by: User | None, now: dt.datetime) -> bool:
    """
    Put an activity at the end of another section of the plan, or of the plan itself; False if it stands there.

    :raises Refused: if that is no section of this draft
    """
    with writing(roadmap, now=now) as edition:
        text = _text(edition, heading)
        sections = HeadingText.objects.at(DRAFT).filter(roadmap=roadmap, heading__kind=HeadingKind.SECTION)
        if text.heading.kind != HeadingKind.ACTIVITY or (section and not sections.filter(heading=section).exists()):
            raise Refused(_("An activity can only be put into a section of the same plan."))
        if text.parent_id == section:
            return False
        position = place_for_heading(roadmap, section)
        changes = {"parent_id": section, "position": position}
        own_version(HeadingText, changes=changes, heading=heading, roadmap=roadmap)
        titles = dict(sections.values_list("heading", "title"))
        was, became = (titles.get(one, "") if one else "" for one in (text.parent_id, section))
        before, after = {"title": text.title, "section": was}, {"title": text.title, "section": became}
        tell(edition, "heading-put", "heading", heading, by, now, before=before, after=after)
    return True
