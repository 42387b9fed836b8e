"""Consequences, proposals and wishes through the pages."""

import io

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from organizations.access import Role
from roadmaps.choices import DRAFT, ProposalKind, ProposalState, Way
from roadmaps.models import Deliverable, Edition, Proposal
from roadmaps.operations import editions, proposals, rows, wishes
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.operations.asked import Pair, amend, asked, draft_row, pair
from tests.roadmaps.views.conftest import Signed
from tests.roadmaps.views.test_reading import text_of

MOVED: dict[int, str | None] = {0: "до 15.10.2026", 1: "до 13.11.2026", 2: "до 20.12.2026"}


def said(client: Client, name: str, *args: int, **query: str) -> str:
    """Give what a page says."""
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return text_of(answer.content)


def statements(client: Client, name: str, *args: int, **query: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        said(client, name, *args, **query)
    return len(captured)


def drafted(chain: Chain, plans: Pair, phrases: dict[int, str | None]) -> Edition:
    """Let the region change deadlines in a draft."""
    by = chain.user(chain.ministry)
    edition = editions.open_edition(plans.region.edition.roadmap, by=by, now=NOW)
    for place, phrase in phrases.items():
        changes = {"phrase": phrase}
        row = plans.region.rows[place]
        rows.edit_result(roadmap=plans.region.roadmap, commitment=row, changes=changes, by=by, now=NOW)
    return edition


def test_the_preview_counts_and_lists_and_writes_nothing(chain: Chain, signed: Signed) -> None:
    plans = pair(chain)
    drafted(chain, plans, MOVED)
    before = Deliverable.objects.count()
    page = said(signed(chain.ministry), "plan-impact", plans.region.roadmap)
    assert "3 строки будут ждать решения, 3 строки вступят в противоречие" in page
    assert "Приказ издан до 30.10.2026 до 15.10.2026" in page
    assert "позже вышестоящего срока" in page
    assert (Deliverable.objects.count(), Proposal.objects.count()) == (before, 0)


def test_the_whole_list_leaves_as_a_workbook(chain: Chain, signed: Signed) -> None:
    plans = pair(chain)
    drafted(chain, plans, {1: "до 13.11.2026"})
    answer = signed(chain.ministry).get(reverse("plan-impact-table", args=[plans.region.roadmap]))
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [[cell.value for cell in row][:6] for row in sheet.iter_rows(min_row=2)] == [
        ["Управление Снежного округа", "2", "Списки переданы", "ждёт решения", "до 18.11.2026", "до 13.11.2026"]
    ]


def test_what_if_tries_a_row_in_force_and_saves_nothing(chain: Chain, signed: Signed) -> None:
    plans = pair(chain)
    page = said(signed(chain.ministry), "what-if", plans.region.roadmap, plans.region.rows[1], phrase="до 13.11.2026")
    assert "1 строка будет ждать решения, 1 строка вступит в противоречие" in page
    assert not Edition.objects.open().exists()
    empty = said(signed(chain.ministry), "what-if", plans.region.roadmap, plans.region.rows[1], phrase="когда-нибудь")
    assert "Ваша строка" not in empty


def test_an_institute_counts_plans_that_it_may_not_read_and_names_none(chain: Chain, signed: Signed) -> None:
    institute = chain.plan(chain.institute, ["до 30.10.2026"], in_force=True)
    chain.plan(
        chain.town, [("до 20.10.2026", "Тайный результат")], uppers=[institute],
        links=[(0, institute.rows[0], "implements", "own")], in_force=True,
    )  # fmt: skip
    page = said(signed(chain.institute), "what-if", institute.roadmap, institute.rows[0], phrase="до 15.10.2026")
    assert "1 строка будет ждать решения" in page
    assert "Они посчитаны, но не названы" in page
    assert "Тайный" not in page
    assert "Снежного" not in page


def test_pages_of_questions_cost_the_same_whatever_the_rows(chain: Chain, signed: Signed) -> None:
    plans = pair(chain)
    town, ministry = signed(chain.town), signed(chain.ministry)

    def costs() -> list[int]:
        return [
            statements(town, "plan-proposals", plans.town.roadmap),
            statements(town, "plan", plans.town.roadmap),
            statements(ministry, "plan-answers", plans.region.roadmap),
            statements(ministry, "what-if", plans.region.roadmap, plans.region.rows[1], phrase="до 01.11.2026"),
        ]

    amend(chain, plans.region, {1: "до 13.11.2026"})
    one = costs()
    amend(chain, plans.region, {0: "до 14.10.2026", 1: "до 12.11.2026", 2: "до 21.12.2026"})
    assert Proposal.objects.open().count() == 3
    assert costs() == one


def test_ticked_proposals_are_answered_together_without_any_script(chain: Chain, signed: Signed) -> None:
    plans = pair(chain)
    amend(chain, plans.region, MOVED)
    client, address = signed(chain.town), reverse("plan-proposals", args=[plans.town.roadmap])
    ticked = [asked(plans.town, row).pk for row in (0, 1)]
    answer = client.post(address, {"which": ticked, "way": Way.ACCEPT, "conflict": "yes"}, follow=True)
    assert answer.redirect_chain == [(f"{address}?conflict=yes", 302)]
    assert "Дано 2 ответа. Изменения стоят в проекте" in text_of(answer.content)
    states = Proposal.objects.filter(pk__in=ticked).values_list("state", flat=True)
    assert set(states) == {ProposalState.ACCEPTED}
    answer = client.post(address, {"every": "1", "way": Way.KEEP, "reason": "так решено"}, follow=True)
    assert "На всё дан ответ" in text_of(answer.content)
    assert "так решено" in said(client, "plan-proposals", plans.town.roadmap, state="answered")


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"way": "accept"}, 302, ""),
        ({"which": "nonsense", "way": "accept"}, 302, ""),
        ({"every": "1", "way": "offset"}, 422, "На сколько дней?"),
        ({"every": "1", "way": "waive"}, 422, "Укажите причину"),
        ({"every": "1", "way": "all"}, 422, "all"),
    ],
)
def test_an_answer_that_says_too_little_changes_nothing(
    chain: Chain, signed: Signed, body: dict[str, str], status: int, words: str
) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {1: "до 13.11.2026"})
    answer = signed(chain.town).post(reverse("plan-proposals", args=[plans.town.roadmap]), body)
    assert (answer.status_code, words in text_of(answer.content)) == (status, True)
    assert asked(plans.town, 1).is_open
    assert not Edition.objects.open().exists()


def test_the_list_is_narrowed_by_the_address(chain: Chain, signed: Signed) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {0: None, 1: "до 13.11.2026", 2: "до 05.12.2026"})
    client, plan = signed(chain.town), plans.town.roadmap
    assert "3 предложения из 3" in said(client, "plan-proposals", plan)
    assert "1 предложение из 3" in said(client, "plan-proposals", plan, kind="withdrawn")
    assert "1 предложение из 3" in said(client, "plan-proposals", plan, conflict="yes")
    assert "2 предложения из 3" in said(client, "plan-proposals", plan, conflict="no")
    assert "3 предложения из 3" in said(client, "plan-proposals", plan, kind="nonsense", state="nonsense")


def test_a_question_stands_in_the_margin_and_is_answered_there(chain: Chain, signed: Signed) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {1: "до 13.11.2026"})
    page = said(signed(chain.town), "plan", plans.town.roadmap)
    assert "Срок края изменён край, 2.1 : «до 20.11.2026» → «до 13.11.2026»" in page
    assert "Принять: до 13.11.2026" in page
    assert "Срок края изменён" not in said(signed(chain.ministry), "plan", plans.town.roadmap)
    staff = said(signed(chain.town, Role.STAFF), "plan", plans.town.roadmap)
    assert "Срок края изменён" in staff
    assert "Принять:" not in staff
    address = reverse("proposal", args=[plans.town.roadmap, asked(plans.town, 1).pk])
    back = f"/plans/{plans.town.roadmap}/"
    answer = signed(chain.town).post(address, {"way": "accept", "next": back})
    assert (answer["Location"], draft_row(plans.town.rows[1]).due.isoformat()) == (back, "2026-11-13")


def test_one_is_not_led_out_of_the_portal_after_an_answer(chain: Chain, signed: Signed) -> None:
    plans = pair(chain)
    amend(chain, plans.region, {1: "до 13.11.2026"})
    address = reverse("proposal", args=[plans.town.roadmap, asked(plans.town, 1).pk])
    answer = signed(chain.town).post(address, {"way": "accept", "next": "//example.org/"})
    assert answer["Location"] == reverse("plan-proposals", args=[plans.town.roadmap])


def test_the_day_tells_what_waits_for_an_answer(chain: Chain, signed: Signed) -> None:
    plans = pair(chain)
    amend(chain, plans.region, MOVED)
    wish(chain, plans)
    assert "3 предложения ждут ответа. План округа. 3 срока противоречат вышестоящему плану." in said(
        signed(chain.town), "today"
    )
    assert "1 просьба снизу ждёт вашего ответа. Дорожная карта края" in said(signed(chain.ministry), "today")


def wish(chain: Chain, plans: Pair) -> Proposal:
    return wishes.ask(
        plans.town.edition.roadmap, lower=plans.town.rows[0], upper=plans.region.rows[0], kind=ProposalKind.EXTEND,
        phrase="до 13.11.2026", reason="каникулы", by=chain.user(chain.town), now=NOW,
    )  # fmt: skip


def test_those_above_see_who_answered_what_and_who_did_not(chain: Chain, signed: Signed) -> None:
    plans = pair(chain)
    amend(chain, plans.region, MOVED)
    by = chain.user(chain.town)
    kept = proposals.Answer(Way.KEEP, reason="приказ уже издан")
    proposals.answer(asked(plans.town, 1), answer=kept, by=by, now=NOW)
    page = said(signed(chain.ministry), "plan-answers", plans.region.roadmap)
    assert "1 план, 3 предложения" in page
    assert "Ждёт ответа: 2" in page
    assert "оставлен свой срок" in page
    assert "приказ уже издан" in page
    only = said(signed(chain.ministry), "plan-answers", plans.region.roadmap, state="kept")
    assert "Списки переданы" in only
    assert "Приказ издан" not in only
    assert signed(chain.town).get(reverse("plan-answers", args=[plans.region.roadmap])).status_code == 403


def test_a_wish_is_asked_read_and_answered_by_forms(chain: Chain, signed: Signed) -> None:
    plans = pair(chain)
    town, ministry = signed(chain.town), signed(chain.ministry)
    address = reverse("wish-new", args=[plans.town.roadmap, plans.town.rows[0]])
    assert "Приказ издан" in text_of(town.get(address).content)
    body = {"upper": plans.region.rows[0], "kind": "another", "phrase": "по мере готовности", "reason": "каникулы"}
    assert "Напишите срок так" in text_of(town.post(address, body).content)
    made = town.post(address, body | {"phrase": "до 13.11.2026"}, follow=True)
    assert "Ждёт ответа: Министерство Полярного края." in text_of(made.content)
    pk = Proposal.objects.get().pk
    assert signed(chain.other_town).get(reverse("wish", args=[pk])).status_code == 404
    refused = ministry.post(reverse("wish-answer", args=[pk]), {"way": "decline"})
    assert (refused.status_code, "Укажите причину" in text_of(refused.content)) == (422, True)
    agreed = ministry.post(reverse("wish-answer", args=[pk]), {"way": "agree"})
    assert agreed["Location"] == f"/plans/{plans.region.roadmap}/#row-{plans.region.rows[0]}"
    row = Deliverable.objects.at(DRAFT).get(commitment=plans.region.rows[0])
    assert row.own_deadline.phrase == "до 13.11.2026"
    assert "Согласовано" in said(town, "wish", pk)
