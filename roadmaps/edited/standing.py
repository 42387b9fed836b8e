"""A plan as it stands, in the shape in which an edited file is held against it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of headings, as the portal names them."""

    TITLE = "title"
    GOAL = "goal"
    TASK = "task"
    SECTION = "section"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A row: what is printed of it; `inherited` tells that a row above gives the deadline."""

    key: int
    label: str
    text: str
    phrase: str
    executors: tuple[str, ...]
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class StandingHeading:
    """
    A section or an activity in the order of print.

    `shown` is the number that is printed, also where the heading has none of its own; `section` the heading under which
    it is printed, wherever it hangs; `depth` counts the sections above a section.
    """

    key: int
    kind: Kind
    number: str
    shown: str
    title: str
    section: int | None = None
    rows: tuple[StandingRow, ...] = ()
    depth: int = 0

    @property
    def heading(self) -> str:
        """Number and title as a section prints them."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class StandingText:
    """The title, a goal or a task."""

    key: int
    kind: Kind
    text: str


@dataclass
class Standing:
    """A plan as it stands."""

    headings: list[StandingHeading]
    texts: list[StandingText] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.heading = {one.key: one for one in self.headings}
        self.row = {row.key: row for row in self.rows()}
        self.activity_of = {row.key: one.key for one in self.headings for row in one.rows}

    def rows(self) -> Iterator[StandingRow]:
        """Walk the rows in order."""
        for one in self.headings:
            yield from one.rows

    def entries(self) -> Iterator[tuple[str, int]]:
        """Walk headings and rows as a file keeps their order."""
        for one in self.headings:
            yield "h", one.key
            for row in one.rows:
                yield "r", row.key
