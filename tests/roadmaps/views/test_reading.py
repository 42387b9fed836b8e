"""Who reads which plan, and what the page says."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from organizations.access import Role
from roadmaps.choices import Rule
from roadmaps.operations import editions
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.views.conftest import Cascade, Signed

PAGES = ("plan", "plan-editions", "plan-findings", "plan-journal")


def text_of(content: bytes) -> str:
    """Give what a page says, without markup and with plain spaces."""
    plain = re.sub(r"<[^>]+>", " ", re.sub("</?mark>", "", content.decode()))
    return re.sub(r"\s+", " ", plain.replace("\xa0", " "))


def test_an_upper_plan_in_force_is_read_below_and_a_draft_is_not(
    chain: Chain, cascade: Cascade, signed: Signed
) -> None:
    found = {
        (name, who): signed(organization).get(reverse("plan", args=[plan.roadmap])).status_code
        for who, organization in (("town", chain.town), ("school", chain.school), ("neighbour", chain.other_town))
        for name, plan in (("region", cascade.region), ("town", cascade.town))
    }
    assert found == {
        ("region", "town"): 200,
        ("region", "school"): 200,
        ("region", "neighbour"): 200,
        ("town", "town"): 200,
        ("town", "school"): 404,
        ("town", "neighbour"): 404,
    }


def test_the_ministry_does_not_see_a_draft_below_until_it_is_submitted(
    chain: Chain, cascade: Cascade, signed: Signed
) -> None:
    page = reverse("plan", args=[cascade.town.roadmap])
    before = signed(chain.ministry).get(page).status_code
    cascade.town.edition.__class__.objects.filter(pk=cascade.town.edition.pk).update(
        state="submitted", submitted_at=NOW
    )
    after = signed(chain.ministry).get(page)
    assert (before, after.status_code) == (404, 200)
    assert "Править" not in text_of(after.content)


def test_every_page_of_a_plan_is_closed_to_neighbours_and_strangers(
    chain: Chain, cascade: Cascade, signed: Signed
) -> None:
    codes = {
        name: signed(chain.other_town).get(reverse(name, args=[cascade.town.roadmap])).status_code for name in PAGES
    }
    assert set(codes.values()) == {404}
    anonymous = Client().get(reverse("plan", args=[cascade.town.roadmap]))
    assert anonymous.status_code == 302
    assert "/accounts/login/" in anonymous["Location"]


def test_findings_and_journal_of_an_upper_plan_are_not_shown_below(
    chain: Chain, cascade: Cascade, signed: Signed
) -> None:
    town = signed(chain.town)
    assert town.get(reverse("plan-findings", args=[cascade.region.roadmap])).status_code == 403
    assert town.get(reverse("plan-journal", args=[cascade.region.roadmap])).status_code == 403
    assert town.get(reverse("plan-editions", args=[cascade.region.roadmap])).status_code == 200


def test_the_page_says_what_is_late_and_offers_the_date(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    said = text_of(signed(chain.town).get(reverse("plan", args=[cascade.town.roadmap])).content)
    assert "На 7 дней позже края" in said
    assert "Поставить 30.10.2026" in said
    assert "край, 2.1" in said
    assert "своя инициатива" in said
    assert "Строки края, на которые нет ответа" in said or "Конкурс проектов проведён" in said


def test_only_the_region_is_named_in_the_chain_of_the_town(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    neighbour = chain.plan(
        chain.other_town, ["до 01.12.2026"], uppers=[cascade.region], in_force=True, title="Чужой план"
    )
    chain.put_in_force(cascade.town.edition)
    region = text_of(signed(chain.ministry).get(reverse("plan", args=[cascade.region.roadmap])).content)
    town = text_of(signed(chain.town).get(reverse("plan", args=[cascade.region.roadmap])).content)
    assert "2 плана" in region
    assert "2 плана" not in town
    assert neighbour.edition.title not in town


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", {"Приказ округа издан", "Списки переданы в министерство", "Результат 3"}),
        ("?q=СПИСКИ", {"Списки переданы в министерство"}),
        ("?show=findings", {"Приказ округа издан"}),
        ("?show=unlinked", {"Результат 3"}),
        ("?month=2026-11", {"Приказ округа издан", "Списки переданы в министерство"}),
        ("?who=Методист&month=2027-02", {"Результат 3"}),
        ("?who=никто", {"Приказ округа издан", "Списки переданы в министерство", "Результат 3"}),
        ("?q=нет такого", set()),
    ],
)
def test_rows_are_narrowed_by_the_address(
    chain: Chain, cascade: Cascade, signed: Signed, query: str, kept: set[str]
) -> None:
    content = signed(chain.town).get(reverse("plan", args=[cascade.town.roadmap]) + query).content.decode()
    shown = re.findall(r'<td class="txt" role="cell">([^<]*)</td>', content)
    assert {row.replace("\xa0", " ") for row in shown} == kept


def test_an_edition_is_read_by_its_number_and_leads_to_the_draft(
    chain: Chain, cascade: Cascade, signed: Signed
) -> None:
    editions.open_edition(cascade.region.edition.roadmap, by=chain.user(chain.ministry), now=NOW)
    client = signed(chain.ministry)
    draft = text_of(client.get(reverse("plan", args=[cascade.region.roadmap])).content)
    first = text_of(client.get(reverse("plan-edition", args=[cascade.region.roadmap, 1])).content)
    assert "ПРОЕКТ" in draft
    assert "УТВЕРЖДЕНА" in first
    assert "Готовится новая редакция" in first
    assert client.get(reverse("plan-edition", args=[cascade.region.roadmap, 2])).status_code == 404
    assert client.get(reverse("plan-edition", args=[cascade.region.roadmap, 32000])).status_code == 404


@pytest.mark.parametrize("sessions_in_cache", [True, False])
def test_a_plan_page_costs_the_same_whatever_the_rows(
    chain: Chain,
    signed: Signed,
    settings: Settings,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    sessions_in_cache: bool,
) -> None:
    if sessions_in_cache:
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    region = chain.plan(chain.ministry, ["до 30.10.2026"] * 8, in_force=True, obliges="all-municipalities")
    costs = []
    for organization, count in ((chain.town, 1), (chain.other_town, 8)):
        links = [(place, region.rows[place], "implements", Rule.SAME) for place in range(count)]
        plan = chain.plan(organization, ["до 06.11.2026"] * count, uppers=[region], links=links)
        client = signed(organization)
        page = reverse("plan", args=[plan.roadmap])
        client.get(page)
        with django_assert_max_num_queries(8 if sessions_in_cache else 9) as captured:
            assert client.get(page).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_the_list_costs_the_same_whatever_the_plans(
    chain: Chain, signed: Signed, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    chain.plan(chain.ministry, ["до 30.10.2026"], in_force=True)
    client = signed(chain.ministry)
    with django_assert_num_queries(len(_statements(client))):
        client.get(reverse("plans"))
    before = len(_statements(client))
    for organization in (chain.town, chain.other_town):
        chain.plan(organization, ["до 30.10.2026"] * 2, in_force=True)
    assert len(_statements(client)) == before


def _statements(client: Client) -> list[dict[str, str]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("plans"))
    return captured.captured_queries


def test_the_list_puts_ones_own_first_and_hides_foreign_drafts(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    chain.plan(chain.other_town, ["до 01.12.2026"], title="Чужой проект")
    content = signed(chain.town).get(reverse("plans")).content.decode().replace("\xa0", " ")
    titles = re.findall(r'<a href="/plans/\d+/[^"]*">([^<]+)</a>', content)
    assert titles == ["План полярных классов округа", "Дорожная карта полярных классов"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?q=ПОЛЯРНЫХ карта", 1),
        ("?level=municipality", 1),
        ("?state=draft", 1),
        ("?state=returned", 0),
        ("?year=2027", 2),
        ("?level=xx", 2),
    ],
)
def test_the_list_is_narrowed_by_the_address(
    chain: Chain, cascade: Cascade, signed: Signed, query: str, count: int
) -> None:
    content = signed(chain.town).get(reverse("plans") + query).content.decode()
    assert len(re.findall(r'<th scope="row" class="txt">', content)) == count


def test_the_original_file_goes_to_whoever_reads_the_edition(chain: Chain, cascade: Cascade, signed: Signed) -> None:
    file = reverse("file", args=[cascade.region.edition.order.original_id])
    answer = signed(chain.school, Role.EXECUTOR).get(file)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"as it came"
    close(answer)
    neighbour = chain.plan(chain.other_town, ["до 01.12.2026"], in_force=True)
    foreign = reverse("file", args=[neighbour.edition.order.original_id])
    assert signed(chain.town).get(foreign).status_code == 404
    below = signed(chain.other_school).get(foreign)
    assert below.status_code == 200
    close(below)


def close(answer: Any) -> None:
    """Close the file of an answer; closing the answer itself would close the database of the test."""
    for closer in answer._resource_closers:
        closer()
