"""A comparison table: how rows of a document read and how they read now."""

from collections.abc import Iterator
from dataclasses import dataclass

from documents.paper.sheet import StampedPaper

WIDTHS = (21, 89, 89, 58)
"""mm of the columns: row, was, became, why; together the text of a landscape sheet."""


@dataclass(frozen=True)
class Run:
    """A stretch of a text; `mark` is «del» for words that went, «ins» for words that came, else empty."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class ComparedCell:
    """A cell on one side: what it is called («Срок») and its words."""

    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, kw_only=True)
class ComparedRow:
    """One change: the number of the row and what became of it, both sides, where the change comes from."""

    number: str
    word: str
    title: str = ""
    was: tuple[ComparedCell, ...] = ()
    became: tuple[ComparedCell, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComparedSection:
    """The changes of one section; without a title, of a document without sections."""

    title: str
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, kw_only=True)
class ComparisonPaper(StampedPaper):
    """
    A comparison table on landscape sheets.

    `sides` head the two columns: «Было. Редакция 1, приказ от … № …». `legend` says how the words that changed are set.
    """

    sides: tuple[str, str]
    sections: tuple[ComparedSection, ...]
    legend: str = ""
    heads: tuple[str, str] = ("Строка", "Основание")

    @property
    def name(self) -> str:
        """The title in one line, for the file's own title."""
        return " ".join(self.title)

    def rows(self) -> Iterator[ComparedRow]:
        """All rows in reading order."""
        for section in self.sections:
            yield from section.rows
