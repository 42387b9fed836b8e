"""An hour in the grid, shortened: a plan by keys alone, a connection that breaks, a session that ends, two people at one cell."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from organizations.access import Role
from organizations.models import User
from roadmaps.models import Edition
from tests import factories
from tests.journeys import steps
from tests.journeys.conftest import OpenPage, session_cookie
from tests.journeys.looks import axe

ACTIVITIES = 10
RESULTS = 3
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
SAVED = re.compile("Всё сохранено в")


@pytest.fixture
def standing() -> str:
    return "demo"


@pytest.fixture
def editor(portal: str) -> User:
    return User.objects.get(username="medoborsk")


def open_grid(page: Page, user: User) -> int:
    """Open the grid of the draft of the account's organization; gives the plan."""
    here = user.person.positions.get().organization
    plan = Edition.objects.get(roadmap__organization=here, state="draft").roadmap_id
    page.goto(f"/plans/{plan}/edit/")
    expect(page.locator("#grid-tools")).to_be_visible()
    return plan


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_text(SAVED)


def texts(plan: int) -> list[str]:
    return [row.text for row in steps.sheet_of(plan).rows]


def test_thirty_rows_are_written_by_keys_alone(open_page: OpenPage, editor: User) -> None:
    page = open_page(editor)
    plan = open_grid(page, editor)
    before = texts(plan)
    keys = page.keyboard
    page.locator("#grid td[data-v]").first.focus()
    keys.press("Control+End")
    for activity in range(ACTIVITIES):
        keys.press("Control+Shift+Enter")
        keys.insert_text(f"Дело {activity}")
        keys.press("Enter")  # writes and goes down, to the first result
        keys.press("Enter")
        for result in range(RESULTS):
            if result:
                keys.press("Control+Enter")
            for cell in (f"Итог {activity}.{result}", "до 20 мая", "Методист"):
                keys.insert_text(cell)
                if cell != "Методист":
                    keys.press("Tab")
                    keys.press("Enter")
    keys.press("Enter")
    saved(page)
    rows = steps.sheet_of(plan).rows
    made = [row for row in rows if row.text.startswith("Итог ")]
    assert len(made) == ACTIVITIES * RESULTS == len(rows) - len(before)
    assert {(str(row.deadline.due), row.executors[0].text) for row in made} == {("2027-05-20", "Методист")}
    expect(page.locator("[data-do=undo]")).to_contain_text("исполнители")
    axe(page)


def test_nothing_typed_is_lost_whatever_breaks(
    open_page: OpenPage, editor: User, portal: str, tolerate: list[str]
) -> None:
    tolerate.append("ERR_INTERNET_DISCONNECTED")
    page = open_page(editor)
    plan = open_grid(page, editor)
    keys = page.keyboard
    cell = page.locator("#grid td[data-f=text]").nth(2)
    cell.click()
    page.context.set_offline(True)
    keys.press("F2")
    keys.insert_text(" Без сети.")
    keys.press("Enter")
    expect(page.locator("#saved")).to_contain_text("Нет связи, 1 изменение ждёт")
    page.context.set_offline(False)
    page.reload()  # what waited lies in the browser until the portal has answered
    expect(page.locator("#grid")).to_contain_text("Без сети.")
    expect(page.locator("#saved")).not_to_contain_text("Сохраняю")
    assert sum(text.endswith(" Без сети.") for text in texts(plan)) == 1
    Session.objects.all().delete()
    page.locator("#grid td[data-f=text]").nth(2).click()
    keys.press("F2")
    keys.insert_text(" После перерыва.")
    expect(page.get_by_role("link", name="Войти в новой вкладке")).to_be_visible()
    page.context.add_cookies([session_cookie(editor, portal)])
    page.evaluate("dispatchEvent(new Event('focus'))")
    saved(page)
    assert sum(text.endswith(" После перерыва.") for text in texts(plan)) == 1
    keys.press("Escape")
    for name in ("После перерыва", "Без сети"):
        keys.press("Control+z")
        expect(page.locator("#grid")).not_to_contain_text(name)
    table = "<table><tr><td rowspan=2>Слёт</td><td>Программа</td><td>до 1 мая</td><td>Методист</td></tr><tr><td>Итоги</td><td>до 9 мая</td><td>Методист</td></tr></table>"
    page.evaluate(PASTE, [table, "Слёт"])
    page.get_by_role("button", name="Вставить 2 строки").click()
    saved(page)
    assert texts(plan)[-2:] == ["Программа", "Итоги"]
    expect(page.locator("#grid")).to_contain_text("Программа")
    page.keyboard.press("Control+z")
    expect(page.locator("#grid tr.act").last).not_to_contain_text("Слёт")


def test_two_people_at_one_cell_see_both_values(open_page: OpenPage, editor: User) -> None:
    here: Any = editor.person.positions.get().organization  # type: ignore[union-attr]
    colleague = factories.account(here, Role.COORDINATOR)
    first, second = open_page(editor), open_page(colleague)
    plan = open_grid(first, editor)
    second.goto(f"/plans/{plan}/edit/")
    for page, word in ((first, " Первое."), (second, " Второе.")):
        page.locator("#grid td[data-f=text]").nth(3).click()
        page.keyboard.press("F2")
        page.keyboard.insert_text(word)
        page.keyboard.press("Enter")
        if page is first:
            saved(page)
    expect(second.locator("#clash")).to_contain_text("Первое.")
    axe(second)
    second.locator("#clash-both").fill("И первое, и второе")
    second.get_by_role("button", name="Записать то, что в поле").click()
    saved(second)
    assert "И первое, и второе" in texts(plan)
    second.locator("#grid td[data-f=phrase]").nth(3).click()
    second.keyboard.press("F2")
    expect(second.locator("#deadline-drawer")).to_contain_text(
        re.compile("запас|позже|раньше|не связана|после источника|день в день")
    )
    axe(second)
