"""What people do at a plan, in the words of the pages: so a story reads as it would be told."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from organizations.models import Organization
from roadmaps import sheets
from roadmaps.models import Edition
from roadmaps.sheets import Sheet

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCUSE = "Так решено на совещании у начальника управления."


def upload(page: Page, data: bytes, *, name: str = "План.docx", in_force: bool = False, label: str = "") -> None:
    """Choose a file, say what it is, and wait until it is read."""
    page.goto("/imports/new/")
    page.get_by_label("Файл Word или Excel").set_input_files({"name": name, "mimeType": DOCX, "buffer": data})
    if in_force:
        page.get_by_role("radio", name=re.compile("^Уже действующий")).check()
    if label:
        page.locator("input[name=label]").fill(label)
    page.get_by_role("button", name="Загрузить и прочитать").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("результат")


def answer_all(page: Page) -> int:
    """Agree with every proposal of the portal; gives how many questions there were."""
    asked = 0
    while (button := page.get_by_role("button", name=re.compile("^Верно"))).count():
        before = button.count()
        button.first.click()
        expect(page.get_by_role("button", name=re.compile("^Верно"))).not_to_have_count(before)
        asked += 1
        assert asked < 60, "the questions do not come to an end"
    return asked


def make_draft(page: Page) -> int:
    """Turn the preview into a draft; gives the number of its plan."""
    page.get_by_role("button", name="Создать проект плана").click()
    expect(page.locator("main")).to_contain_text("Проект создан")
    return number_of(page)


def bring_into_force(page: Page) -> int:
    """Turn the preview into an edition in force; gives the number of its plan."""
    page.get_by_role("button", name="Внести как действующий").click()
    expect(page.locator(".stamp")).to_contain_text("приказ")
    return number_of(page)


def number_of(page: Page) -> int:
    found = re.search(r"/plans/(\d+)/", page.url)
    assert found, page.url
    return int(found[1])


def sheet_of(plan: int, *, draft: bool = True) -> Sheet:
    """Read a plan as the database has it."""
    editions = Edition.objects.for_page().filter(roadmap=plan)
    return sheets.load(next(one for one in editions if (one.state != "approved") is draft))


def errors(page: Page) -> Locator:
    """Give the notes in the margin that hinder sending and have no reason yet."""
    return page.locator("td.edge .note.is-bad")


def mend_by_click(page: Page, note: Locator) -> None:
    """Take the first fix that a note offers."""
    before = page.locator(".note.is-bad").count()
    note.locator("button[name=fix]").first.click()
    expect(page.locator(".note.is-bad")).not_to_have_count(before)


def explain(page: Page, note: Locator, reason: str = EXCUSE) -> None:
    """Give a reason for a note."""
    before = page.locator(".note.is-bad").count()
    note.locator("summary").click()
    note.get_by_label("Почему").fill(reason)
    note.get_by_role("button", name="Сохранить причину").click()
    expect(page.locator(".note.is-bad")).not_to_have_count(before)


def settle_rows(page: Page) -> int:
    """Explain whatever error stands beside the rows; gives how many there were."""
    done = 0
    while errors(page).count():
        explain(page, errors(page).first)
        done += 1
        assert done < 80, "the errors do not come to an end"
    return done


def settle_uncovered(page: Page) -> int:
    """Say of every upper row without an answer that it does not apply; gives how many there were."""
    done = 0
    rows = page.locator("section[aria-labelledby=uncovered] li")
    summaries = rows.locator("details:has(textarea[name=reason]) > summary")
    while before := summaries.count():
        summaries.first.click()
        opened = rows.locator("details[open]").first
        opened.locator("textarea[name=reason]").fill("У нас этим занимается другая организация.")
        opened.locator("button").click()
        expect(summaries).not_to_have_count(before)
        done += 1
    return done


def send(page: Page) -> None:
    page.get_by_role("button", name="Отправить на утверждение").click()
    expect(page.locator("main")).to_contain_text("План отправлен подписанту")


def organization(short_name: str) -> Organization:
    return Organization.objects.get(short_name=short_name)


def documents(folder: Path, number: str) -> bytes:
    """Read one of the real documents."""
    return (folder / "plans" / "docx" / f"{number}.docx").read_bytes()
