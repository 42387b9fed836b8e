"""Places in a draft: a row behind another, in this activity or from another one; a heading with all that stands in it."""

from collections.abc import Mapping, Sequence

from roadmaps.choices import DRAFT, HeadingKind
from roadmaps.models import Deliverable, Edition, HeadingText
from roadmaps.operations.versions import own_version

GAP = 1000
IN_THE_TABLE = (HeadingKind.SECTION, HeadingKind.ACTIVITY)


def put_row(edition: Edition, commitment: int, *, activity: int, after: int | None) -> None:
    """Put a row of a draft that the caller holds behind another one of an activity, or at its front."""
    rows = Deliverable.objects.at(DRAFT).filter(roadmap=edition.roadmap_id, heading=activity)
    held = dict(rows.exclude(commitment=commitment).order_by("position", "pk").values_list("commitment", "position"))
    for key, position in _places(held, [commitment], after).items():
        changes = {"position": position} | ({"heading_id": activity} if key == commitment else {})
        own_version(Deliverable, changes=changes, commitment=key, roadmap=edition.roadmap_id)


def put_heading(edition: Edition, heading: int, *, section: int | None, after: int | None) -> None:
    """
    Put a section or an activity of a draft that the caller holds behind another heading, or at the front of the table.

    What stands in it goes along. `section` is where it shall stand from now on.
    """
    texts = HeadingText.objects.at(DRAFT).filter(roadmap=edition.roadmap_id, heading__kind__in=IN_THE_TABLE)
    found = list(texts.order_by("position", "heading").values_list("heading", "position", "parent"))
    parents = {key: parent for key, _, parent in found}
    inside = [key for key, _, _ in found if _stands_in(key, heading, parents)]
    held = {key: position for key, position, _ in found if key not in inside}
    for key, position in _places(held, inside, after).items():
        changes: dict[str, int | None] = {"position": position}
        if key == heading:
            changes["parent_id"] = section
        own_version(HeadingText, changes=changes, heading=key, roadmap=edition.roadmap_id)


def _places(held: dict[int, int], fresh: Sequence[int], after: int | None) -> dict[int, int]:
    """
    Give the positions to write so that `fresh` stands behind `after`.

    :param held: key → position of the others, in order; only where no room is left between two, these move too
    """
    keys = list(held)
    at = keys.index(after) + 1 if after in held else 0
    room = GAP * (len(fresh) + 1)
    if not keys:
        low, high = 0, room
    elif at == 0:
        high = held[keys[0]]
        low = high - room
    else:
        low = held[keys[at - 1]]
        high = held[keys[at]] if at < len(keys) else low + room
    step = (high - low) // (len(fresh) + 1)
    if step >= 1:
        return {key: low + step * count for count, key in enumerate(fresh, 1)}
    order = [*keys[:at], *fresh, *keys[at:]]
    anew = {key: GAP * count for count, key in enumerate(order, 1)}
    return {key: position for key, position in anew.items() if held.get(key) != position}


def _stands_in(heading: int, section: int, parents: Mapping[int, int | None]) -> bool:
    at: int | None = heading
    while at is not None:
        if at == section:
            return True
        at = parents.get(at)
    return False
