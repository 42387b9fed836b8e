"""What differs between an edited file and the plan: changes that a person confirms one by one."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Deed(StrEnum):
    """What a change does."""

    ROW = "row"
    """cells of a row"""
    HEADING = "heading"
    """number or title of an activity, the words of a section, of the title, the goal or a task"""
    ROW_ADDED = "row-added"
    ACTIVITY_ADDED = "activity-added"
    SECTION_ADDED = "section-added"
    ROW_REMOVED = "row-removed"
    HEADING_REMOVED = "heading-removed"
    ROW_MOVED = "row-moved"
    HEADING_MOVED = "heading-moved"


class Cell(StrEnum):
    """Which cell a change is about."""

    NUMBER = "number"
    TITLE = "title"
    TEXT = "text"
    PHRASE = "phrase"
    EXECUTORS = "executors"


class Note(StrEnum):
    """What a person should know before confirming."""

    CHANGED_SINCE = "changed-since"
    """the plan changed the same cell after the file was exported"""
    REMOVED_SINCE = "removed-since"
    """the plan dropped the row after the file was exported; the file changed it"""
    INHERITED = "inherited"
    """a row above gives the deadline; the one of the file would be the row's own"""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell: how it reads now, how the file has it."""

    cell: Cell
    was: str
    became: str
    clashes: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """
    One thing to confirm.

    `key` names it in the form; `label` the row's number, `where` its activity or section; `target` is the key of the
    row or heading, None where it is new. `rows` are the rows that come or go with an activity; `behind` names what stands
    before its new place, empty where that is the front, None where nothing moves.
    """

    key: str
    deed: Deed
    label: str = ""
    where: str = ""
    words: str = ""
    target: int | None = None
    cells: tuple[CellChange, ...] = ()
    notes: tuple[Note, ...] = ()
    rows: tuple[str, ...] = ()
    removed: tuple[int, ...] = ()
    behind: str | None = None

    @property
    def clashes(self) -> bool:
        """Did the plan change the same thing since?"""
        return Note.CHANGED_SINCE in self.notes or Note.REMOVED_SINCE in self.notes


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row as the file writes it."""

    text: str
    phrase: str
    executors: tuple[str, ...]


@dataclass(slots=True)
class Step:
    """
    An entry of the file on the walk that applies changes: what it is, or what is to become of it.

    `key` is the row or heading that it is; `added` and `moved` the changes that have to be confirmed for it to come or
    to change its place.
    """

    key: int | None
    added: str = ""
    moved: str = ""
    is_section: bool = False
    number: str = ""
    title: str = ""
    row: NewRow | None = None
    rows: "list[Step]" = field(default_factory=list)


@dataclass(slots=True)
class Difference:
    """All that differs, and the walk over the file that applies it; `untouched` counts rows that moved on alone."""

    changes: list[Change]
    steps: list[Step]
    untouched: int = 0
    by_marks: bool = True

    @property
    def digest(self) -> str:
        """Name this very difference: whoever confirms it has seen this and no other."""
        data: list[Any] = [
            [one.key, one.words, [[c.cell, c.was, c.became] for c in one.cells], list(one.notes), list(one.rows)]
            for one in self.changes
        ]
        return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()[:32]
