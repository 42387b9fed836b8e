"""Writes plans as clerks would have made them, in invented wording: Word and Excel in many shapes."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import docx
import openpyxl
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Cell

ROLES = ("number", "title", "result", "deadline", "executors")


@dataclass(frozen=True)
class Res:
    """One result: its text, when, and who (one line each)."""

    text: str
    deadline: str = ""
    who: tuple[str, ...] = ()
    end: str = ""


@dataclass(frozen=True)
class Act:
    """One activity."""

    number: str
    title: str
    results: tuple[Res, ...]


@dataclass(frozen=True)
class Head:
    """A section row."""

    number: str
    title: str
    level: int = 1


@dataclass(frozen=True)
class Shape:
    """How a plan is laid out."""

    columns: tuple[str, ...] = ROLES
    headings: dict[str, str] = field(default_factory=lambda: dict(HEADINGS[0]))
    merge: str = "merged"  # merged | empty
    numbering: str = "typed"  # typed | auto | auto-style | none
    tear_at: int = 0
    tear: str = ""  # "" | own-header | no-header | repeated-row
    counting: bool = False
    two_levels: bool = False
    section_style: str = "span"  # span | span-after-number
    title: tuple[str, ...] = ("План работы", "по развитию школьных лабораторий на 2024-2025 учебный год")
    before: tuple[tuple[str, str], ...] = ()
    after: tuple[str, ...] = ()


HEADINGS: tuple[dict[str, str], ...] = (
    {"number": "№ п/п", "title": "Мероприятие", "result": "Ожидаемый результат", "deadline": "Сроки", "executors": "Ответственные"},
    {"number": "№", "title": "Наименование мероприятия", "result": "Результат", "deadline": "Срок реализации", "executors": "Ответственный"},
    {"number": "N", "title": "Что делаем", "result": "Что получим на выходе", "deadline": "Когда", "executors": "Кто отвечает"},
    {"number": "№\nп/п", "title": "Содержание деятельности", "result": "Вид документа", "deadline": "Дата", "executors": "Исполнители"},
    {"number": "№ пункта", "title": "Мероприятия по реализации", "result": "Показатель", "deadline": "Период проведения", "executors": "Ответственные лица (Ф.И.О., должность)"},
    {"number": "Номер", "title": "Вид работы", "result": "Форма отчётности", "deadline": "Срок исполнения мероприятия", "executors": "Ответственный исполнитель"},
    {"number": "№", "title": "Название события", "result": "Характеристика результата мероприятия", "deadline": "Сроки проведения мероприятий", "executors": "Организаторы"},
)  # fmt: skip

Item = Act | Head


def as_docx(items: Sequence[Item], shape: Shape) -> bytes:
    """Write a plan as Word would hold it."""
    document = docx.Document()
    for text, align in shape.before:
        paragraph = document.add_paragraph(text)
        if align:
            paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    for text in shape.title:
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("")
    table = _new_table(document, shape)
    if shape.numbering == "auto":
        _list(document, "%1.")
    written = 0
    for item in items:
        if isinstance(item, Act):
            if shape.tear and written == shape.tear_at:
                table = _tear(document, table, shape)
            written += 1
            _write_activity(table, item, shape)
        else:
            _write_head(table, item, shape)
    for text in shape.after:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _new_table(document: Document, shape: Shape, *, header: bool = True) -> Table:
    table = document.add_table(rows=0, cols=_width(shape), style="Table Grid")
    if header:
        _write_header(table, shape)
    return table


def _width(shape: Shape) -> int:
    return len(shape.columns)


def _write_header(table: Table, shape: Shape) -> None:
    cells = table.add_row().cells
    for at, role in enumerate(shape.columns):
        cells[at].text = shape.headings[role]
    if shape.two_levels:
        lower = table.add_row().cells
        for at, role in enumerate(shape.columns):
            if role in ("start", "end"):
                lower[at].text = shape.headings[role]
            else:
                cells[at].merge(lower[at])
                cells[at].text = shape.headings[role]
        start = shape.columns.index("start")
        cells[start + 1].text = ""
        joined = cells[start].merge(cells[start + 1])
        joined.text = "Сроки"
    if shape.counting:
        for at, cell in enumerate(table.add_row().cells, 1):
            cell.text = str(at)


def _tear(document: Document, table: Table, shape: Shape) -> Table:
    if shape.tear == "repeated-row":
        cells = table.add_row().cells
        for at, role in enumerate(shape.columns):
            cells[at].text = shape.headings[role]
        return table
    document.add_page_break()
    return _new_table(document, replace(shape, counting=False), header=shape.tear == "own-header")


def _write_activity(table: Table, act: Act, shape: Shape) -> None:
    first: list[_Cell] = []
    for index, result in enumerate(act.results):
        cells = table.add_row().cells
        for at, role in enumerate(shape.columns):
            if role in ("number", "title") and index:
                if shape.merge == "merged":
                    first[at].merge(cells[at])
                continue
            _fill(cells[at], _text(role, act, result, shape), numbered=role == "number" and shape.numbering == "auto")
        first = list(cells) if not index else first


def _text(role: str, act: Act, result: Res, shape: Shape) -> str:
    if role == "number":
        return act.number if shape.numbering == "typed" else ""
    return {
        "title": act.title,
        "result": result.text,
        "deadline": result.deadline,
        "start": result.deadline,
        "end": result.end,
        "executors": "\n".join(result.who),
        "note": "",
        "place": "актовый зал",
    }[role]


def _fill(cell: _Cell, text: str, *, numbered: bool = False) -> None:
    lines = text.split("\n")
    cell.paragraphs[0].text = lines[0]
    if numbered:
        numbering = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", "0"), ("w:numId", "901")):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            numbering.append(child)
        cell.paragraphs[0]._p.get_or_add_pPr().append(numbering)
    for line in lines[1:]:
        cell.add_paragraph(line)


def _write_head(table: Table, head: Head, shape: Shape) -> None:
    cells = table.add_row().cells
    if shape.section_style == "span":
        joined = cells[0].merge(cells[-1])
        joined.text = f"{head.number}. {head.title}" if head.number else head.title
    else:
        joined = cells[1].merge(cells[-1])
        joined.text = head.title
        cells[0].text = head.number


def _list(document: Document, text: str) -> None:
    """Add a list of one level under the number 901."""
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "900")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (("w:start", "1"), ("w:numFmt", "decimal"), ("w:lvlText", text)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        level.append(child)
    abstract.append(level)
    root.insert(0, abstract)
    num = OxmlElement("w:num")
    num.set(qn("w:numId"), "901")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "900")
    num.append(link)
    root.append(num)


def as_xlsx(items: Sequence[Item], shape: Shape, *, sheet: str = "План") -> bytes:
    """Write a plan as a sheet of Excel."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    width, row = len(shape.columns), 0
    for text in [*(text for text, _ in shape.before), *shape.title]:
        row += 1
        page.cell(row, 1, text)
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    row += 2
    for at, role in enumerate(shape.columns, 1):
        page.cell(row, at, shape.headings[role])
    if shape.counting:
        row += 1
        for at in range(1, width + 1):
            page.cell(row, at, at)
    for item in items:
        if isinstance(item, Head):
            row += 1
            page.cell(row, 1, f"{item.number}. {item.title}" if item.number else item.title)
            page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
            continue
        top = row + 1
        for result in item.results:
            row += 1
            for at, role in enumerate(shape.columns, 1):
                if role in ("number", "title") and row > top:
                    continue
                text = _text(role, item, result, shape)
                number = role == "number" and text.isdigit()
                page.cell(row, at, int(text) if number else text or None)
        if row > top and shape.merge == "merged":
            for at, role in enumerate(shape.columns, 1):
                if role in ("number", "title"):
                    page.merge_cells(start_row=top, end_row=row, start_column=at, end_column=at)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
