"""An edition as it is compared, and what the comparison finds."""

import enum
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from deadlines.values import Deadline
from deadlines.wording import render


class Kind(enum.StrEnum):
    """What became of a row or a heading; `RENUMBERED` alone follows from what happened to its neighbours."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"


class Cell(enum.StrEnum):
    """What a row or a heading says; the first five stand on paper, the others only in the portal."""

    NUMBER = "number"
    TITLE = "title"
    TEXT = "text"
    DEADLINE = "deadline"
    EXECUTORS = "executors"
    OBLIGES = "obliges"
    LINKS = "links"


@dataclass(frozen=True, slots=True)
class LinkFact:
    """A link of a row: to which upper commitment, of which kind, by which rule."""

    upper: int
    kind: str
    rule: str
    days: int = 0
    working: bool = False
    lead_days: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A title, goal, task, section or activity as it stands in one edition; `path` are the sections above, outermost first."""

    pk: int
    kind: str
    number: str
    title: str
    path: tuple[int, ...] = ()
    since: int = 1
    until: int = 32_001


@dataclass(frozen=True, slots=True)
class Row:
    """
    A result as it stands in one edition.

    `label` is what people call it («7.2»). This version holds from edition `since` to before `until`; `moved_by` is the link
    by which the first of them moved it.
    """

    commitment: int
    heading: int
    label: str
    text: str = ""
    deadline: Deadline = field(default_factory=Deadline)
    executors: tuple[str, ...] = ()
    obliges: str = "nobody"
    obliged: tuple[int, ...] = ()
    links: tuple[LinkFact, ...] = ()
    since: int = 1
    until: int = 32_001
    moved_by: int | None = None

    @property
    def phrase(self) -> str:
        """The wording that stands in the document: as typed, or rendered where it is inherited."""
        return self.deadline.phrase or render(self.deadline)

    @property
    def follows(self) -> bool:
        """Whether paper marks the row as one that moves with the plan above."""
        return any(link.rule != "own" for link in self.links)


@dataclass(frozen=True)
class Side:
    """One edition: its headings and rows in document order, and the upper rows that it waives with the reasons."""

    number: int
    headings: Mapping[int, Heading]
    rows: Mapping[int, Row]
    waivers: Mapping[int, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Heading]:
        """Headings of one kind in document order."""
        return [heading for heading in self.headings.values() if heading.kind == kind]

    def rows_of(self, heading: int) -> list[Row]:
        """The rows of an activity in document order."""
        return [row for row in self.rows.values() if row.heading == heading]

    def section_of(self, heading: int) -> Heading | None:
        """The innermost section in which an activity stands."""
        found = self.headings.get(heading)
        return self.headings.get(found.path[-1]) if found and found.path else None


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell, as it read and as it reads; where a link or an obligation changed, `was` and `became` are empty."""

    cell: Cell
    was: str = ""
    became: str = ""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is not what it was: a side is missing where the row was added or dropped."""

    kind: Kind
    was: Row | None
    became: Row | None
    cells: tuple[CellChange, ...] = ()

    @property
    def row(self) -> Row:
        """The row as it stands later, or stood before it was dropped."""
        found = self.became or self.was
        assert found is not None  # a change has at least one side
        return found

    @property
    def on_paper(self) -> tuple[CellChange, ...]:
        """The changed cells that paper shows."""
        return tuple(change for change in self.cells if change.cell in ON_PAPER)


@dataclass(frozen=True, slots=True)
class HeadingChange:
    """A heading that is not what it was."""

    kind: Kind
    was: Heading | None
    became: Heading | None
    cells: tuple[CellChange, ...] = ()

    @property
    def heading(self) -> Heading:
        """The heading as it stands later, or stood before it was dropped."""
        found = self.became or self.was
        assert found is not None  # a change has at least one side
        return found


@dataclass(frozen=True, slots=True)
class WaiverChange:
    """An upper row that was declared not to apply, or no longer is; both reasons where only the reason changed."""

    upper: int
    was: str
    became: str


ON_PAPER = frozenset({Cell.NUMBER, Cell.TITLE, Cell.TEXT, Cell.DEADLINE, Cell.EXECUTORS})


@dataclass(frozen=True)
class Difference:
    """All that two editions do not share, in the order of the later one; dropped things stand where they stood."""

    was: Side
    became: Side
    headings: tuple[HeadingChange, ...] = ()
    rows: tuple[RowChange, ...] = ()
    waivers: tuple[WaiverChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.headings or self.rows or self.waivers)

    def __iter__(self) -> Iterator[RowChange]:
        return iter(self.rows)

    def fingerprint(self) -> str:
        """Give a SHA-256 of all that paper shows of the changes: the same as long as an order on them need not be worded anew."""
        said = [[change.kind, *map(_printed, (change.was, change.became))] for change in self.rows]
        said += [[change.kind, *map(_titled, (change.was, change.became))] for change in self.headings]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    def of_kind(self, *kinds: Kind) -> list[RowChange]:
        """Row changes of these kinds."""
        return [change for change in self.rows if change.kind in kinds]


def _printed(row: Row | None) -> list[object]:
    return [row.label, row.text, row.phrase, row.follows, *row.executors] if row else []


def _titled(heading: Heading | None) -> list[object]:
    return [heading.kind, heading.number, heading.title, *heading.path] if heading else []
