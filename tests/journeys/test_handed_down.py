"""A region's plan comes down in two steps: the town derives its own, a school takes it over; the ministry sees who has what."""

import re

import pytest
from playwright.sync_api import Page, expect

from roadmaps.models import Edition
from tests.journeys.conftest import OpenPage
from tests.journeys.looks import axe, no_sideways_scroll, screenshot
from tests.roadmaps.chain import Chain, make_chain

LAPTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture
def lasting(portal: str) -> Chain:
    chain = make_chain()
    chain.plan(
        chain.ministry,
        [
            ("до 30.10.2026", "Закреплены: площадка для практики; наставник завода; расписание посещений"),
            ("10.11.2026 - 20.11.2026", "Опрос прошёл в сети"),
            ("до 01.12.2026", "Отчёт по опросу открыт"),
        ],
        in_force=True,
        title="Дорожная карта полярных классов",
        obliges="all-schools",
    )
    return chain


def looked_at(page: Page, name: str) -> None:
    """Hold a page to axe and to the width of a phone."""
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        axe(page)
        screenshot(page, f"handdown-{name}-{size['width']}")
    no_sideways_scroll(page)


def drafted(chain: Chain, page: Page) -> Edition:
    """Give the draft that stands after a step."""
    expect(page.get_by_text("Проект готов, каждая строка связана с вышестоящей.")).to_be_visible()
    found = re.search(r"/plans/(\d+)/", page.url)
    assert found, page.url
    return Edition.objects.select_related("roadmap__organization").get(roadmap=int(found[1]))


def test_a_plan_is_handed_down_and_seen_from_above(lasting: Chain, open_page: OpenPage) -> None:
    town = open_page(lasting.user(lasting.town))
    town.goto("/")
    town.get_by_role("link", name=re.compile("^Вывести план")).first.click()
    looked_at(town, "derive")
    town.get_by_label("Все строки").fill("Руководители ОО")  # so the rows oblige every school
    town.get_by_label(re.compile("^3.1")).uncheck()
    town.get_by_role("button", name="Создать проект плана").click()
    lasting.put_in_force(drafted(lasting, town))

    school = open_page(lasting.user(lasting.school))
    school.goto("/")
    school.get_by_role("link", name=re.compile("^Принять без изменений")).first.click()
    looked_at(school, "adopt")
    school.get_by_label("Все строки").fill("Директор")
    school.get_by_role("button", name="Принять 2 строки").click()
    lasting.put_in_force(drafted(lasting, school))

    ministry = open_page(lasting.user(lasting.ministry))
    ministry.goto("/coverage/")
    matrix = ministry.get_by_role("table", name=re.compile("Как нижестоящие"))
    expect(matrix.get_by_role("link", name=re.compile("^Есть школ: 1 из 1"))).to_have_count(2)
    expect(matrix.get_by_role("link", name=re.compile("^Нет"))).to_have_count(1)
    expect(matrix.get_by_role("link", name="План не направлен")).to_have_count(3)
    looked_at(ministry, "coverage")
    ministry.get_by_label("Показать").select_option("Только пробелы")
    ministry.get_by_role("button", name="Показать").click()
    expect(matrix.get_by_role("columnheader")).to_have_count(4)
    ministry.get_by_role("link", name="Показать всё").click()
    matrix.get_by_role("link", name=re.compile("^Есть школ: 1 из 1")).first.click()
    expect(ministry.get_by_role("row", name=re.compile(lasting.school.short_name))).to_contain_text("Есть")
    looked_at(ministry, "row")
    ministry.get_by_role("link", name=lasting.town.short_name).first.click()
    expect(ministry.get_by_text("План действует.")).to_be_visible()
