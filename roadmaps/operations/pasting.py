"""Writing the rows of a pasted table into a draft that the caller holds."""

import datetime as dt
from collections.abc import Sequence

from deadlines.grammar import read
from organizations.models import User
from roadmaps.choices import DRAFT, HeadingKind
from roadmaps.editor.edits import lines
from roadmaps.executors import Roster
from roadmaps.models import Deliverable, Edition
from roadmaps.operations import cells, placing, rows
from roadmaps.operations.cells import tell
from roadmaps.operations.problems import RowGone
from roadmaps.operations.versions import next_position

Pasted = Sequence[str]
"""Section, number, activity, result, deadline, executors: six cells of a pasted row."""


def write(
    edition: Edition, pasted: Sequence[Pasted], matched: Sequence[int | None], *, by: User, now: dt.datetime
) -> None:
    """
    Write each row into the row of the draft that it matches, or append it; consecutive rows share an activity.

    :raises RowGone: if a matched row is no longer in the draft
    """
    press = Press(edition, by, now)
    for place, row in enumerate(pasted):
        commitment = matched[place] if place < len(matched) else None
        if commitment is None:
            press.append(row)
        else:
            press.fill(commitment, row)


class Press:
    """Appends pasted rows one after another: remembers the section and the activity in which the last one stood."""

    def __init__(self, edition: Edition, by: User, now: dt.datetime) -> None:
        self.edition, self.by, self.now = edition, by, now
        self.roster = Roster(edition.roadmap.organization, edition.roadmap_id)
        texts = placing.headings_of(edition)
        self.sections = {one.title: one.heading_id for one in texts if one.heading.kind == HeadingKind.SECTION}
        self.position = next_position(Deliverable.objects.at(DRAFT).filter(roadmap=edition.roadmap_id))
        self.activity: int | None = None
        self.stands: tuple[str, str, str] | None = None

    def fill(self, commitment: int, row: Pasted) -> None:
        """Write what a pasted row says into a row of the draft; an empty cell leaves what stands."""
        found = Deliverable.objects.at(DRAFT).filter(commitment=commitment, roadmap=self.edition.roadmap_id).first()
        if found is None:
            raise RowGone
        _section, _number, _activity, text, phrase, executors = row
        changes: dict[str, object] = {}
        if text and text != found.text:
            changes["text"] = text
        if executors and lines(executors) != cells.executors_of(commitment):
            changes["executors"] = lines(executors)
        if changes:
            cells.change_cells(self.edition, row=found, changes=changes, by=self.by, now=self.now)
        if phrase and phrase != found.own_deadline.phrase:
            found = Deliverable.objects.at(DRAFT).get(commitment=commitment)
            cells.change_phrase(self.edition, row=found, phrase=phrase, by=self.by, now=self.now)

    def append(self, row: Pasted) -> None:
        """Add a pasted row at the end of the plan, in its section and activity; those that are new are added first."""
        section, number, activity, text, phrase, executors = row
        named = (section, number, activity)
        if self.activity is None or ((number or activity) and named != self.stands):
            self.activity = self._heading(HeadingKind.ACTIVITY, activity, number, self._section(section))
            self.stands = named
        if not (text or phrase or executors):
            return
        made = rows.create_result(
            self.edition,
            activity=self.activity,
            position=self.position,
            text=text,
            deadline=read(phrase, self.edition.roadmap.period),
            executors=lines(executors),
            roster=self.roster,
        )
        self.position += placing.STEP
        after = {"text": text, "phrase": phrase, "executors": lines(executors)}
        tell(self.edition, "row-added", "commitment", made.pk, self.by, self.now, after=after)

    def _section(self, title: str) -> int | None:
        if not title:
            return None
        if title not in self.sections:
            self.sections[title] = self._heading(HeadingKind.SECTION, title, "", None)
        return self.sections[title]

    def _heading(self, kind: HeadingKind, title: str, number: str, parent: int | None) -> int:
        made = rows.create_heading(self.edition, kind=kind, title=title, number=number[:20], parent=parent)
        after = {"kind": kind, "number": number, "title": title}
        tell(self.edition, "heading-added", "heading", made.pk, self.by, self.now, after=after)
        return made.pk
