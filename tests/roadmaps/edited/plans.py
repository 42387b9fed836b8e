"""Plans of these tests: made by hand or by hypothesis, written as files, edited by other programs' libraries."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from docx import Document
from docx.table import Table, _Row
from hypothesis import strategies as st
from openpyxl import load_workbook

from documents.office import write_excel, write_word
from documents.paper import Act, ApprovedByAct, Stage
from roadmaps.edited.changes import Difference
from roadmaps.edited.comparing import compare
from roadmaps.edited.document import read_edited
from roadmaps.edited.origin import Origin
from roadmaps.edited.paper import marked_paper
from roadmaps.edited.standing import Kind, Standing, StandingHeading, StandingRow, StandingText

MADE = dt.datetime(2026, 9, 21, 10, 0, tzinfo=dt.UTC)
FORMS = ("docx", "xlsx")


def row(
    key: int, label: str, text: str = "", phrase: str = "", *executors: str, inherited: bool = False
) -> StandingRow:
    """Make a row."""
    return StandingRow(key, label, text, phrase, executors, inherited)


def activity(key: int, number: str, title: str, *rows: StandingRow, section: int | None = None) -> StandingHeading:
    """Make an activity."""
    return StandingHeading(key, Kind.ACTIVITY, number, number, title, section, rows)


def section(key: int, number: str, title: str, depth: int = 0) -> StandingHeading:
    """Make a section."""
    return StandingHeading(key, Kind.SECTION, number, number, title, None, (), depth)


def plan() -> Standing:
    """Two sections, an activity with three results, a goal and tasks."""
    return Standing(
        [
            section(1, "I.", "Подготовка"),
            activity(2, "1", "Полярные классы открыты", row(10, "1.1", "Приказ издан", "до 01.10.2026", "Отдел"), section=1),
            activity(
                3,
                "2",
                "Наставники названы",
                row(11, "2.1", "Список составлен", "до 15.10.2026 г.", "Школы", "Ельникова А. П., методист"),
                row(12, "2.2", "Список утверждён", "с 16.10.2026 по 20.10.2026", "Отдел", inherited=True),
                row(13, "2.3", "", "", "Отдел"),
                section=1,
            ),
            section(4, "II.", "Работа"),
            activity(5, "3", "Занятия идут", row(14, "3.1", "Журнал ведётся", "ежемесячно", "Школы"), section=4),
            activity(6, "4", "Итоги подведены", row(15, "4.1", "Справка", "16.05.2027", "Отдел"), section=4),
        ],
        [
            StandingText(20, Kind.TITLE, "План работы\nполярных классов"),
            StandingText(21, Kind.GOAL, "класс для каждого"),
            StandingText(22, Kind.TASK, "открыть классы"),
            StandingText(23, Kind.TASK, "назвать наставников"),
        ],
    )  # fmt: skip


def exported(standing: Standing, form: str, *, marks: bool = True) -> bytes:
    """Write a plan as a file, with its marks or as somebody else's."""
    stamp = ApprovedByAct(act=Act(issuer="управления образования"))
    paper = marked_paper(standing, made_at=MADE, author="Управление", stage=Stage.DRAFT, stamp=stamp)
    write = write_word if form == "docx" else write_excel
    origin = Origin("http://portal.example", 7, 2, "0" * 64, "", tuple(standing.entries()))
    data = write(paper, origin.to_properties() if marks else {})
    return data if marks else stripped(data, form)


def against(data: bytes, form: str, standing: Standing, *, trusted: bool = True) -> Difference:
    """Hold a file against a plan."""
    return compare(read_edited(data, f"План.{form}"), standing, trusted=trusted)


def in_word(data: bytes, edit: Callable[[Table, list[_Row]], Any]) -> bytes:
    """Edit the plan's table in a Word file; the rows given are those of results."""
    document = Document(io.BytesIO(data))
    table = document.tables[0]
    edit(table, [one for one in table.rows[1:] if len(one._tr.tc_lst) == 5])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def in_excel(data: bytes, edit: Callable[[Any, int], Any]) -> bytes:
    """Edit a workbook; gives the sheet and the number of its head's row."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.active
    edit(sheet, next(cell.row for cell in sheet["B"] if cell.value == "Мероприятие"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def stripped(data: bytes, form: str) -> bytes:
    """Take the marks out of a file, as a program that knows nothing of them would."""
    if form == "xlsx":
        return in_excel(data, lambda sheet, head: sheet.delete_cols(6))

    def unmark(table: Table, rows: list[_Row]) -> None:
        body = table._tbl.getparent()
        for mark in body.xpath(".//w:bookmarkStart | .//w:bookmarkEnd"):
            mark.getparent().remove(mark)

    return in_word(data, unmark)


def changed(standing: Standing, which: int, **cells: Any) -> Standing:
    """Let the plan go on: other cells of one row."""
    headings = [
        replace(one, rows=tuple(replace(row, **cells) if row.key == which else row for row in one.rows))
        for one in standing.headings
    ]
    return Standing(headings, standing.texts)


def with_row(standing: Standing, activity: int, fresh: StandingRow) -> Standing:
    """Let the plan go on: one row more in an activity."""
    headings = [replace(one, rows=(*one.rows, fresh)) if one.key == activity else one for one in standing.headings]
    return Standing(headings, standing.texts)


def without(standing: Standing, key: int) -> Standing:
    """Let the plan go on: one row less."""
    headings = [replace(one, rows=tuple(row for row in one.rows if row.key != key)) for one in standing.headings]
    return Standing(headings, standing.texts)


# Plans of hypothesis

WORDS = st.sampled_from(
    ["план", "школа № 5", "до 1.10", "1.1.", "=1+1", "@СУММ", "-", "– пункт", "row_5", "_x0041_", "г.", "Иванов А. П.",
     "<b>&amp;", "«»", "\u00a0", "\u200b", "\u2028", "\t", "\n", "\r\n", "\x07", "I.", "Раздел II", "Срок", "№ п/п", "*"]
)  # fmt: skip
HOSTILE = st.one_of(
    st.lists(WORDS, max_size=6).map(" ".join), st.text(max_size=25, alphabet=st.characters(exclude_categories=["Cs"]))
)
NUMBERS = st.one_of(st.sampled_from(["", "1", "1.", "2.3", "7)", "№ 4", "IV"]), st.text(max_size=6))


@st.composite
def plans(draw: st.DrawFn) -> Standing:
    """Make a plan of any texts: sections within sections, several results, none, empty cells, missing numbers."""
    headings: list[StandingHeading] = []
    keys = iter(range(1, 10_000))
    ref = 0
    under: int | None = None
    for _ in range(draw(st.integers(1, 5))):
        if draw(st.booleans()) and draw(st.booleans()):
            under = next(keys)
            depth = draw(st.integers(0, 3))
            headings.append(section(under, draw(NUMBERS), draw(HOSTILE), depth))
            continue
        ref += 1
        number = draw(NUMBERS)
        shown = number.strip().rstrip(".") or str(ref)
        rows = tuple(
            StandingRow(
                next(keys),
                f"{shown}.{count}",
                draw(HOSTILE),
                draw(HOSTILE),
                tuple(dict.fromkeys(one for one in draw(st.lists(HOSTILE, max_size=3)) if one.strip())),
                draw(st.booleans()),
            )
            for count in range(1, draw(st.integers(0, 3)) + 1)
        )
        headings.append(StandingHeading(next(keys), Kind.ACTIVITY, number, shown, draw(HOSTILE), under, rows))
    if not ref:
        headings.append(activity(next(keys), "1", "Дело", row(next(keys), "1.1", "Итог", "до 01.10.2026")))
    texts = [
        StandingText(next(keys), Kind.TITLE, draw(HOSTILE)),
        StandingText(next(keys), Kind.GOAL, draw(HOSTILE)),
        StandingText(next(keys), Kind.TASK, draw(HOSTILE)),
    ]
    return Standing(headings, texts)


def keys_of(found: Difference) -> list[str]:
    """List the changes of a difference by their keys."""
    return [one.key for one in found.changes]
