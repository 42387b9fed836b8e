"""Tables as the clipboard brings them: HTML of Word and Excel with merged cells, tab-separated text with quoted breaks."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from roadmaps.reading.blocks import Cell, Grid, Line, Row, clean

MAX_ROWS = 1_000
MAX_COLUMNS = 60
MAX_LETTERS = 3_000_000
_BREAKING = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table"})
_UNSEEN = frozenset({"style", "script", "head", "title", "xml", "o:p", "template"})
_BLANKS = re.compile(r"\s+")


@dataclass(slots=True)
class _Open:
    """A cell while it is read: its lines so far, and the automatic number that Word writes before one."""

    col: int
    span: int
    down: int
    bold: bool
    lines: list[Line] = field(default_factory=list)
    text: str = ""
    label: str = ""


class _Tables(HTMLParser):
    """Collects the outermost tables of a page; what is nested in a cell becomes lines of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._rows: list[Row] = []
        self._cells: dict[int, Cell] = {}
        self._over: dict[int, tuple[int, int]] = {}  # column → rows that it still covers, its width
        self._cell: _Open | None = None
        self._depth = self._unseen = 0
        self._labels: list[bool] = []
        self._bold = 0
        self._in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._rows, self._over = [], {}
            else:
                self._break()
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            self._cells, self._in_row = {}, True
        elif self._depth == 1 and tag in ("td", "th"):
            self._begin_cell(tag, dict(attrs))
        elif tag == "br" or tag in _BREAKING:
            self._break()
        elif tag == "span":
            given = dict(attrs)
            style = (given.get("style") or "").replace(" ", "").lower()
            self._labels.append("mso-list:ignore" in style or "data-label" in given)
        elif tag in ("b", "strong"):
            self._bold += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._end_row()
                self._end_table()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()
        elif tag in _BREAKING:
            self._break()
        elif tag == "span" and self._labels:
            self._labels.pop()
        elif tag in ("b", "strong"):
            self._bold = max(0, self._bold - 1)

    def handle_data(self, data: str) -> None:
        if self._cell is None or self._unseen:
            return
        text = _BLANKS.sub(" ", clean(data))
        if any(self._labels):
            self._cell.label += text
        else:
            self._cell.text += text
            self._cell.bold = self._cell.bold or bool(self._bold and text.strip())

    def close(self) -> None:
        """End what was left open."""
        super().close()
        self._end_row()
        self._end_table()

    def _begin_cell(self, tag: str, attrs: dict[str, str | None]) -> None:
        self._end_cell()
        self._in_row = True
        col = 0
        while col in self._over or col in self._taken():
            col += 1
        self._cell = _Open(
            col, _number(attrs.get("colspan"), MAX_COLUMNS), _number(attrs.get("rowspan"), MAX_ROWS), tag == "th"
        )

    def _taken(self) -> set[int]:
        return {at for cell in self._cells.values() for at in range(cell.col, cell.col + cell.span)}

    def _break(self) -> None:
        """End a line of the cell."""
        cell = self._cell
        if cell is None:
            return
        text, label = cell.text.strip(), cell.label.strip()
        if text or label:
            cell.lines.append(
                Line(text, label="-" if label in ("·", "•", "o", "§", "–", "-") else label, bold=cell.bold)
            )
        cell.text = cell.label = ""

    def _end_cell(self) -> None:
        cell = self._cell
        if cell is None:
            return
        self._break()
        self._cell = None
        if cell.col + cell.span > MAX_COLUMNS:
            return
        self._cells[cell.col] = Cell(tuple(cell.lines), cell.col, cell.span)
        if cell.down > 1:
            for at in range(cell.col, cell.col + cell.span):
                self._over[at] = (cell.down, cell.span if at == cell.col else 0)

    def _end_row(self) -> None:
        self._end_cell()
        if not self._in_row:
            return
        self._in_row = False
        own = self._taken()
        for col, (_down, span) in sorted(self._over.items()):
            if col not in own and span:
                self._cells[col] = Cell((), col, span, above=True)
        self._over = {col: (down - 1, span) for col, (down, span) in self._over.items() if down > 1}
        if len(self._rows) < MAX_ROWS:
            self._rows.append(Row(tuple(self._cells[col] for col in sorted(self._cells))))
        self._cells = {}

    def _end_table(self) -> None:
        if self._rows:
            self.grids.append(Grid(tuple(self._rows), width=_width(self._rows)))
        self._rows, self._over = [], {}


def _number(value: str | None, most: int) -> int:
    return min(int(value), most) if value and value.isdecimal() and len(value) < 6 and int(value) else 1


def _width(rows: Iterable[Row]) -> int:
    return max((cell.col + cell.span for row in rows for cell in row.cells), default=0)


def grids_of_html(html: str) -> list[Grid]:
    """Give the tables of a piece of HTML; merged cells are cells that go on from above, as Word's own are."""
    reader = _Tables()
    reader.feed(html[:MAX_LETTERS])
    reader.close()
    return reader.grids


def grid_of_text(text: str) -> Grid | None:
    """Give the table of tab-separated text as Excel copies it: a cell with line breaks is quoted; None if there is none."""
    if "\t" not in text:
        return None
    try:
        return _grid_of_lines(text)
    except csv.Error:  # a cell longer than any: a quotation mark that nothing closes
        return None


def _grid_of_lines(text: str) -> Grid:
    rows = []
    plain = clean(text[:MAX_LETTERS]).replace("\r\n", "\n").replace("\r", "\n")
    for values in csv.reader(io.StringIO(plain, newline=""), delimiter="\t"):
        cells = [
            Cell(tuple(Line(line.strip()) for line in value.split("\n") if line.strip()), col)
            for col, value in enumerate(values[:MAX_COLUMNS])
        ]
        rows.append(Row(tuple(cell for cell in cells if cell.lines)))
        if len(rows) == MAX_ROWS:
            break
    return Grid(tuple(rows), width=_width(rows))
