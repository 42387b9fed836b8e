"""Reading Excel: each visible sheet as a grid of what its cells show."""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from roadmaps.reading.blocks import Cell, Content, Grid, Line, Row, clean, marks_in
from roadmaps.reading.excel_formats import built_in, shown_date, shown_number
from roadmaps.reading.package import Element, Package
from roadmaps.reading.refusals import CannotRead
from roadmaps.reading.word_lists import number

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAX_ROWS = 2_000
MAX_CELLS = 40_000
MAX_COLUMNS = 200
MAX_SHEETS = 30
MAX_MERGES = 20_000

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_TRUE = ("1", "true", "on")


def read_excel(package: Package) -> Content:
    """Read a workbook's visible sheets; cells show what Excel would, formulas their stored values."""
    return _Workbook(package).content


class _Workbook:
    def __init__(self, package: Package) -> None:
        self.content = Content()
        book = package.xml(package.main)
        relations = package.relations(package.main)
        kinds = {kind.rpartition("/")[2]: part for kind, _, part in relations}
        parts = {name: part for _, name, part in relations}
        self._strings = _shared_strings(package.xml(kinds.get("sharedStrings", "xl/sharedStrings.xml"), needed=False))
        self._formats, self._bold, self._centred = _styles(
            package.xml(kinds.get("styles", "xl/styles.xml"), needed=False)
        )
        settings = None if book is None else book.find(S + "workbookPr")
        self._epoch_1904 = settings is not None and settings.get("date1904") in _TRUE
        self._left = MAX_CELLS
        sheets = [] if book is None else book.findall(f"{S}sheets/{S}sheet")
        visible = [sheet for sheet in sheets if (sheet.get("state") or "visible") == "visible"]
        if len(visible) < len(sheets):
            self.content.note("hidden-sheets")
        for sheet in visible[:MAX_SHEETS]:
            part = parts.get(sheet.get(R + "id") or "")
            root = package.xml(part) if part and part in package else None
            if root is not None and root.tag == S + "worksheet":
                self.content.blocks.append(self._sheet(root, clean(sheet.get("name") or "")))

    def _sheet(self, root: Element, name: str) -> Grid:
        hidden = _hidden_columns(root)
        filtered = root.find(S + "autoFilter") is not None
        found: dict[int, dict[int, Cell]] = {}
        marks: dict[int, tuple[str, ...]] = {}
        last = 0
        for row in root.iterfind(f"{S}sheetData/{S}row"):
            at = number(row.get("r"), last + 1) or last + 1
            last = at
            cells, marks[at] = self._cells(row, hidden)
            if row.get("hidden") in _TRUE and cells:
                # Rows that a filter hides still belong to the plan; rows that a person hid do not.
                self.content.note("filtered-rows" if filtered else "hidden-rows")
                if not filtered:
                    continue
            if cells or marks[at]:
                found[at] = cells
            if len(found) > MAX_ROWS:
                raise CannotRead("too-many-rows", limit=MAX_ROWS)
        merges = _merges(root)
        rows = tuple(
            replace(one, marks=marks[int(one.place)]) if marks.get(int(one.place)) else one
            for one in _rows(found, merges, hidden)
        )
        return Grid(rows, name=name, width=_width(found, merges, hidden))

    def _cells(self, row: Element, hidden: set[int]) -> tuple[dict[int, Cell], tuple[str, ...]]:
        """Read a row's cells; what the portal's own files keep in a column of theirs are its marks, shown or hidden."""
        cells: dict[int, Cell] = {}
        marks: tuple[str, ...] = ()
        last = -1
        for element in row:
            if element.tag != S + "c":
                continue
            address = _ADDRESS.match(element.get("r") or "")
            col = _column(address[1]) if address else last + 1
            last = col
            text = self._value(element)
            found = marks_in(text)
            # Unhidden, a column of marks is still one; a person's own text is never taken for a mark.
            if found and (col in hidden or all(one.count("_") == 2 for one in found)):
                marks += found
                continue
            if col in hidden and text:
                self.content.note("hidden-columns")
            if not text or col in hidden or col >= MAX_COLUMNS:
                continue
            self._left -= 1
            if self._left < 0:
                raise CannotRead("too-many-rows", limit=MAX_ROWS)
            style = number(element.get("s"))
            bold = 0 <= style < len(self._bold) and self._bold[style]
            align = self._centred[style] if 0 <= style < len(self._centred) else ""
            lines = tuple(Line(line.strip(), bold=bold, align=align) for line in text.split("\n"))
            cells[col] = Cell(lines, col)
        return cells, marks

    def _value(self, element: Element) -> str:
        kind = element.get("t") or "n"
        if kind == "inlineStr":
            return _rich(element.find(S + "is"))
        stored = element.find(S + "v")
        raw = "" if stored is None else stored.text or ""
        if not raw:
            if element.find(S + "f") is not None:
                self.content.note("formula-without-value")
            return ""
        if kind == "s":
            at = number(raw, -1)
            return self._strings[at] if 0 <= at < len(self._strings) else ""
        if kind == "str":
            return clean(raw).strip()
        if kind == "b":
            return "ИСТИНА" if raw == "1" else "ЛОЖЬ"
        if kind == "e":
            self.content.note("formula-error")
            return ""
        style = number(element.get("s"))
        form = self._formats[style] if 0 <= style < len(self._formats) else "General"
        if kind == "d":
            try:
                return shown_date(dt.datetime.fromisoformat(raw), "dd.mm.yyyy" if form == "General" else form)
            except ValueError:
                return clean(raw)
        try:
            return shown_number(float(raw), form, epoch_1904=self._epoch_1904)
        except (ValueError, OverflowError):
            return clean(raw)


def _shared_strings(root: Element | None) -> list[str]:
    return [] if root is None else [_rich(item) for item in root.iterfind(S + "si")]


def _rich(item: Element | None) -> str:
    """Join the runs of a string; phonetic hints are no text."""
    if item is None:
        return ""
    pieces: list[str] = []
    for child in item:
        if child.tag == S + "t":
            pieces.append(child.text or "")
        elif child.tag == S + "r":
            pieces.extend(text.text or "" for text in child.iterfind(S + "t"))
    text = re.sub(
        r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)) if int(m[1], 16) < 0xD800 else "", "".join(pieces)
    )
    return clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _styles(root: Element | None) -> tuple[list[str], list[bool], list[str]]:
    """List number format, weight and alignment for every cell style."""
    if root is None:
        return [], [], []
    own = {number(x.get("numFmtId")): x.get("formatCode") or "General" for x in root.iterfind(f"{S}numFmts/{S}numFmt")}
    fonts = [
        (mark := font.find(S + "b")) is not None and (mark.get("val") or "1") in _TRUE
        for font in root.iterfind(f"{S}fonts/{S}font")
    ]
    formats: list[str] = []
    bold: list[bool] = []
    aligned: list[str] = []
    for style in root.iterfind(f"{S}cellXfs/{S}xf"):
        code = number(style.get("numFmtId"))
        font = number(style.get("fontId"))
        formats.append(own.get(code) or built_in(code))
        bold.append(0 <= font < len(fonts) and fonts[font])
        alignment = style.find(S + "alignment")
        aligned.append("" if alignment is None else alignment.get("horizontal") or "")
    return formats, bold, aligned


def _hidden_columns(root: Element) -> set[int]:
    hidden: set[int] = set()
    for column in root.iterfind(f"{S}cols/{S}col"):
        if column.get("hidden") in _TRUE:
            first, last = number(column.get("min"), 1), number(column.get("max"), 1)
            hidden.update(range(first - 1, min(last, MAX_COLUMNS)))
    return hidden


Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, all inclusive; columns from 0."""


def _merges(root: Element) -> list[Merge]:
    merges: list[Merge] = []
    for element in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
        first, _, last = (element.get("ref") or "").partition(":")
        start, end = _ADDRESS.match(first), _ADDRESS.match(last or first)
        if start and end and len(merges) < MAX_MERGES:
            right = min(_column(end[1]), MAX_COLUMNS - 1)
            merges.append((int(start[2]), _column(start[1]), int(end[2]), right))
    return merges


def _rows(found: dict[int, dict[int, Cell]], merges: list[Merge], hidden: set[int]) -> tuple[Row, ...]:
    """Lay cells and merged ranges out row by row; only rows that hold text or a continued merge with text."""
    numbers = sorted(found)
    covered: dict[int, dict[int, Cell]] = {}
    spans: dict[tuple[int, int], int] = {}
    for top, left, bottom, right in merges:
        span = sum(1 for col in range(left, right + 1) if col not in hidden)
        if not span:
            continue
        shift = next(col for col in range(left, right + 1) if col not in hidden)
        spans[top, shift] = span
        # Only rows that exist: a merge may claim a million of them.
        for row in _between(numbers, top + 1, bottom):
            covered.setdefault(row, {})[shift] = Cell((), shift, span, above=True)
    rows: list[Row] = []
    previous = 0
    for at in numbers:
        if at > previous + 1 and rows:
            rows.append(Row((), place=str(at - 1)))
        previous = at
        rows.append(Row(_row(found[at], covered.get(at, {}), at, spans, hidden), place=str(at)))
    return tuple(rows)


def _row(
    own: dict[int, Cell], above: dict[int, Cell], at: int, spans: dict[tuple[int, int], int], hidden: set[int]
) -> tuple[Cell, ...]:
    columns = {**own, **above}
    cells: list[Cell] = []
    free = 0
    for col in sorted(columns):
        shown = col - sum(1 for other in hidden if other < col)
        if shown < free:
            continue  # text beneath a merged range is not shown
        cell = columns[col]
        span = cell.span if cell.above else spans.get((at, col), 1)
        cells.append(Cell(cell.lines, shown, span, cell.above))
        free = shown + span
    return tuple(cells)


def _between(numbers: list[int], first: int, last: int) -> list[int]:
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]


def _width(found: dict[int, dict[int, Cell]], merges: list[Merge], hidden: set[int]) -> int:
    last = max((col for cells in found.values() for col in cells), default=-1)
    return last + 1 - sum(1 for col in hidden if col <= last)


def _column(letters: str) -> int:
    col = 0
    for letter in letters:
        col = col * 26 + ord(letter) - 64
    return col - 1
