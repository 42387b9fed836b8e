"""What both formats have in common before anything is understood: lines of text and grids of cells."""

import re
import unicodedata
from dataclasses import dataclass, field

_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_BLANKS = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Line:
    """
    One visible line: a paragraph, or the part of it between two forced breaks.

    `label` is its automatic number as Word shows it («1.», «IV.»; «-» for a bullet); `opens` tells that a new
    paragraph begins here; `fresh` that it begins a page; `nested` that it is a row of a table inside the cell.
    `marks` are the bookmarks that begin in its paragraph.
    """

    text: str
    label: str = ""
    align: str = ""
    bold: bool = False
    indent: int = 0
    opens: bool = True
    fresh: bool = False
    nested: bool = False
    marks: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The text with tabs as single spaces."""
        return squeeze(self.text)

    @property
    def shown(self) -> str:
        """The text as a reader sees it, its automatic number included."""
        return f"{self.label} {self.plain}".strip() if self.label else self.plain

    @property
    def right(self) -> bool:
        """Does it stand in the right half of the page, as stamps do (more than about 8 cm from the left)?"""
        return self.align in ("right", "end") or self.indent >= 4400


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that covers `span` columns from `col`; `above` continues the cell over it and has no text of its own."""

    lines: tuple[Line, ...]
    col: int
    span: int = 1
    above: bool = False
    tables: tuple["Grid", ...] = ()

    @property
    def text(self) -> str:
        """All lines with their automatic numbers, empty ones left out."""
        return "\n".join(line.shown for line in self.lines if line.shown)

    @property
    def words(self) -> str:
        """All lines in one, without automatic numbers."""
        return " ".join(line.plain for line in self.lines if line.plain)

    @property
    def blank(self) -> bool:
        return not any(line.plain or line.label for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """
    A row of cells from left to right; `header` if Word repeats it on every page.

    `marks` are what the file keeps beside the row to know it again: bookmarks of Word, a hidden column of Excel.
    """

    cells: tuple[Cell, ...]
    header: bool = False
    place: str = ""
    marks: tuple[str, ...] = ()

    def at(self, col: int) -> Cell | None:
        """Find the cell that covers a column."""
        for cell in self.cells:
            if cell.col <= col < cell.col + cell.span:
                return cell
        return None

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.blank]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of Word or a sheet of Excel; `name` is the sheet's."""

    rows: tuple[Row, ...]
    name: str = ""
    width: int = 0
    borders: bool = True


Block = Line | Grid


@dataclass(slots=True)
class Content:
    """What a file shows, in order; `notes` are codes of what was done on the way («tracked-changes»)."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, code: str) -> None:
        if code not in self.notes:
            self.notes.append(code)


MARK = re.compile(r"(?:row|head|part)_\d{1,18}(?:_[0-9a-f]{1,32})?")
"""What the portal's own files keep of a row or a heading: its key, and prints of its cells as they were written."""


def marks_in(text: str) -> tuple[str, ...]:
    """Give the marks of a text that holds nothing else; of any other text none."""
    found = text.split()
    return tuple(found) if found and all(MARK.fullmatch(one) for one in found) else ()


def clean(text: str) -> str:
    """Bring text to NFC with ordinary spaces and without invisible characters; tabs and line breaks stay."""
    if text.isascii():
        return _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _SPACES.sub(" ", text)))


def squeeze(text: str) -> str:
    """Collapse blanks, keep line breaks."""
    return _BLANKS.sub(" ", text).strip()


def flat(text: str) -> str:
    """Collapse all white space, line breaks too."""
    return " ".join(text.split())


def lowered(text: str) -> str:
    """Prepare words for comparison: lower case, ё as е, only single spaces."""
    return flat(text).lower().replace("ё", "е")


def grids_within(blocks: list[Block]) -> list[Grid]:
    """List all grids in order, nested ones after the grid that holds them."""
    found: list[Grid] = []
    for block in blocks:
        if isinstance(block, Grid):
            found.append(block)
            for row in block.rows:
                for cell in row.cells:
                    found.extend(grids_within(list(cell.tables)))
    return found
