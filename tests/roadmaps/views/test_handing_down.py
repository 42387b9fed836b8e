"""The pages of handing down and of the coverage: what they say, to whom, and at what price."""

import io
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from organizations.access import Role
from roadmaps.models import Edition
from tests.roadmaps.chain import Chain, Plan
from tests.roadmaps.views.conftest import Cascade, Signed
from tests.roadmaps.views.test_reading import text_of


@pytest.fixture
def towns(chain: Chain) -> Plan:
    """A region whose rows two towns and a school answer, each in its way."""
    region = chain.plan(
        chain.ministry,
        [("до 30.10.2026", "=Списки собраны"), ("до 20.11.2026", "Отчёт сдан")],
        in_force=True,
        title="Дорожная карта",
        obliges="all-schools",
    )
    town = chain.plan(
        chain.town,
        ["до 02.11.2026", "до 19.11.2026"],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "own"), (1, region.rows[1], "implements", "own")],
        in_force=True,
    )
    chain.plan(
        chain.school,
        ["до 01.11.2026"],
        uppers=[town],
        links=[(0, town.rows[0], "implements", "own")],
        in_force=True,
    )
    chain.plan(chain.other_town, ["до 01.10.2026"], uppers=[region], title="Тайный проект")  # a draft
    return region


def test_the_matrix_says_words_numbers_and_totals(chain: Chain, towns: Plan, signed: Signed) -> None:
    page = text_of(signed(chain.ministry).get(reverse("plan-coverage", args=[towns.roadmap])).content)
    assert "2 строки, 2 муниципалитета. Действует 1 план, 1 ещё не направлен. Клетки свода: 1 позже." in page
    assert "Позже на 3 дня школ: 1 из 1" in page
    assert "План не направлен" in page
    assert "1 есть 1 позже" in page
    assert "Тайный" not in page


def test_the_matrix_is_a_real_table(chain: Chain, towns: Plan, signed: Signed) -> None:
    html = signed(chain.ministry).get(reverse("plan-coverage", args=[towns.roadmap])).content.decode()
    assert html.count('<th scope="col"') == 2 + 2 + 2  # rows, total, two towns; the list for phones
    assert html.count('<th scope="row">') == 2 + 1 + 2
    assert "<caption" in html


@pytest.mark.parametrize(
    ("query", "rows", "bodies"),
    [("show=gaps", 1, 2), ("show=late", 1, 1), ("show=waived", 0, 0), ("level=schools", 2, 2), ("rows=obliging", 2, 2)],
)
def test_filters_stand_in_the_address(
    chain: Chain, towns: Plan, signed: Signed, query: str, rows: int, bodies: int
) -> None:
    page = signed(chain.ministry).get(f"{reverse('plan-coverage', args=[towns.roadmap])}?{query}")
    assert f"Показано строк: {rows} из 2, организаций: {bodies} из 2." in text_of(page.content)


def test_one_row_and_one_body_show_dates_and_slack(chain: Chain, towns: Plan, signed: Signed) -> None:
    ministry = signed(chain.ministry)
    row = reverse("coverage-row", args=[towns.roadmap, towns.rows[0]])
    page = text_of(ministry.get(f"{row}?place={chain.town.pk}").content)
    assert "до 02.11.2026 на 3 дня позже" in page
    assert "через муниципалитет до 01.11.2026 на 2 дня позже" in page
    body = text_of(ministry.get(reverse("coverage-body", args=[towns.roadmap, chain.town.pk])).content)
    assert "до 19.11.2026 на 1 день раньше" in body
    assert ministry.get(reverse("coverage-row", args=[towns.roadmap, 999_999])).status_code == 404
    assert ministry.get(reverse("coverage-body", args=[towns.roadmap, chain.ministry.pk])).status_code == 404


def test_the_workbook_says_the_same_and_calculates_nothing(chain: Chain, towns: Plan, signed: Signed) -> None:
    answer = signed(chain.ministry).get(reverse("coverage-table", args=[towns.roadmap]))
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0][-2:] == [chain.town.short_name, chain.other_town.short_name]
    assert lines[1][1] == "=Списки собраны"
    assert lines[1][-2:] == ["Позже на 3 дня", "План не направлен"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_town_sees_its_schools_and_never_its_neighbour(chain: Chain, towns: Plan, signed: Signed) -> None:
    town = Edition.objects.in_force().get(roadmap__organization=chain.town)
    page = text_of(signed(chain.town).get(reverse("plan-coverage", args=[town.roadmap_id])).content)
    assert chain.school.short_name in page
    assert chain.other_school.short_name not in page
    codes = [
        signed(place, role).get(reverse("plan-coverage", args=[towns.roadmap])).status_code
        for place, role in (
            (chain.town, Role.COORDINATOR),
            (chain.school, Role.COORDINATOR),
            (chain.institute, Role.STAFF),
            (chain.ministry, Role.EXECUTOR),
            (chain.ministry, Role.STAFF),
        )
    ]
    assert codes == [403, 403, 403, 403, 200]


def test_more_bodies_and_rows_cost_no_more_statements(chain: Chain, towns: Plan, signed: Signed) -> None:
    ministry = signed(chain.ministry)

    def cost(address: str) -> int:
        ministry.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert ministry.get(address).status_code == 200
        return len(captured)

    def costs() -> Iterator[int]:
        yield cost(reverse("plan-coverage", args=[towns.roadmap]))
        yield cost(reverse("coverage-row", args=[towns.roadmap, towns.rows[0]]))
        yield cost(reverse("coverage-body", args=[towns.roadmap, chain.town.pk]))

    few = list(costs())
    for number in (1, 2):
        more = chain.other_town.__class__.objects.create(
            parent=chain.ministry, kind="municipality", name=f"Округ {number}", short_name=f"Округ {number}"
        )
        chain.plan(
            more,
            ["до 29.10.2026", "до 18.11.2026"],
            uppers=[towns],
            links=[(0, towns.rows[0], "implements", "own"), (1, towns.rows[1], "implements", "own")],
            in_force=True,
        )
    assert list(costs()) == few
    assert max(few) <= 20


def test_a_plan_without_an_edition_in_force_has_no_coverage_yet(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    page = signed(chain.town).get(reverse("plan-coverage", args=[cascade.town.roadmap]))
    assert "ещё не действует" in text_of(page.content)


def test_a_town_derives_its_plan_and_a_school_takes_it_over(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    other = signed(chain.other_town)
    address = f"{reverse('plan-derive')}?organization={chain.other_town.pk}&upper={cascade.region.roadmap}"
    assert "3 строки обязывают вас" in text_of(other.get(address).content)
    body = {
        "organization": chain.other_town.pk, "upper": cascade.region.roadmap, "title": "План леса", "label": "",
        "executor": "Лесничий", "take": cascade.region.rows[:2], f"kind-{cascade.region.rows[0]}": "mirrors",
        f"rule-{cascade.region.rows[0]}": "own",
    }  # fmt: skip
    answer = other.post(reverse("plan-derive"), body, follow=True)
    assert "Проект готов, каждая строка связана с вышестоящей." in text_of(answer.content)
    roadmap = Edition.objects.get(roadmap__organization=chain.other_town).roadmap_id
    again = text_of(other.get(reverse("plan-derive-more", args=[roadmap])).content)
    assert "1 строка обязывает вас, 2 не предлагаются" in again
    assert other.post(reverse("plan-derive"), body).status_code == 422  # there is this plan already
    assert other.post(reverse("plan-derive"), body | {"take": [999]}).status_code == 422
    school = f"{reverse('plan-adopt')}?organization={chain.other_school.pk}&upper={cascade.region.roadmap}"
    assert "принимать нечего" in text_of(signed(chain.other_school).get(school).content)
