"""From the rows of a plan table to activities and their results, still as written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from roadmaps.reading.blocks import Cell, Grid, Line, Row, flat
from roadmaps.reading.columns import (
    DEADLINE,
    END,
    EXECUTORS,
    MARK,
    NUMBER,
    RESULT,
    SECTION,
    START,
    TITLE,
    Layout,
    heading_roles,
    is_counting_row,
    repeats_header,
)  # fmt: skip
from roadmaps.reading.headings import Heading, Outline, heading_of
from roadmaps.reading.several import split_results

_LEADING_NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*)\s*[.)]\s+(?=\D)|^(\d{1,3}(?:\.\d{1,3})+)\s+(?=\D)")
_EXCEL_DATE = re.compile(r"^(\d{2})[.-](янв|фев|мар|апр|май|июн|июл|авг|сен|окт|ноя|дек)\.?$")
_SHORT_MONTHS = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
_NUMBER = re.compile(r"^[№\s]*(\d{1,4}(?:[.\-/]\d{1,3})*|[IVXLC]{1,6}|\d{0,3}[а-яa-z])?[.)\s]*$", re.IGNORECASE)


@dataclass(slots=True)
class RawResult:
    """One result as written: its lines, its deadline's phrase, its executors' lines."""

    lines: list[Line]
    deadline: str
    executors: list[str]


@dataclass(slots=True)
class RawActivity:
    """One activity as written; `place` names its row for a person («строка 14»)."""

    number: str
    title: str
    section: tuple[str, ...]
    results: list[RawResult] = field(default_factory=list)
    place: str = ""


@dataclass(slots=True)
class Trouble:
    """A doubt that arose at an activity (its index from 0; None: the document)."""

    code: str
    at: int | None = None
    detail: str = ""


@dataclass(slots=True)
class _Values:
    """What one row holds by role; `merged` are the roles whose cell goes on from above."""

    number: str
    title: Cell | None
    result: list[Line]
    deadline: str
    executors: list[str]
    merged: set[str]
    section: str


class TableReader:
    """Reads one plan table, or several that continue each other, into activities and sections."""

    def __init__(self) -> None:
        self.activities: list[RawActivity] = []
        self.outline = Outline()
        self.troubles: list[Trouble] = []
        self._merged: dict[str, object] = {}
        self._torn = False
        self._column_section = ""

    def read(self, grid: Grid, layout: Layout) -> None:
        """Read the rows below a header; a second table goes on where the first one ended."""
        if self.activities:
            self._torn = True
        anchors: dict[int, Cell] = {}
        rows = grid.rows[layout.first :]
        for at, row in enumerate(rows):
            if not row.cells or (not row.filled and not any(cell.above for cell in row.cells)):
                continue
            if repeats_header(row, layout) or is_counting_row(row):
                self._torn = bool(self.activities)
                continue
            merged_from = {cell.col: anchors[cell.col] for cell in row.cells if cell.above and cell.col in anchors}
            for cell in row.cells:
                if not cell.above:
                    anchors[cell.col] = cell
            below = _number_below(rows[at + 1 : at + 6], layout)
            heading = heading_of(row, layout, numbered_below=below)
            if heading is not None and not self._is_torn_piece(row, layout, heading):
                self.enter(heading)
                continue
            self._row(row, layout, merged_from)
            self._torn = False

    def close(self) -> None:
        """End the table: headings after the last activity are notes beneath it, not sections."""
        self._drop_trailing_sections()
        if self._numbered_in_titles():
            for activity in self.activities:
                match = _LEADING_NUMBER.match(activity.title)
                if match:
                    activity.number = match[1] or match[2]
                    activity.title = activity.title[match.end() :]

    def _numbered_in_titles(self) -> bool:
        titles = [activity.title for activity in self.activities]
        if not titles or any(activity.number for activity in self.activities):
            return False
        return sum(1 for title in titles if _LEADING_NUMBER.match(title)) * 2 > len(titles)

    def open_sheet(self, name: str) -> None:
        """Begin a sheet of a workbook whose plan stands on several: its name is a section above the sheet's own."""
        self.outline.sheet(name)
        self._torn = False

    def enter(self, heading: Heading) -> None:
        """Open a section."""
        self.outline.enter(heading)
        self._column_section = ""

    def _drop_trailing_sections(self) -> None:
        """Turn headings below which nothing stands at the table's end into a note for a person."""
        used = {name for activity in self.activities for name in activity.section}
        sections = self.outline.sections
        while sections and (sections[-1].number or sections[-1].title) not in used and self.activities:
            last = sections.pop()
            self.troubles.append(Trouble("text-after-table", None, f"{last.number} {last.title}".strip()))

    def _is_torn_piece(self, row: Row, layout: Layout, heading: Heading) -> bool:
        """A lone lower-case piece at the top of a page ends the title before the tear; it opens no section."""
        return bool(self.activities) and not heading.number and heading.title[:1].islower() and not heading.kind[1] & 4

    # Rows

    def _row(self, row: Row, layout: Layout, merged_from: dict[int, Cell]) -> None:
        values = _values(row, layout, merged_from)
        has_own = bool(values.result or values.deadline or values.executors)
        if not values.number and not _words(values.title) and not has_own:
            return
        self._open_column_section(values.section)
        if not values.deadline and not {DEADLINE, START, END, MARK} & layout.known and self.outline.sections:
            values.deadline = _month_of_section(self.outline.sections[-1].title)
        if self._continues(values, layout):
            self._continue(values, layout)
            return
        number, title = values.number, _words(values.title)
        label = next((line.label for line in values.title.lines if line.plain), "") if values.title else ""
        if values.title is not None:
            if not number and label and label != "-":
                number = label
            title = "\n".join(
                (line.plain if line.label == label and at == 0 else line.shown)
                for at, line in enumerate(x for x in values.title.lines if x.plain)
            )
        activity = RawActivity(_bare(number), title, self._path(), place=row.place)
        activity.results = _results(values)
        self.activities.append(activity)
        self.outline.row()
        if not title:
            self.troubles.append(Trouble("empty-title", len(self.activities) - 1))

    def _path(self) -> tuple[str, ...]:
        return self.outline.path

    def _open_column_section(self, text: str) -> None:
        """A column «Направление» opens a section whenever its words change."""
        if text and text != self._column_section:
            self.outline.enter(Heading("", text, ("column", 0)))
            self._column_section = text

    def _continues(self, values: _Values, layout: Layout) -> bool:
        """Does a row add to the activity above?"""
        if not self.activities:
            return False
        last = self.activities[-1]
        title = _words(values.title)
        if TITLE in values.merged:
            return (
                not values.number
                or NUMBER in values.merged
                or _is_child(values.number, last.number)
                or self._is_next(values.number, last)
            )
        if not title:
            return not values.number or NUMBER in values.merged or _is_child(values.number, last.number)
        if values.number and NUMBER not in values.merged:
            return False
        if self._torn and title[:1].islower() and layout.column(NUMBER) is not None and last.number:
            return True
        bare = not (values.deadline or values.executors)
        return bool(title[:1].islower() and bare and last.number and layout.column(NUMBER) is not None)

    def _is_next(self, number: str, last: RawActivity) -> bool:
        """Is «7.2» the next result beside «7.1», both under one merged title?"""
        stem, _, count = _bare(number).rpartition(".")
        return bool(stem) and count == str(len(last.results) + 1) and last.number in (stem, f"{stem}.1")

    def _continue(self, values: _Values, layout: Layout) -> None:
        last = self.activities[-1]
        if (
            TITLE in values.merged
            and values.number
            and NUMBER not in values.merged
            and self._is_next(values.number, last)
        ):
            # Numbered one by one, the activity's own number is what they share.
            last.number = _bare(values.number).rpartition(".")[0]
        title = "" if TITLE in values.merged else _words(values.title)
        piece = self._is_piece(values, title)
        if title:
            last.title = f"{last.title} {title}"
        if piece and last.results:
            result = last.results[-1]
            result.lines = [*result.lines, *([] if RESULT in values.merged else values.result)]
            if DEADLINE not in values.merged and values.deadline:
                result.deadline = f"{result.deadline}\n{values.deadline}".strip()
            if EXECUTORS not in values.merged:
                result.executors = [*result.executors, *values.executors]
            if self._torn or title:
                self.troubles.append(Trouble("torn-row", len(self.activities) - 1))
            return
        if not (values.result or values.deadline or values.executors):
            return
        if [(x.lines, x.deadline, x.executors) for x in last.results] == [([], "", [])]:
            last.results.clear()  # the row above held only the title
        last.results.extend(_results(values))

    def _is_piece(self, values: _Values, title: str) -> bool:
        """Is a row only the rest of the row above, torn by a page, or does it hold a result of its own?"""
        own_deadline = bool(values.deadline) and DEADLINE not in values.merged
        own_result = bool(values.result) and RESULT not in values.merged
        if not own_deadline and not own_result:
            return True
        starts_small = own_result and values.result[0].plain[:1].islower() and not values.result[0].label
        if title or self._torn:
            return not own_deadline or starts_small
        return bool(starts_small and not values.deadline and not values.executors)


def _values(row: Row, layout: Layout, merged_from: dict[int, Cell]) -> _Values:
    """Sort a row's cells by role; merged cells give what stands in the cell they continue."""
    merged: set[str] = set()
    found: dict[str, list[Cell]] = {}
    for col in range(layout.width):
        role = layout.roles.get(col)
        cell = row.at(col)
        if role is None or cell is None or (cell.col != col and layout.roles.get(cell.col) is not None):
            continue
        if cell.above:
            merged.add(role)
            cell = merged_from.get(cell.col, cell)
        found.setdefault(role, []).append(cell)
    number = next((cell.text for cell in found.get(NUMBER, [])), "")
    title = next(iter(found.get(TITLE, [])), None)
    if not _NUMBER.match(flat(number)) and title is not None and title.blank and NUMBER not in merged:
        # The number column was left out of this row: its words are the title.
        title, number = found[NUMBER][0], ""
    executors = [line.shown for cell in found.get(EXECUTORS, []) for line in cell.lines if line.plain]
    section = " ".join(flat(cell.words) for cell in found.get(SECTION, []) if not cell.blank)
    return _Values(
        number=flat(number),
        title=title,
        result=[line for cell in found.get(RESULT, []) for line in cell.lines],
        deadline=_phrase(found, layout, row),
        executors=executors,
        merged=merged,
        section=section,
    )


def _phrase(found: dict[str, list[Cell]], layout: Layout, row: Row) -> str:
    """Say when in one phrase, whether it stands in one column, in two, or as marks under months."""
    plain = "\n".join(cell.text for cell in found.get(DEADLINE, []) if not cell.blank)
    if plain:
        # The sign by which orders name the deadlines that move with a plan above is no part of the phrase.
        return plain.removesuffix(" *")
    start = flat(" ".join(cell.text for cell in found.get(START, [])))
    end = flat(" ".join(cell.text for cell in found.get(END, [])))
    if start and end:
        return start if start == end else f"{start} – {end}"
    if end:
        return end if re.match(r"(?i)до|не позднее|по\b|в теч|пост|к\b", end) or not end[:1].isdigit() else f"до {end}"
    if start:
        return start if not start[:1].isdigit() else f"с {start}"
    marked = [layout.headings.get(cell.col, "") for cell in found.get(MARK, []) if not cell.blank and not cell.above]
    return ", ".join(flat(heading.split(" / ")[-1]) for heading in marked if heading)


def _results(values: _Values) -> list[RawResult]:
    return [
        RawResult(lines, deadline, executors)
        for lines, deadline, executors in split_results(values.result, values.deadline, values.executors)
    ]


def _number(row: Row, layout: Layout) -> str:
    col = layout.column(NUMBER)
    cell = None if col is None else row.at(col)
    return "" if cell is None or cell.span > 1 or cell.above else _bare(cell.text)


def _month_of_section(title: str) -> str:
    """A plan without dates whose sections are months says when by its sections."""
    return title.capitalize() if heading_roles(title)[:1] == [(8, MARK)] else ""


def _number_below(rows: Sequence[Row], layout: Layout) -> str:
    """Find the next number below a row, if an activity's title stands beside it."""
    for row in rows:
        number = _number(row, layout)
        if number:
            title = row.at(layout.column(TITLE) or 0)
            return number if title is not None and not title.blank else ""
    return ""


def _words(cell: Cell | None) -> str:
    return "" if cell is None else cell.text


def _bare(number: str) -> str:
    """A number without its sign and final dot; «1,1» and «01.янв» are what Excel made of «1.1»."""
    text = flat(number).strip(" №").rstrip(".)").strip()
    text = re.sub(r"^(\d{1,3}),(\d{1,3})$", r"\1.\2", text)
    month = _EXCEL_DATE.match(text)
    if month:
        return f"{int(month[1])}.{_SHORT_MONTHS.index(month[2]) + 1}"
    return text


def _is_child(number: str, parent: str) -> bool:
    """Is «8.1» a number below «8»?"""
    return bool(parent) and _bare(number).startswith(_bare(parent) + ".")
