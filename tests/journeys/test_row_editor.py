"""One row of a draft: typed, understood at once, tied to the row above and untied, dropped and brought back, never lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from organizations.access import Role
from organizations.models import User
from roadmaps.models import Edition
from tests import factories
from tests.journeys import steps
from tests.journeys.conftest import OpenPage
from tests.journeys.looks import axe

TYPED = "Собрание проведено, протокол на странице школы"


@pytest.fixture
def standing() -> str:
    return "demo"


@pytest.fixture
def editor(portal: str) -> User:
    return User.objects.get(username="medoborsk")


def draft_of(user: User) -> int:
    here = user.person.positions.get().organization
    return Edition.objects.get(roadmap__organization=here, state="draft").roadmap_id


def open_row(page: Page, plan: int, *, linked: bool = True) -> int:
    """Open a row that has a day of its own; gives its commitment."""
    row = next(
        row
        for row in steps.sheet_of(plan).rows
        if bool(row.links) is linked and row.own.due and row.own.start is None and row.deadline == row.own
    )
    page.goto(f"/plans/{plan}/rows/{row.commitment}/")
    return row.commitment


def save(page: Page) -> None:
    page.get_by_role("button", name="Сохранить", exact=True).click()


def test_a_phrase_is_understood_while_it_is_typed(open_page: OpenPage, editor: User) -> None:
    page, plan = open_page(editor), draft_of(editor)
    commitment = open_row(page, plan)
    phrase = page.locator("[name=phrase]")
    phrase.fill("ежеквартально до 5 числа")
    expect(page.locator("#echo")).to_contain_text("срок")
    phrase.fill("когда-нибудь потом")
    expect(page.locator("#echo")).to_contain_text("Дата не понята")
    axe(page)
    phrase.fill("до 20 января")
    expect(page.locator("#echo")).to_contain_text("20 января")
    page.locator("textarea[name=text]").fill(TYPED)
    save(page)
    expect(page.locator("main")).to_contain_text("сохранена")
    row = steps.sheet_of(plan).row[commitment]
    assert (row.text, row.own.phrase, row.deadline.due and row.deadline.due.day) == (TYPED, "до 20 января", 20)


def test_a_deadline_is_taken_from_above_and_the_typed_one_comes_back(open_page: OpenPage, editor: User) -> None:
    page, plan = open_page(editor), draft_of(editor)
    commitment = open_row(page, plan)
    own = steps.sheet_of(plan).row[commitment].own
    page.get_by_role("button", name="Взять срок из вышестоящего плана").first.click()
    expect(page.get_by_role("button", name="Свой срок")).to_have_count(1)
    row = steps.sheet_of(plan).row[commitment]
    assert (row.deadline.due, row.own) == (row.links[0].upper.deadline.due, own)
    page.get_by_role("button", name="Свой срок").click()
    expect(page.get_by_role("button", name="Взять срок из вышестоящего плана")).not_to_have_count(0)
    row = steps.sheet_of(plan).row[commitment]
    assert row.deadline == row.own == own


def test_a_dropped_row_comes_back_whole(open_page: OpenPage, editor: User) -> None:
    page, plan = open_page(editor), draft_of(editor)
    commitment = open_row(page, plan)
    before = steps.sheet_of(plan).row[commitment]
    page.get_by_role("button", name="Удалить строку").click()
    expect(page.locator("main")).to_contain_text("удалена")
    assert commitment not in steps.sheet_of(plan).row
    page.get_by_role("button", name="Вернуть").click()
    expect(page.locator(f"#row-{commitment}")).to_be_visible()
    after = steps.sheet_of(plan).row[commitment]
    assert (after.text, after.own, len(after.links)) == (before.text, before.own, len(before.links))


def test_two_people_at_one_row_see_each_others_text(open_page: OpenPage, editor: User, tolerate: list[str]) -> None:
    tolerate.append("409 (Conflict)")
    here = editor.person.positions.get().organization
    colleague = factories.account(here, Role.COORDINATOR)
    plan = draft_of(editor)
    first, second = open_page(editor), open_page(colleague)
    commitment = open_row(first, plan)
    second.goto(f"/plans/{plan}/rows/{commitment}/")
    first.locator("textarea[name=text]").fill("Текст первой")
    second.locator("textarea[name=text]").fill("Текст второй")
    save(first)
    expect(first.locator("main")).to_contain_text("сохранена")
    save(second)
    expect(second.locator(".msg.is-warn")).to_contain_text("Текст первой")
    expect(second.locator("textarea[name=text]")).to_have_value("Текст второй")
    axe(second)
    assert steps.sheet_of(plan).row[commitment].text == "Текст первой"
    save(second)
    expect(second.locator("main")).to_contain_text("сохранена")
    assert steps.sheet_of(plan).row[commitment].text == "Текст второй"


def test_what_is_typed_outlives_the_session(open_page: OpenPage, editor: User) -> None:
    page, plan = open_page(editor), draft_of(editor)
    commitment = open_row(page, plan)
    page.locator("textarea[name=text]").fill(TYPED)
    Session.objects.all().delete()
    save(page)
    expect(page.get_by_role("link", name="Войти в новой вкладке")).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value(TYPED)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Войти в новой вкладке").click()
    door = opened.value
    door.get_by_role("button", name=re.compile("Координатор Медоборский")).click()
    expect(door.locator(".who summary")).to_contain_text("Медоборский")
    save(page)
    expect(page.locator("main")).to_contain_text("сохранена")
    assert steps.sheet_of(plan).row[commitment].text == TYPED
