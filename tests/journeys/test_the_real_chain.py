"""The real chain through the browser: the region's and the municipality's orders as they are, the school's plan as a draft."""

import re

import pytest
from playwright.sync_api import Page, expect

from organizations.access import Role
from organizations.models import User
from roadmaps import checks
from roadmaps.models import Programme
from tests import factories
from tests.journeys import steps
from tests.journeys.conftest import OpenPage
from tests.shared import SHARED, needs_shared

pytestmark = [pytest.mark.shared, needs_shared]

AS_IT_IS = re.compile("^(Как написано|Оставить без даты)")


@pytest.fixture
def coordinators(portal: str) -> dict[str, User]:
    """A ministry, a municipality, a school, and who writes their plans."""
    region = factories.organization("region", "Край", word="край", word_genitive="края")
    town = factories.organization("municipality", "Округ", region, word="округ", word_genitive="округа")
    school = factories.organization("school", "Школа", town)
    Programme.objects.create(organization=region, name="Программа кластеров")
    return {place.kind: factories.account(place, Role.COORDINATOR) for place in (region, town, school)}


def keep_as_written(page: Page) -> None:
    """Answer every question about a deadline with what the document says, and every other as proposed."""
    while (asked := page.locator(".asks > li")).count():
        before = asked.count()
        keep = asked.first.get_by_role("radio", name=AS_IT_IS)
        if keep.count():
            keep.check()
        asked.first.get_by_role("button", name=re.compile("^Верно")).click()
        expect(page.locator(".asks > li")).to_have_count(before - 1)


def bring(page: Page, number: str, *, in_force: bool) -> int:
    steps.upload(page, steps.documents(SHARED, number), name=f"{number}.docx", in_force=in_force)
    keep_as_written(page)
    return steps.bring_into_force(page) if in_force else steps.make_draft(page)


def found(plan: int, code: str, *, draft: bool, level: int | None = None) -> list[str]:
    """List the rows about which the portal says this; for a row above without an answer, that row."""
    sheet = steps.sheet_of(plan, draft=draft)
    return [
        str(one.finding.row or (one.finding.against.row if one.finding.against else ""))
        for one in checks.remarks_of(sheet)
        if one.code == code and (level is None or (one.finding.against and one.finding.against.level == level))
    ]


def rows_to_mend(page: Page) -> list[str]:
    """Name the rows beside which an error stands that a click can mend."""
    rows = page.locator("tr:has(td.edge .note.is-bad button[name=fix])")
    return rows.evaluate_all("rows => rows.map(row => row.id)")


def blocking(plan: int) -> list[checks.Remark]:
    """List the errors of a draft that are neither mended nor explained."""
    return [one for one in checks.remarks_of(steps.sheet_of(plan)) if one.severity == "error" and not one.reason]


def test_the_chain_is_read_linked_checked_mended_and_sent(open_page: OpenPage, coordinators: dict[str, User]) -> None:
    region = open_page(coordinators["region"])
    first = bring(region, "001", in_force=True)
    assert found(first, "no-deadline", draft=False) == ["6.1", "13.3", "16.3", "18.3"]

    town = open_page(coordinators["municipality"])
    second = bring(town, "000", in_force=True)
    assert found(second, "later-than-upper", draft=False) == ["1.1", "7.1", "7.2", "7.3", "8.1", "8.2", "9.1", "10.1"]
    assert found(second, "outside-period", draft=False) == ["15.1"]
    expect(town.locator("td.edge")).not_to_have_count(0)
    expect(town.locator("main")).to_contain_text("позже края")

    school = open_page(coordinators["school"])
    third = bring(school, "002", in_force=False)
    assert found(third, "later-than-upper", draft=True, level=1) == ["1.1", "4.1", "12.3"]
    assert {"7.2", "7.3", "9.1", "10.1"} <= set(found(third, "later-than-upper", draft=True, level=2))
    assert {
        code: sorted(set(found(third, code, draft=True)))
        for code in ("starts-before-upper", "no-deadline", "start-lost")
    } == {
        "starts-before-upper": ["12.2"],
        "no-deadline": ["8.1"],
        "start-lost": ["7.2"],
    }
    assert found(third, "outside-period", draft=True) == ["12.3"]
    assert sorted(found(third, "not-covered", draft=True)) == ["18.2", "4.2"]

    # Everything that has a date above takes it; what is left gets its reason; then it may go.
    expect(school.get_by_role("button", name="Отправить на утверждение")).to_have_attribute("aria-disabled", "true")
    # Where the municipality itself is later than the region, no date suits both, so every row is tried once.
    tried: set[str] = set()
    while rest := [row for row in rows_to_mend(school) if row not in tried]:
        tried.add(rest[0])
        with school.expect_navigation():
            school.locator(f"#{rest[0]} .note.is-bad button[name=fix]").first.click()
    assert not {"later-than-upper"} & {one.code for one in blocking(third) if one.finding.row == "4.1"}
    steps.settle_rows(school)
    steps.settle_uncovered(school)
    assert blocking(third) == []
    steps.send(school)
    assert steps.sheet_of(third).edition.state == "submitted"
