"""
Undoing and redoing steps of the grid: every deed of the journal has its inverse.

A step is the last of an account's own that stands; what somebody else has done since in the same place is never undone
with it.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction

from deadlines.values import Deadline
from organizations.models import Entry, User
from roadmaps.choices import DRAFT, StepState
from roadmaps.models import Deliverable, Edit, Edition, HeadingText, Link, Roadmap
from roadmaps.operations import cells, links, placing, rows, structure
from roadmaps.operations.cells import tell
from roadmaps.operations.problems import Changed, NothingToRedo, NothingToUndo, Overtaken, Refused

Inverse = Callable[[Edition, Entry, User, dt.datetime], None]


def standing_step(edition: Edition, by: User) -> Edit | None:
    """Give the last edit of an account in this draft that can be undone."""
    return _own(edition, by).filter(state=StepState.STANDS).last()


def undone_step(edition: Edition, by: User) -> Edit | None:
    """Give the edit that would be done again: the first undone one after the last that stands."""
    last = standing_step(edition, by)
    found = _own(edition, by).filter(state=StepState.UNDONE)
    return (found.filter(pk__gt=last.pk) if last else found).first()


def _own(edition: Edition, by: User) -> Any:
    return Edit.objects.filter(roadmap=edition.roadmap_id, by=by, at__gte=edition.opened_at).order_by("pk")


def undo(edition: Edition, *, by: User, at: dt.datetime) -> str:
    """
    Undo the last step that stands, in a draft that the caller holds; gives its name.

    :raises NothingToUndo: if there is none
    :raises Overtaken: if something was done in the same place since; the step is left as it is, the one before is next
    """
    last = standing_step(edition, by)
    if last is None:
        raise NothingToUndo
    edits = list(_own(edition, by).filter(step=last.step, state=StepState.STANDS))
    # What was undone before something else was done can never be done again.
    _own(edition, by).filter(state=StepState.UNDONE, pk__lt=edits[0].pk).update(state=StepState.SPENT)
    return _turn(edition, edits, StepState.UNDONE, edits, by, at)


def redo(edition: Edition, *, by: User, at: dt.datetime) -> str:
    """
    Do the last undone step again, in a draft that the caller holds; gives its name.

    :raises NothingToRedo: if nothing was undone, or something else was done since
    """
    first = undone_step(edition, by)
    if first is None:
        raise NothingToRedo
    edits = list(_own(edition, by).filter(step=first.step, state=StepState.UNDONE))
    turned = _own(edition, by).filter(of=first.step, state=StepState.TURN).last()
    if turned is None:
        raise NothingToRedo
    return _turn(edition, edits, StepState.STANDS, [turned], by, at)


def _turn(edition: Edition, edits: list[Edit], state: StepState, sources: list[Edit], by: User, at: dt.datetime) -> str:
    """Turn back what the sources did, the last first; the edits then have this state."""
    pks = [edit.pk for edit in edits]
    try:
        with transaction.atomic():
            for source in reversed(sources):
                for entry in _entries(edition, source):
                    inverse = INVERSES.get(entry.operation)
                    if inverse is not None:
                        inverse(edition, entry, by, at)
    except Refused as refused:
        raise Spent(edits[0].step, pks, refused) from refused
    Edit.objects.filter(pk__in=pks).update(state=state)
    return edits[0].step


class Spent(Overtaken):
    """A step that could not be turned back: `edits` are never asked again, so that the one before can be."""

    def __init__(self, step: str, edits: list[int], why: Refused) -> None:
        super().__init__()
        self.step, self.edits, self.why = step, edits, why


def _entries(edition: Edition, edit: Edit) -> list[Entry]:
    """List what an edit did, the last first."""
    owner = edition.roadmap.organization_id
    return list(Entry.objects.filter(organization=owner, at=edit.at, by=edit.by_id).order_by("-pk"))


def _row(edition: Edition, commitment: int) -> Deliverable:
    row = Deliverable.objects.at(DRAFT).filter(commitment=commitment, roadmap=edition.roadmap_id).first()
    if row is None:
        raise Overtaken
    return row


def _row_changed(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    before, after = dict(entry.before or {}), dict(entry.after or {})
    row = _row(edition, entry.subject_id)
    changes = {name: before[name] for name in ("text", "executors", "obliges", "obliged") if name in before}
    if "deadline" in before:
        changes["deadline"] = Deadline.from_json(before["deadline"])
    elif "phrase" in before:
        changes["phrase"] = before["phrase"]
    expected = {name: value for name, value in after.items() if name != "deadline"}
    try:
        cells.change_cells(edition, row=row, changes=changes, expected=expected, by=by, now=now)
    except Changed as changed:
        raise Overtaken from changed


def _row_added(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    row = _row(edition, entry.subject_id)
    if Entry.objects.about("commitment", row.commitment_id).filter(at__gt=entry.at).exclude(by=entry.by).exists():
        raise Overtaken
    tell(edition, "row-dropped", "commitment", row.commitment_id, by, now, before=rows.take_out(row))


def _row_dropped(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    if not rows.bring_back(edition, entry.subject_id):
        raise Overtaken
    tell(edition, "row-restored", "commitment", entry.subject_id, by, now)


def _row_placed(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    row, before, after = _row(edition, entry.subject_id), entry.before or {}, entry.after or {}
    if row.heading_id != after["heading"]:
        raise Overtaken
    placing.place_row(edition, row=row, activity=before["heading"], after=before["after"], by=by, now=now)


def _row_linked(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    before, after = entry.before, dict(entry.after or {})
    known = Link.objects.at(DRAFT).filter(lower=entry.subject_id, upper=after["upper"]).first()
    if known is None or any(getattr(known, name) != value for name, value in after.items() if name != "upper"):
        raise Overtaken
    if before is None:
        links.untie(edition, lower=entry.subject_id, upper=after["upper"], by=by, now=now)
    else:
        values = {name: value for name, value in before.items() if name != "upper"}
        links.tie(edition, lower=entry.subject_id, upper=before["upper"], values=values, by=by, now=now)


def _row_unlinked(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    before = dict(entry.before or {})
    upper = before.pop("upper")
    _row(edition, entry.subject_id)
    if before:
        links.tie(edition, lower=entry.subject_id, upper=upper, values=before, by=by, now=now)


def _waived(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    links.take_declaration_back(edition, upper=(entry.after or {})["upper"], by=by, now=now)


def _unwaived(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    reason = (entry.before or {}).get("reason", "")
    links.declare_foreign(edition, upper=(entry.after or {})["upper"], reason=reason, by=by, now=now)


def _heading_changed(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    before, after = dict(entry.before or {}), dict(entry.after or {})
    text = HeadingText.objects.at(DRAFT).filter(heading=entry.subject_id, roadmap=edition.roadmap_id).first()
    if text is None or any(getattr(text, name) != value for name, value in after.items()):
        raise Overtaken
    rows.change_words(edition, heading=entry.subject_id, changes=before, by=by, now=now)


def _heading_added(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    structure.take_heading_out(edition, heading=entry.subject_id, rows=0, by=by, now=now)


def _heading_dropped(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    if not structure.bring_heading_back(edition, heading=entry.subject_id, by=by, now=now, with_rows=False):
        raise Overtaken


def _heading_restored(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    inside = Deliverable.objects.at(DRAFT).filter(heading=entry.subject_id).count()
    structure.take_heading_out(edition, heading=entry.subject_id, rows=inside, by=by, now=now)


def _heading_placed(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    before = entry.before or {}
    placing.place_heading(
        edition, heading=entry.subject_id, parent=before["parent"], after=before["after"], by=by, now=now
    )


def _plan_numbered(edition: Edition, entry: Entry, by: User, now: dt.datetime) -> None:
    was, mode = (entry.before or {})["numbering"], (entry.after or {})["numbering"]
    Roadmap.objects.filter(pk=edition.roadmap_id).update(numbering=was)
    edition.roadmap.numbering = was
    before, after = {"numbering": mode}, {"numbering": was}
    tell(edition, "plan-numbered", "roadmap", edition.roadmap_id, by, now, before=before, after=after)


INVERSES: dict[str, Inverse] = {
    "row-changed": _row_changed,
    "row-added": _row_added,
    "row-dropped": _row_dropped,
    "row-restored": _row_added,
    "row-placed": _row_placed,
    "row-linked": _row_linked,
    "row-unlinked": _row_unlinked,
    "row-waived": _waived,
    "row-unwaived": _unwaived,
    "heading-changed": _heading_changed,
    "heading-added": _heading_added,
    "heading-dropped": _heading_dropped,
    "heading-restored": _heading_restored,
    "heading-placed": _heading_placed,
    "plan-numbered": _plan_numbered,
}
"""What turns each deed of the journal back; a deed that is not here leaves nothing to turn back."""
