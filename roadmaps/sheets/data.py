"""
An edition as one sheet: everything that a page, a check or a hash says of it.

`roadmaps.sheets.reading` reads it in four statements whatever the rows; here is what it then holds.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from deadlines.values import Deadline, Period
from roadmaps.choices import HeadingKind
from roadmaps.models import Edition


@dataclass(slots=True)
class SheetHeading:
    """A section or an activity as it stands in this edition; `ref` counts activities from 1."""

    pk: int
    kind: str
    parent: int | None
    position: int
    number: str
    title: str
    ref: str = ""


@dataclass(slots=True)
class UpperRow:
    """
    A row of a plan in force above.

    `called` is what plans below call its owner («край»; an institute by its short name), `is_named` whether it
    obliges the sheet's own organization by name.
    """

    commitment: int
    roadmap: int
    level: int
    ref: str
    number: str
    activity: str
    text: str
    deadline: Deadline
    obliges: str
    is_named: bool
    organization: int
    kind: str
    called: str
    called_genitive: str
    order: int | None
    ordered_on: dt.date | None


@dataclass(slots=True)
class SheetLink:
    """A link of a row with the upper row that it names, where that is in force."""

    pk: int
    lower: int
    upper_id: int
    kind: str
    rule: str
    days: int
    working: bool
    lead_days: int
    upper: UpperRow | None


@dataclass(slots=True)
class SheetExecutor:
    """An executor as written, what it is, and whether it is somebody of another body."""

    text: str
    kind: str
    group: str
    is_foreign: bool


@dataclass(slots=True)
class SheetRow:
    """One result: its own phrase, the deadline in effect, executors and links."""

    commitment: int
    version: int
    heading: int
    position: int
    ref: str
    label: str
    text: str
    own: Deadline
    deadline: Deadline
    obliges: str
    is_touched: bool
    executors: list[SheetExecutor] = field(default_factory=list)
    links: list[SheetLink] = field(default_factory=list)
    obliged: list[int] = field(default_factory=list)


@dataclass(slots=True)
class SheetClause:
    """A clause of the edition's own order, or of an order above."""

    order: int
    number: str
    text: str
    deadline: Deadline | None


@dataclass
class Sheet:
    """
    One edition, read whole.

    `remarks` are (who, what) that stand open at a row, whatever the edition; `clusters` are those of its programme.
    """

    edition: Edition
    title: str
    headings: list[SheetHeading]
    rows: list[SheetRow]
    uppers: list[UpperRow]
    upper_links: list[SheetLink]
    waivers: dict[int, str]
    explanations: dict[str, tuple[str, str]]
    clauses: list[SheetClause] = field(default_factory=list)
    remarks: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    clusters: list[str] = field(default_factory=list)

    @property
    def period(self) -> Period:
        return self.edition.roadmap.period

    @cached_property
    def heading(self) -> dict[int, SheetHeading]:
        return {heading.pk: heading for heading in self.headings}

    @cached_property
    def row(self) -> dict[int, SheetRow]:
        return {row.commitment: row for row in self.rows}

    @cached_property
    def upper(self) -> dict[int, UpperRow]:
        return {row.commitment: row for row in self.uppers}

    def of_kind(self, kind: HeadingKind) -> list[SheetHeading]:
        return [heading for heading in self.headings if heading.kind == kind]

    def activities(self) -> list[tuple[SheetHeading, list[SheetRow]]]:
        """Activities in document order, each with its rows; an activity of a draft may still have none."""
        rows = defaultdict(list)
        for row in self.rows:
            rows[row.heading].append(row)
        return [(heading, rows[heading.pk]) for heading in self.of_kind(HeadingKind.ACTIVITY)]

    def path(self, heading: SheetHeading) -> list[SheetHeading]:
        """The sections above a heading, outermost first."""
        found, at = [], heading.parent
        while at is not None and at in self.heading:
            found.append(self.heading[at])
            at = self.heading[at].parent
        return found[::-1]
