"""The comparison table as rows that a template prints."""

from dataclasses import dataclass

from documents.paper.comparison import WIDTHS, ComparedCell, ComparedRow, ComparisonPaper


@dataclass(frozen=True)
class Side:
    """A column: its head and its width in mm."""

    head: str
    width: int


@dataclass(frozen=True)
class ComparedGroup:
    """The rows of one section."""

    title: str
    rows: tuple[ComparedRow, ...]


def compared(paper: ComparisonPaper) -> tuple[tuple[Side, ...], tuple[ComparedGroup, ...]]:
    """Give the columns and the groups of a comparison table."""
    heads = (paper.heads[0], *paper.sides, paper.heads[1])
    sides = tuple(Side(head, width) for head, width in zip(heads, WIDTHS, strict=True))
    return sides, tuple(ComparedGroup(section.title, section.rows) for section in paper.sections)


__all__ = ["ComparedCell", "ComparedGroup", "Side", "compared"]
