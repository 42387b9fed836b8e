"""Excel: a plan or a list of schools as a sheet each; every cell is text, none a formula."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from documents.office.excel_parts import BOOK, SHEET_TYPE, Look, book, book_relations, styles
from documents.office.package import HEAD, packed, said
from documents.paper.order import OrderPaper
from documents.paper.participants import ParticipantsPaper
from documents.paper.plan import (
    Activity,
    Excluded,
    Field,
    Numbering,
    PlanPaper,
    Result,
    Section,
    dotted,
    flattened,
    row_number,
)
from documents.paper.sheet import StampedPaper
from documents.paper.spacing import one_line, tidy
from documents.paper.stamps import stamp_lines

Tabular = OrderPaper | PlanPaper | ParticipantsPaper

LETTERS = 32_000
"""Letters of a cell at most: Excel keeps 32,767."""

LINE = 15.75
"""Height of a line in points."""

DAY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads «_x0041_» as a letter: the sign before it is coded itself."""


def write_excel(paper: Tabular, properties: Mapping[str, str] | None = None) -> bytes:
    """
    Make a workbook; the same paper gives the same bytes. Of an order it holds the appendices, a sheet each.

    :param properties: custom properties that stay with the file
    :raises ValueError: if an order has no appendix, for then there is nothing to lay out in cells
    """
    given: Sequence[PlanPaper | ParticipantsPaper]
    given = [paper.appendix(at) for at in range(len(paper.appendices))] if isinstance(paper, OrderPaper) else [paper]
    if not given:
        raise ValueError("An order without appendices has no tables")
    sheets = [plan_sheet(one) if isinstance(one, PlanPaper) else schools_sheet(one) for one in given]
    names = ["План" if isinstance(one, PlanPaper) else "Школы" for one in given]
    if len(given) > 1:
        names = [f"Приложение {count}" for count in range(1, len(given) + 1)]
    parts = {
        BOOK: (
            f"{SHEET_TYPE}.sheet.main+xml",
            book([(name, sheet.head) for name, sheet in zip(names, sheets, strict=True)]),
        ),
        "xl/_rels/workbook.xml.rels": ("", book_relations(len(sheets))),
        "xl/styles.xml": (f"{SHEET_TYPE}.styles+xml", styles()),
    } | {
        f"xl/worksheets/sheet{at}.xml": (f"{SHEET_TYPE}.worksheet+xml", sheet.xml())
        for at, sheet in enumerate(sheets, 1)
    }
    return packed(
        BOOK,
        parts,
        title=one_line(paper.name),
        author=one_line(paper.author),
        made_at=paper.made_at,
        properties=properties or {},
    )


@dataclass
class Sheet:
    """A worksheet as it grows: columns in mm, rows, merged ranges; `head` is the row that is repeated on each page."""

    widths: list[float]
    wide: bool
    rows: list[str] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    head: int = 0

    def add(self, cells: Sequence[tuple[int, str, Look]], *, mark: str = "", height: float = 0) -> int:
        """Add a row of (column from 1, text, look); `mark` goes to the hidden column. Gives its number."""
        at = len(self.rows) + 1
        texts = [written(f"{letter(column)}{at}", text, look) for column, text, look in cells]
        if mark:
            texts.append(written(f"{letter(len(self.widths) + 1)}{at}", mark, Look.PLAIN))
        tall = f' ht="{height:.2f}" customHeight="1"' if height else ""
        self.rows.append(f'<row r="{at}"{tall}>{"".join(texts)}</row>')
        return at

    def across(self, text: str, look: Look, *, first: int = 1, mark: str = "") -> None:
        """Add a text that goes across the columns from `first` on; Excel fits no height to such a row, so it is given."""
        last = len(self.widths)
        text = tidy(text)
        at = self.add(
            [(first, text, look), *((column, "", look) for column in range(first + 1, last + 1))],
            mark=mark,
            height=LINE * lines_of(text, sum(self.widths[first - 1 :])),
        )
        if last > first:
            self.merges.append(f"{letter(first)}{at}:{letter(last)}{at}")

    def merge_down(self, column: int, first: int, last: int) -> None:
        """Merge the cells of a column."""
        self.merges.append(f"{letter(column)}{first}:{letter(column)}{last}")

    def xml(self) -> str:
        """Write the sheet; the elements stand in the order that the standard asks for."""
        hidden = len(self.widths) + 1
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width / 25.4 * 96 / 8:.2f}" customWidth="1"/>'
            for at, width in enumerate(self.widths, 1)
        )
        columns += f'<col min="{hidden}" max="{hidden}" width="12" hidden="1" customWidth="1"/>'
        below = f"A{self.head + 1}"
        pane = f'<pane ySplit="{self.head}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
        merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in self.merges)
        merged = f'<mergeCells count="{len(self.merges)}">{merged}</mergeCells>' if merged else ""
        margins = (0.787, 0.787, 1.181, 0.591) if self.wide else (1.181, 0.394, 0.787, 0.787)
        left, right, top, bottom = margins
        return (
            f'{HEAD}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{letter(hidden)}{len(self.rows)}"/>'
            f'<sheetViews><sheetView workbookViewId="0">{pane}'
            f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="{LINE}"/><cols>{columns}</cols>'
            f"<sheetData>{''.join(self.rows)}</sheetData>{merged}"
            f'<pageMargins left="{left}" right="{right}" top="{top}" bottom="{bottom}" header="0.4" footer="0.3"/>'
            f'<pageSetup paperSize="9" orientation="{"landscape" if self.wide else "portrait"}" fitToWidth="1" fitToHeight="0"/>'
            '<headerFooter differentFirst="1"><oddHeader>&amp;C&amp;P</oddHeader></headerFooter></worksheet>'
        )


def letter(column: int) -> str:
    """Name a column; a form has few."""
    return chr(64 + column)


def lines_of(text: str, width: float) -> int:
    """Reckon how many lines a text takes in so many millimetres of 12 pt letters."""
    letters = max(1.0, (width - 3) / 2.2)
    return max(1, sum(ceil(max(1, len(line)) / letters) for line in text.split("\n")))


def written(place: str, text: str, look: Look) -> str:
    """Write a cell: a day that is a whole phrase as a day that shows the same, all else as text, never as a formula."""
    text = tidy(text)[:LETTERS]
    if not text:
        return f'<c r="{place}" s="{look}"/>'
    if look is Look.TERM and (count := day_count(text)):
        return f'<c r="{place}" s="{Look.DAY}"><v>{count}</v></c>'
    style = look + Look.QUOTED if text.startswith(FORMULA) else int(look)
    inside = said(CODED.sub("_x005F_", text))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{inside}</t></is></c>'


def day_count(text: str) -> int:
    """Count the days of Excel's calendar up to a phrase that is a day and nothing else; 0 for another phrase."""
    found = DAY.fullmatch(text)
    if found is None:
        return 0
    try:
        day = date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return 0
    return (day - date(1899, 12, 30)).days if day >= date(1900, 3, 1) else 0


# Sheets


def begin(paper: StampedPaper, widths: list[float], *, wide: bool, zone: int, mark: str = "") -> Sheet:
    """Begin a sheet with stamp and title; the stamp stands from the column `zone` on."""
    sheet = Sheet(widths, wide)
    for line in stamp_lines(paper):
        text = "".join(piece.text or "_" * 12 for piece in line.pieces)
        sheet.across(text, Look.STAMP, first=zone)
    if sheet.rows:
        sheet.add([])
    sheet.across("\n".join(tidy(part) for part in paper.title), Look.TITLE, mark=mark)
    return sheet


def plan_sheet(plan: PlanPaper) -> Sheet:
    """Lay a plan out in cells: a row per result, number and title merged over an activity's rows."""
    sheet = begin(plan, [float(one.width) for one in plan.columns], wide=True, zone=4, mark=plan.title_mark)
    if plan.note:
        sheet.across(plan.note, Look.NOTE)
    if plan.goal:
        sheet.across(f"Цель: {tidy(plan.goal)}".replace("\n", " "), Look.TEXT_ABOVE, mark=plan.goal_mark)
    if plan.tasks:
        sheet.across("Задачи:", Look.TEXT_ABOVE)
    for at, task in enumerate(plan.tasks):
        mark = plan.task_marks[at] if at < len(plan.task_marks) else ""
        sheet.across(f"– {tidy(task)}".replace("\n", " "), Look.TEXT_ABOVE, mark=mark)
    sheet.add([])
    sheet.head = sheet.add([(at, one_line(one.head), Look.HEAD) for at, one in enumerate(plan.columns, 1)])
    for level, entry in flattened(plan.content):
        match entry:
            case Section():
                look = Look.SECTION if level == 1 else Look.SECTION_INNER
                sheet.across(one_line(entry.heading), look, mark=entry.mark)
            case Excluded():
                at = sheet.add([(1, dotted(entry.number), Look.NUMBER), (2, entry.text, Look.CELL)])
                sheet.merges.append(f"B{at}:{letter(len(plan.columns))}{at}")
            case Activity():
                add_activity(sheet, plan, entry)
    return sheet


def add_activity(sheet: Sheet, plan: PlanPaper, activity: Activity) -> None:
    """Add the rows of an activity."""
    results = activity.results or (Result(),)
    first, title = len(sheet.rows) + 1, tidy(activity.title)
    widths = {one.field: float(one.width) for one in plan.columns}
    needed = lines_of(title, widths[Field.TITLE])
    for index, result in enumerate(results):
        note = f"\n{tidy(result.note)}" if result.note else ""
        texts = {
            Field.NUMBER: (row_number(plan.numbering, activity, index), Look.NUMBER),
            Field.TITLE: (title if not index else "", Look.CELL),
            Field.RESULT: (tidy(result.text) + note, Look.CELL),
            Field.DEADLINE: (result.deadline, Look.TERM),
            Field.EXECUTORS: ("\n".join(one_line(one) for one in result.executors), Look.CELL),
        }
        taken = max(lines_of(texts[one][0], widths[one]) for one in (Field.RESULT, Field.DEADLINE, Field.EXECUTORS))
        # Excel fits a row to its own cells, not to a title that is merged over several.
        is_last_of_several = index and index == len(results) - 1
        height = LINE * needed if is_last_of_several and needed > taken else 0
        needed = max(1, needed - taken)
        marks = [result.mark, activity.mark if not index else ""]
        cells = [(at, *texts[one.field]) for at, one in enumerate(plan.columns, 1)]
        sheet.add(cells, mark=" ".join(filter(None, marks)), height=height)
    if len(results) > 1:
        for at, one in enumerate(plan.columns, 1):
            if one.field is Field.TITLE or (one.field is Field.NUMBER and plan.numbering is Numbering.ONCE):
                sheet.merge_down(at, first, len(sheet.rows))


def schools_sheet(paper: ParticipantsPaper) -> Sheet:
    """Lay the participants out by municipality and cluster, the schools numbered through."""
    sheet = begin(paper, [14.0, 106.0, 50.0], wide=False, zone=2)
    sheet.add([])
    heads = ("№ п/п", "Общеобразовательная организация", "Профиль" if paper.has_profiles else "Примечание")
    sheet.head = sheet.add([(at, text, Look.HEAD) for at, text in enumerate(heads, 1)])
    number = 0
    for place in paper.places:
        sheet.across(place.name, Look.SECTION)
        for part in place.clusters:
            if part.name:
                sheet.across(part.name, Look.SECTION_INNER)
            for school in part.schools:
                number += 1
                sheet.add(
                    [(1, f"{number}.", Look.NUMBER), (2, school.name, Look.CELL), (3, school.profile, Look.TERM_TEXT)]
                )
    return sheet
