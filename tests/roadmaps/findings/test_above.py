"""Rows held against the rows above them."""

import pytest

from deadlines.values import Deadline, Kind
from roadmaps.findings import Against, Fix, PlanFacts, UpperRow, check
from roadmaps.findings.lists import items, missing_items
from tests.roadmaps.findings.build import DAY, REGION, TOWN, bound, codes, row
from tests.roadmaps.matching.notation import deadline


@pytest.mark.parametrize(
    ("own", "upper", "kind", "found"),
    [
        ("<2026-10-08", "<2026-10-01", "implements", ("later-than-upper", 7)),
        ("<2026-10-01", "<2026-10-01", "implements", None),
        ("2026-10-05..2026-10-12", "2026-10-05..2026-10-10", "implements", ("later-than-upper", 2)),
        ("2026-10-01..2026-10-09", "2026-10-05..2026-10-10", "implements", ("starts-before-upper", 4)),
        ("2026-09-28..2026-10-02", "2026-10-05..2026-10-10", "implements", ("outside-upper-window", 3)),
        ("2026-10-05..2026-10-09", "2026-10-05..2026-10-10", "implements", None),
        ("<2026-10-02", "2026-10-05..2026-10-10", "implements", None),
        ("2026-10-05..2026-10-09", "<2026-10-10", "implements", None),
        ("2026-10-05..2026-10-09", "year", "implements", None),
        ("year", "<2026-10-10", "implements", ("later-than-upper", 325)),
        ("graph", "<2026-10-10", "implements", None),
        ("<2026-10-10", "graph", "implements", None),
        ("<2026-10-10", "", "implements", None),
        ("<2026-09-25", "<2026-10-01", "consumes", ("earlier-than-source", 6)),
        ("<2026-10-20", "<2026-10-01", "consumes", None),
        ("2026-09-25..2026-10-20", "<2026-10-01", "consumes", ("earlier-than-source", 6)),
        ("<2026-10-01", "<2026-09-28", "feeds", ("later-than-upper", 3)),
        ("<2026-10-01", "<2026-10-02", "mirrors", ("differs-from-upper", 1)),
        ("<2026-10-01", "<2026-10-01", "mirrors", None),
    ],
)
def test_each_kind_of_link_has_its_own_later(own, upper, kind, found):
    plan = PlanFacts(rows=(row(own),), bounds=(bound(upper, kind=kind),))
    assert [(one.code, one.days) for one in check(plan)] == ([found] if found else [])


def test_feeding_needs_the_lead_that_the_link_asks_for():
    plan = PlanFacts(rows=(row("<2026-09-28"),), bounds=(bound("<2026-10-01", kind="feeds", lead_days=5),))
    assert [(one.code, one.days) for one in check(plan)] == [("later-than-upper", 2)]


@pytest.mark.parametrize("rule", ["same", "within"])
def test_taking_part_while_the_source_runs_is_not_early(rule):
    window = "2026-10-05..2026-10-10"
    assert codes(row(window), bounds=(bound(window, kind="consumes", rule=rule),)) == []


def test_a_date_above_that_is_itself_a_slip_measures_nobody():
    slip = Deadline("январь 2026", Kind.BY, None, DAY("2026-01-31"), warnings=("outside-period",))
    assert codes(row(), bounds=(bound(slip),)) == []


def test_a_lost_start_still_leaves_an_end_to_compare():
    half = Deadline("— 21.10.2026", Kind.UNKNOWN, None, DAY("2026-10-21"), warnings=("start-lost",))
    found = codes(row(half), bounds=(bound("2026-10-12..2026-10-16"),))
    assert found == [("later-than-upper", "1.1"), ("start-lost", "1.1")]


def test_one_finding_per_row_code_and_level_and_the_worst_of_them():
    bounds = (
        bound("<2026-09-30", upper="1.1"),
        bound("<2026-09-20", upper="2.1"),
        bound("<2026-09-10", upper="7.7", level=2, body=TOWN),
    )
    plan = PlanFacts(rows=(row("<2026-10-01"),), bounds=bounds)
    assert [(one.against, one.days) for one in check(plan)] == [(Against(1, "2.1"), 11), (Against(2, "7.7"), 21)]


def test_the_second_level_is_checked_also_where_the_first_is_kept():
    bounds = (bound("<2026-10-01"), bound("<2026-09-20", level=2))
    assert [one.against for one in check(PlanFacts(rows=(row("<2026-10-01"),), bounds=bounds))] == [Against(2, "4.2")]


def test_later_wins_over_the_window_at_one_level():
    bounds = (bound("2026-10-05..2026-10-10"), bound("<2026-10-01", upper="9.1"))
    assert codes(row("2026-10-02..2026-10-08"), bounds=bounds) == [("later-than-upper", "1.1")]


def test_the_first_fix_satisfies_every_level():
    bounds = (bound("<2026-09-30"), bound("<2026-09-20", level=2))
    findings = check(PlanFacts(rows=(row("2026-09-28..2026-10-01"),), bounds=bounds))
    wanted = Fix("set-dates", {"start": DAY("2026-09-17"), "due": DAY("2026-09-20")})
    assert [one.fixes[0] for one in findings] == [wanted, wanted]


def test_a_stray_window_is_offered_the_nearest_place():
    plan = PlanFacts(rows=(row("2026-09-28..2026-10-02"),), bounds=(bound("2026-10-05..2026-10-10"),))
    [finding] = check(plan)
    assert finding.fixes[0] == Fix("set-dates", {"start": DAY("2026-10-05"), "due": DAY("2026-10-09")})


def test_coverage_counts_only_what_obliges_and_stands_unanswered():
    def upper(ref: str, **fields: bool) -> UpperRow:
        return UpperRow(ref, "Открыт клуб", deadline("<2026-10-01"), REGION, **fields)

    above = (upper("1.1", obliges=True), upper("2.1"), upper("3.1", obliges=True, answered=True))
    [finding] = check(PlanFacts(rows=(row(),), above=above))
    assert (finding.code, finding.row, finding.against) == ("not-covered", None, Against(1, "1.1"))
    assert [fix.kind for fix in finding.fixes] == ["add-row", "link", "declare-not-applicable", "explain"]


LISTED = "Закреплены за школой:\n- завод;\n- колледж (по профилю);\n- больница"


@pytest.mark.parametrize(
    ("lower", "missing"),
    [
        ("За школой закреплены завод и больница", ("колледж (по профилю)",)),
        ("Закреплены больница, завод, колледж", ()),
        ("Подписаны соглашения", ()),
    ],
)
def test_scope_is_narrowed_when_some_and_not_all_is_done(lower, missing):
    assert missing_items(LISTED, lower) == missing


def test_lists_are_lines_with_marks_or_what_semicolons_part():
    assert items(LISTED) == ("завод", "колледж (по профилю)", "больница")
    assert items("Проведены: лыжный кросс; заплыв; эстафета.") == ("лыжный кросс", "заплыв", "эстафета")
    assert items("Проведён лыжный кросс; отчёт сдан") == ()


def test_other_rows_that_share_the_upper_row_count_too():
    one = bound("year", text=LISTED, companions=("Договор с колледжем",))
    assert codes(row(text="Договор с заводом и больницей"), bounds=(one,)) == []
