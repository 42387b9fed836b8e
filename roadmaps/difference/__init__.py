"""
What differs between two editions of a plan: plain data in, plain data out.

`data` says how an edition is held for comparing, `comparing` pairs rows and headings by their identity, `words` finds
the words of a text that were replaced, and `outlines` tells which edition last changed a row. `reading` is the only
part that asks the database.
"""

from roadmaps.difference.comparing import compare
from roadmaps.difference.data import (
    Cell,
    CellChange,
    Difference,
    Heading,
    HeadingChange,
    Kind,
    LinkFact,
    Row,
    RowChange,
    Side,
    WaiverChange,
)
from roadmaps.difference.words import Piece, pieces

__all__ = [
    "Cell",
    "CellChange",
    "Difference",
    "Heading",
    "HeadingChange",
    "Kind",
    "LinkFact",
    "Piece",
    "Row",
    "RowChange",
    "Side",
    "WaiverChange",
    "compare",
    "pieces",
]
