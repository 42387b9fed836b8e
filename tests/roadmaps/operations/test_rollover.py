"""Next period's plan begun from the one in force."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from deadlines.carrying import next_period
from organizations.models import Organization, Person, Position
from reminders.models import Notice
from roadmaps import sheets
from roadmaps.choices import Carry, LinkKind, Rule
from roadmaps.models import CarriedQuestion, Commitment, Edition, Roadmap, Waiver
from roadmaps.operations import carried, links, rollover, rows
from roadmaps.operations.dates import wrong_dates
from roadmaps.operations.problems import AlreadyPlanned, NotInForce, NotYetAbove
from roadmaps.pages.carried import items_of
from roadmaps.sheets import Sheet
from tests.roadmaps.chain import NOW, YEAR, Chain, Plan

NEXT = next_period(YEAR)
LATER = NOW + dt.timedelta(300)


def carry(chain: Chain, plan: Plan, **rest: object) -> Edition:
    edition = Edition.objects.select_related("roadmap__organization", "roadmap__programme", "order").get(
        pk=plan.edition.pk
    )
    by = chain.user(edition.roadmap.organization)
    return rollover.roll_over(edition, period=NEXT, by=by, now=LATER, **rest)  # type: ignore[arg-type]


def sheet_of(edition: Edition) -> Sheet:
    return sheets.load(Edition.objects.select_related("roadmap__organization", "order").get(pk=edition.pk))


def asked(edition: Edition) -> list[tuple[str, int | None]]:
    return sorted(
        CarriedQuestion.objects.filter(roadmap=edition.roadmap_id).values_list("code", "commitment__carried_from"),
        key=str,
    )


def test_rows_headings_executors_and_titles_come_along(chain: Chain) -> None:
    plan = chain.plan(
        chain.ministry,
        [("до 30.10.2026", "Отчёт за 2026/2027 учебный год"), "постоянно", ("ежемесячно до 5 числа", "Сводка")],
        in_force=True,
        title="План на 2026/2027 учебный год",
        obliges="all-municipalities",
    )
    sheet = sheet_of(carry(chain, plan))
    assert (sheet.title, sheet.period) == ("План на 2027/2028 учебный год", NEXT)
    assert [(row.text, row.own.phrase, row.obliges, row.label) for row in sheet.rows] == [
        ("Отчёт за 2027/2028 учебный год", "до 29.10.2027", "all-municipalities", "1.1"),
        ("Результат 2", "постоянно", "all-municipalities", "2.1"),
        ("Сводка", "ежемесячно до 5 числа", "all-municipalities", "3.1"),
    ]
    assert [[one.text for one in row.executors] for row in sheet.rows] == [["Методист"]] * 3
    carried = Commitment.objects.filter(pk__in=[row.commitment for row in sheet.rows]).order_by("pk")
    assert [row.carried_from_id for row in carried] == list(plan.rows)
    assert Roadmap.objects.get(pk=sheet.edition.roadmap_id).carried_from_id == plan.roadmap


def test_what_a_person_worded_otherwise_or_left_behind_is_respected(chain: Chain) -> None:
    plan = chain.plan(chain.ministry, ["до 30.10.2026", "до 20.11.2026"], in_force=True)
    edition = carry(chain, plan, phrases={plan.rows[0]: "до 25.10.2027"}, left_out=[plan.rows[1]], title="Новый план")
    sheet = sheet_of(edition)
    assert (sheet.title, [row.own.phrase for row in sheet.rows]) == ("Новый план", ["до 25.10.2027"])
    assert [heading.title for heading in sheet.headings if heading.kind == "activity"] == ["Дело 1: Результат 1"]
    assert asked(edition) == []


def test_there_is_a_question_wherever_somebody_must_look(chain: Chain) -> None:
    plan = chain.plan(
        chain.ministry,
        [
            "до 20.02.2027",
            "постоянно",
            "",
            ("до 15.12.2026", "Положение о конкурсе утверждено"),
            ("октябрь", "Приказ от 01.10.2026 исполнен"),
        ],
        in_force=True,
    )
    first, _, third, fourth, fifth = plan.rows
    assert asked(carry(chain, plan)) == sorted(
        [("date", first), ("no-date", third), ("one-off", fourth), ("text", fifth)], key=str
    )


def test_a_plan_is_carried_once_and_only_from_what_is_in_force(chain: Chain) -> None:
    plan = chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True)
    draft = carry(chain, plan)
    with pytest.raises(AlreadyPlanned):
        carry(chain, plan)
    with pytest.raises(NotInForce):
        carry(chain, Plan(draft, ()))


def pair(chain: Chain, rule: str = "same") -> tuple[Plan, Plan]:
    region = chain.plan(chain.ministry, ["до 30.10.2026", "до 20.11.2026"], in_force=True)
    town = chain.plan(
        chain.town,
        ["до 23.10.2026", "до 01.02.2027"],
        uppers=[region],
        links=[(0, region.rows[0], "implements", rule)],
        in_force=True,
    )
    return region, town


def test_a_link_goes_to_the_row_that_was_carried_from_the_old_one(chain: Chain) -> None:
    region, town = pair(chain)
    above = carry(chain, region)
    chain.put_in_force(Edition.objects.for_page().get(pk=above.pk))
    sheet = sheet_of(carry(chain, town))
    upper = Commitment.objects.get(carried_from=region.rows[0])
    link = sheet.rows[0].links[0]
    assert (link.upper_id, link.kind, link.rule) == (upper.pk, LinkKind.IMPLEMENTS, Rule.SAME)
    assert sheet.rows[0].deadline.phrase == "до 29.10.2027"
    assert sheet.rows[0].own.phrase == "до 22.10.2027"
    assert [row.roadmap for row in sheet.uppers[:1]] == [above.roadmap_id]
    assert asked(sheet.edition) == []


def test_a_link_waits_while_the_new_plan_above_is_not_in_force(chain: Chain) -> None:
    region, town = pair(chain)
    edition = carry(chain, town)
    row = sheet_of(edition).rows[0]
    assert (row.links, row.own.phrase) == (
        [],
        "до 29.10.2027",
    )  # the date that the plan printed, not the phrase behind it
    question = CarriedQuestion.objects.get(roadmap=edition.roadmap_id, code=Carry.LINK)
    assert (question.upper_id, question.facts["rule"]) == (region.rows[0], "same")


def test_reasons_stay_behind_and_waivers_are_asked_about(chain: Chain) -> None:
    region, _ = pair(chain)
    draft = chain.plan(chain.other_town, ["до 23.10.2026"], uppers=[region])
    by = chain.user(chain.other_town)
    links.waive(roadmap=draft.roadmap, upper=region.rows[1], reason="нет таких классов", by=by, now=NOW)
    plan = Plan(chain.put_in_force(draft.edition), draft.rows)
    sheet = sheet_of(carry(chain, plan))
    assert (sheet.waivers, sheet.explanations) == ({}, {})
    question = CarriedQuestion.objects.get(roadmap=sheet.edition.roadmap_id, code=Carry.WAIVER)
    assert (question.upper_id, question.facts) == (region.rows[1], {"reason": "нет таких классов"})


def waiting(edition: Edition, code: Carry) -> CarriedQuestion:
    return CarriedQuestion.objects.get(roadmap=edition.roadmap_id, code=code, settled_at=None)


def test_a_waiting_link_is_made_when_the_plan_above_comes_into_force(chain: Chain) -> None:
    region, town = pair(chain)
    draft, by = carry(chain, town), chain.user(chain.town)
    with pytest.raises(NotYetAbove):
        carried.link(waiting(draft, Carry.LINK), by=by, now=LATER)
    above = carry(chain, region)
    chain.put_in_force(Edition.objects.for_page().get(pk=above.pk))
    told = Notice.objects.get(recipient=by, kind="carried-links-ready")
    assert told.path == f"/plans/{draft.roadmap_id}/carried/"
    assert carried.link_all(draft.roadmap_id, by=by, now=LATER) == 1
    row = sheet_of(draft).rows[0]
    assert ([link.rule for link in row.links], row.deadline.phrase) == (["same"], "до 29.10.2027")
    assert carried.link_all(draft.roadmap_id, by=by, now=LATER) == 0
    assert wrong_dates() == []


def test_a_row_withdrawn_above_is_told_apart_from_one_that_is_not_there_yet(chain: Chain) -> None:
    region, town = pair(chain)
    draft = carry(chain, town)
    assert [(item.steps[0].value, item.waits) for item in items_of(sheet_of(draft))] == [("keep", True)]
    above = carry(chain, region, left_out=[region.rows[0]])
    chain.put_in_force(Edition.objects.for_page().get(pk=above.pk))
    item = items_of(sheet_of(draft))[0]
    assert ([step.value for step in item.steps], item.waits) == (["keep", "drop"], False)


def test_the_list_shrinks_as_the_plan_itself_answers(chain: Chain) -> None:
    plan = chain.plan(chain.ministry, ["до 20.02.2027", "", "до 31.12.2026"], in_force=True)
    draft, by = carry(chain, plan), chain.user(chain.ministry)
    rows_ = [row.commitment for row in sheet_of(draft).rows]
    assert [item.code for item in items_of(sheet_of(draft))] == ["date", "no-date", "date"]
    changes = {"phrase": "до 22.02.2028"}
    rows.edit_result(roadmap=draft.roadmap_id, commitment=rows_[0], changes=changes, by=by, now=LATER)
    rows.drop_result(roadmap=draft.roadmap_id, commitment=rows_[1], by=by, now=LATER)
    assert [item.code for item in items_of(sheet_of(draft))] == ["date"]
    assert carried.keep_dates(draft.roadmap_id, by=by, now=LATER) == 2  # the edited one is settled with it
    assert items_of(sheet_of(draft)) == []


def test_an_executor_whose_term_has_ended_is_replaced_in_every_row(chain: Chain) -> None:
    somebody = Person.objects.create(surname="Ушедшая", given_name="Анна", patronymic="Петровна")
    heir = Person.objects.create(surname="Пришедшая", given_name="Ольга", patronymic="Львовна")
    post = Position.objects.create(person=somebody, organization=chain.ministry, title="методист")
    plan = chain.plan(chain.ministry, ["постоянно", "постоянно"])
    for commitment in plan.rows:
        changes = {"executors": ["Ушедшая А. П.", "Методист"]}
        by = chain.user(chain.ministry)
        rows.edit_result(roadmap=plan.roadmap, commitment=commitment, changes=changes, by=by, now=NOW)
    plan = Plan(chain.put_in_force(plan.edition), plan.rows)
    Position.objects.filter(pk=post.pk).update(ends_on=dt.date(2027, 6, 1))
    Position.objects.create(person=heir, organization=chain.ministry, title="Методист", starts_on=dt.date(2027, 6, 2))
    draft = carry(chain, plan)
    item = items_of(sheet_of(draft))[0]
    assert (item.code, item.suggested) == ("executor", "Пришедшая О. Л.")
    question = waiting(draft, Carry.EXECUTOR)
    assert carried.replace_executor(question, text="Пришедшая О. Л.", by=by, now=LATER) == 2
    assert [[one.text for one in row.executors] for row in sheet_of(draft).rows] == [
        ["Пришедшая О. Л.", "Методист"]
    ] * 2
    assert items_of(sheet_of(draft)) == []


def test_a_closed_organization_is_obliged_no_more_and_its_successor_in_its_place(chain: Chain) -> None:
    plan = chain.plan(chain.ministry, ["постоянно", "постоянно"])
    by = chain.user(chain.ministry)
    third = Organization.objects.create(parent=chain.ministry, kind="municipality", name="Третий", short_name="Третий")
    for commitment, bodies in zip(plan.rows, ([chain.town.pk, chain.other_town.pk], [third.pk]), strict=True):
        changes = {"obliges": "named", "obliged": bodies}
        rows.edit_result(roadmap=plan.roadmap, commitment=commitment, changes=changes, by=by, now=NOW)
    plan = Plan(chain.put_in_force(plan.edition), plan.rows)
    Organization.objects.filter(pk=chain.other_town.pk).update(closed_on=dt.date(2027, 1, 1), successor=chain.town)
    Organization.objects.filter(pk=third.pk).update(closed_on=dt.date(2027, 1, 1))
    draft = carry(chain, plan)
    assert [(row.obliges, row.obliged) for row in sheet_of(draft).rows] == [("named", [chain.town.pk]), ("nobody", [])]
    assert [item.code for item in items_of(sheet_of(draft))] == ["closed", "closed"]


def test_a_waiver_is_declared_anew_when_its_row_is_there(chain: Chain) -> None:
    region, _ = pair(chain)
    draft = chain.plan(chain.other_town, ["до 23.10.2026"], uppers=[region])
    by = chain.user(chain.other_town)
    links.waive(roadmap=draft.roadmap, upper=region.rows[1], reason="нет таких классов", by=by, now=NOW)
    new = carry(chain, Plan(chain.put_in_force(draft.edition), draft.rows))
    above = carry(chain, region)
    chain.put_in_force(Edition.objects.for_page().get(pk=above.pk))
    carried.waive(waiting(new, Carry.WAIVER), by=by, now=LATER)
    upper = Commitment.objects.get(carried_from=region.rows[1])
    assert set(Waiver.objects.filter(roadmap=new.roadmap_id).values_list("upper", "reason")) == {
        (upper.pk, "нет таких классов")
    }


def test_carrying_costs_the_same_statements_whatever_the_rows(
    chain: Chain, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    small = chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True)
    large = chain.plan(chain.institute, ["до 30.10.2026", "до 20.11.2026", "до 30.11.2026", "постоянно"], in_force=True)
    with CaptureQueriesContext(connection) as few:
        carry(chain, small)
    with django_assert_max_num_queries(len(few) + 3):  # the institute's place in the tree, its calendar
        carry(chain, large)
