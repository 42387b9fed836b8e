"""
One change above is known everywhere at once: the region moves a window, sees beforehand what that does, and registers it.

The town whose order lets its dates follow has moved by then; the other one is asked, answers, and wishes something in turn.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from documents.choices import ClauseKind
from documents.models import Clause
from organizations.access import Role
from organizations.models import Person, Position
from roadmaps.choices import CURRENT, DRAFT
from roadmaps.models import Deliverable, Edition
from roadmaps.operations import editions, orders, rows
from tests.journeys.conftest import OpenPage
from tests.journeys.looks import axe, no_sideways_scroll
from tests.roadmaps.chain import NOW, Chain, Plan, make_chain
from tests.roadmaps.operations.ordered import TODAY

WINDOW, MOVED, MENDED = "12.10.2026 - 16.10.2026", "19.10.2026 - 23.10.2026", "20.10.2026 - 22.10.2026"


@pytest.fixture
def lasting(portal: str) -> Chain:
    return make_chain()


def phrase_of(commitment: int, number: int = CURRENT) -> str:
    return Deliverable.objects.at(number).get(commitment=commitment).deadline.phrase


def follower(chain: Chain, region: Plan) -> Plan:
    """Put the plan of the town in force by an order that lets its dates follow."""
    town = chain.plan(
        chain.town,
        [(WINDOW, "Школы округа ответили на опрос")],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "same")],
        in_force=True,
    )
    order = Edition.objects.get(pk=town.edition.pk).order
    assert order is not None
    Clause.objects.create(order=order, kind=ClauseKind.FOLLOW, position=9, text="Сроки изменяются вслед за краем.")
    return town


def asked(chain: Chain, region: Plan) -> Plan:
    """Put the plan of the other town in force as it came on paper: with dates of its own."""
    return chain.plan(
        chain.other_town,
        [(WINDOW, "Ответы собраны"), ("до 20.10.2026", "Справка написана")],
        uppers=[region],
        links=[(0, region.rows[0], "implements", "own"), (1, region.rows[1], "implements", "own")],
        in_force=True,
    )


def to_be_registered(chain: Chain, plan: Plan) -> None:
    """Take the region's draft through its order up to the signature; that way has a story of its own."""
    by = chain.user(chain.ministry)
    head = Person.objects.create(surname="Северова", given_name="Ольга", patronymic="Ильинична")
    Position.objects.create(person=head, organization=chain.ministry, title="министр", is_head=True)
    edition = Edition.objects.open().for_page().get(roadmap=plan.roadmap)
    editions.submit(edition, by=by, now=NOW)
    order = orders.prepare(edition, by=by, now=NOW, today=TODAY)
    orders.hand(order, by=by, now=NOW, today=TODAY)
    orders.sign(order, signed_on=TODAY, by=chain.user(chain.ministry, Role.SIGNATORY), now=NOW, today=TODAY)


def mend_itself(chain: Chain, plan: Plan) -> None:
    """Let the other town put its row into the new window by an edition of its own."""
    by = chain.user(chain.other_town)
    edition = editions.open_edition(plan.edition.roadmap, by=by, now=NOW)
    rows.edit_result(roadmap=plan.roadmap, commitment=plan.rows[0], changes={"phrase": MENDED}, by=by, now=NOW)
    chain.put_in_force(Edition.objects.for_page().get(pk=edition.pk))


def register(page: Page) -> None:
    """Attach the scan and register the order."""
    scan = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 scan"}
    page.get_by_label("Скан подписанного приказа").set_input_files(scan)  # type: ignore[arg-type]
    page.get_by_role("button", name="Зарегистрировать").click()


def looked_at(page: Page) -> None:
    """Hold a page to axe and to the width of a phone."""
    axe(page)
    no_sideways_scroll(page)


# WeasyPrint leaves the colour profile that it reads to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_one_change_above_is_known_everywhere(lasting: Chain, open_page: OpenPage, tolerate: list[str]) -> None:
    region = lasting.plan(
        lasting.ministry,
        [(WINDOW, "Опрос открыт"), ("до 23.10.2026", "Отчёт по опросу опубликован")],
        in_force=True,
        title="Дорожная карта края",
    )
    town, other = follower(lasting, region), asked(lasting, region)

    ministry = open_page(lasting.user(lasting.ministry))
    ministry.goto(f"/plans/{region.roadmap}/")
    ministry.get_by_role("link", name=re.compile("История строки 1.1")).click()
    ministry.get_by_role("link", name="Что изменит другой срок").click()
    ministry.get_by_label("Примерить срок").fill(MOVED)
    ministry.get_by_role("button", name="Показать последствия").click()
    expect(ministry.locator(".figures")).to_contain_text("1 план и 1 строка последуют")
    looked_at(ministry)
    assert not Edition.objects.open().exists()  # nothing was written by looking

    ministry.goto(f"/plans/{region.roadmap}/")
    ministry.get_by_role("button", name="Открыть новую редакцию").click()
    expect(ministry.get_by_text("Новая редакция открыта")).to_be_visible()
    ministry.goto(f"/plans/{region.roadmap}/rows/{region.rows[0]}/")
    ministry.get_by_label("Срок", exact=True).fill(MOVED)
    ministry.get_by_role("button", name="Сохранить", exact=True).click()
    expect(ministry.get_by_text("Строка 1.1 сохранена")).to_be_visible()
    ministry.goto(f"/plans/{region.roadmap}/impact/")
    expect(ministry.locator(".figures")).to_have_text(
        "1 план и 1 строка последуют, 1 строка будет ждать решения, 1 строка вступит в противоречие"
    )
    expect(ministry.get_by_role("row").filter(has_text="Школы округа ответили")).to_contain_text("последует")
    looked_at(ministry)

    to_be_registered(lasting, region)
    ministry.goto("/")
    ministry.get_by_role("link", name="Зарегистрировать").first.click()
    expect(ministry.locator(".figures")).to_contain_text("1 план и 1 строка последуют")
    # Meanwhile the other town changes its own plan: what was seen is no longer what would follow.
    mend_itself(lasting, other)
    tolerate.append("status of 409")
    register(ministry)
    expect(ministry.get_by_role("heading", name="Последствия изменились")).to_be_visible()
    expect(ministry.locator(".figures")).not_to_contain_text("противоречие")
    looked_at(ministry)
    register(ministry)
    expect(ministry.get_by_text("Приказ действует")).to_be_visible()
    assert phrase_of(town.rows[0]) == "19 — 23.10.2026"
    assert phrase_of(other.rows[0]) == MENDED

    page = open_page(lasting.user(lasting.other_town))
    page.goto("/")
    expect(page.get_by_role("row").filter(has_text="1 предложение ждёт ответа")).to_be_visible()
    page.goto(f"/plans/{other.roadmap}/")
    expect(page.locator("td.edge .note").filter(has_text="Срок края изменён")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name=re.compile("^Предложения")).click()
    looked_at(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("radio", name="Принять со сдвигом").check()
    page.get_by_label("Сдвиг, дней").fill("-1")
    page.get_by_role("button", name="Ответить на отмеченные").click()
    expect(page.locator("main")).to_contain_text("Дан 1 ответ. Изменения стоят в проекте новой редакции")
    assert phrase_of(other.rows[0], DRAFT) == "18 — 22.10.2026"

    page.goto(f"/plans/{other.roadmap}/rows/{other.rows[0]}/wish/")
    page.get_by_label("Срок, о котором вы просите").fill("до 30.10.2026")
    page.get_by_label("Почему").fill("В округе каникулы.")
    looked_at(page)
    page.get_by_role("button", name="Направить просьбу").click()
    expect(page.get_by_text("Просьба направлена")).to_be_visible()

    ministry.goto(f"/plans/{region.roadmap}/answers/")
    expect(ministry.get_by_role("row").filter(has_text="Лесного округа")).to_contain_text("принято со сдвигом")
    looked_at(ministry)
    ministry.goto("/")
    ministry.get_by_role("link", name=re.compile("^Ответить")).click()
    ministry.get_by_role("link", name=re.compile("Просит продлить срок")).click()
    looked_at(ministry)
    ministry.get_by_role("radio", name=re.compile("^согласиться")).check()
    ministry.get_by_role("button", name="Ответить так").click()
    expect(ministry.get_by_text("Срок стоит в проекте")).to_be_visible()
    assert phrase_of(region.rows[0], DRAFT) == "до 30.10.2026"

    page.goto("/inbox/")
    expect(page.get_by_role("link", name=re.compile("другой срок строки «Опрос открыт» согласован"))).to_be_visible()
