"""Writing the rows of a draft: headings, results, executors."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from deadlines.grammar import read
from deadlines.values import Deadline
from organizations import journal
from organizations.models import Entry, User
from roadmaps.choices import CURRENT, DRAFT, OPEN, HeadingKind, Obliges
from roadmaps.executors import Roster
from roadmaps.models import Assignment, Commitment, Deliverable, Edition, Heading, HeadingText, Link, Obliged
from roadmaps.operations.dates import refresh
from roadmaps.operations.obliged import obliged_of, set_obliged
from roadmaps.operations.problems import Changed
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
    changes = {name: changes[name] for name in ("number", "title") if name in changes}
    with writing(roadmap, now=now) as edition:
        _, before = own_version(HeadingText, changes=changes, heading=heading, roadmap=roadmap)
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


def deadline_columns(deadline: Deadline) -> dict[str, Any]:
    """Give the columns of a row whose own deadline holds."""
    return {
        "own": deadline.to_json(),
        "effective": None,
        "kind": deadline.kind.value,
        "start": deadline.start,
        "due": deadline.due,
        "own_start": deadline.start,
        "own_due": deadline.due,
    }


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
        was: dict[str, Any] = {"text": row.text, "phrase": row.own_deadline.phrase, "obliges": row.obliges}
        was["executors"], was["obliged"] = _executors(commitment), obliged_of(commitment)
        changes = changes | _named(changes, was)
        if expected and any(was[name] != value for name, value in expected.items() if name in was):
            raise Changed
        columns: dict[str, Any] = {name: changes[name] for name in ("text", "obliges") if name in changes}
        deadline = changes.get("deadline")
        if deadline is None and changes.get("phrase", was["phrase"]) != was["phrase"]:
            deadline = read(changes["phrase"], edition.roadmap.period)
        if deadline is not None:
            columns |= deadline_columns(deadline)
        if columns:
            own_version(Deliverable, changes=columns, commitment=commitment, roadmap=roadmap)
        if "executors" in changes and list(changes["executors"]) != was["executors"]:
            write_executors(edition, commitment, changes["executors"])
        if "obliged" in changes:
            is_named = changes.get("obliges", was["obliges"]) == Obliges.NAMED
            set_obliged(edition, commitment=commitment, organizations=changes["obliged"], is_named=is_named)
        refresh([commitment])
        after = {name: changes[name] for name in was if name in changes and changes[name] != was[name]}
        if deadline is not None:
            after["phrase"] = deadline.phrase
            after["deadline"] = deadline.to_json()
        if after:
            before = {name: was.get(name, row.own) for name in after}
            tell(edition, "row-changed", "commitment", commitment, by, now, before=before, after=after, reason=reason)


def _named(changes: dict[str, Any], was: dict[str, Any]) -> dict[str, list[int]]:
    """Give the organizations that a changed row names: none any more where it no longer obliges by name."""
    if not {"obliges", "obliged"} & changes.keys():
        return {}
    is_named = changes.get("obliges", was["obliges"]) == Obliges.NAMED
    return {"obliged": sorted(changes.get("obliged", was["obliged"])) if is_named else []}


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
        "executors": _executors(row.commitment_id),
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
    if row is None:
        told = Entry.objects.about("commitment", commitment).filter(operation="row-dropped").first()
        if told is None or not told.before or "heading" not in told.before:
            return False
        _recreate(edition, commitment, told.before)
    else:
        for model, name in OF_A_ROW:
            reopen(model, **{name: commitment})
        if not HeadingText.objects.at(DRAFT).filter(heading=row.heading_id).exists():
            reopen(HeadingText, heading=row.heading_id)
    refresh([commitment])
    return True


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
    in_force = set(
        Deliverable.objects.at(CURRENT)
        .filter(commitment__in=[link["upper_id"] for link in was["links"]])
        .values_list("commitment", flat=True)
    )
    for link in was["links"]:
        if link["upper_id"] in in_force:
            Link.objects.create(lower_id=commitment, roadmap_id=edition.roadmap_id, **link)


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


def write_executors(edition: Edition, commitment: int, texts: Sequence[str], roster: Roster | None = None) -> None:
    """Give a row these executors, in this order, each as far as it is understood."""
    roster = roster or Roster(edition.roadmap.organization, edition.roadmap_id)
    wanted = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    for known in Assignment.objects.at(DRAFT).filter(commitment=commitment):
        if known.text not in wanted:
            drop(Assignment, commitment=commitment, text=known.text)
    known_texts = dict(Assignment.objects.at(DRAFT).filter(commitment=commitment).values_list("text", "position"))
    for position, text in enumerate(wanted):
        if text not in known_texts:
            Assignment.objects.create(
                commitment_id=commitment,
                roadmap_id=edition.roadmap_id,
                position=position,
                text=text,
                **roster.columns(text),
            )
        elif known_texts[text] != position:
            own_version(Assignment, changes={"position": position}, commitment=commitment, text=text)


def _executors(commitment: int) -> list[str]:
    return list(
        Assignment.objects.at(DRAFT).filter(commitment=commitment).order_by("position").values_list("text", flat=True)
    )


def reopen(model: Any, **identity: Any) -> None:
    """Let what is in force, and was taken out of the draft, stand in it again."""
    model.objects.filter(until=DRAFT, **identity).update(until=OPEN)


def tell(edition: Edition, operation: str, kind: str, pk: int, by: User | None, now: dt.datetime, **rest: Any) -> None:
    """Write what was done with a row or a heading into the journal of the plan's owner."""
    journal.record(
        operation=operation,
        subject_kind=kind,
        subject_id=pk,
        organization=edition.roadmap.organization_id,
        by=by,
        now=now,
        **rest,
    )
