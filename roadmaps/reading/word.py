"""Reading Word: what a .docx shows when all tracked changes are accepted."""

from collections.abc import Iterable
from dataclasses import replace

from roadmaps.reading.blocks import MARK, Block, Cell, Content, Grid, Line, Row, clean
from roadmaps.reading.package import Element, Package
from roadmaps.reading.refusals import CannotRead
from roadmaps.reading.word_lists import Numbering, Style, W, number, read_styles, switched, val

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MAX_ROWS = 2_000
MAX_SPAN = 63
"""Word's own limit of columns; a forged span must not blow a grid up."""

_WITHIN = {
    W + tag for tag in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir",
                        "bdo", "ruby", "rubyBase")
} | {MC + "Choice"}  # fmt: skip
_BOX = W + "txbxContent"
_BOOKMARK = W + "bookmarkStart"


def read_word(package: Package) -> Content:
    """Read a Word document's body into lines and grids."""
    return _Word(package).content


class _Word:
    """One pass over a document; lists are counted, deleted paragraph marks carried over on the way."""

    def __init__(self, package: Package) -> None:
        self.content = Content()
        targets = {kind.rpartition("/")[2]: part for kind, _, part in package.relations(package.main)}
        styles = targets.get("styles", "word/styles.xml")
        lists = targets.get("numbering", "word/numbering.xml")
        self._styles, self._default = read_styles(package.xml(styles, needed=False))
        self._numbering = Numbering(package.xml(lists, needed=False), self._styles)
        self._carried: list[str] = []
        self._fields: list[bool] = []
        self._fresh = False
        self._left = MAX_ROWS
        body = package.xml(package.main).find(W + "body")  # type: ignore[union-attr]
        if body is not None:
            self.content.blocks = self._blocks(body)

    def _blocks(self, parent: Element) -> list[Block]:
        blocks: list[Block] = []
        for element in parent:
            tag = element.tag
            if tag == W + "p":
                blocks.extend(self._paragraph(element))
            elif tag == W + "tbl":
                blocks.append(self._table(element))
            elif tag in _WITHIN:
                blocks.extend(self._blocks(element))
            elif tag in (W + "del", W + "moveFrom"):
                self.content.note("tracked-changes")
            elif tag == MC + "AlternateContent":
                blocks.extend(self._blocks(_choice(element)))
            elif tag == W + "altChunk":
                self.content.note("foreign-part")
        return blocks

    # Paragraphs

    def _paragraph(self, element: Element) -> list[Block]:
        properties = element.find(W + "pPr")
        marks = None if properties is None else properties.find(W + "rPr")
        runs: list[tuple[str, bool]] = []
        boxes: list[Block] = []
        style = self._style(val(properties, "pStyle"))
        self._runs(element, runs, boxes, style)
        text = clean("".join(piece for piece, _ in runs))
        if marks is not None and (marks.find(W + "del") is not None or marks.find(W + "moveFrom") is not None):
            # The paragraph's end is deleted: what is left of it opens the next paragraph.
            self.content.note("tracked-changes")
            self._carried.append(text)
            return boxes
        if self._carried:
            text, self._carried = "".join(self._carried) + text, []
        bold = bool(runs) and all(thick for piece, thick in runs if piece.strip())
        lines = self._lines(text, properties, style, bold=bold)
        marks = _marks(element.iter(_BOOKMARK))
        return [*boxes, replace(lines[0], marks=marks) if marks else lines[0], *lines[1:]]

    def _style(self, name: str) -> Style:
        return self._styles.get(name or self._default) or Style()

    def _lines(self, text: str, properties: Element | None, style: Style, *, bold: bool) -> list[Line]:
        label = self._label(properties, style)
        fresh = self._fresh or text.startswith("\f") or bool(switched(properties, "pageBreakBefore"))
        self._fresh = "\f" in text.strip("\f ") or text.endswith("\f")
        indents = None if properties is None else properties.find(W + "ind")
        left = "" if indents is None else indents.get(W + "left") or indents.get(W + "start") or ""
        if properties is not None and properties.find(W + "sectPr") is not None:
            self._fresh = True
        lines = text.replace("\f", " ").split("\n")
        first = Line(
            text=lines[0].strip(" "),
            label=label,
            align=val(properties, "jc") or style.align,
            bold=bold,
            indent=number(left) if left else style.indent,
            fresh=fresh,
        )
        rest = [replace(first, text=line.strip(" "), label="", opens=False, fresh=False) for line in lines[1:]]
        return [first, *rest]

    def _label(self, properties: Element | None, style: Style) -> str:
        numbering = None if properties is None else properties.find(W + "numPr")
        num_id = val(numbering, "numId") or style.num_id
        if not num_id or num_id == "0":
            return ""
        level = val(numbering, "ilvl")
        if level:
            return self._numbering.next_label(num_id, number(level))
        at = (
            style.level
            if style.level is not None
            else self._numbering.level_of_style(num_id, val(properties, "pStyle"))
        )
        return self._numbering.next_label(num_id, at if not val(numbering, "numId") else style.level or 0)

    def _runs(self, parent: Element, runs: list[tuple[str, bool]], boxes: list[Block], style: Style) -> None:
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                self._run(element, runs, boxes, style)
            elif tag in (W + "del", W + "moveFrom"):
                self.content.note("tracked-changes")
            elif tag in _WITHIN:
                if tag in (W + "ins", W + "moveTo"):
                    self.content.note("tracked-changes")
                self._runs(element, runs, boxes, style)
            elif tag == MC + "AlternateContent":
                self._runs(_choice(element), runs, boxes, style)
            elif tag in (MATH + "oMath", MATH + "oMathPara"):
                runs.extend((piece.text or "", False) for piece in element.iter(MATH + "t"))

    def _run(self, run: Element, runs: list[tuple[str, bool]], boxes: list[Block], style: Style) -> None:
        properties = run.find(W + "rPr")
        own = self._styles.get(val(properties, "rStyle")) or Style()
        hidden = switched(properties, "vanish")
        if own.hidden if hidden is None else hidden:
            self.content.note("hidden-text")
            return
        thick = next((x for x in (switched(properties, "b"), own.bold, style.bold) if x is not None), False)
        for element in run:
            tag = element.tag
            if tag == W + "t":
                if all(self._fields):
                    runs.append((element.text or "", thick))
            elif tag in (W + "tab", W + "ptab"):
                runs.append(("\t", thick))
            elif tag in (W + "br", W + "cr"):
                runs.append(("\f" if element.get(W + "type") in ("page", "column") else "\n", thick))
            elif tag == W + "noBreakHyphen":
                runs.append(("-", thick))
            elif tag == W + "fldChar":
                self._field(element.get(W + "fldCharType") or "")
            elif tag == W + "sym":
                runs.append((_symbol(element.get(W + "char") or ""), thick))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                self.content.note("footnotes")
            elif tag in _WITHIN:
                self._runs(element, runs, boxes, style)
            elif tag in (W + "drawing", W + "pict", W + "object", MC + "AlternateContent"):
                self._boxes(_choice(element) if tag.startswith(MC) else element, boxes)

    def _field(self, kind: str) -> None:
        """Follow a complex field: its code is not text, its result is."""
        if kind == "begin":
            self._fields.append(False)
        elif self._fields:
            if kind == "separate":
                self._fields[-1] = True
            elif kind == "end":
                self._fields.pop()

    def _boxes(self, element: Element, boxes: list[Block]) -> None:
        for box in element.iter(_BOX):
            if not any(upper.tag == _BOX or upper.tag == MC + "Fallback" for upper in box.iterancestors()):
                carried, self._carried = self._carried, []
                boxes.extend(self._blocks(box))
                self._carried = carried
                self.content.note("text-box")

    # Tables

    def _table(self, element: Element) -> Grid:
        rows: list[Row] = []
        open_cols: dict[int, int] = {}
        for row in _rows(element):
            self._left -= 1
            if self._left < 0:
                raise CannotRead("too-many-rows", limit=MAX_ROWS)
            properties = row.find(W + "trPr")
            if properties is not None and (
                properties.find(W + "del") is not None or properties.find(W + "moveFrom") is not None
            ):
                self.content.note("tracked-changes")
                continue
            if properties is not None and properties.find(W + "ins") is not None:
                self.content.note("tracked-changes")
            cells = self._cells(row, number(val(properties, "gridBefore")), open_cols)
            if switched(properties, "hidden"):
                self.content.note("hidden-text")
                continue
            rows.append(Row(cells, header=bool(switched(properties, "tblHeader")), marks=_marks_of(row)))
        width = max((cell.col + cell.span for row in rows for cell in row.cells), default=0)
        return Grid(tuple(rows), width=width, borders=_bordered(element))

    def _cells(self, row: Element, before: int, open_cols: dict[int, int]) -> tuple[Cell, ...]:
        """
        Read one row; `open_cols` (column → span) are the vertical merges still running.

        A merge that Word continues without an opened one above (its first row was deleted) becomes an own cell.
        """
        cells: list[Cell] = []
        col = min(max(before, 0), MAX_SPAN)
        running: dict[int, int] = {}
        for element in _cells_of(row):
            properties = element.find(W + "tcPr")
            span = min(max(number(val(properties, "gridSpan"), 1), 1), MAX_SPAN)
            merge = None if properties is None else properties.find(W + "vMerge")
            lines, tables = self._inside(element)
            if properties is not None and properties.find(W + "cellDel") is not None:
                self.content.note("tracked-changes")
                lines, tables = (), ()
            continues = merge is not None and (merge.get(W + "val") or "continue") == "continue"
            above = continues and col in open_cols
            if merge is not None:
                running[col] = span
            joined = properties is not None and val(
                properties, "hMerge", "x" if properties.find(W + "hMerge") is None else "continue"
            )
            if joined == "continue" and cells:
                cells[-1] = replace(cells[-1], span=cells[-1].span + span, lines=cells[-1].lines + lines)
            else:
                cells.append(Cell(() if above else lines, col, span, above, () if above else tables))
            col += span
            if col > MAX_SPAN * 4:
                break
        open_cols.clear()
        open_cols.update(running)
        return tuple(cells)

    def _inside(self, cell: Element) -> tuple[tuple[Line, ...], tuple[Grid, ...]]:
        """Read a cell's lines; a nested table's rows become lines too, and the table itself is kept."""
        lines: list[Line] = []
        tables: list[Grid] = []
        carried, self._carried = self._carried, []
        for block in self._blocks(cell):
            if isinstance(block, Line):
                lines.append(block)
                continue
            tables.append(block)
            for row in block.rows:
                words = " ".join(inner.text.replace("\n", " ") for inner in row.filled)
                if words:
                    lines.append(Line(words, nested=True))
        if self._carried and "".join(self._carried):
            lines.append(Line("".join(self._carried)))
        self._carried = carried
        while lines and not (lines[-1].text or lines[-1].label):
            lines.pop()
        return tuple(lines), tuple(tables)


def _marks(bookmarks: Iterable[Element]) -> tuple[str, ...]:
    """Give the names of the bookmarks that the portal set."""
    names = (bookmark.get(W + "name") or "" for bookmark in bookmarks)
    return tuple(name for name in names if MARK.fullmatch(name))


def _marks_of(row: Element) -> tuple[str, ...]:
    """Give the marks of a row: Word may put a bookmark before the row in which it begins."""
    before: list[Element] = []
    element = row.getprevious()
    while element is not None and element.tag in (_BOOKMARK, W + "bookmarkEnd"):
        if element.tag == _BOOKMARK:
            before.append(element)
        element = element.getprevious()
    return _marks([*reversed(before), *row.iter(_BOOKMARK)])


def _choice(element: Element) -> Element:
    """Of alternative contents take the first that Word would show, else the fallback."""
    choice = element.find(MC + "Choice")
    if choice is not None and len(choice):
        return choice
    fallback = element.find(MC + "Fallback")
    return element if fallback is None else fallback


def _rows(table: Element) -> list[Element]:
    """List a table's own rows, also those inside content controls and tracked insertions."""
    rows: list[Element] = []
    for element in table:
        if element.tag == W + "tr":
            rows.append(element)
        elif element.tag in _WITHIN:
            rows.extend(_rows(element))
    return rows


def _cells_of(row: Element) -> list[Element]:
    cells: list[Element] = []
    for element in row:
        if element.tag == W + "tc":
            cells.append(element)
        elif element.tag in _WITHIN:
            cells.extend(_cells_of(element))
    return cells


def _bordered(table: Element) -> bool:
    """Tell a drawn table from one that only lays text out; a table with any style counts as drawn."""
    properties = table.find(W + "tblPr")
    if properties is None:
        return False
    borders = properties.find(W + "tblBorders")
    if borders is not None:
        return any((side.get(W + "val") or "none") not in ("none", "nil") for side in borders)
    return bool(val(properties, "tblStyle"))


def _symbol(char: str) -> str:
    """Read a sign of a symbol font: its private code points are bullets and ticks."""
    try:
        code = int(char, 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        return {0xF02D: "-", 0xF0B7: "-", 0xF0A7: "-", 0xF0FC: "✓", 0xF0FE: "✓", 0xF050: "✓"}.get(code, "")
    return chr(code) if 0x20 <= code < 0xD800 else ""
