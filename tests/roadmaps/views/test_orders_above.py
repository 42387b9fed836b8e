"""What orders above tell a body to do, on its day; a clause of the own order that a finding is about."""

import datetime as dt
from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from deadlines.grammar import read
from documents.operations.files import store_file
from documents.operations.orders import ClauseData, OrderData, register_from_paper
from organizations.models import Organization
from roadmaps.operations import editions
from tests.roadmaps.chain import NOW, YEAR, Chain, Plan
from tests.roadmaps.views.conftest import Signed
from tests.roadmaps.views.test_reading import text_of

CLAUSES = (
    ("1", "Утвердить дорожную карту полярных классов.", ""),
    ("2", "Руководителям муниципальных органов управления образованием:", ""),
    ("2.1", "назначить ответственных за классы в срок до 25.09.2026;", "до 25.09.2026"),
    ("2.2", "представить списки классов до 12.10.2026.", "до 12.10.2026"),
    ("3", "Директорам школ собрать заявления семей до 05.10.2026.", "до 05.10.2026"),
    ("4", "Руководителям муниципальных органов управления образованием провести сбор до 10.09.2026.", "до 10.09.2026"),
    ("5", "Институту развития подготовить программу курсов.", ""),
)


@pytest.fixture(autouse=True)
def september() -> Iterator[None]:
    with mock.patch.object(timezone, "localdate", return_value=dt.date(2026, 9, 14)):
        yield


def in_force(
    chain: Chain, owner: Organization, number: str, clauses: tuple[tuple[str, str, str], ...] = CLAUSES
) -> Plan:
    plan = chain.plan(owner, ["до 30.10.2026"], title=f"План {number}")
    by = chain.user(owner)
    original = store_file(organization=owner, name="order.docx", data=b"as it came", by=by, now=NOW)
    given = [ClauseData(one, text, read(phrase, YEAR) if phrase else None) for one, text, phrase in clauses]
    data = OrderData(number=number, signed_on=dt.date(2026, 9, 4), issuer=owner.name, clauses=given)
    order = register_from_paper(organization=owner, order=data, original=original, by=by, now=NOW)
    return Plan(editions.put_in_force(plan.edition, order=order, by=by, now=NOW), plan.rows)


def today(client: Client) -> str:
    return text_of(client.get(reverse("today")).content)


def test_clauses_that_address_this_body_stand_on_its_day(chain: Chain, signed: Signed) -> None:
    plan = in_force(chain, chain.ministry, "17-од")
    said = today(signed(chain.town))
    lines = [
        "до 25.09: назначить ответственных за классы в срок до 25.09.2026; приказ от 04.09.2026 № 17-од, п. 2.1",
        "до 12.10: представить списки классов до 12.10.2026. приказ от 04.09.2026 № 17-од, п. 2.2",
    ]
    assert [line in said for line in lines] == [True, True]
    assert said.index(lines[0]) < said.index(lines[1])
    for other in ("собрать заявления", "провести сбор", "подготовить программу", "Утвердить"):
        assert other not in said
    assert "собрать заявления семей" in today(signed(chain.school))
    assert "Поручено приказами" not in today(signed(chain.ministry))
    page = signed(chain.town).get(reverse("plan-editions", args=[plan.roadmap])).content.decode()
    assert f'id="clause-{plan.edition.order_id}-2.1"' in page
    assert f'#clause-{plan.edition.order_id}-2.1"' in signed(chain.town).get(reverse("today")).content.decode()


def test_no_clause_of_a_neighbour_or_of_a_plan_that_is_not_read_is_told(chain: Chain, signed: Signed) -> None:
    in_force(chain, chain.other_town, "3")
    assert "Поручено приказами" not in today(signed(chain.town))
    assert "Поручено приказами" not in today(signed(chain.school))
    assert "собрать заявления" in today(signed(chain.other_school))


def test_at_most_five_of_all_orders_are_told_the_next_first(chain: Chain, signed: Signed) -> None:
    many = tuple(
        ("", f"Директорам школ сдать отчёт {day} до {day:02}.11.2026", f"до {day:02}.11.2026")
        for day in range(9, 1, -1)
    )
    in_force(chain, chain.ministry, "1", many)
    said = today(signed(chain.school))
    assert [f"отчёт {day} " in said for day in range(2, 10)] == [True] * 5 + [False] * 3


def test_the_day_costs_the_same_however_many_orders_and_clauses(chain: Chain, signed: Signed) -> None:
    in_force(chain, chain.ministry, "1")
    client = signed(chain.town)
    client.get(reverse("today"))
    counts = []
    for clauses in (CLAUSES * 3, None):
        with CaptureQueriesContext(connection) as captured:
            assert "приказ от" in text_of(client.get(reverse("today")).content)
        counts.append(len(captured))
        if clauses:
            in_force(chain, chain.institute, "2", clauses)
    assert counts[0] == counts[1]


def test_a_clause_without_a_deadline_leads_to_where_it_stands(chain: Chain, signed: Signed) -> None:
    plan = in_force(chain, chain.ministry, "17-од")
    page = signed(chain.ministry).get(reverse("plan-findings", args=[plan.roadmap])).content.decode()
    address = f"{reverse('plan-editions', args=[plan.roadmap])}#clause-{plan.edition.order_id}-5"
    assert f'<a href="{address}">Пункт 5 в приказе</a>' in page
