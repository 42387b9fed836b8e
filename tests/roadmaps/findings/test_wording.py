"""Findings in words."""

import pytest

from roadmaps.findings import SEVERITY, Executor, Finding, Fix, OrderClause, PlanFacts, UpperRow, check, describe, label
from roadmaps.findings.wording import days_ru
from tests.roadmaps.findings.build import DAY, REGION, TOWN, bound, row
from tests.roadmaps.findings.test_rows import Weekdays
from tests.roadmaps.matching.notation import PERIOD, deadline


def only(plan: PlanFacts, code: str) -> Finding:
    return next(one for one in check(plan) if one.code == code)


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 день"), (2, "2 дня"), (5, "5 дней"), (11, "11 дней"), (21, "21 день"), (112, "112 дней"), (332, "332 дня")],
)
def test_days_take_their_form(days, words):
    assert days_ru(days) == words


def test_the_fact_with_its_number_then_its_source():
    plan = PlanFacts(
        rows=(row("<2026-10-08"),),
        bounds=(bound("<2026-10-01"), bound("<2026-09-20", level=2, via=("4.2",), body=TOWN)),
    )
    near, far = check(plan)
    assert describe(near) == ("На 7 дней позже края", "Край, строка 4.2: «до 01.10.2026».")
    assert describe(near, "en") == ("7 days later than the region", "The region, row 4.2: “до 01.10.2026”.")
    assert describe(far) == ("На 18 дней позже округа", "Округ, строка 4.2: «до 20.09.2026» (через строку 4.2).")


def test_a_clause_is_called_a_clause():
    plan = PlanFacts(rows=(row("<2026-10-02"),), bounds=(bound("<2026-10-01", upper="п. 5.1", clause=True),))
    [finding] = check(plan)
    assert describe(finding) == ("На 1 день позже края", "Край, п. 5.1: «до 01.10.2026».")
    assert describe(finding, "en") == ("1 day later than the region", "The region, clause 5.1: “до 01.10.2026”.")


def test_every_code_speaks_both_languages():
    listed = "Закреплены:\n- завод;\n- колледж"
    lost = deadline("2026-10-05..2026-10-09")
    rows = (
        row("<2026-10-08", text="Закреплён завод"),
        row("2026-10-01..2026-10-09", "2.1"),
        row("2026-09-28..2026-10-02", "3.1"),
        row("<2026-09-25", "4.1", text="Изучены письма"),
        row("", "5.1", text=""),
        row("<2020-01-01", "6.1", executors=()),
        row("<2026-09-10", "7.1", executors=(Executor("Сомов И.И.", foreign=True),), number="7"),
        row("<2026-10-05", "8.1", text="Издан приказ об опросе", number="7"),
        row("2026-10-05..2026-10-09", "8.2", text="Проведение опроса"),
        row("<2026-10-03", "8.3", text="Подготовлен отчёт"),
        row("<2026-10-01", "9.1", executors=(Executor("Мухена О.О."),)),
        row("<2026-10-01", "10.1", text="Проведён слёт"),
        row(type(lost)("05.10.2026 09.10.2026", lost.kind, lost.start, lost.due, lost.windows, warnings=("dash-lost",)), "11.1"),
        row(type(lost)("— 09.10.2026", due=lost.due, warnings=("start-lost",)), "12.1"),
    )  # fmt: skip
    window = "2026-10-05..2026-10-10"
    bounds = (
        bound("<2026-10-01", text=listed),
        bound(window, row="2.1"),
        bound(window, row="3.1"),
        bound("<2026-10-01", row="4.1", kind="consumes"),
        bound("<2026-10-02", row="10.1", kind="mirrors"),
    )
    plan = PlanFacts(
        rows=rows,
        bounds=bounds,
        above=(UpperRow("9.9", "Открыт клуб.", deadline("<2026-10-01"), REGION, obliges=True),),
        period=PERIOD,
        order_date=DAY("2026-09-15"),
        clauses=(OrderClause("2", "Директорам школ обеспечить явку."),),
        calendar=Weekdays(),
    )
    findings = check(plan)
    assert {one.code for one in findings} == set(SEVERITY)
    for finding in findings:
        for language in ("ru", "en"):
            said = describe(finding, language)
            assert said.title
            assert said.sentence.endswith((".", "?"))
            assert "None" not in said.sentence + said.title and "{" not in said.sentence
            assert all(label(fix, language) for fix in finding.fixes)


@pytest.mark.parametrize(
    ("fix", "russian", "english"),
    [
        (Fix("set-dates", {"start": None, "due": DAY("2026-10-24")}), "Поставить 24.10.2026", "Set 24.10.2026"),
        (
            Fix("set-dates", {"start": DAY("2026-10-20"), "due": DAY("2026-10-24")}),
            "Поставить 20.10.2026 – 24.10.2026",
            "Set 20.10.2026 – 24.10.2026",
        ),
        (
            Fix("same-as-upper", {"upper": "4.2", "level": 1, "body": REGION}),
            "Взять срок края",
            "Take the date of the region",
        ),
        (Fix("add-items", {"items": ("завод", "вуз")}), "Добавить: завод, вуз", "Add: завод, вуз"),
        (Fix("explain"), "Указать причину", "Give a reason"),
    ],
)
def test_a_button_names_its_result(fix, russian, english):
    assert (label(fix), label(fix, "en")) == (russian, english)


def test_what_was_not_covered_is_quoted():
    above = (UpperRow("3.1", "Открыт клуб.", deadline("<2026-10-01"), REGION, obliges=True),)
    finding = only(PlanFacts(rows=(), above=above), "not-covered")
    assert describe(finding) == (
        "Нет строки: край, 3.1",
        "Открыт клуб, «до 01.10.2026». Добавьте строку, свяжите с имеющейся или объясните, почему не относится.",
    )
