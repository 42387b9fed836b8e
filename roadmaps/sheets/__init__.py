"""An edition as one sheet: read whole, shown, checked, hashed."""

from roadmaps.sheets.data import (
    Sheet,
    SheetClause,
    SheetExecutor,
    SheetHeading,
    SheetLink,
    SheetRow,
    UpperRow,
)
from roadmaps.sheets.hashing import canonical, content_hash
from roadmaps.sheets.reading import load, title_of

__all__ = [
    "Sheet",
    "SheetClause",
    "SheetExecutor",
    "SheetHeading",
    "SheetLink",
    "SheetRow",
    "UpperRow",
    "canonical",
    "content_hash",
    "load",
    "title_of",
]
