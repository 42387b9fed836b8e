"""Writing rows of a draft: cells, executors, links, dates."""

import datetime as dt

import pytest

from organizations.models import Entry, Person, Position
from roadmaps import sheets
from roadmaps.choices import DRAFT, OPEN, HeadingKind, LinkKind, Rule
from roadmaps.models import Assignment, Link
from roadmaps.operations import editions, links, problems, rows
from roadmaps.operations.dates import wrong_dates
from tests.roadmaps.chain import NOW, Chain


def test_a_changed_cell_leaves_was_and_became_in_the_journal(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    by = chain.user(chain.town)
    rows.edit_result(
        roadmap=plan.roadmap,
        commitment=plan.rows[0],
        changes={"text": "Справка", "executors": ["Методист", "Директор школы"]},
        by=by,
        now=NOW,
    )
    entry = Entry.objects.about("commitment", plan.rows[0]).get(operation="row-changed")
    assert (entry.by, entry.before, entry.after) == (
        by,
        {"text": "Результат 1", "executors": ["Методист"]},
        {"text": "Справка", "executors": ["Методист", "Директор школы"]},
    )


def test_saving_what_stands_there_already_writes_nothing(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    rows.edit_result(
        roadmap=plan.roadmap,
        commitment=plan.rows[0],
        changes={"text": "Результат 1", "phrase": "до 15 октября", "executors": ["Методист"]},
        by=None,
        now=NOW,
    )
    assert not Entry.objects.filter(operation="row-changed").exists()


def test_two_people_at_one_cell_do_not_overwrite_each_other(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    seen = {"text": "Результат 1"}
    first = {"text": "Первый"}
    rows.edit_result(roadmap=plan.roadmap, commitment=plan.rows[0], changes=first, expected=seen, by=None, now=NOW)
    with pytest.raises(problems.Changed):
        rows.edit_result(
            roadmap=plan.roadmap, commitment=plan.rows[0], changes={"text": "Второй"}, expected=seen, by=None, now=NOW
        )
    assert sheets.load(plan.edition).rows[0].text == "Первый"


def test_names_outside_the_closed_list_change_nothing(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"])
    changes = {"text": "Справка", "roadmap_id": 999, "since": 1, "commitment_id": 5}
    rows.edit_result(roadmap=plan.roadmap, commitment=plan.rows[0], changes=changes, by=None, now=NOW)
    row = sheets.load(plan.edition).rows[0]
    assert (row.commitment, row.text) == (plan.rows[0], "Справка")


def test_a_row_of_another_plan_is_not_found(chain: Chain) -> None:
    mine = chain.plan(chain.town, ["до 15 октября"])
    foreign = chain.plan(chain.other_town, ["до 15 октября"])
    from roadmaps.models import Deliverable

    with pytest.raises(Deliverable.DoesNotExist):
        rows.edit_result(roadmap=mine.roadmap, commitment=foreign.rows[0], changes={"text": "Чужое"}, by=None, now=NOW)


def test_headings_nest_and_number_rows_by_their_own_numbers(chain: Chain) -> None:
    plan = chain.plan(chain.town, [])
    section = rows.add_heading(
        roadmap=plan.roadmap, kind=HeadingKind.SECTION, title="Подготовка", number="I", by=None, now=NOW
    )
    activity = rows.add_heading(
        roadmap=plan.roadmap,
        kind=HeadingKind.ACTIVITY,
        title="Координаторы",
        number="4.",
        parent=section.pk,
        by=None,
        now=NOW,
    )
    for text in ("Приказ", "Список"):
        rows.add_result(roadmap=plan.roadmap, activity=activity.pk, text=text, phrase="до 1 октября", by=None, now=NOW)
    sheet = sheets.load(plan.edition)
    assert [(row.ref, row.label, row.text) for row in sheet.rows] == [
        ("1.1", "4.1", "Приказ"),
        ("1.2", "4.2", "Список"),
    ]
    assert [h.title for h in sheet.path(sheet.heading[activity.pk])] == ["Подготовка"]


def test_rows_change_places_inside_their_activity_only(chain: Chain) -> None:
    plan = chain.plan(chain.town, [])
    activity = rows.add_heading(roadmap=plan.roadmap, kind=HeadingKind.ACTIVITY, title="Дело", by=None, now=NOW)
    one, two = (
        rows.add_result(roadmap=plan.roadmap, activity=activity.pk, text=text, phrase="", by=None, now=NOW).pk
        for text in ("Раз", "Два")
    )
    assert not rows.move_result(roadmap=plan.roadmap, commitment=one, up=True, by=None, now=NOW)
    assert rows.move_result(roadmap=plan.roadmap, commitment=two, up=True, by=None, now=NOW)
    assert [row.text for row in sheets.load(plan.edition).rows] == ["Два", "Раз"]


def test_executors_are_known_from_the_register(chain: Chain) -> None:
    person = Person.objects.create(surname="Снегирёва", given_name="Анна", patronymic="Петровна")
    post = Position.objects.create(organization=chain.town, person=person, title="методист")
    plan = chain.plan(chain.town, ["до 15 октября"])
    rows.edit_result(
        roadmap=plan.roadmap,
        commitment=plan.rows[0],
        changes={"executors": ["Снегирёва А.П.", "Руководители ОО", "Неведомый совет"]},
        by=None,
        now=NOW,
    )
    found = Assignment.objects.filter(commitment=plan.rows[0]).at(DRAFT).order_by("position")
    assert [(a.kind, a.post, bool(a.group)) for a in found] == [
        ("person", post, False),
        ("group", None, True),
        ("body", None, False),
    ]


def test_breaking_inheritance_gives_the_own_phrase_back(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 15 октября"], in_force=True)
    town = chain.plan(chain.town, ["до 22 октября"], uppers=[region])
    follow = {"roadmap": town.roadmap, "lower": town.rows[0], "upper": region.rows[0], "kind": LinkKind.IMPLEMENTS}
    links.link(**follow, rule=Rule.SAME, by=None, now=NOW)
    assert sheets.load(town.edition).rows[0].deadline.due == dt.date(2026, 10, 15)
    links.link(**follow, rule=Rule.OWN, by=None, now=NOW)
    row = sheets.load(town.edition).rows[0]
    assert (row.deadline.due, row.deadline.phrase) == (dt.date(2026, 10, 22), "до 22 октября")
    assert Link.objects.filter(lower=town.rows[0], until=OPEN).count() == 1


def test_a_shift_reckons_in_working_days_of_the_organization(chain: Chain) -> None:
    from organizations.calendars import forget_calendars
    from organizations.models import CalendarDay

    CalendarDay.objects.create(organization=chain.town, day=dt.date(2026, 10, 14), is_working=False)
    forget_calendars()
    region = chain.plan(chain.ministry, ["до 15 октября"], in_force=True)
    town = chain.plan(chain.town, ["до 22 октября"], uppers=[region])
    links.link(
        roadmap=town.roadmap,
        lower=town.rows[0],
        upper=region.rows[0],
        kind=LinkKind.IMPLEMENTS,
        rule=Rule.SHIFTED,
        days=-2,
        working=True,
        by=None,
        now=NOW,
    )
    assert sheets.load(town.edition).rows[0].deadline.due == dt.date(2026, 10, 12)  # 14.10 is off here
    assert wrong_dates() == []


def test_a_link_needs_an_upper_row_in_force(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 15 октября"])
    town = chain.plan(chain.town, ["до 22 октября"])
    with pytest.raises(problems.NotAbove):
        links.link(
            roadmap=town.roadmap,
            lower=town.rows[0],
            upper=region.rows[0],
            kind=LinkKind.IMPLEMENTS,
            by=None,
            now=NOW,
        )


def test_what_is_not_applicable_needs_a_reason_and_counts_as_answered(chain: Chain) -> None:
    from roadmaps import checks

    region = chain.plan(chain.ministry, ["до 15 октября"], in_force=True, obliges="all-municipalities")
    town = chain.plan(chain.town, ["до 22 октября"], uppers=[region])
    assert [remark.code for remark in checks.open_errors(town.edition)] == ["not-covered"]
    with pytest.raises(problems.ReasonNeeded):
        links.waive(roadmap=town.roadmap, upper=region.rows[0], reason="", by=None, now=NOW)
    links.waive(roadmap=town.roadmap, upper=region.rows[0], reason="Медицинских классов нет", by=None, now=NOW)
    assert checks.open_errors(town.edition) == []
    links.unwaive(roadmap=town.roadmap, upper=region.rows[0], by=None, now=NOW)
    assert [remark.code for remark in checks.open_errors(town.edition)] == ["not-covered"]


def test_an_unlinked_row_is_an_own_initiative_again(chain: Chain) -> None:
    region = chain.plan(chain.ministry, ["до 15 октября"], in_force=True)
    town = chain.plan(chain.town, ["до 22 октября"], uppers=[region], links=[(0, region.rows[0], "implements", "same")])
    links.unlink(roadmap=town.roadmap, lower=town.rows[0], upper=region.rows[0], by=None, now=NOW)
    row = sheets.load(town.edition).rows[0]
    assert (row.links, row.deadline.phrase) == ([], "до 22 октября")


def test_editing_an_opened_edition_leaves_the_one_in_force(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 15 октября"], in_force=True)
    draft = editions.open_edition(plan.edition.roadmap, by=None, now=NOW)
    rows.edit_result(roadmap=plan.roadmap, commitment=plan.rows[0], changes={"phrase": "до 1 ноября"}, by=None, now=NOW)
    assert sheets.load(plan.edition).rows[0].deadline.due == dt.date(2026, 10, 15)
    assert sheets.load(draft).rows[0].deadline.due == dt.date(2026, 11, 1)
