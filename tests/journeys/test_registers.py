"""A coordinator keeps her registers herself; the neighbour learns nothing of it."""

import pytest
from playwright.sync_api import Page, expect

from organizations.models import Organization, Partner, Person, User
from tests.journeys import steps
from tests.journeys.conftest import OpenPage
from tests.journeys.looks import axe, no_sideways_scroll

SCHOOL, SURNAME, PARTNER = "Школа на Тихой улице", "Подорожникова", "Завод «Тихий ход»"


@pytest.fixture
def standing() -> str:
    return "demo"


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        field = page.locator(f"main form.form [name={name}]")
        if field.first.evaluate("node => node.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.first.fill(value)
    axe(page)
    page.locator("main form.form button.go").click()
    assert page.locator("main .msg.is-bad").all_inner_texts() == []


def test_school_person_and_partner_are_added_and_stay_unseen_next_door(open_page: OpenPage) -> None:
    here = steps.organization("Медоборский округ")
    page = open_page(User.objects.get(username="medoborsk"))
    page.goto("/registers/")
    page.get_by_role("link", name="Организации").first.click()
    page.goto(f"/registers/organizations/{here.pk}/add/")
    page.locator("main form.form button.go").click()  # nothing filled in: told, and not added
    expect(page.locator("main .msg.is-bad, main [role=alert]").first).to_be_visible()
    fill(page, kind="school", name=f"Муниципальная {SCHOOL.lower()}", short_name=SCHOOL, place="Медоборск")
    school = Organization.objects.get(short_name=SCHOOL)
    assert (school.parent, school.kind) == (here, "school")

    page.goto(f"/registers/organizations/{school.pk}/people/add/")
    fill(page, surname=SURNAME, given_name="Зоя", patronymic="Ильинична", title="Директор")
    person = Person.objects.get(surname=SURNAME)
    assert [(post.title, post.organization) for post in person.positions.all()] == [("Директор", school)]

    page.goto(f"/registers/organizations/{here.pk}/partners/add/")
    fill(page, kind="industrial", name=PARTNER, contact="Отдел кадров", agreement_number="7")
    assert Partner.objects.get(name=PARTNER).organization == here
    page.goto("/registers/partners/")
    expect(page.locator("main")).to_contain_text(PARTNER)
    no_sideways_scroll(page, 320)

    neighbour = open_page(User.objects.get(username="kremneyarsk"))
    for address in (
        "/registers/organizations/?q=Тихой",
        "/registers/people/",
        "/registers/partners/",
        "/search/?q=Тих",
    ):
        neighbour.goto(address)
        text = neighbour.locator("main").inner_text().replace("\xa0", " ")
        assert not [word for word in (SCHOOL, SURNAME, PARTNER) if word in text], address
    above = open_page(User.objects.get(username="kray"))
    above.goto("/registers/organizations/?q=Тихой")
    expect(above.locator("main")).to_contain_text(SCHOOL)


def test_what_a_neighbour_keeps_does_not_exist_next_door(open_page: OpenPage, tolerate: list[str]) -> None:
    tolerate.append("404 (Not Found)")
    here = steps.organization("Медоборский округ")
    neighbour = open_page(User.objects.get(username="kremneyarsk"))
    for address in ("", "edit/", "roles/", "people/add/", "journal/"):
        answer = neighbour.goto(f"/registers/organizations/{here.pk}/{address}")
        assert answer is not None
        assert answer.status == 404, address
