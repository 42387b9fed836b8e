"""An edition in force is corrected: compared, amended by an order, read as consolidated text, repealed at last."""

import re

import pytest
from playwright.sync_api import Page, expect

from documents.models import Order
from roadmaps import sheets
from roadmaps.models import Edition
from roadmaps.operations import editions, orders, rows
from tests.journeys.conftest import OpenPage
from tests.journeys.looks import axe, no_sideways_scroll, screenshot
from tests.roadmaps.chain import NOW, Chain, make_chain
from tests.roadmaps.operations.ordered import TODAY, registered, signed, submitted

LAPTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture
def lasting(portal: str) -> Chain:
    return make_chain()


def looked_at(page: Page, name: str) -> None:
    """Hold a page to axe and to the width of a phone."""
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        axe(page)
        screenshot(page, f"correction-{name}-{size['width']}")
        no_sideways_scroll(page)


def test_a_plan_in_force_is_compared_amended_and_read_in_its_new_edition(lasting: Chain, open_page: OpenPage) -> None:
    plan = submitted(lasting)
    basic = registered(lasting, signed(lasting, plan))
    draft = editions.open_edition(plan.edition.roadmap, by=lasting.user(lasting.town), now=NOW)
    row = sheets.load(draft).rows[1].commitment
    rows.edit_result(
        roadmap=plan.roadmap, commitment=row, changes={"phrase": "до 15.02.2027"}, reason="Сроки сдвинул край",
        by=lasting.user(lasting.town), now=NOW,
    )  # fmt: skip
    editions.submit(draft, by=lasting.user(lasting.town), now=NOW)

    page = open_page(lasting.user(lasting.town))
    page.goto(f"/plans/{plan.roadmap}/editions/")
    looked_at(page, "editions")
    page.get_by_role("link", name="Сравнить редакции").click()
    expect(page.locator("del")).to_contain_text("01.02.2027")
    expect(page.locator("ins")).to_contain_text("15.02.2027")
    expect(page.get_by_text("причина: Сроки сдвинул край")).to_be_visible()
    looked_at(page, "compared")
    page.get_by_label("Показать").select_option(label="Изменённые: 1")
    page.get_by_role("button", name="Сравнить").click()
    expect(page).to_have_url(re.compile(r"was=1&became=draft&show=changed"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Сравнительная таблица, Word").click()
    assert download.value.suggested_filename.endswith(".docx")

    page.get_by_role("button", name="Подготовить приказ").click()
    expect(page.locator(".leaf").first).to_contain_text("заменить словами «до 15.02.2027»")
    page.get_by_text("План в редакции этого приказа").click()
    looked_at(page, "amending")
    page.get_by_role("link", name="Править", exact=True).click()
    page.get_by_role("button", name="Изложить план в новой редакции").click()
    expect(page.get_by_text("в новой редакции согласно приложению к настоящему приказу")).to_be_visible()
    page.get_by_role("button", name="Изложить изменения по строкам").click()
    looked_at(page, "amending-edit")
    page.get_by_role("button", name="Передать на подпись").click()
    expect(page.get_by_text("Приказ у подписанта")).to_be_visible()

    amending = Order.objects.get(amends=basic)
    orders.sign(amending, signed_on=TODAY, by=None, now=NOW, today=TODAY)
    registered(lasting, amending, "2-од")
    assert Edition.objects.in_force().get(roadmap=plan.roadmap).number == 2
    page.goto(f"/plans/{plan.roadmap}/")
    expect(page.get_by_text("(в редакции приказа от 08.09.2026 № 2-од)")).to_be_visible()
    expect(page.locator(f"#row-{row}")).to_contain_text("(в ред. приказа от 08.09.2026 № 2-од)")
    looked_at(page, "consolidated")
    passer = open_page()
    passer.goto(f"/verify/{basic.code}/")
    expect(passer.get_by_text("действует в редакции приказа от 08.09.2026 № 2-од")).to_be_visible()

    page.goto(f"/orders/{basic.pk}/")
    page.get_by_role("link", name="Признать утратившим силу").click()
    looked_at(page, "repeal")
    page.get_by_role("button", name="Составить проект приказа").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("О признании утратившим силу приказа")
