"""Editable files of every sample: sound, the same bytes each time, nothing in them that runs."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from documents.office import write_excel, write_word
from documents.paper import Activity, ApprovalSheetPaper, Clause, ComparisonPaper, OrderPaper, PlanPaper, Result
from documents.paper.spacing import bound, one_line, tidy
from scripts.samples import EDITABLE, FOLDER, editable, samples

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLES = {name: paper for name, paper in samples().items() if not isinstance(paper, ComparisonPaper)}
"""A comparison has a writer of its own, documents.word."""
TABULAR = [
    name
    for name, paper in SAMPLES.items()
    if not isinstance(paper, ApprovalSheetPaper) and not (isinstance(paper, OrderPaper) and not paper.appendices)
]
MADE = datetime(2026, 9, 21, 10, 0, tzinfo=UTC)
ORDERED = {
    "pPr": "pStyle keepNext keepLines numPr tabs spacing ind jc outlineLvl sectPr",
    "rPr": "b bCs i iCs caps spacing sz szCs u",
    "tcPr": "tcW gridSpan vMerge shd vAlign",
    "tblPr": "tblStyle tblW tblLayout tblLook tblCaption",
    "sectPr": "headerReference type pgSz pgMar pgNumType cols titlePg",
}
"""Properties that we write, in the order in which Word wants them."""


def body_of(data: bytes) -> Any:
    """Parse the main part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            etree.fromstring(package.read(name))
        return etree.fromstring(package.read("word/document.xml"))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_word_file_is_sound_and_always_the_same(name: str) -> None:
    paper = SAMPLES[name]
    data = write_word(paper)
    assert data == write_word(paper)
    root = body_of(data)
    for tag, order in ORDERED.items():
        places = order.split()
        for element in root.iter(W + tag):
            found = [places.index(etree.QName(child).localname) for child in element]
            assert found == sorted(found), (tag, etree.tostring(element))
    for cell in root.iter(W + "tc"):
        assert etree.QName(cell[-1]).localname == "p"
    for table in root.iter(W + "tbl"):
        columns = len(table.find(W + "tblGrid"))
        for row in table.iter(W + "tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(W + "tc")]
            assert sum(1 if span is None else int(span.get(W + "val")) for span in spans) == columns
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
    assert Document(io.BytesIO(data)).core_properties.title == one_line(paper.name)


@pytest.mark.parametrize("name", TABULAR)
def test_a_workbook_is_sound_and_always_the_same(name: str) -> None:
    paper = SAMPLES[name]
    data = write_excel(paper)
    assert data == write_excel(paper)
    book = load_workbook(io.BytesIO(data))
    for sheet in book:
        assert sheet.freeze_panes == f"A{int(re.findall(r'[0-9]+', sheet.print_title_rows)[0]) + 1}"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        hidden = [letter for letter, column in sheet.column_dimensions.items() if column.hidden]
        assert hidden == ["F" if sheet.page_setup.orientation == "landscape" else "D"]
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_an_order_stands_upright_and_its_plan_lies() -> None:
    document = Document(io.BytesIO(write_word(SAMPLES["order"])))
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections]
    assert turned == [False, True, False]
    assert [round(section.left_margin.mm) for section in document.sections] == [30, 20, 30]
    table = document.tables[1]
    assert table.rows[0]._tr.trPr.find(W + "tblHeader") is not None
    assert [cell.text.replace("\n", " ") for cell in table.rows[0].cells] == [
        "№ п/п", "Мероприятие", "Характеристика результата", "Сроки проведения", "Ответственные исполнители",
    ]  # fmt: skip


def test_several_results_stand_beside_one_merged_title() -> None:
    results = (Result(text="Первый", deadline="до 01.10.2026"), Result(text="Второй", deadline="до 02.10.2026"))
    paper = PlanPaper(
        made_at=MADE, author="", title=("План",), content=(Activity(number="3", title="Дело", results=results),)
    )
    table = Document(io.BytesIO(write_word(paper))).tables[0]
    assert [[tidy(cell.text) for cell in row.cells] for row in table.rows[1:]] == [
        ["3.1.", "Дело", "Первый", "до 01.10.2026", ""],
        ["3.2.", "Дело", "Второй", "до 02.10.2026", ""],
    ]
    sheet = load_workbook(io.BytesIO(write_excel(paper))).active
    assert [str(merged) for merged in sheet.merged_cells.ranges if merged.min_col == merged.max_col] == ["B4:B5"]


def test_a_draft_says_so_and_has_blanks_for_date_and_number() -> None:
    text = "\n".join(one.text for one in Document(io.BytesIO(write_word(SAMPLES["order-draft"]))).paragraphs)
    assert text.startswith("ПРОЕКТ")
    assert "_" not in text
    plan = "\n".join(
        one.text for one in Document(io.BytesIO(write_word(SAMPLES["plan-draft-long-activity"]))).paragraphs
    )
    assert plan.startswith("ПРОЕКТ\nУТВЕРЖДЕНЫ\nприказом")


def test_word_counts_clauses_only_where_it_would_count_the_same() -> None:
    order = SAMPLES["order"]
    assert isinstance(order, OrderPaper)
    counted = body_of(write_word(order))
    assert len(list(counted.iter(W + "numPr"))) == len(order.clauses) + sum(len(one.clauses) for one in order.clauses)
    own = replace(order, clauses=(Clause(text="Утвердить.", number="1.1."), Clause(text="Направить.", number="3.")))
    root = body_of(write_word(own))
    assert not list(root.iter(W + "numPr"))
    assert "1.1. Утвердить." in "".join(root.itertext()).replace("\xa0", " ")


def test_a_file_that_can_be_edited_bears_no_proof() -> None:
    paper = SAMPLES["plan-approved-by-order"]
    assert paper.verification is not None
    assert paper.verification.code not in "".join(body_of(write_word(paper)).itertext())


def test_bookmarks_have_ids_and_names_of_their_own() -> None:
    result = Result(text="Итог", mark="row_1_0")
    activity = Activity(number="1", title="Дело", results=(result, result), mark="head_2_0")
    paper = PlanPaper(made_at=MADE, author="", title=("План",), content=(activity, activity))
    root = body_of(write_word(paper))
    starts = [(one.get(W + "id"), one.get(W + "name")) for one in root.iter(W + "bookmarkStart")]
    assert Counter(name for _, name in starts) == {"row_1_0": 1, "head_2_0": 1}
    assert {one for one, _ in starts} == {one.get(W + "id") for one in root.iter(W + "bookmarkEnd")}


@pytest.mark.parametrize("text", ["=1+1", "+7 000", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "_x0041_", "\t=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    content = (Activity(number=text, title=text, results=(Result(text=text, deadline=text, executors=(text,)),)),)
    sheet = load_workbook(
        io.BytesIO(write_excel(PlanPaper(made_at=MADE, author="", title=(text,), content=content)))
    ).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in sheet[sheet.max_row]][1:5] == [tidy(text)[:1] in "=+-@"] * 4


def test_a_day_that_is_a_whole_phrase_is_a_day_and_shows_the_same() -> None:
    phrases = ("16.10.2026", "до 16.10.2026", "31.02.2026", "16.10.0026")
    content = tuple(Activity(number="1", title="Дело", results=(Result(deadline=one),)) for one in phrases)
    sheet = load_workbook(
        io.BytesIO(write_excel(PlanPaper(made_at=MADE, author="", title=("План",), content=content)))
    ).active
    values = [sheet.cell(row, 4).value for row in range(sheet.max_row - 3, sheet.max_row + 1)]
    assert [value.date() if isinstance(value, datetime) else value for value in values] == [
        date(2026, 10, 16), *phrases[1:],
    ]  # fmt: skip


@pytest.mark.parametrize("name", EDITABLE)
def test_the_samples_are_those_of_today(name: str) -> None:
    with (
        zipfile.ZipFile(FOLDER / name) as kept,
        zipfile.ZipFile(io.BytesIO(editable(name))) as made,
    ):  # packed bytes may differ from one zlib to another
        assert {part: kept.read(part) for part in kept.namelist()} == {
            part: made.read(part) for part in made.namelist()
        }


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_tidy_texts_stay_as_they_are(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert tidy(bound(once)) == once
    assert "\n\n" not in once
