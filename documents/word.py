"""
A comparison table as a Word document: lines and words as on its PDF, to be edited before it is sent.

The words that went are struck through, those that came underlined and bold, so that a black print tells them apart.
"""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.paper.comparison import WIDTHS, ComparedCell, ComparedRow, ComparisonPaper

FONT = "Times New Roman"
CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
"""Characters that XML does not allow; people paste them from elsewhere."""


def comparison(paper: ComparisonPaper) -> bytes:
    """Write a comparison table on landscape sheets; the same paper gives the same words, not the same bytes."""
    document = Document()
    _sheet(document)
    document.core_properties.title = _clean(paper.name)[:255]
    document.core_properties.author = _clean(paper.author)[:255]
    document.core_properties.created = document.core_properties.modified = paper.made_at.replace(tzinfo=None)
    document.core_properties.language = "ru-RU"
    for place, line in enumerate(paper.title):
        heading = document.add_paragraph(style="Heading 1" if place == 0 else "Normal")
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = heading.add_run(_clean(line.upper() if place == 0 else line))
        run.bold = True
    if paper.legend:
        legend = document.add_paragraph(_clean(paper.legend))
        legend.alignment = WD_ALIGN_PARAGRAPH.CENTER
        legend.runs[0].font.size = Pt(10)
    table = document.add_table(rows=1, cols=len(WIDTHS), style="Table Grid")
    table.autofit = False
    _head(table.rows[0], (paper.heads[0], *paper.sides, paper.heads[1]))
    for section in paper.sections:
        if section.title:
            cells = table.add_row().cells
            merged = cells[0].merge(cells[-1])
            merged.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            merged.paragraphs[0].add_run(_clean(section.title)).bold = True
        for row in section.rows:
            _row(table.add_row(), row)
    for row in table.rows:
        _kept(row)
        for cell, width in zip(row.cells, WIDTHS, strict=False):
            cell.width = Mm(width)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _sheet(document: Any) -> None:
    """Turn the sheet and set its margins as the PDF does; one font for all scripts."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(30), Mm(15)
    section.left_margin = section.right_margin = Mm(20)
    for name in ("Normal", "Heading 1"):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(11 if name == "Normal" else 14)
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def _head(row: Any, heads: Sequence[str]) -> None:
    for cell, text in zip(row.cells, heads, strict=True):
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.paragraphs[0].add_run(_clean(text)).bold = True
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))  # repeated on every sheet


def _kept(row: Any) -> None:
    """Let no row be torn over two sheets."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _row(row: Any, change: ComparedRow) -> None:
    number, was, became, why = row.cells
    number.paragraphs[0].add_run(_clean(change.number))
    number.add_paragraph().add_run(_clean(change.word)).italic = True
    _side(was, change.title, change.was)
    _side(became, change.title, change.became)
    _paragraphs(why, change.why)


def _side(cell: Any, title: str, found: Sequence[ComparedCell]) -> None:
    paragraph = cell.paragraphs[0]
    if not found:
        paragraph.add_run("–")
        return
    if title:
        paragraph.add_run(_clean(title)).italic = True
    for place, one in enumerate(found):
        if title or place:
            paragraph = cell.add_paragraph()
        paragraph.add_run(f"{_clean(one.label)}: ").italic = True
        for run in one.runs:
            made = paragraph.add_run(_clean(run.text))
            if run.mark == "del":
                made.font.strike = True
            elif run.mark == "ins":
                made.font.underline = made.bold = True


def _paragraphs(cell: Any, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts):
        (cell.add_paragraph() if place else cell.paragraphs[0]).add_run(_clean(text))


def _clean(text: str) -> str:
    return text.translate(CONTROLS)
