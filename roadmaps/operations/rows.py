"""Writing the rows of a draft: headings, results, executors."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from deadlines.grammar import read
from deadlines.values import Deadline
from organizations.models import Entry, User
from roadmaps.choices import CURRENT, DRAFT, OPEN, HeadingKind, Obliges
from roadmaps.executors import Roster
from roadmaps.models import Assignment, Commitment, Deliverable, Edition, Heading, HeadingText, Link, Obliged
from roadmaps.operations.cells import change_cells, deadline_columns, executors_of, tell, write_executors
from roadmaps.operations.dates import refresh
from roadmaps.operations.obliged import set_obliged
from roadmaps.operations.versions import drop, next_position, own_version, writing


def add_heading(
    *,
    roadmap: int,
    kind: HeadingKind,
    title: str,
    number: str = "",
    parent: int | None = None,
    by: User | None,
    now: dt.datetime,
) -> Heading:
    """Add a section or an activity at the end of its parent, or of the plan."""
    with writing(roadmap, now=now) as edition:
        heading = create_heading(edition, kind=kind, title=title, number=number, parent=parent)
        tell(
            edition,
            "heading-added",
            "heading",
            heading.pk,
            by,
            now,
            after={"kind": kind, "number": number, "title": title},
        )
    return heading


def create_heading(
    edition: Edition,
    *,
    kind: HeadingKind,
    title: str,
    number: str = "",
    parent: int | None = None,
    position: int | None = None,
) -> Heading:
    """Create a heading in a draft that the caller holds; many of them make a plan, so this one keeps no journal."""
    heading = Heading.objects.create(roadmap_id=edition.roadmap_id, kind=kind)
    if position is None:
        position = place_for_heading(edition.roadmap_id, parent)
    HeadingText.objects.create(
        heading=heading, roadmap_id=edition.roadmap_id, parent_id=parent, position=position, number=number, title=title
    )
    return heading


def place_for_heading(roadmap: int, parent: int | None) -> int:
    """Give the position at the end of a section, before what follows it; without a section, at the end of the plan."""
    headings = HeadingText.objects.at(DRAFT).filter(roadmap=roadmap)
    if parent is None:
        return next_position(headings)
    parents: dict[int, int | None] = dict(headings.values_list("heading", "parent"))
    places = dict(headings.values_list("heading", "position"))
    inside = {heading for heading in parents if _stands_in(heading, parent, parents)}
    last = max(places[heading] for heading in inside)
    after = min((place for place in places.values() if place > last), default=None)
    if after is None:
        return last + 1000
    if after - last < 2:
        for heading, place in places.items():
            if place >= after:
                own_version(HeadingText, changes={"position": place + 1000}, heading=heading, roadmap=roadmap)
        after += 1000
    return (last + after) // 2


def _stands_in(heading: int, section: int, parents: dict[int, int | None]) -> bool:
    at: int | None = heading
    while at is not None:
        if at == section:
            return True
        at = parents.get(at)
    return False


def edit_heading(*, roadmap: int, heading: int, changes: dict[str, str], by: User | None, now: dt.datetime) -> None:
    """Change the number or the title of a heading; `changes` knows only these two names."""
    with writing(roadmap, now=now) as edition:
        change_words(edition, heading=heading, changes=changes, by=by, now=now)


def change_words(edition: Edition, *, heading: int, changes: dict[str, str], by: User | None, now: dt.datetime) -> None:
    """Change the number or the title of a heading in a draft that the caller holds."""
    changes = {name: changes[name] for name in ("number", "title") if name in changes}
    _, before = own_version(HeadingText, changes=changes, heading=heading, roadmap=edition.roadmap_id)
    if before != changes:
        tell(edition, "heading-changed", "heading", heading, by, now, before=before, after=changes)


def add_result(
    *,
    roadmap: int,
    activity: int,
    text: str,
    phrase: str,
    executors: Sequence[str] = (),
    obliges: str = Obliges.NOBODY,
    obliged: Sequence[int] = (),
    by: User | None,
    now: dt.datetime,
) -> Commitment:
    """Add a result to an activity of the draft; `obliged` are the organizations that it obliges by name."""
    with writing(roadmap, now=now) as edition:
        position = next_position(Deliverable.objects.at(DRAFT).filter(roadmap=roadmap))
        commitment = create_result(
            edition,
            activity=activity,
            position=position,
            text=text,
            deadline=read(phrase, edition.roadmap.period),
            executors=executors,
            obliges=obliges,
        )
        set_obliged(edition, commitment=commitment.pk, organizations=obliged, is_named=obliges == Obliges.NAMED)
        after: dict[str, Any] = {"text": text, "phrase": phrase, "executors": list(executors), "obliges": obliges}
        if obliges == Obliges.NAMED:
            after["obliged"] = sorted(obliged)
        tell(edition, "row-added", "commitment", commitment.pk, by, now, after=after)
    return commitment


def create_result(
    edition: Edition,
    *,
    activity: int,
    position: int,
    text: str,
    deadline: Deadline,
    executors: Sequence[str] = (),
    obliges: str = Obliges.NOBODY,
    roster: Roster | None = None,
) -> Commitment:
    """Create a result in a draft that the caller holds; `roster` spares asking the registers for every row."""
    commitment = Commitment.objects.create(roadmap_id=edition.roadmap_id)
    Deliverable.objects.create(
        commitment=commitment,
        roadmap_id=edition.roadmap_id,
        heading_id=activity,
        position=position,
        text=text,
        obliges=obliges,
        **deadline_columns(deadline),
    )
    write_executors(edition, commitment.pk, executors, roster)
    return commitment


def edit_result(
    *,
    roadmap: int,
    commitment: int,
    changes: dict[str, Any],
    expected: dict[str, Any] | None = None,
    by: User | None,
    now: dt.datetime,
    reason: str = "",
) -> None:
    """
    Change cells of one row: `text`, `phrase` or `deadline`, `executors`, `obliges`, `obliged`; other names are ignored.

    :param expected: what the person saw; where the row says otherwise by now, nothing is written
    :raises Changed: if somebody else changed one of the expected cells
    """
    with writing(roadmap, now=now) as edition:
        row = Deliverable.objects.at(DRAFT).get(commitment=commitment, roadmap=roadmap)
        change_cells(edition, row=row, changes=changes, expected=expected, by=by, now=now, reason=reason)


def drop_result(*, roadmap: int, commitment: int, by: User | None, now: dt.datetime, reason: str = "") -> None:
    """Take a row out of the draft; an activity without rows goes with it."""
    with writing(roadmap, now=now) as edition:
        row = Deliverable.objects.at(DRAFT).get(commitment=commitment, roadmap=roadmap)
        before = take_out(row)
        if not Deliverable.objects.at(DRAFT).filter(heading=row.heading_id).exists():
            drop(HeadingText, heading=row.heading_id)
        tell(edition, "row-dropped", "commitment", commitment, by, now, before=before, reason=reason)


def take_out(row: Deliverable) -> dict[str, Any]:
    """Take a row out of a draft that the caller holds; gives what the journal has to remember of it."""
    before = _remembered(row)
    for model, name in OF_A_ROW:
        drop(model, **{name: row.commitment_id})
    return before


OF_A_ROW = ((Deliverable, "commitment"), (Assignment, "commitment"), (Obliged, "commitment"), (Link, "lower"))
"""What goes and comes back with a row, and how it names the row."""


def _remembered(row: Deliverable) -> dict[str, Any]:
    """Give all that the journal needs to bring a dropped row back, also one that never was in force."""
    heading = HeadingText.objects.at(DRAFT).get(heading=row.heading_id)
    links = Link.objects.at(DRAFT).filter(lower=row.commitment_id).order_by("pk")
    obliged = Obliged.objects.at(DRAFT).filter(commitment=row.commitment_id)
    return {
        "text": row.text,
        "phrase": row.own_deadline.phrase,
        "deadline": row.own,
        "executors": executors_of(row.commitment_id),
        "obliges": row.obliges,
        "obliged": list(obliged.values_list("organization", flat=True)),
        "position": row.position,
        "heading": {
            name: getattr(heading, name) for name in ("heading_id", "parent_id", "position", "number", "title")
        },
        "links": list(links.values("upper_id", "kind", "rule", "days", "working", "lead_days")),
    }


def restore_result(*, roadmap: int, commitment: int, by: User | None, now: dt.datetime) -> bool:
    """
    Bring back a row that this draft dropped, from the edition in force or else from the journal.

    False if the row stands in the draft, or nothing is known of it.
    """
    with writing(roadmap, now=now) as edition:
        if not bring_back(edition, commitment):
            return False
        tell(edition, "row-restored", "commitment", commitment, by, now)
    return True


def bring_back(edition: Edition, commitment: int) -> bool:
    """Put a row and its activity back into a draft that the caller holds; False if it stands there or is unknown."""
    if Deliverable.objects.at(DRAFT).filter(commitment=commitment).exists():
        return False
    if not Commitment.objects.filter(pk=commitment, roadmap=edition.roadmap_id).exists():
        return False
    row = Deliverable.objects.filter(commitment=commitment, roadmap=edition.roadmap_id, until=DRAFT).first()
    told = Entry.objects.about("commitment", commitment).filter(operation="row-dropped").first()
    was: dict[str, Any] = (told and told.before) or {}
    if row is None:
        if "heading" not in was:
            return False
        _recreate(edition, commitment, was)
    else:
        for model, name in OF_A_ROW:
            reopen(model, **{name: commitment})
        if not HeadingText.objects.at(DRAFT).filter(heading=row.heading_id).exists():
            reopen(HeadingText, heading=row.heading_id)
        if "heading" in was and told is not None and told.at >= edition.opened_at:
            _as_dropped(edition, commitment, was)
    refresh([commitment])
    return True


def _as_dropped(edition: Edition, commitment: int, was: dict[str, Any]) -> None:
    """Let a row that came back from what is in force read as the draft had it when it was dropped."""
    row = Deliverable.objects.at(DRAFT).get(commitment=commitment)
    values: dict[str, Any] = {name: was[name] for name in ("text", "obliges", "position")}
    heading = was["heading"]["heading_id"]
    if HeadingText.objects.at(DRAFT).filter(heading=heading).exists():
        values["heading_id"] = heading
    changes = {name: value for name, value in values.items() if getattr(row, name) != value}
    if row.own != was["deadline"]:
        changes |= deadline_columns(Deadline.from_json(was["deadline"]))
    if changes:
        own_version(Deliverable, changes=changes, row=row)
    if executors_of(commitment) != was["executors"]:
        write_executors(edition, commitment, was["executors"])
    standing = {link.upper_id: link for link in Link.objects.at(DRAFT).filter(lower=commitment)}
    wanted = {link["upper_id"]: link for link in was["links"]}
    for upper in standing.keys() - wanted.keys():
        drop(Link, lower=commitment, upper=upper)
    _link_again(edition, commitment, list(wanted.values()), standing)


def _link_again(
    edition: Edition, commitment: int, links: list[dict[str, Any]], standing: dict[int, Link] | None = None
) -> None:
    """Tie a row to the upper rows of these links that are in force, by the same rules."""
    standing = standing or {}
    uppers = [link["upper_id"] for link in links]
    current = Deliverable.objects.at(CURRENT).filter(commitment__in=uppers)
    in_force = set(current.values_list("commitment", flat=True))
    for link in links:
        known = standing.get(link["upper_id"])
        if link["upper_id"] not in in_force:
            continue
        if known is None:
            Link.objects.create(lower_id=commitment, roadmap_id=edition.roadmap_id, **link)
        elif any(getattr(known, name) != value for name, value in link.items()):
            own_version(Link, changes=link, row=known)


def _recreate(edition: Edition, commitment: int, was: dict[str, Any]) -> None:
    """Write a row of the draft again as the journal remembers it; links to rows no longer in force stay away."""
    heading = was["heading"]
    if not HeadingText.objects.at(DRAFT).filter(heading=heading["heading_id"]).exists():
        if heading["parent_id"] and not HeadingText.objects.at(DRAFT).filter(heading=heading["parent_id"]).exists():
            heading = heading | {"parent_id": None}
        HeadingText.objects.create(roadmap_id=edition.roadmap_id, **heading)
    Deliverable.objects.create(
        commitment_id=commitment,
        roadmap_id=edition.roadmap_id,
        heading_id=heading["heading_id"],
        position=was["position"],
        text=was["text"],
        obliges=was["obliges"],
        **deadline_columns(Deadline.from_json(was["deadline"])),
    )
    write_executors(edition, commitment, was["executors"])
    for organization in was["obliged"]:
        Obliged.objects.create(commitment_id=commitment, roadmap_id=edition.roadmap_id, organization_id=organization)
    _link_again(edition, commitment, was["links"])


def move_result(*, roadmap: int, commitment: int, up: bool, by: User | None, now: dt.datetime) -> bool:
    """Let a row and its neighbour in the same activity change places; False at the edge."""
    with writing(roadmap, now=now) as edition:
        rows = Deliverable.objects.at(DRAFT)
        row = rows.get(commitment=commitment, roadmap=roadmap)
        beside = rows.filter(roadmap=roadmap, heading=row.heading_id)
        beside = (
            beside.filter(position__lt=row.position).order_by("-position")
            if up
            else beside.filter(position__gt=row.position).order_by("position")
        )
        other = beside.first()
        if other is None:
            return False
        places = (other.position, row.position)
        for which, position in zip((row, other), places, strict=True):
            own_version(Deliverable, changes={"position": position}, commitment=which.commitment_id, roadmap=roadmap)
        tell(edition, "row-moved", "commitment", commitment, by, now, after={"up": up})
    return True


def reopen(model: Any, **identity: Any) -> None:
    """Let what is in force, and was taken out of the draft, stand in it again."""
    model.objects.filter(until=DRAFT, **identity).update(until=OPEN)
