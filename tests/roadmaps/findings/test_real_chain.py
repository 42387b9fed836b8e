"""The lists that the domain fixes for the real chain, where its documents stand beside the checkout."""

import pytest

from roadmaps.findings import Finding, check, facts_of
from roadmaps.reading.document import PlanDocument
from roadmaps.reading.plan import read_plan_file
from tests.shared import SHARED

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.exists(), reason="the real documents are not here")]


@pytest.fixture(scope="module")
def plans() -> dict[str, PlanDocument]:
    return {name: read_plan_file(SHARED / f"plans/docx/{name}.docx") for name in ("001", "000", "002")}


def rows(findings: list[Finding], code: str, level: int | None = None) -> list[str | None]:
    return [
        one.row or (one.against.row if one.against else None)
        for one in findings
        if one.code == code and (level is None or (one.against is not None and one.against.level == level))
    ]


def test_the_municipality_against_the_region(plans):
    findings = check(facts_of(plans["000"], [plans["001"]]))
    assert rows(findings, "later-than-upper") == ["1.1", "7.1", "7.2", "7.3", "8.1", "8.2", "9.1", "10.1"]
    assert rows(findings, "outside-period") == ["15.1"]
    assert set(rows(findings, "not-covered")) <= {"3.1", "4.1", "7.1"}
    for code in ("earlier-than-source", "outside-upper-window", "starts-before-upper", "no-deadline", "start-lost"):
        assert rows(findings, code) == []


def test_the_school_against_the_municipality_and_the_region(plans):
    findings = check(facts_of(plans["002"], [plans["000"], plans["001"]]))
    assert rows(findings, "later-than-upper", 1) == ["1.1", "4.1", "12.3"]
    equal_to_the_municipality = set(rows(findings, "later-than-upper", 2)) - set(rows(findings, "later-than-upper", 1))
    assert equal_to_the_municipality == {"7.2", "7.3", "9.1", "10.1"}
    assert rows(findings, "starts-before-upper", 1) == ["12.2"]
    assert rows(findings, "no-deadline") == ["8.1"]
    assert rows(findings, "start-lost") == ["7.2"]
    assert rows(findings, "outside-period") == ["12.3"]
    assert sorted(map(str, rows(findings, "not-covered"))) == ["18.2", "4.2"]
    assert rows(findings, "earlier-than-source") == rows(findings, "outside-upper-window") == []


def test_the_region_by_itself(plans):
    findings = check(facts_of(plans["001"]))
    assert rows(findings, "no-deadline") == ["6.1", "13.3", "16.3", "18.3"]
    assert rows(findings, "dash-lost") == ["8.2", "9.2", "17.2"]
    assert rows(findings, "outside-period") == []
