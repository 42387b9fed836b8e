"""Rows, activities and plans held against themselves."""

import dataclasses
import datetime as dt

import pytest

from deadlines.values import Deadline, Kind, Suggestion
from roadmaps.findings import Executor, Fix, OrderClause, PlanFacts, check
from tests.roadmaps.findings.build import DAY, bound, codes, row
from tests.roadmaps.matching.notation import PERIOD, deadline


def test_a_sound_row_has_no_findings():
    assert codes(row()) == []


@pytest.mark.parametrize("phrase", ["", "по мере готовности"])
def test_a_row_without_a_date_is_told(phrase):
    assert codes(row(Deadline(phrase))) == [("no-deadline", "1.1")]


@pytest.mark.parametrize("short", ["graph", "year"])
def test_schedules_and_whole_periods_are_deadlines_too(short):
    assert codes(row(short)) == []


def test_a_missing_date_may_be_taken_from_above():
    plan = PlanFacts(rows=(row(""),), bounds=(bound("2026-10-05..2026-10-09"),), period=PERIOD)
    [finding] = check(plan)
    assert (finding.fixes[0].kind, finding.fixes[0].params["due"]) == ("set-dates", DAY("2026-10-09"))


def test_a_date_outside_the_period_is_told_with_another_year():
    [finding] = check(PlanFacts(rows=(row("<2026-01-15"),), period=PERIOD, order_date=DAY("2026-09-01")))
    assert (finding.code, finding.days) == ("outside-period", 229)
    assert finding.fixes[0] == Fix("set-dates", {"start": None, "due": DAY("2027-01-15")})


def test_the_grammars_own_suggestions_go_first():
    slip = dataclasses.replace(deadline("<2028-01-15"), suggestions=(Suggestion(None, DAY("2027-01-25")),))
    [finding] = check(PlanFacts(rows=(row(slip),), period=PERIOD))
    assert finding.fixes[0].params == {"start": None, "due": DAY("2027-01-25")}


def test_without_a_period_no_date_is_outside():
    assert codes(row("<2030-01-15"), period=None) == []


def test_due_before_the_order_is_told_against_the_order_not_today():
    assert codes(row("<2026-09-10"), order_date=DAY("2026-09-15")) == [("before-approval", "1.1")]
    assert codes(row("<2026-09-15"), order_date=DAY("2026-09-15")) == []


def test_a_lost_dash_is_put_back():
    lost = dataclasses.replace(deadline("2026-10-05..2026-10-09"), warnings=("dash-lost",))
    [finding] = check(PlanFacts(rows=(row(lost),)))
    assert finding.fixes[0] == Fix("insert-dash", {"start": DAY("2026-10-05"), "due": DAY("2026-10-09")})


def test_a_lost_start_is_lent_by_the_window_above():
    half = Deadline("— 09.10.2026", Kind.UNKNOWN, None, DAY("2026-10-09"), warnings=("start-lost",))
    [finding] = check(PlanFacts(rows=(row(half),), bounds=(bound("2026-10-05..2026-10-09"),)))
    assert finding.fixes[0] == Fix("set-dates", {"start": DAY("2026-10-05"), "due": DAY("2026-10-09")})


def test_executors_are_named_and_own():
    foreign = (Executor("Сомов И.И., управление образования", foreign=True),)
    assert codes(row(executors=())) == [("no-executor", "1.1")]
    assert codes(row(executors=foreign)) == [("foreign-executor", "1.1")]
    assert codes(row(executors=foreign), bounds=(bound(kind="mirrors"),)) == []


def test_a_row_says_what_comes_out():
    assert codes(row(text=" ")) == [("no-result", "1.1")]


def activity(*parts: tuple[str, str]):
    return tuple(row(short, f"3.{n}", text=text) for n, (text, short) in enumerate(parts, start=1))


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ((("Издан приказ о тестировании", "<2026-10-05"), ("Проведение тестирования", "2026-10-05..2026-10-09")), [("no-lead", "3.2")]),
        ((("Издан приказ о тестировании", "<2026-10-07"), ("Проведение тестирования", "2026-10-05..2026-10-09")), [("out-of-order", "3.2")]),
        ((("Издан приказ о тестировании", "<2026-10-02"), ("Проведение тестирования", "2026-10-05..2026-10-09")), []),
        ((("Проведение опроса", "2026-10-05..2026-10-09"), ("Подготовлен отчёт", "<2026-10-08")), [("out-of-order", "3.2")]),
        ((("Проведение опроса", "2026-10-05..2026-10-09"), ("Подготовлен отчёт", "<2026-10-09")), []),
        ((("Проведение опроса", "year"), ("Подготовлен отчёт", "<2026-10-09")), []),
    ],
)  # fmt: skip
def test_an_activity_keeps_its_order(parts, found):
    assert codes(*activity(*parts)) == found


def test_repetitions_are_told_at_the_later_row():
    rows = (row(title="Слёт", number="1"), row(ref="2.1", title="Слёт.", number="1"))
    assert codes(*rows) == [("duplicate-row", "2.1"), ("number-repeats", "2.1")]


def test_numbers_may_restart_in_another_section():
    rows = (row(number="1", section=("I",)), row(ref="2.1", number="1", section=("II",), text="Проведён сбор"))
    assert codes(*rows) == []


def test_a_name_in_two_spellings_is_told_where_the_rarer_one_stands():
    people = ("Соколова А.П.", "Соколова А. П., методист", "Сокалова А.П.")
    rows = tuple(
        row(ref=f"{n}.1", text=f"Встреча {n}", executors=(Executor(name),)) for n, name in enumerate(people, 1)
    )
    [finding] = check(PlanFacts(rows=rows))
    assert (finding.code, finding.row) == ("name-variants", "3.1")
    assert finding.fixes[0] == Fix("rename", {"name": "Соколова А.П.", "was": "Сокалова А.П."})


class Weekdays:
    def is_working(self, day: dt.date) -> bool:
        return day.weekday() < 5


def test_days_off_are_one_line_for_the_whole_plan():
    rows = (row("<2026-10-03"), row("<2026-10-04", "2.1", text="Сбор"), row("<2026-10-05", "3.1", text="Парад"))
    [finding] = check(PlanFacts(rows=rows, calendar=Weekdays()))
    assert (finding.code, finding.row, finding.params, finding.fixes) == ("day-off", None, {"rows": ("1.1", "2.1")}, ())


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        ([("2", "Директорам школ обеспечить явку участников слёта.")], ["2"]),
        ([("2", "Директорам школ до 01.10.2026 обеспечить явку участников.")], []),
        ([("1", "Утвердить план слёта."), ("3", "Контроль за исполнением приказа оставляю за собой.")], []),
        ([("2", "Методисту Ивиной О.О.:"), ("2.1", "подготовить смету слёта;")], ["2.1"]),
        ([("2", "Назначить ответственным за слёт Ивину О.О.")], []),
    ],
)
def test_a_clause_that_gives_a_task_says_by_when(clauses, told):
    plan = PlanFacts(rows=(), clauses=tuple(OrderClause(number, text) for number, text in clauses))
    assert [one.params["clause"] for one in check(plan)] == told


def test_errors_and_warnings_may_be_explained_notes_need_not():
    for finding in check(PlanFacts(rows=(row("", executors=(), text=""),))):
        assert (finding.fixes[-1].kind == "explain") == (finding.severity != "info")
