"""Plans on paper: an order with its appendix as a Word file, so that what is brought in has an original."""

import io
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

HEADINGS = ("№ п/п", "Мероприятие", "Результат", "Срок", "Исполнители")


@dataclass(frozen=True)
class Line:
    """One result of a plan with every slot filled; activity and section are the numbers and titles above it."""

    key: str
    section: tuple[str, str]
    activity: tuple[str, str]
    text: str
    phrase: str
    executors: tuple[str, ...]


@dataclass(frozen=True)
class Act:
    """The order around a plan with every slot filled."""

    issuer: str
    number: str
    date: str
    place: str
    title: str
    preamble: str
    clauses: tuple[tuple[str, str], ...]
    post: str
    name: str


@dataclass(frozen=True)
class Paper:
    """A plan as it is printed."""

    title: str
    goal: str
    tasks: tuple[str, ...]
    lines: tuple[Line, ...]
    act: Act | None = None


def as_docx(paper: Paper) -> bytes:
    """Write an order with the plan as its appendix, or the plan alone."""
    document = docx.Document()
    if paper.act is not None:
        _order(document, paper.act)
    _centred(document, paper.title)
    if paper.goal:
        document.add_paragraph(f"Цель: {paper.goal}")
    if paper.tasks:
        document.add_paragraph("Задачи:")
        for task in paper.tasks:
            document.add_paragraph(f"– {task};")
    _table(document, paper)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def unreadable_pdf() -> bytes:
    """Give a PDF as a scanner leaves it: pages, and no table that could be read."""
    objects = (
        b"1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj",
        b"2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj",
        b"3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj",
    )
    return b"%PDF-1.4\n" + b"\n".join(objects) + b"\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def _order(document: Document, act: Act) -> None:
    _centred(document, act.issuer.upper())
    _centred(document, "ПРИКАЗ")
    document.add_paragraph(f"{act.date}\t\t\t№ {act.number}")
    _centred(document, act.place)
    document.add_paragraph(act.title)
    document.add_paragraph(act.preamble)
    for number, text in act.clauses:
        document.add_paragraph(f"{number}. {text}")
    document.add_paragraph("")
    document.add_paragraph(f"{act.post}\t\t\t{act.name}")
    stamp = document.add_paragraph(f"Приложение 1\nк приказу от {act.date} № {act.number}")
    stamp.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    stamp.paragraph_format.page_break_before = True
    document.add_paragraph("")


def _centred(document: Document, text: str) -> None:
    document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(document: Document, paper: Paper) -> None:
    table = document.add_table(rows=1, cols=len(HEADINGS))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = heading
    section, activity = ("", ""), ("", "")
    for line in paper.lines:
        if line.section != section:
            section = line.section
            cells = table.add_row().cells
            cells[0].merge(cells[-1]).text = f"{section[0]}. {section[1]}"
        again = line.activity == activity
        activity = line.activity
        texts = ("", "") if again else activity
        for cell, text in zip(
            table.add_row().cells, (*texts, line.text, line.phrase, "\n".join(line.executors)), strict=True
        ):
            cell.text = text
