"""Stories at the door: who comes in, who does not, and what the door looks like."""

import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.looks import axe, no_sideways_scroll

DOOR = re.compile("/accounts/login/")
OWN_PAGE = "/accounts/password/change/"
PASSWORD = "тихая-река-семь-мостов"


@pytest.fixture
def methodologist(portal: str):
    """Somebody who has an account and no role yet."""
    return get_user_model().objects.create_user("methodologist", "methodologist@example.org", PASSWORD)


def test_the_door_is_open_to_every_eye_and_window(page: Page) -> None:
    page.goto("/accounts/login/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)
    no_sideways_scroll(page, 320)
    no_sideways_scroll(page, 640)


def test_whoever_knows_the_password_comes_in_and_goes_out(page: Page, methodologist) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("methodologist")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    expect(page).not_to_have_url(DOOR)
    page.goto(OWN_PAGE)
    expect(page).not_to_have_url(DOOR)
    page.goto("/accounts/logout/")
    page.locator("form[action*=logout] button").last.click()
    page.goto(OWN_PAGE)
    expect(page).to_have_url(DOOR)


def test_a_wrong_password_stays_outside_and_is_told_so(page: Page, methodologist) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("methodologist")
    page.locator("input[name=password]").fill("другая-река")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("#content, main")).to_contain_text("парол")
    expect(page).to_have_url(DOOR)
    axe(page)


def test_several_people_may_meet_in_one_story(open_page: OpenPage, methodologist) -> None:
    known, stranger = open_page(methodologist), open_page()
    known.goto(OWN_PAGE)
    stranger.goto(OWN_PAGE)
    expect(known).not_to_have_url(DOOR)
    expect(stranger).to_have_url(DOOR)
