"""Every page that anybody can open: by light, in the dark, on a phone, magnified; and in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.journeys.conftest import OpenPage
from tests.journeys.looks import beyond_the_edge, found_by_axe
from tests.walk import table_plans, table_registers
from tests.walk.audiences import ANONYMOUS, ROLES, Audience
from tests.walk.region import Region, build
from tests.walk.rows import Row

ROWS = [*table_registers.ROWS, *table_plans.ROWS]
NO_PAGES = {
    *("health-live", "health-ready", "file", "import-progress", "phrase-echo", "notice-open"),
    *("coverage-table", "register-seals-download"),
    *("plan-download", "edition-download", "participants-download", "plan-compare-file"),
    *("grid-pulse", "grid-fresh", "grid-paste", "grid-executors", "grid-deadline"),
}
DOOR = {"account_login", "account_reset_password", "invitation"}  # also, and first of all, for those outside
COORDINATOR = Audience("own", "coordinator")
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
ON_A_PHONE = (
    "target-size",
    "scrollable-region-focusable",
    "landmark-unique",
    "region",
    "link-name",
    "button-name",
    "label",
)
"""What a narrow window can spoil that a wide one does not: the rest of a page is the same markup."""
ON_SENDING = {409, 422}  # what a row of the walk says of the form, not of the page
PARTS = 4


@dataclass(frozen=True)
class Visit:
    """One address, opened by one reader."""

    reader: Audience
    address: str
    answer: int


def visits(region: Region) -> list[Visit]:
    """Give every address once, opened by a coordinator where she may, by somebody else where not."""
    found: dict[str, Visit] = {}
    for row in ROWS:
        if row.get and row.name not in NO_PAGES and row.shown == 200:
            address = address_of(row, region)
            for reader in readers(row):
                key = address if reader != ANONYMOUS else f"{address} outside"
                answer = row.expected("get", reader)
                found.setdefault(key, Visit(reader, address, 200 if answer in ON_SENDING else answer))
    for role in ROLES:
        reader = Audience("own", role)
        found[f"/ {role}"] = Visit(reader, "/", 200)
        plan = reverse("plan", args=[region.plan("own", "Утверждённый").pk])
        found[f"{plan} {role}"] = Visit(reader, plan, 200)
    found = {key: visit for key, visit in found.items() if visit.answer == 200}
    found["404"] = Visit(COORDINATOR, "/plans/999999/", 404)
    found["403"] = Visit(COORDINATOR, reverse("programme-new"), 403)
    return list(found.values())


def address_of(row: Row, region: Region) -> str:
    query = "&".join(f"{name}={value}" for name, value in row.query.items())
    return reverse(row.name, kwargs=row.args(region)) + (f"?{query}" if query else "")


def readers(row: Row) -> Iterator[Audience]:
    may = row.get or frozenset()
    if row.name in DOOR:
        yield ANONYMOUS
    yield (
        COORDINATOR if COORDINATOR in may else min(may, key=lambda reader: (row.expected("get", reader) == 302, reader))
    )


def spoilt(page: Page, visit: Visit) -> Iterator[str]:
    """Open an address, look at it in every light and window, and tell what is wrong."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    response = page.goto(visit.address)
    if response is None or response.status != visit.answer:
        yield f"answers {response and response.status}, not {visit.answer}"
    if not page.title().partition(" — ")[0].strip():
        yield "has no title"
    if (headlines := page.locator("h1").count()) != 1:
        yield f"has {headlines} headlines"
    yield from (f"by light: {told}" for told in found_by_axe(page))
    page.emulate_media(color_scheme="dark")
    yield from (f"in the dark: {told}" for told in found_by_axe(page, rules=["color-contrast"]))
    page.set_viewport_size(PHONE)
    yield from (f"on a phone: {told}" for told in found_by_axe(page, rules=ON_A_PHONE))
    for width in (320, 720):
        yield from (f"at {width} px: {told}" for told in beyond_the_edge(page, width))


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_fit_for_every_eye_and_window(
    portal: str, open_page: OpenPage, tolerate: list[str], part: int
) -> None:
    tolerate += ["404 (Not Found)", "403 (Forbidden)", "409 (Conflict)"]
    region = build()
    pages: dict[Audience, Page] = {}
    wrong = []
    for visit in visits(region)[part::PARTS]:
        if visit.reader not in pages:
            pages[visit.reader] = open_page(region.users.get(visit.reader), reduced_motion="reduce")
        wrong += [f"{visit.address} as {visit.reader}: {told}" for told in spoilt(pages[visit.reader], visit)]
    assert not wrong, "\n".join(wrong)
