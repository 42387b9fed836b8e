"""An edited file comes back: what is confirmed enters the draft, all of it or nothing."""

from collections.abc import Callable

import pytest
from docx.table import Table, _Row

from documents.office import write_word
from organizations.models import Entry
from roadmaps import papers, sheets
from roadmaps.choices import DRAFT, EditedState, HeadingKind, Rule
from roadmaps.edited.changes import Deed, Difference
from roadmaps.models import EditedFile, Edition, Roadmap
from roadmaps.operations import edited, editions, problems, rows
from roadmaps.operations.dates import wrong_dates
from roadmaps.sheets import Sheet
from tests.roadmaps.chain import NOW, Chain, Plan
from tests.roadmaps.edited.plans import in_word
from tests.roadmaps.edited.test_comparing import write

Edit = Callable[[Table, list[_Row]], object]


def file_of(roadmap: int) -> bytes:
    """Export the edition that stands."""
    sheet = sheets.load(edited.current(roadmap))
    standing = papers.standing_of(sheet)
    return write_word(papers.plan_paper(sheet, standing), papers.origin_of(sheet, standing).to_properties())


def brought(chain: Chain, plan: Plan, edit: Edit) -> tuple[EditedFile, Difference]:
    """Export a plan, edit the file in Word, bring it back; gives what differs."""
    data = in_word(file_of(plan.roadmap), edit)
    roadmap = Roadmap.objects.get(pk=plan.roadmap)
    file = edited.receive(roadmap=roadmap, name="Правка.docx", data=data, by=chain.user(chain.town), now=NOW)
    return file, edited.difference(file, sheets.load(edited.current(plan.roadmap)))


def take(chain: Chain, file: EditedFile, found: Difference, *keys: str) -> Sheet:
    """Confirm changes, all of them unless some are named; gives the draft."""
    accepted = keys or [one.key for one in found.changes]
    edited.bring_in(file, accepted=accepted, seen=found.digest, by=chain.user(chain.town), now=NOW)
    return sheets.load(edited.current(file.roadmap_id))


def told(sheet: Sheet) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(heading.title, [(row.text, row.own.phrase) for row in found]) for heading, found in sheet.activities()]


def test_only_what_is_confirmed_enters_the_draft(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026", "до 20.10.2026"])

    def edit(table: Table, lines: list[_Row]) -> None:
        write(lines[0], 3, "до 16.10.2026")
        write(lines[1], 2, "Другой результат")

    file, found = brought(chain, plan, edit)
    assert [one.key for one in found.changes] == [f"row-{key}" for key in plan.rows]
    sheet = take(chain, file, found, f"row-{plan.rows[0]}")
    assert [(row.text, row.own.phrase) for row in sheet.rows] == [
        ("Результат 1", "до 16.10.2026"),
        ("Результат 2", "до 20.10.2026"),
    ]
    assert str(sheet.rows[0].deadline.due) == "2026-10-16"
    entry = Entry.objects.about("commitment", plan.rows[0]).get(operation="row-changed")
    assert entry.by == chain.user(chain.town)
    assert Entry.objects.about("roadmap", plan.roadmap).filter(operation="edited-file-brought-in").count() == 1
    file.refresh_from_db()
    assert file.state == EditedState.APPLIED


def test_a_plan_in_force_gets_a_new_edition_by_the_first_change(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026"], in_force=True)
    file, found = brought(chain, plan, lambda table, lines: write(lines[0], 2, "Исправленный результат"))
    assert not Edition.objects.filter(roadmap=plan.roadmap, number=DRAFT).exists()
    sheet = take(chain, file, found)
    assert sheet.edition.number == DRAFT
    assert [row.text for row in sheet.rows] == ["Исправленный результат"]
    in_force = Edition.objects.in_force().select_related("roadmap__organization").get(roadmap=plan.roadmap)
    assert [row.text for row in sheets.load(in_force).rows] == ["Результат 1"]


def test_rows_and_activities_come_go_and_change_places(chain: Chain) -> None:
    import copy

    plan = chain.plan(chain.town, ["до 1.10.2026", "до 2.10.2026", "до 3.10.2026", "до 4.10.2026"])

    def edit(table: Table, lines: list[_Row]) -> None:
        fresh = copy.deepcopy(lines[0]._tr)
        for mark in fresh.xpath(".//w:bookmarkStart | .//w:bookmarkEnd"):
            mark.getparent().remove(mark)
        lines[0]._tr.addnext(fresh)
        for column, text in enumerate(("1а.", "Новое дело", "Новый результат", "до 5.10.2026", "Методист")):
            write(_Row(fresh, table), column, text)
        lines[1]._tr.getparent().remove(lines[1]._tr)
        lines[3]._tr.addnext(lines[2]._tr)

    file, found = brought(chain, plan, edit)
    assert [one.deed for one in found.changes] == [Deed.ACTIVITY_ADDED, Deed.HEADING_REMOVED, Deed.HEADING_MOVED]
    assert [title for title, _ in told(take(chain, file, found))] == [
        "Дело 1: Результат 1", "Новое дело", "Дело 4: Результат 4", "Дело 3: Результат 3",
    ]  # fmt: skip
    assert told(sheets.load(edited.current(plan.roadmap)))[1][1] == [("Новый результат", "до 5.10.2026")]


def test_rows_within_and_between_activities(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 1.10.2026", "до 2.10.2026"])
    by = chain.user(chain.town)
    first = sheets.load(edited.current(plan.roadmap)).rows[0].heading
    for text in ("Второй", "Третий"):
        rows.add_result(roadmap=plan.roadmap, activity=first, text=text, phrase="до 9.10.2026", by=by, now=NOW)

    def edit(table: Table, lines: list[_Row]) -> None:
        import copy

        inner = copy.deepcopy(lines[2]._tr)
        for mark in inner.xpath(".//w:bookmarkStart | .//w:bookmarkEnd"):
            mark.getparent().remove(mark)
        lines[0]._tr.addnext(inner)
        write(_Row(inner, table), 2, "Между первым и вторым")
        carried = lines[2]._tr
        for merge in carried.xpath("./w:tc/w:tcPr/w:vMerge"):
            merge.getparent().remove(merge)
        lines[3]._tr.addnext(carried)

    file, found = brought(chain, plan, edit)
    assert [one.deed for one in found.changes] == [Deed.ROW_ADDED, Deed.ROW_MOVED]
    assert [[text for text, _ in inside] for _, inside in told(take(chain, file, found))] == [
        ["Результат 1", "Между первым и вторым", "Второй"],
        ["Результат 2", "Третий"],
    ]
    assert wrong_dates() == []


def test_a_deadline_of_the_file_ends_the_inheritance(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True)
    town = chain.plan(chain.town, ["до 25.10.2026"], uppers=[region], links=[(0, region.rows[0], "implements", "same")])
    file, found = brought(chain, town, lambda table, lines: write(lines[0], 3, "до 20.10.2026"))
    assert [(one.cells[0].was, one.cells[0].became) for one in found.changes] == [("до 30.10.2026", "до 20.10.2026")]
    sheet = take(chain, file, found)
    assert (sheet.rows[0].links[0].rule, str(sheet.rows[0].deadline.due)) == (Rule.OWN, "2026-10-20")
    assert wrong_dates() == []


def test_a_file_that_changes_nothing_changes_nothing(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026", "ежемесячно"], in_force=True)
    _, found = brought(chain, plan, lambda table, lines: None)
    assert found.changes == []


def test_whoever_confirms_must_have_seen_this_very_difference(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026"])
    by = chain.user(chain.town)
    file, found = brought(chain, plan, lambda table, lines: write(lines[0], 2, "Из файла"))
    rows.edit_result(roadmap=plan.roadmap, commitment=plan.rows[0], changes={"text": "С портала"}, by=by, now=NOW)
    with pytest.raises(problems.Changed):
        take(chain, file, found)
    now = edited.difference(file, sheets.load(edited.current(plan.roadmap)))
    assert [(one.key, one.clashes) for one in now.changes] == [(f"row-{plan.rows[0]}", True)]
    take(chain, file, now)
    with pytest.raises(problems.Changed):
        take(chain, file, now)
    with pytest.raises(problems.NothingChosen):
        edited.bring_in(file, accepted=[], seen=now.digest, by=by, now=NOW)


def test_a_submitted_draft_takes_nothing_in_and_keeps_the_file_waiting(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026"])
    file, found = brought(chain, plan, lambda table, lines: write(lines[0], 2, "Из файла"))
    editions.submit(plan.edition, by=chain.user(chain.town), now=NOW)
    with pytest.raises(problems.NotWritable):
        take(chain, file, found)
    file.refresh_from_db()
    assert file.state == EditedState.WAITING


def test_a_file_of_another_plan_names_none_of_its_rows(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026"], title="План округа")
    other = chain.plan(chain.other_town, ["до 16.10.2026"], title="План соседей")
    roadmap = Roadmap.objects.get(pk=plan.roadmap)
    data = in_word(file_of(other.roadmap), lambda table, lines: write(lines[0], 4, "Чужой методист"))
    file = edited.receive(roadmap=roadmap, name="Чужое.docx", data=data, by=chain.user(chain.town), now=NOW)
    found = edited.difference(file, sheets.load(edited.current(plan.roadmap)))
    assert not found.by_marks
    assert {one.target for one in found.changes} <= {plan.rows[0], None}
    take(chain, file, found)
    unchanged = sheets.load(edited.current(other.roadmap))
    assert [row.executors[0].text for row in unchanged.rows] == ["Методист"]


def test_a_new_section_opens_where_the_file_has_it(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 1.10.2026", "до 2.10.2026"])
    by = chain.user(chain.town)
    rows.add_heading(roadmap=plan.roadmap, kind=HeadingKind.SECTION, title="Последний", number="I.", by=by, now=NOW)

    def edit(table: Table, lines: list[_Row]) -> None:
        import copy

        section = copy.deepcopy(table.rows[3]._tr)
        for mark in section.xpath(".//w:bookmarkStart | .//w:bookmarkEnd"):
            mark.getparent().remove(mark)
        lines[0]._tr.addnext(section)
        write(_Row(section, table), 0, "II. Середина")

    file, found = brought(chain, plan, edit)
    assert [(one.deed, one.label, one.words) for one in found.changes] == [
        (Deed.SECTION_ADDED, "II.", "Середина"),
        (Deed.HEADING_MOVED, "2", "Дело 2: Результат 2"),
    ]
    sheet = take(chain, file, found)
    shown = [(one.title, bool(one.parent)) for one in sheet.headings if one.kind != HeadingKind.TITLE]
    assert shown == [
        ("Дело 1: Результат 1", False), ("Середина", False), ("Дело 2: Результат 2", True), ("Последний", False),
    ]  # fmt: skip
