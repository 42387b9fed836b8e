"""How people come in: one click in the demo, a letter when the password is gone, a code from the phone, an invitation."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from organizations import access
from organizations.access import Role
from organizations.models import User
from tests.journeys import steps
from tests.journeys.conftest import OpenPage
from tests.journeys.looks import axe

NEW_PASSWORD = "три синих парохода"


@pytest.fixture
def standing() -> str:
    return "demo"


def one_click(page: Page, role: str, organization: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("button", name=f"{role} {organization}").click()
    expect(page.locator(".who summary")).to_contain_text(organization)


def sign_in(page: Page, login: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Имя учётной записи").fill(login)
    page.get_by_label("Пароль").fill(password)
    page.get_by_role("button", name="Войти", exact=True).click()


def code_of(secret: str) -> str:
    """Compute the six digits as the app on a phone does (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def link_in_letter() -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]


def test_the_demo_is_entered_with_one_click(page: Page) -> None:
    page.goto("/accounts/login/")
    axe(page)
    one_click(page, "Координатор", "Медоборский округ")
    expect(page.get_by_role("heading", name="Ждёт вашего решения")).to_be_visible()


def test_a_forgotten_password_is_set_anew_by_letter(page: Page) -> None:
    user = User.objects.get(username="medoborsk")
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Забыли пароль?").click()
    axe(page)
    page.locator("input[name=email]").fill(user.email)
    page.get_by_role("button", name="Прислать письмо").click()
    expect(page).to_have_url(re.compile("/password/reset/done/"))
    page.goto(link_in_letter())
    axe(page)
    for field in page.locator("input[type=password]").all():
        field.fill(NEW_PASSWORD)
    page.get_by_role("button", name="Задать пароль").click()
    expect(page).to_have_url(re.compile("/key/done/"))
    sign_in(page, user.email, NEW_PASSWORD)
    expect(page.locator(".who summary")).to_contain_text("Медоборский округ")


def test_a_second_factor_is_asked_for_once_it_is_switched_on(open_page: OpenPage, page: Page) -> None:
    one_click(page, "Координатор", "Медоборский округ")
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Включить").click()
    if page.locator("input[name=password]").count():  # whoever changes the lock shows the key once more
        page.locator("input[name=password]").fill("tiholesye")
        page.locator("main button.go").click()
    axe(page)
    secret = page.locator("main code").inner_text().strip()
    page.locator("input[name=code]").fill("000000")
    page.get_by_role("button", name="Включить").click()
    expect(page.locator("main .error, main .err, main [role=alert]").first).to_be_visible()
    secret = page.locator("main code").inner_text().strip()
    page.locator("input[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Включить").click()
    expect(page.locator("main")).to_contain_text("код")
    page.goto("/accounts/2fa/")
    expect(page.locator("main")).to_contain_text("Включено")

    other = open_page()
    sign_in(other, "medoborsk", "tiholesye")
    expect(other).to_have_url(re.compile("/2fa/authenticate/"))
    axe(other)
    other.goto("/plans/")
    expect(other).to_have_url(re.compile("/accounts/"))
    other.goto("/accounts/2fa/authenticate/")
    page.goto("/accounts/2fa/recovery-codes/")
    spare = re.findall(r"\b[0-9a-zA-Z]{8}\b", page.locator("main").inner_text())
    other.locator("input[name=code]").fill(spare[0] if spare else code_of(secret))
    other.locator("main button.go").click()
    expect(other.locator(".who summary")).to_contain_text("Медоборский округ")


def test_one_person_acts_for_two_schools(page: Page) -> None:
    one_click(page, "Координатор", "Лицей «Вектор»")
    page.locator(".who summary").click()
    axe(page)
    page.get_by_role("button", name="Школа «Речной дозор»").click()
    expect(page.locator(".who summary")).to_contain_text("Школа «Речной дозор»")
    page.goto("/")
    expect(page.locator("main .spread").first).to_contain_text("Речной дозор")


def test_an_invitation_becomes_an_account(open_page: OpenPage) -> None:
    here = steps.organization("Медоборский округ")
    coordinator, invited = open_page(User.objects.get(username="medoborsk")), open_page()
    coordinator.goto(f"/registers/organizations/{here.pk}/roles/")
    coordinator.locator("input[name=email]").fill("novaya@medoborsk.example")
    coordinator.locator("input[name=role][value=staff]").check()
    coordinator.get_by_role("button", name="Отправить приглашение").click()
    expect(coordinator.locator(".msg").first).to_contain_text("novaya@medoborsk.example")
    axe(coordinator)
    invited.goto(link_in_letter())
    axe(invited)
    for name, value in (("surname", "Новикова"), ("given_name", "Вера"), ("title", "Методист"),
                        ("password", NEW_PASSWORD), ("again", NEW_PASSWORD)):  # fmt: skip
        invited.locator(f"input[name={name}]").fill(value)
    invited.get_by_role("button", name="Открыть учётную запись").click()
    if invited.locator("input[name=login]").count():
        sign_in(invited, "novaya@medoborsk.example", NEW_PASSWORD)
    expect(invited.locator(".who summary")).to_contain_text("Медоборский округ")
    user = User.objects.get(email="novaya@medoborsk.example")
    assert (user.person.surname, user.person.positions.get().title) == ("Новикова", "Методист")
    assert [(grant.role, grant.organization) for grant in access.grants(user)] == [(Role.STAFF, here)]


def test_the_language_is_switched_there_and_back(open_page: OpenPage) -> None:
    page = open_page(User.objects.get(username="medoborsk"))
    page.goto("/plans/?q=план")
    page.locator(".who summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plans")
    expect(page).to_have_url(re.compile(r"/plans/\?q="))
    assert page.locator("html").get_attribute("lang") == "en"
    axe(page)
    page.locator(".who summary").click()
    page.get_by_role("button", name="Русский").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Планы")
