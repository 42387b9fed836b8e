"""The pages of the roll-over: the preview, the list of what needs a decision, where it is offered."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from roadmaps.models import CarriedQuestion, Edition
from tests.roadmaps.chain import Chain, Plan
from tests.roadmaps.views.conftest import Signed

SPRING = dt.datetime(2027, 6, 15, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def plan(chain: Chain) -> Plan:
    return chain.plan(
        chain.town,
        [("до 30.10.2026", "Отчёт за 2026/2027 учебный год"), ("", "Без срока"), ("до 31.12.2026", "В выходной")],
        in_force=True,
        title="План на 2026/2027 учебный год",
    )


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def begin(client: Client, plan: Plan, **fields: str) -> int:
    days = {"starts_on": "2027-09-01", "ends_on": "2028-08-31", "title": "План на 2027/2028 учебный год"}
    answer = client.post(reverse("plan-roll-over", args=[plan.roadmap]), days | fields)
    assert answer.status_code == 302, answer.content.decode()
    made = Edition.objects.open().get(roadmap__carried_from=plan.roadmap)
    assert answer["Location"] == reverse("plan-carried", args=[made.roadmap_id])
    return made.roadmap_id


def test_the_preview_shows_old_and_new_and_writes_nothing(chain: Chain, signed: Signed, plan: Plan) -> None:
    page = text_of(signed(chain.town), reverse("plan-roll-over", args=[plan.roadmap]))
    assert "до 30.10.2026" in page
    assert 'value="до 29.10.2027"' in page
    assert "последний рабочий день месяца" in page
    assert "План на 2027/2028 учебный год" in page
    assert "Производственный календарь на 2028 год ещё не утверждён" in page
    assert Edition.objects.count() == 1


def test_another_period_is_reckoned_anew(chain: Chain, signed: Signed, plan: Plan) -> None:
    address = reverse("plan-roll-over", args=[plan.roadmap])
    page = text_of(signed(chain.town), f"{address}?starts_on=2028-09-01&ends_on=2029-08-31")
    assert 'value="до 31.10.2028"' in page
    assert signed(chain.town).get(f"{address}?starts_on=2028-09-01&ends_on=2028-08-31").status_code == 422


def test_what_is_worded_otherwise_and_left_behind_is_checked_and_kept(chain: Chain, signed: Signed, plan: Plan) -> None:
    client, (first, second, _) = signed(chain.town), plan.rows
    fields = {f"phrase-{first}": "до 22.10.2027", f"leave-{second}": "on"}
    days = {"starts_on": "2027-09-01", "ends_on": "2028-08-31", "title": "План", "check": "1"}
    checked = client.post(reverse("plan-roll-over", args=[plan.roadmap]), days | fields).content.decode()
    assert 'value="до 22.10.2027"' in checked
    assert "checked" in checked
    assert Edition.objects.count() == 1
    roadmap = begin(client, plan, **fields)
    page = text_of(client, reverse("plan", args=[roadmap]))
    assert "до 22.10.2027" in page
    assert "Без срока" not in page


def test_the_list_is_answered_step_by_step_until_it_is_empty(chain: Chain, signed: Signed, plan: Plan) -> None:
    client = signed(chain.town)
    roadmap = begin(client, plan)
    address, answer = reverse("plan-carried", args=[roadmap]), reverse("plan-carried-answer", args=[roadmap])
    page = text_of(client, address)
    assert "2 вопроса требуют решения" in page
    assert "Срок не понят, поэтому перенести его не удалось." in page
    assert "Без срока" not in text_of(client, f"{address}?kind=date")
    assert "Требует решения" in text_of(client, reverse("plan", args=[roadmap]))
    no_date = CarriedQuestion.objects.get(roadmap=roadmap, code="no-date")
    assert client.post(answer, {"question": no_date.pk, "step": "link"}).status_code == 404
    assert client.post(answer, {"question": no_date.pk, "step": "keep"}).status_code == 302
    assert client.post(answer, {"step": "keep-dates"}).status_code == 302
    assert "По переносу всё решено." in text_of(client, address)
    assert "Требует решения" not in text_of(client, reverse("plan", args=[roadmap]))


def test_a_plan_carried_already_says_where(chain: Chain, signed: Signed, plan: Plan) -> None:
    client = signed(chain.town)
    roadmap = begin(client, plan)
    page = text_of(client, reverse("plan-roll-over", args=[plan.roadmap]))
    assert f'href="{reverse("plan", args=[roadmap])}">Открыть перенесённый план' in page


def test_it_is_offered_near_the_end_of_the_period_on_the_plan_and_today(
    chain: Chain, signed: Signed, plan: Plan
) -> None:
    offer = reverse("plan-roll-over", args=[plan.roadmap])
    with time_machine.travel(SPRING, tick=False):
        client = signed(chain.town)
        assert [offer in text_of(client, address) for address in (f"/plans/{plan.roadmap}/", "/")] == [True, True]
        begin(client, plan)
        assert offer not in text_of(client, "/")
    with time_machine.travel(SPRING - dt.timedelta(120), tick=False):
        assert offer not in text_of(signed(chain.town), f"/plans/{plan.roadmap}/")


def test_the_pages_cost_the_same_whatever_the_rows(chain: Chain, signed: Signed, plan: Plan) -> None:
    small = chain.plan(chain.other_town, [""], in_force=True)
    counts = []
    for owner, one in ((chain.other_town, small), (chain.town, plan)):
        client = signed(owner)
        roadmap = begin(client, one)
        for address in (reverse("plan-carried", args=[roadmap]), reverse("plan-roll-over", args=[one.roadmap])):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
