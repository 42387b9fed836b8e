"""A plan comes in as a Word file, is checked, mended, sent, returned and sent again: at each level, in the demo region."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from organizations.access import Role
from organizations.models import Organization, User
from roadmaps import sheets
from roadmaps.demo.dates import Year
from roadmaps.models import Edition
from tests import factories
from tests.journeys import steps
from tests.journeys.conftest import OpenPage
from tests.journeys.looks import axe
from tests.roadmaps.reading.factory import Act, Item, Res, Shape, as_docx

REASON = "Перенесите опрос на каникулы и назовите исполнителя."


@pytest.fixture
def standing() -> str:
    return "demo"


@pytest.fixture
def year(portal: str) -> Year:
    return Year.of(timezone.localdate())


def shape(year: Year, whose: str, **more: object) -> Shape:
    span = f"{year.first}-{year.first + 1}"
    return Shape(title=("План работы", f"по программе профильной школы, {whose}, на {span} учебный год"), **more)


def answers_to(above: Organization, obliging: str) -> list[Item]:
    """Write a plan that answers each upper row which obliges its organization, in words much like those above."""
    edition = Edition.objects.for_page().filter(roadmap__organization=above).in_force().first()
    sheet = sheets.load(edition)
    rows = [row for row in sheet.rows if row.obliges == obliging]
    return [
        Act(
            str(number),
            f"Работа по поручению: {sheet.heading[row.heading].title}",
            (Res(row.text or "Отчёт", row.deadline.phrase, ("Методист",)),),
        )
        for number, row in enumerate(rows, 1)
    ]


def doubtful(year: Year, start: int) -> list[Item]:
    """Write rows over which the reader must stumble."""
    return [
        Act(str(start), "Опрос родителей будущих десятиклассников", (
            Res("Опрос прошёл во всех классах", f"12.10.{year.first} 16.10.{year.first}", ("Завучи школ",)),
            Res("Выводы из опроса разосланы", f"до 20.11.{year.first - 1}", ("Завучи школ",)),
        )),
        Act(str(start + 1), "Выставка макетов в библиотеке", (Res("Выставка открыта", "", ("Библиотекарь",)),)),
    ]  # fmt: skip


def signatory_of(organization: Organization) -> User:
    return factories.account(organization, Role.SIGNATORY, username=f"signs-{organization.pk}")


@pytest.mark.parametrize(
    ("who", "above", "obliging"),
    [("kremneyarsk", "Тихолесский край", "all-municipalities"), ("shkola", "Осинобережский округ", "all-schools")],
)
def test_a_coordinator_brings_a_plan_from_word_to_the_signatory_and_back(
    open_page: OpenPage, year: Year, who: str, above: str, obliging: str
) -> None:
    user = User.objects.get(username=who)
    here = user.person.positions.get().organization
    rows = answers_to(steps.organization(above), obliging)
    page = open_page(user)

    steps.upload(page, as_docx([*rows, *doubtful(year, len(rows) + 1)], shape(year, here.short_name)), label="вторая")
    axe(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{len(rows) + 3} результат")
    page.get_by_role("link", name=re.compile(rf"^Исправить строка {len(rows) + 2}\b")).click()
    axe(page)
    page.locator("textarea[name=text]").fill("Выставка макетов открыта для всех школ")
    page.locator("[name=phrase]").fill(f"до 04.12.{year.first}")
    page.get_by_role("button", name="Сохранить строку").click()
    expect(page.locator("main")).to_contain_text("исправлено вами")
    assert steps.answer_all(page) >= 2

    plan = steps.make_draft(page)
    sheet = steps.sheet_of(plan)
    assert (sheet.rows[-1].text, len(sheet.rows)) == ("Выставка макетов открыта для всех школ", len(rows) + 3)

    # One row slips by a fortnight; the margin says so and mends it with one click.
    linked = next(row for row in sheet.rows if row.links and row.own.due and row.own.start is None)
    page.goto(f"/plans/{plan}/rows/{linked.commitment}/")
    inherits = page.get_by_role("button", name="Свой срок")
    if inherits.count():
        inherits.first.click()
    page.locator("[name=phrase]").fill(f"до 25.08.{year.first + 1}")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.locator("main")).to_contain_text("сохранена")
    page.goto(f"/plans/{plan}/")
    late = page.locator(f"#row-{linked.commitment} .note.is-bad").first
    expect(late).to_contain_text("позже")
    steps.mend_by_click(page, late)
    assert not page.locator(f"#row-{linked.commitment} .note.is-bad").filter(has_text="позже").count()
    steps.settle_rows(page)
    steps.settle_uncovered(page)
    axe(page)
    steps.send(page)

    signatory = open_page(signatory_of(here))
    signatory.goto(f"/plans/{plan}/")
    signatory.get_by_role("link", name="Вернуть на доработку").click()
    signatory.get_by_role("button", name="Вернуть").click()  # an empty reason is no reason
    signatory.locator("textarea[name=reason]").fill(REASON)
    signatory.get_by_role("button", name="Вернуть").click()
    expect(signatory.locator("main")).to_contain_text("возвращён")

    page.goto("/inbox/")
    page.locator("main").get_by_role("link", name=re.compile(REASON[:20])).first.click()
    expect(page.locator("main")).to_contain_text(REASON)
    page.goto(f"/plans/{plan}/rows/{sheet.rows[-1].commitment}/")
    page.locator("textarea[name=executors]").fill("Главный библиотекарь")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.locator("main")).to_contain_text("сохранена")
    page.goto(f"/plans/{plan}/")
    steps.send(page)
    edition = steps.sheet_of(plan).edition
    assert edition.state == "submitted"


def test_the_regional_coordinator_brings_in_what_is_already_in_force(open_page: OpenPage, year: Year) -> None:
    page = open_page(User.objects.get(username="kray"))
    plan = [
        Act("1", "Краевой слёт наставников", (Res("Слёт прошёл", f"до 27.11.{year.first}", ("Центр проб",)),)),
        Act("2", "Сборник практик", (Res("Сборник разослан", f"до 15.13.{year.first}", ("Центр проб",)),)),
    ]
    before = (("Утверждён", "right"), ("приказом министерства образования", "right"),
              (f"от 28.08.{year.first} № 902-п", "right"))  # fmt: skip
    steps.upload(page, as_docx(plan, shape(year, "край", before=before)), in_force=True, label="слёт")
    expect(page.locator("main")).to_contain_text("902-п")
    page.locator("p", has_text="Исправить").get_by_role("link").first.click()
    axe(page)
    expect(page.get_by_label("Номер приказа")).to_have_value("902-п")
    page.get_by_label("Номер приказа").fill("417-п")  # another order of this year has it
    page.get_by_role("button", name="Сохранить", exact=True).click()
    steps.answer_all(page)
    page.get_by_role("button", name="Внести как действующий").click()
    expect(page.locator("main")).to_contain_text("417-п")
    expect(page.get_by_role("heading", level=1)).to_contain_text("результат")  # still the preview
    page.locator("p", has_text="Исправить").get_by_role("link").first.click()
    page.get_by_label("Номер приказа").fill("902-п")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    number = steps.bring_into_force(page)

    sheet = steps.sheet_of(number, draft=False)
    assert [(row.text, row.own.phrase) for row in sheet.rows] == [
        ("Слёт прошёл", f"до 27.11.{year.first}"),
        ("Сборник разослан", f"до 15.13.{year.first}"),
    ]
    assert (sheet.edition.order.number, sheet.edition.order.signed_on.isoformat()) == ("902-п", f"{year.first}-08-28")
    town = open_page(User.objects.get(username="medoborsk"))
    town.goto(f"/plans/{number}/")
    expect(town.locator("main")).to_contain_text("Слёт прошёл")
    expect(town.get_by_role("link", name="Править")).to_have_count(0)
