"""Next period's plan begun from the one in force."""

import datetime as dt

import pytest

from deadlines.carrying import next_period
from roadmaps import sheets
from roadmaps.choices import Carry, LinkKind, Rule
from roadmaps.models import CarriedQuestion, Commitment, Edition, Roadmap
from roadmaps.operations import links, rollover
from roadmaps.operations.problems import AlreadyPlanned, NotInForce
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
            "до 30.10.2026",
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
