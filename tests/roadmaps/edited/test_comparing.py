"""What a person changed in a file, row by row, also where the plan went on meanwhile."""

import copy
from typing import Any

import pytest
from docx.table import Table, _Row

from roadmaps.edited.changes import Cell, CellChange, Deed, Note
from tests.roadmaps.edited.plans import (
    FORMS,
    against,
    changed,
    exported,
    in_excel,
    in_word,
    keys_of,
    plan,
    row,
    stripped,
    with_row,
    without,
)


def write(line: _Row, column: int, text: str) -> None:
    """Write into a cell as a person does: over the words that stand there."""
    paragraph = line.cells[column].paragraphs[0]
    for run in paragraph.runs[1:]:
        run._r.getparent().remove(run._r)
    if paragraph.runs:
        paragraph.runs[0].text = text
    else:
        paragraph.add_run(text)


def deadline_in(form: str, data: bytes, text: str) -> bytes:
    """Give the first row another deadline."""
    if form == "docx":
        return in_word(data, lambda table, rows: write(rows[0], 3, text))

    def edit(sheet: Any, head: int) -> None:
        sheet.cell(head + 2, 4).value = text

    return in_excel(data, edit)


@pytest.mark.parametrize("form", FORMS)
def test_a_changed_cell_is_shown_as_it_was_and_became(form: str) -> None:
    found = against(deadline_in(form, exported(plan(), form), "до 05.10.2026"), form, plan())
    assert [(one.key, one.deed, one.label, one.where, one.target) for one in found.changes] == [
        ("row-10", Deed.ROW, "1.1", "Полярные классы открыты", 10)
    ]
    assert found.changes[0].cells == (CellChange(Cell.PHRASE, "до 01.10.2026", "до 05.10.2026"),)
    assert found.changes[0].notes == ()


@pytest.mark.parametrize("form", FORMS)
def test_what_only_the_plan_changed_stays_as_it_is(form: str) -> None:
    data = deadline_in(form, exported(plan(), form), "до 05.10.2026")
    found = against(data, form, changed(plan(), 14, text="Журнал заполнен", phrase="еженедельно"))
    assert (keys_of(found), found.untouched) == (["row-10"], 2)


@pytest.mark.parametrize("form", FORMS)
def test_what_both_changed_clashes_and_is_left_to_the_person(form: str) -> None:
    data = deadline_in(form, exported(plan(), form), "до 05.10.2026")
    found = against(data, form, changed(plan(), 10, phrase="до 03.10.2026"))
    assert [(one.key, one.clashes) for one in found.changes] == [("row-10", True)]
    assert found.changes[0].cells == (CellChange(Cell.PHRASE, "до 03.10.2026", "до 05.10.2026", clashes=True),)
    agreed = against(data, form, changed(plan(), 10, phrase="до 05.10.2026"))
    assert keys_of(agreed) == []


def test_a_row_that_the_portal_got_since_is_not_taken_for_a_deleted_one() -> None:
    later = with_row(plan(), 2, row(99, "1.2", "Добавлено на портале", "до 01.12.2026"))
    assert keys_of(against(exported(plan(), "docx"), "docx", later)) == []


def test_a_deleted_row_and_a_deleted_activity_are_asked_for() -> None:
    def edit(table: Table, rows: list[_Row]) -> None:
        for index in (2, 4):
            rows[index]._tr.getparent().remove(rows[index]._tr)

    found = against(in_word(exported(plan(), "docx"), edit), "docx", plan())
    assert [(one.key, one.label, one.removed) for one in found.changes] == [
        ("gone-row-12", "2.2", ()),
        ("gone-head-5", "3", (14,)),
    ]


def test_a_row_dropped_on_the_portal_stays_dropped_unless_the_file_changed_it() -> None:
    data = exported(plan(), "docx")
    assert keys_of(against(data, "docx", without(plan(), 11))) == []
    edited = in_word(data, lambda table, rows: write(rows[1], 2, "Список составлен и проверен"))
    found = against(edited, "docx", without(plan(), 11))
    assert [(one.deed, one.notes, one.clashes) for one in found.changes] == [
        (Deed.ROW_ADDED, (Note.REMOVED_SINCE,), True)
    ]


def test_a_new_row_in_an_activity_and_a_new_activity() -> None:
    def edit(table: Table, rows: list[_Row]) -> None:
        copied = copy.deepcopy(rows[2]._tr)
        rows[2]._tr.addnext(copied)
        write(_Row(copied, table), 2, "Список разослан")
        alone = copy.deepcopy(rows[4]._tr)
        rows[4]._tr.addnext(alone)
        fresh = _Row(alone, table)
        for column, text in enumerate(("3а.", "Олимпиада проведена", "Протокол", "до 01.03.2027", "Отдел")):
            write(fresh, column, text)

    found = against(in_word(exported(plan(), "docx"), edit), "docx", plan())
    assert [(one.deed, one.label, one.words, one.where) for one in found.changes] == [
        (Deed.ROW_ADDED, "2.2", "Список разослан", "Наставники названы"),
        (Deed.ACTIVITY_ADDED, "3а", "Олимпиада проведена", "II. Работа"),
    ]
    assert found.changes[1].rows == ("Протокол · до 01.03.2027 · Отдел",)


def test_a_row_sorted_elsewhere_in_excel_is_moved_and_nothing_else() -> None:
    def edit(sheet: Any, head: int) -> None:
        for column in (1, 3, 4, 5, 6):
            one, other = sheet.cell(head + 4, column), sheet.cell(head + 5, column)
            one.value, other.value = other.value, one.value

    found = against(in_excel(exported(plan(), "xlsx"), edit), "xlsx", plan())
    assert [(one.key, one.deed, one.behind) for one in found.changes] == [
        ("moved-row-13", Deed.ROW_MOVED, "2.1 Список составлен")
    ]


def test_a_row_carried_into_another_activity_is_moved_there() -> None:
    def edit(table: Table, rows: list[_Row]) -> None:
        moved = rows[3]._tr
        for merge in moved.xpath("./w:tc/w:tcPr/w:vMerge"):
            merge.getparent().remove(merge)
        rows[4]._tr.addnext(moved)

    found = against(in_word(exported(plan(), "docx"), edit), "docx", plan())
    assert [(one.key, one.where, one.behind) for one in found.changes] == [
        ("moved-row-13", "Занятия идут", "3.1 Журнал ведётся")
    ]


def test_an_activity_moved_to_another_section_goes_with_its_rows() -> None:
    def edit(table: Table, rows: list[_Row]) -> None:
        table._tbl.append(rows[0]._tr)

    found = against(in_word(exported(plan(), "docx"), edit), "docx", plan())
    assert [(one.key, one.where, one.behind) for one in found.changes] == [
        ("moved-head-2", "II. Работа", "4 Итоги подведены")
    ]


def test_the_deadline_of_a_row_that_follows_another_plan_says_so() -> None:
    found = against(
        in_word(exported(plan(), "docx"), lambda table, rows: write(rows[2], 3, "до 25.10.2026")), "docx", plan()
    )
    assert [(one.key, one.notes) for one in found.changes] == [("row-12", (Note.INHERITED,))]


def test_titles_numbers_sections_goals_and_tasks_are_compared_too() -> None:
    def edit(table: Table, rows: list[_Row]) -> None:
        write(rows[0], 1, "Полярные классы набраны")
        write(rows[5], 0, "5.1.")
        write(table.rows[1], 0, "I. Начало")
        body = table._tbl.getparent()
        for text in body.xpath("./w:p//w:t"):
            for was, became in (("класс для каждого", "класс в каждой школе"), ("открыть классы", "набрать классы")):
                text.text = text.text.replace(was, became).replace("полярных классов", "северных классов")

    found = against(in_word(exported(plan(), "docx"), edit), "docx", plan())
    assert {(one.key, one.where): [(cell.cell, cell.became) for cell in one.cells] for one in found.changes} == {
        ("head-1", ""): [(Cell.TITLE, "Начало")],
        ("head-2", ""): [(Cell.TITLE, "Полярные классы набраны")],
        ("head-6", ""): [(Cell.NUMBER, "5")],
        ("head-20", "title"): [(Cell.TITLE, "План работы\nсеверных классов")],
        ("head-21", "goal"): [(Cell.TITLE, "класс в каждой школе")],
        ("head-22", "task"): [(Cell.TITLE, "набрать классы")],
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_file_without_marks_still_shows_the_changed_cell_alone(form: str) -> None:
    data = stripped(deadline_in(form, exported(plan(), form), "до 05.10.2026"), form)
    found = against(data, form, plan())
    assert (keys_of(found), found.by_marks) == (["row-10"], False)


def test_marks_of_rows_that_are_none_of_this_plan_count_for_nothing() -> None:
    foreign = changed(plan(), 10, key=777)
    data = exported(foreign, "docx")
    assert keys_of(against(data, "docx", plan())) == []


def test_executors_written_in_one_line_are_still_the_same_people() -> None:
    data = in_word(exported(plan(), "docx"), lambda table, rows: write(rows[1], 4, "Школы; Ельникова А. П., методист"))

    def drop_second(table: Table, rows: list[_Row]) -> None:
        second = rows[1].cells[4].paragraphs[1]._p
        second.getparent().remove(second)

    assert keys_of(against(in_word(data, drop_second), "docx", plan())) == []
