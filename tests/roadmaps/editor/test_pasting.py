"""Tables from the clipboard: merged cells, quoted line breaks, pieces without a header, and the real tables."""

import csv
import html
import io
import json

import pytest

from roadmaps.editor.pasted import PastedRow, Standing, matches, read_pasted
from roadmaps.reading.blocks import Cell, Grid, Line
from roadmaps.reading.clipboard import grid_of_text
from roadmaps.reading.plan import find_tables, read_content
from tests.shared import SHARED, needs_shared

HEAD = "<tr><th>№</th><th>Мероприятие</th><th>Результат</th><th>Срок</th><th>Ответственные</th></tr>"
WORD = f"""<html><head><style>td {{ color: red }}</style></head><body><!--StartFragment--><table>{HEAD}
<tr><td rowspan=2><p class=MsoNormal>1.</p></td><td rowspan=2><p>Слёт наставников</p></td><td><p>Программа<o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1)<span>&nbsp;&nbsp;</span></span><![endif]>утверждена</p></td>
<td>до 01.10.2026</td><td>Методист<br>Директор</td></tr>
<tr><td>Итоги подведены</td><td>до 20.10.2026</td><td>Методист</td></tr>
<tr><td colspan=5><b>Раздел II. Связь со школами</b></td></tr>
<tr><td>2.</td><td>Опрос школ</td><td>Отчёт</td><td>ноябрь 2026</td><td>Школы</td></tr></table></body></html>"""


def test_merged_cells_of_word_are_one_activity_with_two_results() -> None:
    assert read_pasted(WORD, "").rows == (
        PastedRow("", "1", "Слёт наставников", "Программа\n1) утверждена", "до 01.10.2026", "Методист\nДиректор"),
        PastedRow("", "1", "Слёт наставников", "Итоги подведены", "до 20.10.2026", "Методист"),
        PastedRow("II. Связь со школами", "2", "Опрос школ", "Отчёт", "ноябрь 2026", "Школы"),
    )


def test_a_quoted_line_break_stays_in_its_cell() -> None:
    text = 'Мероприятие\tРезультат\tСрок\tИсполнители\nОпрос\t"Отчёт\n""о школах"""\tдо 1 мая\t"Методист\nДиректор"\n\tСправка\tдо 5 мая\tМетодист\n'
    assert [row.cells[2:] for row in read_pasted("", text).rows] == [
        ["Опрос", 'Отчёт\n"о школах"', "до 1 мая", "Методист\nДиректор"],
        ["Опрос", "Справка", "до 5 мая", "Методист"],
    ]


def test_a_piece_without_a_header_is_laid_out_by_its_width_or_as_a_person_says() -> None:
    piece = "Итоги подведены\tдо 1 мая\tМетодист"
    assert read_pasted("", piece).rows == (PastedRow("", "", "", "Итоги подведены", "до 1 мая", "Методист"),)
    said = read_pasted("", piece, ["title", "deadline", "executors"]).rows
    assert said == (PastedRow("", "", "Итоги подведены", "", "до 1 мая", "Методист"),)


@pytest.mark.parametrize(
    "nonsense", ["", "<table>", "<td rowspan=99999 colspan=99999>x", "<table><tr><td rowspan=0 colspan=-1>x</table>"]
)
def test_nonsense_gives_few_rows_and_no_error(nonsense: str) -> None:
    assert len(read_pasted(nonsense, "").rows) <= 1


def test_no_row_of_the_plan_is_taken_twice() -> None:
    standing = [Standing(7, "Опрос школ", "Отчёт готов"), Standing(8, "Опрос школ", "Отчёт готов!")]
    rows = [
        PastedRow("", "", "Опрос школ", text, "", "") for text in ("Отчет готов", "Отчёт готов!", "Совсем другое дело")
    ]
    assert matches(rows, standing) == [7, 8, None]


def html_of(grid: Grid) -> str:
    """Write a grid as Word and Excel put it on the clipboard."""
    lines = []
    for at, row in enumerate(grid.rows):
        cells, col = [], 0
        while col < grid.width:
            cell = row.at(col) or Cell((), col)  # Excel writes empty cells, too
            col = cell.col + cell.span
            if cell.above:
                continue
            down = 1
            while at + down < len(grid.rows) and any(c.above and c.col == cell.col for c in grid.rows[at + down].cells):
                down += 1
            words = "".join(f"<p>{label_of(line)}{html.escape(line.text)}</p>" for line in cell.lines)
            cells.append(f"<td colspan={cell.span} rowspan={down}>{words}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


def label_of(line: Line) -> str:
    return f"<span style='mso-list:Ignore'>{html.escape(line.label)}</span>" if line.label else ""


def text_of(grid: Grid) -> str:
    """Write a grid as Excel copies it as text: merged cells are empty but for the first."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\r\n")
    for row in grid.rows:
        values = {cell.col: "\n".join(line.shown for line in cell.lines) for cell in row.cells if not cell.above}
        writer.writerow([values.get(col, "") for col in range(grid.width)])
    return out.getvalue()


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("name", ["000", "001", "002"])
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_real_tables_come_over_the_clipboard_as_they_stand(kind: str, name: str) -> None:
    path = SHARED / "plans" / kind / f"{name}.{kind}"
    gold = json.loads((SHARED / "plans" / "gold" / f"{name}.json").read_text("utf-8"))
    wanted = [
        (
            (row["number"] or "").rstrip("."),
            row["title"],
            result["text"],
            result["deadline_phrase"],
            "\n".join(result["executors"]),
        )
        for row in gold["rows"]
        for result in row["results"]
    ]
    several = [len(row["results"]) for row in gold["rows"]]
    grid = find_tables(read_content(path.read_bytes(), path.name).blocks)[0][0]
    for pasted in (read_pasted(html_of(grid), ""), read_pasted("", text_of(grid))):
        found = [(row.number, row.activity, row.text, row.phrase, row.executors) for row in pasted.rows]
        counts: list[int] = []
        last = None
        for row in found:
            if row[:2] != last:
                counts.append(0)
            counts[-1] += 1
            last = row[:2]
        assert counts == several
        cells = [
            (plain(one), plain(other))
            for row, want in zip(found, wanted, strict=True)
            for one, other in zip(row, want, strict=True)
        ]
        assert sum(one == other for one, other in cells) >= 0.98 * len(cells)


def plain(text: str | None) -> str:
    return " ".join((text or "").split())


def test_a_quotation_mark_that_nothing_closes_is_no_table_and_no_fault() -> None:
    assert grid_of_text('Дело\t"' + "я" * 140_000) is None
