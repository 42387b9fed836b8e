"""Edits of the grid: carried out once, compared cell by cell, undone and done again from the journal."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizations.access import Role
from organizations.models import Entry, User
from roadmaps.models import Edit
from roadmaps.operations import editions
from roadmaps.operations.problems import NotWritable
from tests.roadmaps.chain import NOW, Chain, Plan
from tests.roadmaps.editor.grid import Grid


@pytest.fixture
def region(chain: Chain) -> Plan:
    return chain.plan(chain.ministry, ["до 30.10.2026", "10.03.2027 - 20.03.2027"], in_force=True)


@pytest.fixture
def grid(chain: Chain, region: Plan) -> Grid:
    town = chain.plan(
        chain.town,
        ["до 20.10.2026", "до 01.12.2026", "до 01.02.2027"],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "same")],
    )
    return Grid(town.edition, chain.user(chain.town))


@pytest.fixture
def colleague(grid: Grid, chain: Chain) -> Grid:
    other = User.objects.create_user("colleague", password=None)
    from organizations import access

    access.grant(other, Role.COORDINATOR, chain.town)
    return Grid(grid.edition, other)


def rows(grid: Grid) -> list[int]:
    return [row.commitment for row in grid.sheet.rows]


def test_an_edit_that_comes_twice_is_carried_out_once(grid: Grid) -> None:
    deed = {"deed": "add-row", "activity": grid.sheet.rows[0].heading, "after": None, "key": "the-same-key"}
    first, again = grid.send(deed)[0], grid.send(deed)[0]
    assert (first, len(rows(grid))) == (again, 4)
    row = rows(grid)[1]
    cell = {"deed": "cell", "row": row, "field": "text", "value": "Новое", "base": "Результат 1", "key": "a-cell-key"}
    assert [answer.state for answer in (*grid.send(cell), *grid.send(cell))] == ["done", "done"]
    assert Entry.objects.about("commitment", row).filter(operation="row-changed").count() == 1


def test_an_edit_that_was_overwritten_since_is_not_written_again(grid: Grid, colleague: Grid) -> None:
    row = rows(grid)[1]
    cell = {"deed": "cell", "row": row, "field": "text", "value": "Моё", "base": "Результат 2", "key": "lost-answer"}
    grid.send(cell)
    colleague.cell(row, "text", "Её")
    assert grid.send(cell)[0].state == "done"
    assert grid.sheet.row[row].text == "Её"
    colleague.cell(row, "text", "Результат 2")
    assert grid.send(cell)[0].state == "done"
    assert grid.sheet.row[row].text == "Результат 2"


def test_different_cells_never_conflict_and_the_same_cell_shows_both(grid: Grid, colleague: Grid) -> None:
    row = rows(grid)[1]
    assert grid.cell(row, "text", "Итог", base="Результат 2").state == "done"
    assert colleague.cell(row, "phrase", "до 5 декабря", base="до 01.12.2026").state == "done"
    met = colleague.cell(row, "text", "Вывод", base="Результат 2")
    assert (met.state, met.theirs, met.who) == ("conflict", "Итог", str(grid.by))
    assert met.at is not None
    assert colleague.cell(row, "text", "Итог и вывод", base="Итог").state == "done"
    assert colleague.cell(row, "text", "Итог и вывод", base="что угодно").state == "done"  # the same was meant


def test_a_typed_deadline_breaks_inheritance_and_a_rule_restores_it(grid: Grid, region: Plan) -> None:
    row = rows(grid)[0]
    assert grid.sheet.row[row].deadline.phrase == "до 30.10.2026"
    grid.cell(row, "phrase", "до 25.10.2026")
    now = grid.sheet.row[row]
    assert (now.deadline, now.links[0].rule) == (now.own, "own")
    grid.do("rule", row=row, upper=region.rows[0], rule="same", days=0, working=False)
    again = grid.sheet.row[row]
    assert (again.deadline.phrase, again.own.phrase) == ("до 30.10.2026", "до 25.10.2026")


def test_a_shift_moves_own_dates_and_keeps_following_at_a_distance(grid: Grid) -> None:
    first, second, _ = rows(grid)
    grid.do("shift", row=first, days=-3, working=True, base="до 30.10.2026")
    grid.do("shift", row=second, days=7, working=False, base="до 01.12.2026")
    sheet = grid.sheet
    link = sheet.row[first].links[0]
    assert (link.rule, link.days, link.working) == ("shifted", -3, True)
    assert [sheet.row[row].deadline.due.isoformat() for row in (first, second)] == ["2026-10-27", "2026-12-08"]
    grid.cell(second, "phrase", "ежемесячно")
    assert grid.do("shift", row=second, days=1, working=False, base="ежемесячно").state == "refused"


def test_what_is_added_offline_is_written_into_by_its_reference(grid: Grid) -> None:
    answers = grid.send(
        {"deed": "add-heading", "kind": "section", "parent": None, "after": None, "key": "section-key"},
        {"deed": "add-heading", "kind": "activity", "parent": "new:section-key", "after": None, "key": "activity-key"},
        {"deed": "heading", "heading": "new:activity-key", "field": "title", "value": "Слёт", "base": ""},
        {"deed": "add-row", "activity": "new:activity-key", "after": None, "key": "the-row-key"},
        {"deed": "cell", "row": "new:the-row-key", "field": "phrase", "value": "до 1 мая", "base": ""},
    )
    assert [answer.state for answer in answers] == ["done"] * 5
    later = grid.do("cell", row="new:the-row-key", field="text", value="Слёт прошёл", base="")
    row = grid.sheet.row[answers[3].made or 0]
    assert later.state == "done"
    assert (row.text, row.deadline.due and row.deadline.due.isoformat()) == ("Слёт прошёл", "2027-05-01")
    assert grid.do("cell", row="new:never-came", field="text", value="x", base="").state == "refused"


def test_numbers_follow_the_order_where_the_plan_says_so(grid: Grid) -> None:
    def numbers() -> list[str]:
        return [heading.number for heading in grid.sheet.headings if heading.kind == "activity"]

    headings = [heading.pk for heading in grid.sheet.headings if heading.kind == "activity"]
    grid.do("move-heading", heading=headings[2], parent=None, after=None)
    assert numbers() == ["3", "1", "2"]
    grid.do("numbering", mode="throughout")
    assert numbers() == ["1", "2", "3"]
    grid.do("drop-heading", heading=headings[0], rows=1)
    assert numbers() == ["1", "2"]
    for _ in range(3):
        assert grid.do("undo").state == "done"
    assert numbers() == ["1", "2", "3"]


def test_a_row_goes_where_it_is_put_also_into_another_activity(grid: Grid) -> None:
    first, second, third = rows(grid)
    target = grid.sheet.row[third].heading
    assert grid.do("move-row", row=first, activity=target, after=third).state == "done"
    assert rows(grid) == [second, third, first]
    assert grid.do("move-row", row=first, activity=target, after=None).state == "done"
    assert rows(grid) == [second, first, third]
    assert grid.do("move-row", row=first, activity=target + 1000, after=None).state == "refused"


def test_a_hundred_steps_are_undone_and_done_again(grid: Grid, region: Plan) -> None:
    rng = random.Random(7)
    pictures = [grid.picture()]
    while len(pictures) <= 100:
        step(grid, rng, region)
        if Edit.objects.filter(state="stands").count() == len(pictures):
            pictures.append(grid.picture())
    for place, picture in reversed(list(enumerate(pictures[:-1]))):
        assert grid.do("undo").state == "done"
        assert place % 10 or grid.picture() == picture
    assert grid.do("undo").state == "refused"
    for place, picture in enumerate(pictures[1:], 1):
        assert grid.do("redo").state == "done"
        assert place % 10 or grid.picture() == picture
    assert grid.do("redo").state == "refused"


def step(grid: Grid, rng: random.Random, region: Plan) -> None:
    """Do something that a person at the grid may do."""
    sheet = grid.sheet
    headings = [heading.pk for heading in sheet.headings if heading.kind == "activity"]
    row = rng.choice(sheet.rows).commitment if sheet.rows else 0
    heading = rng.choice(headings)
    deed = rng.choice(
        (
            "text",
            "phrase",
            "executors",
            "title",
            "add",
            "activity",
            "move",
            "place",
            "drop",
            "rule",
            "shift",
            "paste",
            "waive",
        )
    )
    if deed in ("text", "phrase", "executors") and row:
        values = {
            "text": f"Текст {rng.random()}",
            "phrase": f"до {rng.randint(1, 28)}.11.2026",
            "executors": "Методист\nДиректор",
        }
        grid.cell(row, deed, values[deed])
    elif deed == "title":
        grid.do(
            "heading", heading=heading, field="title", value=f"Дело {rng.random()}", base=sheet.heading[heading].title
        )
    elif deed == "add":
        grid.do("add-row", activity=heading, after=None)
    elif deed == "activity":
        grid.do("add-heading", kind="activity", parent=None, after=heading)
    elif deed == "move" and row:
        grid.do("move-row", row=row, activity=heading, after=None)
    elif deed == "place":
        grid.do("move-heading", heading=heading, parent=None, after=rng.choice([None, *headings]))
    elif deed == "drop" and len(sheet.rows) > 2:
        grid.do("drop-row", row=row)
    elif deed == "rule" and row and sheet.row[row].links:
        rule = rng.choice(("same", "own", "within", "shifted"))
        grid.do("rule", row=row, upper=region.rows[0], rule=rule, days=2 if rule == "shifted" else 0, working=False)
    elif deed == "shift" and row:
        from tests.roadmaps.editor.grid import cells_of

        grid.do("shift", row=row, days=3, working=rng.random() < 0.5, base=cells_of(sheet, row)["phrase"])
    elif deed == "paste":
        grid.do("paste", rows=[["", "", "Вставлено", "Итог", "до 1 марта", "Методист"]] * 2, matched=None)
    elif deed == "waive" and not sheet.waivers:
        grid.do("waive", upper=region.rows[1], reason="не наше")


def test_edits_of_one_step_are_undone_together(grid: Grid) -> None:
    before = grid.picture()
    for row in rows(grid)[:2]:
        grid.send({"deed": "drop-row", "row": row, "step": "bulk-removal"})
    assert len(rows(grid)) == 1
    assert grid.do("undo").state == "done"
    assert grid.picture() == before


def test_a_step_that_somebody_went_on_from_is_left_and_the_one_before_is_next(grid: Grid, colleague: Grid) -> None:
    first, second, _ = rows(grid)
    grid.cell(first, "text", "Первое")
    grid.cell(second, "text", "Второе")
    colleague.cell(second, "text", "Иначе")
    assert grid.do("undo").state == "refused"
    assert grid.do("undo").state == "done"
    assert [grid.sheet.row[row].text for row in (first, second)] == ["Результат 1", "Иначе"]


def test_nobody_undoes_the_steps_of_another(grid: Grid, colleague: Grid) -> None:
    grid.cell(rows(grid)[0], "text", "Моё")
    assert colleague.do("undo").state == "refused"


def test_a_dropped_row_comes_back_as_the_draft_had_it(chain: Chain, grid: Grid, region: Plan) -> None:
    in_force = chain.put_in_force(grid.edition)
    draft = editions.open_edition(in_force.roadmap, by=grid.by, now=NOW)
    again = Grid(draft, grid.by)
    row = rows(again)[0]
    again.cell(row, "text", "Иначе сказано")
    again.cell(row, "executors", "Директор\nМетодист")
    again.do("rule", row=row, upper=region.rows[0], rule="own", days=0, working=False)
    before = again.picture()
    again.do("drop-row", row=row)
    again.do("undo")
    assert again.picture() == before


def test_nothing_is_written_into_a_plan_that_was_sent(grid: Grid, chain: Chain) -> None:
    row = rows(grid)[0]
    type(grid.edition).objects.filter(pk=grid.edition.pk).update(state="submitted")
    with pytest.raises(NotWritable):
        grid.cell(row, "text", "Поздно")
    assert not Edit.objects.exists()


def test_a_cell_is_written_in_few_statements(grid: Grid) -> None:
    row = rows(grid)[1]
    grid.cell(row, "text", "Согрето")

    def counted(name: str, value: str, base: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            grid.cell(row, name, value, base=base)
        return sum("SAVEPOINT" not in query["sql"] for query in captured) - 1  # the grid reads its edition anew

    assert counted("text", "Ещё раз", "Согрето") <= 6
    assert counted("phrase", "до 03.12.2026", "до 01.12.2026") <= 9
