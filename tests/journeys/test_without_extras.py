"""Without scripts, and without a mouse: the portal is whole."""

import re

import pytest
from playwright.sync_api import Page, expect

from organizations.models import User
from roadmaps.models import Edition, Import
from tests.journeys import steps
from tests.journeys.conftest import OpenPage


@pytest.fixture
def standing() -> str:
    return "demo"


def draft(username: str) -> int:
    here = User.objects.get(username=username).person.positions.get().organization
    return Edition.objects.get(roadmap__organization=here, state="draft").roadmap_id


def test_without_scripts_a_plan_is_read_narrowed_and_written(open_page: OpenPage) -> None:
    page = open_page(User.objects.get(username="medoborsk"), java_script_enabled=False)
    plan = draft("medoborsk")
    page.goto(f"/plans/{plan}/")
    page.get_by_label("Показать").select_option(index=1)
    page.get_by_role("button", name="Показать").click()
    expect(page).to_have_url(re.compile(r"show=\w+"))
    expect(page.locator(".filters output")).to_contain_text(" из ")

    row = steps.sheet_of(plan).rows[0]
    page.goto(f"/plans/{plan}/rows/{row.commitment}/")
    page.locator("[name=phrase]").fill("ежемесячно до 3 числа")
    page.get_by_role("button", name="Проверить").click()  # what the live echo says otherwise
    expect(page.locator("#echo")).to_contain_text("срок")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.locator("main")).to_contain_text("сохранена")
    assert steps.sheet_of(plan).row[row.commitment].own.phrase == "ежемесячно до 3 числа"

    page.goto(f"/plans/{plan}/")
    note = steps.errors(page).first
    note.locator("summary").click()
    note.locator("textarea").fill(steps.EXCUSE)
    note.get_by_role("button", name="Сохранить причину").click()
    expect(page.locator("main")).to_contain_text(steps.EXCUSE)


def test_without_scripts_the_questions_of_an_import_are_answered(open_page: OpenPage) -> None:
    user = User.objects.get(username="kremneyarsk")
    incoming = Import.objects.get(created_by=user, state="ready")
    page = open_page(user, java_script_enabled=False)
    page.goto(f"/imports/{incoming.pk}/")
    asked = page.get_by_role("button", name=re.compile("^Верно"))
    before = asked.count()
    first = page.locator(".asks > li").first
    first.get_by_role("radio", name="Другая формулировка").check()
    first.get_by_role("textbox").fill("октябрь")
    first.get_by_role("button", name=re.compile("^Верно")).click()
    expect(asked).to_have_count(before - 1)
    assert steps.answer_all(page) == before - 1
    steps.make_draft(page)


def press_until(page: Page, found: str, *, key: str = "Tab", most: int = 60) -> None:
    """Press a key until the element in focus says something."""
    for _ in range(most):
        page.keyboard.press(key)
        text = page.evaluate(
            "() => { const node = document.activeElement; "
            "return (node.innerText || node.getAttribute('aria-label') || node.name || '').trim() }"
        )
        if found in text:
            return
    pytest.fail(f"the keyboard does not reach «{found}»")


def focus_is_seen(page: Page) -> bool:
    return bool(
        page.evaluate(
            "() => { const style = getComputedStyle(document.activeElement); "
            "return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 }"
        )
    )


def test_with_the_keyboard_alone_one_signs_in_and_mends_a_plan(page: Page) -> None:
    plan = draft("medoborsk")
    page.goto("/accounts/login/")
    press_until(page, "login")
    page.keyboard.type("medoborsk")
    press_until(page, "password")
    page.keyboard.type("tiholesye")
    page.keyboard.press("Enter")
    expect(page.locator(".who summary")).to_contain_text("Медоборский")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    press_until(page, "Открыть")
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/plans/{plan}/"))

    before = steps.errors(page).count()
    press_until(page, "К первой ошибке")
    page.keyboard.press("Enter")
    press_until(page, "Поставить")
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    expect(steps.errors(page)).not_to_have_count(before)

    page.goto("/plans/")
    page.keyboard.press("/")
    page.keyboard.type("край")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q="))
