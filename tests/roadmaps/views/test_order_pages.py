"""The register of orders, verification and public pages: what they find, what they cost, what they never tell."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from documents.codes import grouped
from documents.models import Office, Order
from documents.views import verification
from organizations.access import Role
from roadmaps.operations import orders
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.operations.ordered import TODAY, registered, signed, submitted
from tests.roadmaps.views.conftest import Signed
from tests.roadmaps.views.test_reading import text_of


def issued(chain: Chain, number: str) -> Order:
    """Register one more order of the town."""
    from documents.operations import orders as documents

    order = documents.draft(
        organization=chain.town, kind="announce", title=f"О деле {number}",
        signatory=orders.head_of(chain.town.pk, TODAY), by=None, now=NOW,
    )  # fmt: skip
    orders.word(order, None, follow=False, by=None, now=NOW, today=TODAY)
    orders.hand(order, by=None, now=NOW, today=TODAY)
    orders.sign(order, signed_on=TODAY, by=None, now=NOW, today=TODAY)
    return registered(chain, order, number)


def test_the_register_costs_the_same_for_one_order_and_for_many(
    chain: Chain, signed: Signed, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    registered_one(chain)
    client = signed(chain.town)
    client.get(reverse("orders"))
    with CaptureQueriesContext(
        connection,
    ) as first:
        assert client.get(reverse("orders")).status_code == 200
    for number in ("7-к", "8-к", "9-к"):
        issued(chain, number)
    with CaptureQueriesContext(connection) as second:
        assert "О деле 9-к" in text_of(client.get(reverse("orders")).content)
    assert len(second) == len(first)


def registered_one(chain: Chain) -> Order:
    return registered(chain, signed_order(chain))


def signed_order(chain: Chain) -> Order:
    return signed(chain, submitted(chain))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "1-од"}, True),
        ({"q": "№ 1-од"}, True),
        ({"q": "полярных"}, True),
        ({"q": "приказа министерства"}, True),
        ({"q": "одновременно"}, True),
        ({"q": "scan.pdf"}, True),
        ({"q": "нигде"}, False),
        ({"kind": "appoint"}, False),
        ({"state": "approved"}, True),
        ({"state": "handed"}, False),
        ({"since": "2026-09-08", "until": "2026-09-08"}, True),
        ({"until": "2026-09-01"}, False),
        ({"kind": "nonsense"}, True),
    ],
)
def test_orders_are_found_by_number_words_date_kind_and_state(chain: Chain, query: dict[str, str], found: bool) -> None:
    order = registered_one(chain)
    client = Client()
    client.force_login(chain.user(chain.town))
    page = client.get(reverse("orders"), query).content.decode()
    assert (reverse("order", args=[order.pk]) in page) is found


def test_a_code_tells_positions_and_hashes_and_no_names(chain: Chain) -> None:
    order = registered_one(chain)
    order.refresh_from_db()
    page = Client().get(reverse("verified", args=[grouped(order.code)]))
    said = text_of(page.content)
    assert page.status_code == 200
    assert "Документ подлинный и действует" in said
    assert order.content_hash in said
    assert order.original is not None
    assert order.original.sha256 in said
    assert "Начальник управления" in said
    assert "Воронцова" not in said
    chain.town.names_public = True
    chain.town.save()
    assert "Е.М. Воронцова" in text_of(Client().get(reverse("verified", args=[order.code.lower()])).content)


def test_a_code_of_what_is_not_registered_is_not_known(chain: Chain) -> None:
    order = signed_order(chain)
    page = Client().get(reverse("verified", args=[grouped(order.code)]))
    assert page.status_code == 404
    assert order.title not in text_of(page.content)


def test_what_was_followed_says_by_which_order(chain: Chain) -> None:
    first, second = registered_one(chain), issued(chain, "2-к")
    Order.objects.filter(pk=first.pk).update(succeeded_by=second)
    said = text_of(Client().get(reverse("verified", args=[first.code])).content)
    assert "утратило силу: действует приказ от 08.09.2026 № 2-к" in said


def test_guessing_codes_is_slowed_down(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(verification, "TRIES", 3)
    codes = [Client().get(reverse("verified", args=["ABCD-EFGH-JKMN"])).status_code for _ in range(5)]
    assert codes == [404, 404, 404, 429, 429]


def test_a_plan_is_public_only_where_its_organization_publishes(chain: Chain) -> None:
    registered_one(chain)
    roadmap = Order.objects.get(organization=chain.town).editions.get().roadmap_id
    address = reverse("public-plan", args=[roadmap])
    assert Client().get(address).status_code == 404
    Office.objects.create(organization=chain.town, publishes_plans=True)
    assert "Результат 1" in text_of(Client().get(address).content)
    assert "Дорожная карта полярных классов" in text_of(Client().get(reverse("public-plans")).content)


def test_today_tells_who_has_to_do_what_with_an_order(chain: Chain, signed: Signed) -> None:
    from tests.roadmaps.operations.ordered import handed

    order = handed(chain, submitted(chain))
    waits = text_of(signed(chain.town, Role.SIGNATORY).get("/").content)
    assert "Приказ ждёт вашей подписи" in waits
    orders.sign(order, signed_on=TODAY, by=None, now=NOW, today=TODAY)
    assert "внесите номер" in text_of(signed(chain.town).get("/").content)


def test_the_plan_page_offers_the_order(chain: Chain, signed: Signed) -> None:
    plan = submitted(chain)
    page = signed(chain.town).get(reverse("plan", args=[plan.roadmap]))
    assert "Подготовить приказ" in text_of(page.content)
    done = signed(chain.town).post(reverse("plan-order", args=[plan.roadmap]))
    order = Order.objects.get(prepared_edition=plan.edition)
    assert done["Location"] == reverse("order", args=[order.pk])
    assert "Открыть приказ" in text_of(signed(chain.town).get(reverse("plan", args=[plan.roadmap])).content)
    assert order.drafted_at > dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
