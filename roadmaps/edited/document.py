"""Reading an edited file: its table row by row as it stands, each with the marks that came with it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from documents.paper.spacing import one_line, tidy
from roadmaps.edited.marks import Mark, bare, read_marks
from roadmaps.edited.origin import Origin, origin_of
from roadmaps.reading.blocks import Block, Cell, Grid, Line, Row
from roadmaps.reading.columns import DEADLINE, EXECUTORS, NUMBER, RESULT, TITLE, Layout, is_counting_row, repeats_header
from roadmaps.reading.plan import find_tables, read_content
from roadmaps.reading.refusals import CannotRead

MAX_ENTRIES = 3_000


@dataclass(frozen=True, slots=True)
class FileRow:
    """A result as the file has it; executors are the lines of their cell."""

    mark: Mark | None
    number: str
    text: str
    phrase: str
    executors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileActivity:
    """An activity with its rows; `number` is that of its first row."""

    mark: Mark | None
    number: str
    title: str
    rows: tuple[FileRow, ...] = ()


@dataclass(frozen=True, slots=True)
class FileSection:
    """A heading across the table."""

    mark: Mark | None
    text: str


@dataclass(frozen=True, slots=True)
class FileText:
    """A marked text above the table: the title, the goal, a task."""

    mark: Mark
    text: str


FileEntry = FileSection | FileActivity


@dataclass(frozen=True, slots=True)
class EditedPlan:
    """What an edited file says."""

    entries: tuple[FileEntry, ...]
    texts: tuple[FileText, ...] = ()
    origin: Origin | None = None

    def to_json(self) -> dict[str, Any]:
        """Give plain data that a database can keep."""
        return {
            "entries": [
                {"mark": _mark_json(one.mark), "text": one.text}
                if isinstance(one, FileSection)
                else {
                    "mark": _mark_json(one.mark),
                    "number": one.number,
                    "title": one.title,
                    "rows": [
                        {
                            "mark": _mark_json(row.mark),
                            "number": row.number,
                            "text": row.text,
                            "phrase": row.phrase,
                            "executors": list(row.executors),
                        }
                        for row in one.rows
                    ],
                }
                for one in self.entries
            ],
            "texts": [{"mark": _mark_json(one.mark), "text": one.text} for one in self.texts],
            "origin": None if self.origin is None else self.origin.to_properties(),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read back what `to_json` gave."""
        entries: list[FileEntry] = []
        for one in data["entries"]:
            if "rows" not in one:
                entries.append(FileSection(_mark_of(one["mark"]), one["text"]))
                continue
            rows = tuple(
                FileRow(_mark_of(r["mark"]), r["number"], r["text"], r["phrase"], tuple(r["executors"]))
                for r in one["rows"]
            )
            entries.append(FileActivity(_mark_of(one["mark"]), one["number"], one["title"], rows))
        texts = [(_mark_of(one["mark"]), one["text"]) for one in data["texts"]]
        return cls(
            entries=tuple(entries),
            texts=tuple(FileText(mark, text) for mark, text in texts if mark is not None),
            origin=None if data["origin"] is None else Origin.of(data["origin"]),
        )


def _mark_json(mark: Mark | None) -> list[Any] | None:
    return None if mark is None else [mark.kind, mark.key, list(mark.prints)]


def _mark_of(data: Any) -> Mark | None:
    return None if data is None else Mark(str(data[0]), int(data[1]), tuple(data[2]))


def read_edited(data: bytes, name: str) -> EditedPlan:
    """
    Read an edited file.

    The table is taken as it stands, a row for a row: nothing is guessed of how a plan is usually written, because
    the portal itself has written this one.

    :raises CannotRead: if the file cannot be read safely or holds no plan
    """
    origin = origin_of(data, name)
    content = read_content(data, name)
    tables = find_tables(content.blocks)
    if not tables:
        raise CannotRead("no-table")
    reader = _Table()
    for grid, layout in tables:
        reader.read(grid, layout)
    if not any(isinstance(one, FileActivity) for one in reader.entries):
        raise CannotRead("no-table")
    return EditedPlan(tuple(reader.entries), tuple(_texts(content.blocks, tables)), origin)


@dataclass(slots=True)
class _Table:
    """Reads the rows of a plan's table, or of several that follow each other."""

    entries: list[FileEntry] = field(default_factory=list)
    count: int = 0

    def read(self, grid: Grid, layout: Layout) -> None:
        for row in grid.rows[layout.head :]:
            if not row.cells and not row.marks:
                continue
            if not row.marks and (repeats_header(row, layout) or is_counting_row(row)):
                continue
            self.count += 1
            if self.count > MAX_ENTRIES:
                raise CannotRead("too-many-rows", limit=MAX_ENTRIES)
            marks = {mark.kind: mark for mark in reversed(read_marks(row.marks))}
            wide = None if marks.keys() & {"row", "head"} else _across(row, layout)
            if wide is None:
                self._row(row, layout, marks)
            elif "part" in marks or len(row.filled) < 2:
                self.entries.append(FileSection(marks.get("part"), one_line(wide.text)))
            # else a number and a text beside it: the note of a row that an order struck out

    def _row(self, row: Row, layout: Layout, marks: dict[str, Mark]) -> None:
        cells = {role: _lines(_cell(row, layout, role)) for role in (NUMBER, TITLE, RESULT, DEADLINE, EXECUTORS)}
        number = " ".join(cells[NUMBER])
        found = FileRow(
            marks.get("row"),
            number,
            "\n".join(cells[RESULT]),
            bare("\n".join(cells[DEADLINE])),
            tuple(cells[EXECUTORS]),
        )
        is_empty = found.mark is None and not (found.text or found.phrase or found.executors)
        title = "\n".join(cells[TITLE])
        if is_empty and not title and "head" not in marks:
            return
        last = self.entries[-1] if self.entries else None
        if isinstance(last, FileActivity) and self._goes_on(row, layout, marks, title, number, last):
            if not is_empty:
                self.entries[-1] = replace(last, rows=(*last.rows, found))
            return
        self.entries.append(FileActivity(marks.get("head"), number, title, () if is_empty else (found,)))

    def _goes_on(
        self, row: Row, layout: Layout, marks: dict[str, Mark], title: str, number: str, last: FileActivity
    ) -> bool:
        """Does a row belong to the activity above: its title is merged, or it has none and counts on?"""
        if "head" in marks:
            return False
        cell = _cell(row, layout, TITLE)
        if cell is not None and cell.above:
            return True
        return not title and (not number or stem(number) == stem(last.number))


def stem(number: str) -> str:
    """Give the number of an activity from that of its row: «7.2.» → «7»."""
    return re.sub(r"\.\d+$", "", one_line(number).rstrip("."))


def _across(row: Row, layout: Layout) -> Cell | None:
    """Give the cell that goes across the table: alone, or behind a number."""
    if not row.cells:
        return Cell((), 0, layout.width)
    widest = max(row.cells, key=lambda cell: cell.span)
    return widest if widest.span >= max(2, layout.width - 1) and not widest.above else None


def _cell(row: Row, layout: Layout, role: str) -> Cell | None:
    column = layout.column(role)
    return None if column is None else row.at(column)


def _lines(cell: Cell | None) -> list[str]:
    """Give the lines of a cell as a reader sees them; a merged cell has none of its own."""
    if cell is None or cell.above:
        return []
    return [text for line in cell.lines if (text := tidy(line.shown))]


# What stands above the table


def _texts(blocks: Sequence[Block], tables: Sequence[tuple[Grid, Layout]]) -> Iterable[FileText]:
    """Give the marked texts above the table: paragraphs of Word, rows of Excel."""
    first, layout = tables[0]
    lines: list[tuple[tuple[str, ...], bool, str]] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append((block.marks, block.opens, block.text))
        elif block is first:
            for row in block.rows[: layout.head]:
                cells = [line.text for cell in row.filled for line in cell.lines]
                lines.append((row.marks, True, "\n".join(cells)))
            break
    at = 0
    while at < len(lines):
        marks, _, text = lines[at]
        at += 1
        while at < len(lines) and not lines[at][1]:
            text += f"\n{lines[at][2]}"
            at += 1
        for mark in read_marks(marks):
            if mark.kind == "head":
                yield FileText(mark, tidy(text))
