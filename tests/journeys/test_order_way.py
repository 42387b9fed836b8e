"""A submitted plan goes through its order to the public: coordinator, signatory, clerk, a school, a passer-by."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from documents.models import Office, Order
from organizations.access import Role
from roadmaps.models import Edition
from tests.journeys.conftest import OpenPage
from tests.journeys.looks import axe, no_sideways_scroll, screenshot
from tests.roadmaps.chain import Chain, make_chain
from tests.roadmaps.operations.ordered import submitted

LAPTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture
def lasting(portal: str) -> Chain:
    return make_chain()


def looked_at(page: Page, name: str) -> None:
    """Hold a page to axe and to the width of a phone."""
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        axe(page)
        screenshot(page, f"order-{name}-{size['width']}")
    no_sideways_scroll(page)


# WeasyPrint leaves the colour profile that it reads to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_plan_goes_through_its_order_to_the_public(lasting: Chain, open_page: OpenPage, tolerate: list[str]) -> None:
    plan = submitted(lasting)
    Office.objects.create(organization=lasting.town, series="од", publishes_plans=True)
    due = timezone.localdate() + dt.timedelta(days=20)

    page = open_page(lasting.user(lasting.town))
    page.goto(f"/plans/{plan.roadmap}/")
    page.get_by_role("button", name="Подготовить приказ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Об утверждении дорожной карты")
    looked_at(page, "draft")
    page.get_by_role("link", name="Править").click()
    looked_at(page, "edit")
    page.get_by_role("link", name="Добавить пункт", exact=True).click()
    page.get_by_label("Текст пункта").fill("Руководителям школ направить приказы о назначении координаторов.")
    page.get_by_label("Срок", exact=False).first.fill(f"до {due:%d.%m.%Y}")
    expect(page.locator("#echo")).to_contain_text(str(due.day))
    page.get_by_label("каждая школа").check()
    page.get_by_label("Что направляется").fill("приказ о назначении координатора")
    looked_at(page, "clause")
    page.get_by_role("button", name="Сохранить пункт").click()
    page.get_by_role("link", name="Об утверждении").click()
    page.get_by_role("link", name="Запросить визу").click()
    page.get_by_label("Должность и организация").fill("Директор департамента финансов")
    page.get_by_label("Инициалы и фамилия").fill("А.Н. Березин")
    looked_at(page, "visas")
    page.get_by_role("button", name="Внести в лист").click()
    page.get_by_role("button", name="Передать на подпись").click()
    expect(page.get_by_text("Приказ у подписанта")).to_be_visible()

    signatory = open_page(lasting.user(lasting.town, Role.SIGNATORY))
    signatory.goto("/")
    signatory.get_by_role("link", name="Прочесть").first.click()
    looked_at(signatory, "handed")
    signatory.get_by_role("link", name="Подписан", exact=True).click()
    looked_at(signatory, "sign")
    signatory.get_by_role("button", name="Подписан").click()

    page.goto("/")
    page.get_by_role("link", name="Зарегистрировать").first.click()
    expect(page.get_by_label("Номер")).to_have_value("1-од")
    page.get_by_label("Скан подписанного приказа").set_input_files(
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 scan"}
    )
    looked_at(page, "register")
    page.get_by_role("button", name="Зарегистрировать").click()
    expect(page.get_by_text("Приказ действует")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Приказ с приложениями, PDF"))).to_be_visible()
    looked_at(page, "registered")
    assert Edition.objects.get(pk=plan.edition.pk).number == 1

    page.goto("/orders/")
    looked_at(page, "list")
    school = open_page(lasting.user(lasting.school))
    school.goto("/")
    school.get_by_role("link", name=re.compile("Посмотреть.*координатора")).click()
    looked_at(school, "submission")
    school.get_by_role("link", name="Направить").click()
    school.get_by_label("Файл").set_input_files({"name": "o.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    looked_at(school, "send")
    school.get_by_role("button", name="Направить").click()
    order = Order.objects.registered().get(organization=lasting.town)
    page.goto(f"/orders/{order.pk}/submissions/")
    looked_at(page, "who-has-sent")
    page.get_by_role("link", name="Школа на Озёрной").click()
    page.get_by_role("button", name="Получено").click()
    page.goto("/submissions/")
    looked_at(page, "submissions")
    page.goto(f"/plans/{plan.roadmap}/send-up/")
    looked_at(page, "send-up")
    page.goto(f"/orders/office/{lasting.town.pk}/")
    looked_at(page, "office")

    passer = open_page()
    passer.goto("/verify/")
    looked_at(passer, "verify")
    passer.get_by_label("Код").fill(order.code.lower())
    passer.get_by_role("button", name="Проверить").click()
    expect(passer.get_by_text("Документ подлинный и действует")).to_be_visible()
    expect(passer.get_by_text("Воронцова")).to_have_count(0)
    looked_at(passer, "verified")
    tolerate.append("404")
    passer.goto("/verify/AAAA-BBBB-CCCC/")
    looked_at(passer, "unknown")
    passer.goto("/public/plans/")
    looked_at(passer, "public-list")
    passer.get_by_role("link", name="Дорожная карта").click()
    looked_at(passer, "public")
