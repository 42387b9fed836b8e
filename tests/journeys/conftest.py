"""
A real browser before a real server.

A story fails on anything that the browser complains about: an error in the console, a breach of the
content security policy, an answer of 500, a request to somewhere else. Whoever expects one says so with `tolerate`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.journeys.shelves import Shelf

FLAGS = [
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WINDOW = {"width": 1280, "height": 900}
PATIENCE_MS = 15_000
HONEST = "status of 422"
"""What the console says of a form that was not filled in rightly: the page says it better."""

# Playwright's own loop runs in this thread; the ORM is called beside it, never from within it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


class OpenPage(Protocol):
    """Opens one more page, each with cookies of its own: so several people can meet in one story."""

    def __call__(self, user: Any = None, **context: Any) -> Page: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every story here, so that nobody can forget it."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


def chromium() -> str:
    """Find the system's Chromium; nothing is downloaded for the tests."""
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        pytest.fail("Chromium is missing; `make test` installs it where it may use apt")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser once for all stories of this process."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield started
        started.close()


@pytest.fixture
def tolerate() -> list[str]:
    """Collect the complaints that a story expects, as parts of their text: `tolerate.append("409")`."""
    return []


@pytest.fixture(scope="session")
def server(django_test_environment: None) -> Iterator[LiveServer]:
    """Serve the portal from a thread of this process, for all stories."""
    if connection.vendor != "sqlite":
        pytest.skip("stories run on SQLite, whose database is a file that can be copied")
    started = LiveServer("localhost")
    yield started
    started.stop()


@pytest.fixture(scope="session")
def shelf(server: LiveServer, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Shelf:
    """Give the shelf of ready databases; parallel runners share it."""
    folder = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        folder = folder.parent
    (folder / "shelf").mkdir(exist_ok=True)
    return Shelf(folder / "shelf")


@pytest.fixture
def standing() -> str:
    """Say what stands in the portal when a story begins; a module of stories may say otherwise."""
    return "nothing"


@pytest.fixture
def portal(
    server: LiveServer, shelf: Shelf, standing: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Give the address of a portal in which stands what the story asks for, and which is its own."""
    with django_db_blocker.unblock(), shelf.lent(standing, tmp_path), server._live_server_modified_settings:
        yield server.url


@pytest.fixture
def open_page(browser: Browser, portal: str, tolerate: list[str]) -> Iterator[OpenPage]:
    """Open pages, sign people in, and hold the story to account for every complaint."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(user: Any = None, **context: Any) -> Page:
        made = browser.new_context(
            **{"base_url": portal, "locale": "ru-RU", "timezone_id": settings.TIME_ZONE, "viewport": WINDOW} | context
        )
        made.set_default_timeout(PATIENCE_MS)
        contexts.append(made)
        made.route(lambda url: not url.startswith(portal), refuse(complaints))
        if user is not None:
            made.add_cookies([session_cookie(user, portal)])
        page = made.new_page()
        listen(page, complaints)
        return page

    yield open_page
    for made in contexts:
        made.close()
    assert [text for text in complaints if not any(part in text for part in tolerate)] == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Give the page of somebody who has not signed in."""
    return open_page()


def session_cookie(user: Any, url: str) -> dict[str, str]:
    """Sign a person in without the form, which has a story of its own."""
    client = Client()
    client.force_login(user, backend="organizations.accounts.AccountBackend")
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


def refuse(complaints: list[str]) -> Callable[[Route], None]:
    """Let no request out to the world, and tell of it."""

    def handle(route: Route) -> None:
        if not route.request.url.startswith(("data:", "blob:", "about:")):
            complaints.append(f"request to the outside: {route.request.url}")
            route.abort()
        else:
            route.continue_()

    return handle


def listen(page: Page, complaints: list[str]) -> None:
    """Write down whatever the browser complains about; breaches of the policy come as errors in the console."""
    page.on(
        "console",
        lambda message: (
            complaints.append(f"console: {message.text}")
            if message.type == "error" and HONEST not in message.text
            else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on(
        "response",
        lambda answer: (
            complaints.append(f"{answer.status} {answer.request.method} {answer.url}") if answer.status >= 500 else None
        ),
    )
