"""Changing the cells of one row in a draft that the caller holds: text, deadline, executors, whom it obliges."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from deadlines.grammar import read
from deadlines.values import Deadline
from organizations import journal
from organizations.models import Entry, User
from roadmaps.choices import DRAFT, Obliges, Rule
from roadmaps.executors import Roster
from roadmaps.models import Assignment, Deliverable, Edition, Link
from roadmaps.operations.dates import refresh
from roadmaps.operations.obliged import obliged_of, set_obliged
from roadmaps.operations.problems import Changed
from roadmaps.operations.versions import drop, own_version

OF_LISTS = frozenset({"executors", "obliged"})
"""Cells that are rows of other tables, and are read only where a change asks for them."""


def change_cells(
    edition: Edition,
    *,
    row: Deliverable,
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
    commitment = row.commitment_id
    was = _was(row, {*changes, *(expected or {})})
    changes = changes | _named(changes, was)
    if expected and any(was[name] != value for name, value in expected.items() if name in was):
        raise Changed
    own = row.own
    columns: dict[str, Any] = {name: changes[name] for name in ("text", "obliges") if name in changes}
    deadline = changes.get("deadline")
    if deadline is None and changes.get("phrase", was["phrase"]) != was["phrase"]:
        deadline = read(changes["phrase"], edition.roadmap.period)
    if deadline is not None:
        columns |= deadline_columns(deadline)
    if columns:
        own_version(Deliverable, changes=columns, row=row)
    if "executors" in changes and list(changes["executors"]) != was["executors"]:
        write_executors(edition, commitment, changes["executors"])
    if "obliged" in changes:
        is_named = changes.get("obliges", was["obliges"]) == Obliges.NAMED
        set_obliged(edition, commitment=commitment, organizations=changes["obliged"], is_named=is_named)
    if deadline is not None:
        refresh([commitment])
    after = {name: changes[name] for name in was if name in changes and changes[name] != was[name]}
    if deadline is not None:
        after["phrase"] = deadline.phrase
        after["deadline"] = deadline.to_json()
    if after:
        before = {name: was.get(name, own) for name in after}
        tell(edition, "row-changed", "commitment", commitment, by, now, before=before, after=after, reason=reason)


def _was(row: Deliverable, asked: Collection[str]) -> dict[str, Any]:
    """Give what the cells of a row say; lists only where a change or an expectation is about them."""
    was: dict[str, Any] = {"text": row.text, "phrase": row.own_deadline.phrase, "obliges": row.obliges}
    if "executors" in asked:
        was["executors"] = executors_of(row.commitment_id)
    if {"obliged", "obliges"} & set(asked):
        was["obliged"] = obliged_of(row.commitment_id)
    return was


def _named(changes: dict[str, Any], was: dict[str, Any]) -> dict[str, list[int]]:
    """Give the organizations that a changed row names: none any more where it no longer obliges by name."""
    if not {"obliges", "obliged"} & changes.keys():
        return {}
    is_named = changes.get("obliges", was["obliges"]) == Obliges.NAMED
    return {"obliged": sorted(changes.get("obliged", was["obliged"])) if is_named else []}


def change_phrase(
    edition: Edition, *, row: Deliverable, phrase: str, by: User | None, now: dt.datetime, reason: str = ""
) -> None:
    """
    Type another deadline into a row: where a link gave it one, the row has its own from now on.

    A row that keeps inside the window of an upper one goes on doing so, as long as what was typed lies inside.
    """
    inherits = [link for link in Link.objects.at(DRAFT).filter(lower=row.commitment_id) if link.rule != Rule.OWN]
    bound = [link for link in inherits if link.rule != Rule.WITHIN]
    for link in bound:
        free(edition, link, by=by, now=now)
    change_cells(edition, row=row, changes={"phrase": phrase}, by=by, now=now, reason=reason)
    if inherits and not bound:
        moved = Deliverable.objects.at(DRAFT).filter(commitment=row.commitment_id, effective__isnull=False)
        if moved.exists():
            for link in inherits:
                free(edition, link, by=by, now=now)
            refresh([row.commitment_id])


def free(edition: Edition, link: Link, *, by: User | None, now: dt.datetime) -> None:
    """Let a link no longer give the row its date; the caller refreshes the dates."""
    before = link_values(link)
    own_version(Link, changes={"rule": Rule.OWN, "days": 0, "working": False}, row=link)
    after = before | {"rule": Rule.OWN, "days": 0, "working": False}
    tell(edition, "row-linked", "commitment", link.lower_id, by, now, before=before, after=after)


def link_values(link: Link) -> dict[str, Any]:
    """Give how a row follows an upper one, as the journal remembers it."""
    names = ("kind", "rule", "days", "working", "lead_days")
    return {"upper": link.upper_id, **{name: getattr(link, name) for name in names}}


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


def write_executors(edition: Edition, commitment: int, texts: Sequence[str], roster: Roster | None = None) -> None:
    """Give a row these executors, in this order, each as far as it is understood."""
    roster = roster or Roster(edition.roadmap.organization, edition.roadmap_id)
    wanted = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    known = {one.text: one for one in Assignment.objects.at(DRAFT).filter(commitment=commitment)}
    for text in known.keys() - wanted:
        drop(Assignment, commitment=commitment, text=text)
    for position, text in enumerate(wanted):
        if text not in known:
            Assignment.objects.create(
                commitment_id=commitment,
                roadmap_id=edition.roadmap_id,
                position=position,
                text=text,
                **roster.columns(text),
            )
        elif known[text].position != position:
            own_version(Assignment, changes={"position": position}, row=known[text])


def executors_of(commitment: int) -> list[str]:
    """List the executors of a row of the draft, as written."""
    return list(
        Assignment.objects.at(DRAFT).filter(commitment=commitment).order_by("position").values_list("text", flat=True)
    )


def tell(edition: Edition, operation: str, kind: str, pk: int, by: User | None, now: dt.datetime, **rest: Any) -> Entry:
    """Write what was done with a row or a heading into the journal of the plan's owner."""
    return journal.record(
        operation=operation,
        subject_kind=kind,
        subject_id=pk,
        organization=edition.roadmap.organization_id,
        by=by,
        now=now,
        **rest,
    )
