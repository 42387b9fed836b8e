"""Where rows and headings stand in a draft that the caller holds: put after another one, numbered anew."""

import datetime as dt

from django.utils.translation import gettext as _

from organizations.models import User
from roadmaps.choices import DRAFT, HeadingKind, Numbering
from roadmaps.models import Deliverable, Edition, HeadingText
from roadmaps.operations.cells import tell
from roadmaps.operations.problems import Refused
from roadmaps.operations.structure import arrange, children_of
from roadmaps.operations.versions import own_version

OF_THE_TABLE = (HeadingKind.SECTION, HeadingKind.ACTIVITY)
STEP = 1000
"""How far positions are apart, so that something can be put between."""


def place_row(
    edition: Edition, *, row: Deliverable, activity: int, after: int | None, by: User | None, now: dt.datetime
) -> None:
    """
    Put a row into an activity of the draft, after another row of it, or first.

    :raises Refused: if that activity, or the row to follow, is not there any more
    """
    beside = _rows_of(edition, row.heading_id)
    place = next(place for place, one in enumerate(beside) if one.pk == row.pk)
    before = {"heading": row.heading_id, "after": beside[place - 1].commitment_id if place else None}
    _activity(edition, activity)
    position = position_in(edition, activity, after, leaving=row.commitment_id)
    own_version(Deliverable, changes={"heading_id": activity, "position": position}, row=row)
    told = {"heading": activity, "after": after}
    tell(edition, "row-placed", "commitment", row.commitment_id, by, now, before=before, after=told)


def position_in(edition: Edition, activity: int, after: int | None, *, leaving: int | None = None) -> int:
    """
    Give a position after a row of an activity, or before all of them; where there is no room, room is made.

    `leaving` is the row that is on its way and counts no longer. A row to follow that is gone means: at the end.
    """
    beside = [one for one in _rows_of(edition, activity) if one.commitment_id != leaving]
    place = next((place for place, one in enumerate(beside, 1) if one.commitment_id == after), None)
    if place is None:
        place = 0 if after is None else len(beside)
    if not beside:
        return STEP
    if place == len(beside):
        return beside[-1].position + STEP
    if place == 0:
        return beside[0].position - STEP
    low, high = beside[place - 1].position, beside[place].position
    if high - low < 2:
        for number, one in enumerate(beside, 1):
            own_version(Deliverable, changes={"position": 2 * STEP * number}, row=one)
        low, high = 2 * STEP * place, 2 * STEP * (place + 1)
    return (low + high) // 2


def _rows_of(edition: Edition, activity: int) -> list[Deliverable]:
    rows = Deliverable.objects.at(DRAFT).filter(roadmap=edition.roadmap_id, heading=activity)
    return list(rows.order_by("position", "pk"))


def _activity(edition: Edition, heading: int) -> None:
    headings = HeadingText.objects.at(DRAFT).filter(roadmap=edition.roadmap_id, heading__kind=HeadingKind.ACTIVITY)
    if not headings.filter(heading=heading).exists():
        raise Refused(_("The activity for this row is no longer there."))


def place_heading(
    edition: Edition,
    *,
    heading: int,
    parent: int | None,
    after: int | None,
    by: User | None,
    now: dt.datetime,
    is_told: bool = True,
) -> None:
    """
    Put a section or an activity, with all that stands in it, into a section and after another heading there, or first.

    :raises Refused: if it is gone, or would stand in an activity or in itself
    """
    texts = headings_of(edition)
    text = next((one for one in texts if one.heading_id == heading), None)
    if text is None:
        raise Refused(_("The heading is no longer there."))
    _may_hold(texts, parent, heading)
    children = children_of(texts)
    siblings = next(level for level in children.values() if heading in level)
    place = siblings.index(heading)
    before = {"title": text.title, "parent": text.parent_id, "after": siblings[place - 1] if place else None}
    siblings.remove(heading)
    level = children.setdefault(parent, [])
    level.insert(level.index(after) + 1 if after in level else 0 if after is None else len(level), heading)
    if text.parent_id != parent:
        own_version(HeadingText, changes={"parent_id": parent}, row=text)
    arrange(edition.roadmap_id, texts, children)
    if is_told:
        told = {"title": text.title, "parent": parent, "after": after}
        tell(edition, "heading-placed", "heading", heading, by, now, before=before, after=told)


def headings_of(edition: Edition) -> list[HeadingText]:
    """List the sections and activities of the draft in the order of the document."""
    texts = HeadingText.objects.at(DRAFT).filter(roadmap=edition.roadmap_id, heading__kind__in=OF_THE_TABLE)
    return list(texts.select_related("heading").order_by("position", "heading"))


def _may_hold(texts: list[HeadingText], parent: int | None, heading: int) -> None:
    known = {text.heading_id: text for text in texts}
    at = parent
    while at is not None:
        if at not in known or known[at].heading.kind != HeadingKind.SECTION or at == heading:
            raise Refused(_("A heading can only stand in a section of the same plan, and not in itself."))
        at = known[at].parent_id


def renumber(edition: Edition, *, by: User | None, now: dt.datetime) -> None:
    """Number the activities anew, as the plan's numbering has it; numbers as typed stay."""
    mode = edition.roadmap.numbering
    if mode == Numbering.TYPED:
        return
    counts: dict[int | None, int] = {}
    activities = [text for text in headings_of(edition) if text.heading.kind == HeadingKind.ACTIVITY]
    dot = "." if sum(text.number.endswith(".") for text in activities) * 2 > len(activities) else ""
    for text in activities:
        where = text.parent_id if mode == Numbering.SECTIONS else None
        counts[where] = counts.get(where, 0) + 1
        number = f"{counts[where]}{dot}"
        if text.number != number:
            before = {"number": text.number}
            own_version(HeadingText, changes={"number": number}, row=text)
            tell(
                edition, "heading-changed", "heading", text.heading_id, by, now, before=before, after={"number": number}
            )
