"""What Excel shows is what is read: dates by their format, merges, hidden parts, several sheets."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from deadlines.values import Deadline
from roadmaps.reading.document import PlanDocument
from roadmaps.reading.excel_formats import shown_date, shown_number
from roadmaps.reading.plan import read_plan_file

HEADER = ("№", "Мероприятие", "Результат", "Срок", "Ответственный")
ROW = (1, "Курсы", "Отчёт", "май 2025 г.", "Лунина О.П.")
READ = ("1", "Курсы", [("Отчёт", "май 2025 г.", ("Лунина О.П.",))])


def book(*rows: Any) -> tuple[openpyxl.Workbook, Worksheet]:
    made = openpyxl.Workbook()
    page = made.active
    for row in rows:
        page.append(row)
    return made, page


def read(made: openpyxl.Workbook) -> PlanDocument:
    stream = io.BytesIO()
    made.save(stream)
    return read_plan_file(
        stream.getvalue(), "план.xlsx", read_deadline=lambda phrase, period, siblings=(): Deadline(phrase)
    )


def rows(plan: PlanDocument) -> list[Any]:
    return [
        (row.number, row.title, [(x.text, x.deadline.phrase, x.executors) for x in row.results]) for row in plan.rows
    ]


FORMATS = [
    ("dd.mm.yyyy", "05.03.2025"),
    ("DD/MM/YY", "05/03/25"),
    ("d mmmm yyyy", "5 марта 2025"),
    ('d mmmm yyyy" г."', "5 марта 2025 г."),
    ("[$-419]mmmm yyyy;@", "март 2025"),
    ("[$-F800]dddd, mmmm dd, yyyy", "5 марта 2025 г."),
    ("mmm.yy", "мар.25"),
    ("[$-409]d-mmm-yy", "5-Mar-25"),
    ("yyyy-mm-dd", "2025-03-05"),
    ("ДД.ММ.ГГГГ", "05.03.2025"),
    ("dd.mm.yyyy h:mm", "05.03.2025 9:07"),
]


@pytest.mark.parametrize(("form", "shown"), FORMATS)
def test_a_date_is_shown_by_its_format(form: str, shown: str) -> None:
    assert shown_date(dt.datetime(2025, 3, 5, 9, 7), form) == shown


def test_numbers_are_shown_as_in_russian_excel() -> None:
    shown = [
        shown_number(7.0, "General"), shown_number(1.5, "General"), shown_number(0.25, "0%"), shown_number(3.0, "00"),
        shown_number(2.5, "0.00"), shown_number(45721.0, "dd.mm.yyyy"), shown_number(7.0, '"№ "0'),
    ]  # fmt: skip
    assert shown == ["7", "1,5", "25%", "03", "2,50", "05.03.2025", "№ 7"]


def test_a_date_cell_gives_its_displayed_text() -> None:
    made, page = book(
        HEADER,
        (1, "Курсы", "Отчёт", dt.date(2025, 3, 5), "Лунина О.П."),
        (2, "Слёт", "Отчёт", dt.date(2025, 5, 1), "Зорин А.А."),
    )
    page["D2"].number_format = "DD.MM.YYYY"
    page["D3"].number_format = "[$-419]mmmm yyyy;@"
    plan = read(made)
    assert [row.results[0].deadline.phrase for row in plan.rows] == ["05.03.2025", "май 2025"]


def test_two_date_columns_make_one_phrase() -> None:
    made, page = book(
        ("№", "Мероприятие", "Начало", "Окончание", "Кто отвечает"),
        (1, "Курсы", dt.date(2025, 3, 5), dt.date(2025, 3, 9), "Лунина О.П."),
        (2, "Слёт", None, dt.date(2025, 5, 1), "Зорин А.А."),
        (3, "Поход", dt.date(2025, 6, 1), dt.date(2025, 6, 1), "Зорин А.А."),
    )
    for row in page["C2:D4"]:
        for cell in row:
            cell.number_format = "dd.mm.yyyy"
    assert [row.results[0].deadline.phrase for row in read(made).rows] == [
        "05.03.2025 – 09.03.2025",
        "до 01.05.2025",
        "01.06.2025",
    ]


def test_the_header_may_stand_anywhere_and_merges_tell_results() -> None:
    made, page = book()
    page["B2"] = "План работы лаборатории"
    page["B3"] = "на 2025 год"
    for at, text in enumerate(HEADER):
        page.cell(6, 3 + at, text)
    for line, values in enumerate((ROW, (None, None, "Справка", "июнь 2025 г.", None)), 7):
        for at, value in enumerate(values):
            page.cell(line, 3 + at, value)
    for merge in ("C7:C8", "D7:D8", "G7:G8"):
        page.merge_cells(merge)
    plan = read(made)
    assert rows(plan) == [("1", "Курсы", [READ[2][0], ("Справка", "июнь 2025 г.", ("Лунина О.П.",))])]
    assert plan.header.title == "План работы лаборатории\nна 2025 год"


def test_hidden_rows_and_columns_are_not_read_but_filtered_rows_are() -> None:
    made, page = book(
        (*HEADER[:2], "Служебное", *HEADER[2:]),
        (1, "Курсы", "x", "Отчёт", "май 2025 г.", "Лунина О.П."),
        (2, "Старое", "x", "Отчёт", "май 2024 г.", "Зорин А.А."),
    )
    page.column_dimensions["C"].hidden = True
    page.row_dimensions[3].hidden = True
    plan = read(made)
    assert rows(plan) == [READ]
    assert {"hidden-rows", "hidden-columns"} <= {problem.code for problem in plan.problems}
    page.auto_filter.ref = "A1:F3"
    assert [row.title for row in read(made).rows] == ["Курсы", "Старое"]


def test_the_plan_is_found_among_sheets() -> None:
    made, _page = book(("Справочник",), ("Школа", "Адрес"), ("Гимназия № 9", "Сосновый"))
    plan_page = made.create_sheet("Дорожная карта")
    plan_page.append(("Дорожная карта на 2025 год",))
    plan_page.append(HEADER)
    plan_page.append(ROW)
    hidden = made.create_sheet("Черновик")
    hidden.append(HEADER)
    hidden.append((1, "Старое", "Отчёт", "май 2024 г.", "Зорин А.А."))
    hidden.sheet_state = "hidden"
    plan = read(made)
    assert rows(plan) == [READ]
    assert (plan.header.title, plan.sections) == ("Дорожная карта на 2025 год", ())


def test_several_plan_sheets_are_sections() -> None:
    made, page = book(HEADER, ROW)
    page.title = "Кадры"
    other = made.create_sheet("Дети")
    other.append(HEADER)
    other.append((1, "Поход", "Отчёт", "июнь 2025 г.", "Зорин А.А."))
    plan = read(made)
    assert [(row.number, row.title, row.section) for row in plan.rows] == [
        ("1", "Курсы", ("Кадры",)),
        ("1", "Поход", ("Дети",)),
    ]


def test_formulas_give_their_stored_values_and_numbers_what_was_meant() -> None:
    made, page = book(
        HEADER,
        (1.1, "Курсы", "Отчёт", "май 2025 г.", "Лунина О.П."),
        (dt.date(2025, 2, 1), "Слёт", "=A1", "июнь", "Зорин А.А."),
    )
    page["A3"].number_format = "dd.mmm"
    plan = read(made)
    assert [(row.number, row.results[0].text) for row in plan.rows] == [("1.1", "Отчёт"), ("1.2", "")]
    assert "formula-without-value" in [problem.code for problem in plan.problems]


def test_section_rows_without_a_merge_are_told_by_their_looks() -> None:
    made, page = book(
        HEADER,
        ("Раздел 1. Кадры",),
        ROW,
        (None, "РАБОТА С ДЕТЬМИ"),
        (2, "Поход", "Отчёт", "июнь 2025 г.", "Зорин А.А."),
        (None, "Итоги"),
        (3, "Слёт", "Отчёт", "июнь 2025 г.", "Зорин А.А."),
    )
    page["B6"].font = Font(bold=True)
    plan = read(made)
    assert [row.section[-1] for row in plan.rows] == ["1", "РАБОТА С ДЕТЬМИ", "Итоги"]
