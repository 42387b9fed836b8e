"""A plan goes round as a Word file and comes back: one of two changes is taken, the other is not."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from organizations.models import User
from tests.journeys import steps
from tests.journeys.conftest import OpenPage
from tests.journeys.looks import axe
from tests.journeys.test_row_editor import draft_of
from tests.roadmaps.edited.plans import in_word
from tests.roadmaps.edited.test_comparing import write


@pytest.fixture
def standing() -> str:
    return "demo"


def test_a_plan_goes_round_in_word_and_comes_back(portal: str, open_page: OpenPage) -> None:
    editor = User.objects.get(username="medoborsk")
    page, plan = open_page(editor), draft_of(editor)
    first, second = steps.sheet_of(plan).rows[:2]
    page.goto(f"/plans/{plan}/")
    with page.expect_download() as caught:
        page.get_by_role("navigation", name="План файлом").get_by_role("link", name="Word").click()
    assert caught.value.suggested_filename.endswith(".docx")
    data = Path(caught.value.path()).read_bytes()

    def edit(table: object, rows: list) -> None:  # what the methodologist did on her own computer
        write(rows[0], 2, "Приказ о координаторе подписан и разослан")
        write(rows[1], 3, "до 30.11.2026")

    page.get_by_role("link", name="Загрузить исправленный файл").click()
    page.get_by_label("Исправленный файл Word или Excel").set_input_files(
        {"name": "План, правки.docx", "mimeType": steps.DOCX, "buffer": in_word(data, edit)}
    )
    page.get_by_role("button", name="Загрузить и сравнить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("В файле 2 отличия")
    expect(page.locator("del", has_text=first.text)).to_be_visible()
    axe(page)
    page.locator(f"#t-row-{second.commitment}").uncheck()
    page.get_by_role("button", name="Внести отмеченное").click()
    expect(page.get_by_text("Отмеченное внесено в проект")).to_be_visible()
    rows = steps.sheet_of(plan).row
    assert rows[first.commitment].text == "Приказ о координаторе подписан и разослан"
    assert rows[second.commitment].own == second.own
    page.get_by_role("link", name="Журнал").click()
    expect(page.locator("main")).to_contain_text("внесены изменения из исправленного файла «План, правки.docx»")
