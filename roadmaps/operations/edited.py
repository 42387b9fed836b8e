"""A plan that comes back as an edited file: received, held against the plan, brought in as far as it was confirmed."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import transaction

from documents.operations.files import store_file
from organizations import journal
from organizations.models import User
from roadmaps import papers, sheets
from roadmaps.choices import DRAFT, EditedState, HeadingKind, LinkKind, Rule
from roadmaps.edited.changes import Cell, Change, Deed, Difference, Step
from roadmaps.edited.comparing import compare
from roadmaps.edited.document import EditedPlan, read_edited
from roadmaps.edited.origin import Origin
from roadmaps.edited.wording import executors_of
from roadmaps.models import EditedFile, Edition, Roadmap
from roadmaps.operations import editions, links, rows, structure
from roadmaps.operations.places import put_heading, put_row
from roadmaps.operations.problems import Changed, NothingChosen
from roadmaps.operations.versions import lock, writing
from roadmaps.sheets import Sheet


@transaction.atomic
def receive(*, roadmap: Roadmap, name: str, data: bytes, by: User, now: dt.datetime) -> EditedFile:
    """
    Read an edited file and keep it beside the plan; the plan stays as it is.

    :raises CannotRead: if the file cannot be read safely or holds no plan
    """
    document = read_edited(data, name)
    file = store_file(organization=roadmap.organization, name=name, data=data, by=by, now=now)
    brought = EditedFile.objects.create(
        roadmap=roadmap, file=file, document=document.to_json(), created_at=now, created_by=by
    )
    _tell(brought, "edited-file-received", by, now, after={"file": file.name, "sha256": file.sha256})
    return brought


def is_of(origin: Origin | None, roadmap: int) -> bool:
    """Tell whether a file says that it comes from this plan of this portal; it may lie, and gets nothing by that."""
    return origin is not None and origin.plan == roadmap and origin.portal == settings.BASE_URL


def difference(brought: EditedFile, sheet: Sheet) -> Difference:
    """Give what an edited file changes in its plan as it stands now."""
    document = EditedPlan.from_json(brought.document)
    return compare(document, papers.standing_of(sheet), trusted=is_of(document.origin, brought.roadmap_id))


@transaction.atomic
def bring_in(brought: EditedFile, *, accepted: Collection[str], seen: str, by: User, now: dt.datetime) -> Edition:
    """
    Bring the confirmed changes of an edited file into the draft; where there is none, a new edition is opened.

    Everything happens or nothing does.

    :param accepted: keys of the confirmed changes
    :param seen: digest of the difference that the person saw
    :raises Changed: if the plan, or this file, has moved on since she saw it
    :raises NothingChosen: if nothing was confirmed
    :raises NotWritable: if the draft is submitted
    """
    roadmap = lock(brought.roadmap_id)
    if not accepted:
        raise NothingChosen
    shown = current(roadmap.pk)
    if difference(brought, sheets.load(shown)).digest != seen:
        raise Changed
    settled = EditedFile.objects.filter(pk=brought.pk, state=EditedState.WAITING)
    if not settled.update(state=EditedState.APPLIED, settled_at=now):
        raise Changed
    if shown.number != DRAFT:
        editions.open_edition(shown.roadmap, by=by, now=now)
    with writing(roadmap.pk, now=now) as edition:
        sheet = sheets.load(edition)
        found = difference(brought, sheet)
        chosen = {one.key: one for one in found.changes if one.key in accepted}
        _Bringing(edition, sheet, chosen, by=by, now=now).through(found.steps)
        after = {"file": brought.file.name, "sha256": brought.file.sha256, "count": len(chosen)}
        _tell(brought, "edited-file-brought-in", by, now, after=after)
    return edition


@transaction.atomic
def drop(brought: EditedFile, *, by: User, now: dt.datetime) -> None:
    """Put an edited file aside; nothing of it enters the plan."""
    waiting = EditedFile.objects.filter(pk=brought.pk, state=EditedState.WAITING)
    if waiting.update(state=EditedState.DROPPED, settled_at=now):
        _tell(brought, "edited-file-dropped", by, now, after={"file": brought.file.name})


def current(roadmap: int) -> Edition:
    """Give the edition that an edited file is held against: the draft, else the one in force."""
    found = Edition.objects.filter(roadmap=roadmap).select_related("roadmap__organization").order_by("-number").first()
    assert found is not None, "a plan has an edition from its beginning to its end"
    return found


class _Bringing:
    """One walk over the file, with the confirmed changes at hand; the caller holds the draft."""

    def __init__(
        self, edition: Edition, sheet: Sheet, chosen: dict[str, Change], *, by: User, now: dt.datetime
    ) -> None:
        self.edition, self.sheet, self.chosen = edition, sheet, chosen
        self.roadmap = edition.roadmap_id
        self.deed: dict[str, Any] = {"by": by, "now": now}
        self.anchor: int | None = None
        self.section: int | None = None
        self.is_refused_section = False

    def through(self, steps: list[Step]) -> None:
        for change in self.chosen.values():
            if change.deed is Deed.HEADING:
                self._heading(change)
            elif change.deed is Deed.ROW:
                self._row(change)
        for step in steps:
            if step.is_section:
                self._section(step)
            else:
                self._activity(step)
        self._removals()

    # Cells

    def _heading(self, change: Change) -> None:
        values = {str(cell.cell): cell.became for cell in change.cells}
        assert change.target is not None, "a changed heading is one of the plan's"
        rows.edit_heading(roadmap=self.roadmap, heading=change.target, changes=values, **self.deed)

    def _row(self, change: Change) -> None:
        assert change.target is not None, "a changed row is one of the plan's"
        row = self.sheet.row[change.target]
        values: dict[str, Any] = {}
        for cell in change.cells:
            if cell.cell is Cell.EXECUTORS:
                values["executors"] = executors_of(cell.became, [one.text for one in row.executors])
            else:
                values[str(cell.cell)] = cell.became
        if "phrase" in values:
            for link in row.links:
                if link.rule != Rule.OWN:
                    # A deadline that a person wrote into the file is the row's own from now on.
                    links.link(roadmap=self.roadmap, lower=row.commitment, upper=link.upper_id,
                               kind=LinkKind(link.kind), rule=Rule.OWN, lead_days=link.lead_days, **self.deed)  # fmt: skip
        rows.edit_result(roadmap=self.roadmap, commitment=row.commitment, changes=values, **self.deed)

    # Places

    def _section(self, step: Step) -> None:
        self.is_refused_section = step.key is None and step.added not in self.chosen
        if self.is_refused_section:
            return
        if step.key is None:
            parent = self.sheet.heading[self.section].parent if self.section in self.sheet.heading else None
            step.key = self._added(step, HeadingKind.SECTION, parent)
        elif step.moved in self.chosen:
            self._put(step.key, self.sheet.heading[step.key].parent)
        self.section = self.anchor = step.key

    def _activity(self, step: Step) -> None:
        if step.key is None:
            if step.added not in self.chosen or self.is_refused_section:
                return
            step.key = self._added(step, HeadingKind.ACTIVITY, self.section)
            self.anchor = step.key
        elif step.moved in self.chosen and not self.is_refused_section:
            self._put(step.key, self.section)
            self.anchor = step.key
        elif not step.moved:
            self.anchor = step.key
        behind: int | None = None
        for row in step.rows:
            behind = self._placed(row, step.key, behind)

    def _added(self, step: Step, kind: HeadingKind, section: int | None) -> int:
        made = rows.add_heading(
            roadmap=self.roadmap, kind=kind, title=step.title, number=step.number[:20], parent=None, **self.deed
        )
        put_heading(self.edition, made.pk, section=section, after=self.anchor)
        return made.pk

    def _put(self, heading: int, section: int | None) -> None:
        put_heading(self.edition, heading, section=section, after=self.anchor)
        title = self.sheet.heading[heading].title
        rows.tell(self.edition, "heading-moved", "heading", heading, after={"title": title}, **self.deed)

    def _placed(self, row: Step, activity: int, behind: int | None) -> int | None:
        """Add or move one row; gives the row behind which the next one stands."""
        if row.key is not None:
            if row.moved in self.chosen:
                put_row(self.edition, row.key, activity=activity, after=behind)
                rows.tell(self.edition, "row-moved", "commitment", row.key, after={"activity": activity}, **self.deed)
            elif row.moved:
                return behind
            return row.key
        if row.row is None or row.added not in self.chosen:
            return behind
        made = rows.add_result(
            roadmap=self.roadmap,
            activity=activity,
            text=row.row.text,
            phrase=row.row.phrase,
            executors=row.row.executors,
            **self.deed,
        )
        put_row(self.edition, made.pk, activity=activity, after=behind)
        return made.pk

    # What goes

    def _removals(self) -> None:
        gone = [one for one in self.chosen.values() if one.target is not None]
        for change in gone:
            if change.deed is Deed.ROW_REMOVED and change.target is not None:
                rows.drop_result(roadmap=self.roadmap, commitment=change.target, **self.deed)
        headings = [one for one in gone if one.deed is Deed.HEADING_REMOVED]
        # What stands in a section goes before the section.
        for change in sorted(headings, key=lambda one: -self._depth(one.target or 0)):
            structure.drop_heading(
                roadmap=self.roadmap, heading=change.target or 0, rows=len(change.removed), **self.deed
            )

    def _depth(self, heading: int) -> int:
        found = self.sheet.heading[heading]
        return len(self.sheet.path(found)) + (1000 if found.kind == HeadingKind.ACTIVITY else 0)


def _tell(brought: EditedFile, operation: str, by: User, now: dt.datetime, **rest: Any) -> None:
    journal.record(
        operation=operation,
        subject_kind="roadmap",
        subject_id=brought.roadmap_id,
        organization=brought.roadmap.organization_id,
        by=by,
        now=now,
        **rest,
    )


__all__ = ["bring_in", "current", "difference", "drop", "is_of", "receive"]
