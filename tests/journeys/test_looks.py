"""The eyes themselves: what would spoil a page is seen."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.looks import axe, no_sideways_scroll

GOOD = '<html lang="ru"><head><title>План</title></head><body><main><h1>План</h1><p>Текст</p></main></body></html>'
WIDE = GOOD.replace("<p>", '<p style="width:900px">')
NAMELESS = GOOD.replace("<p>Текст</p>", '<p>Текст</p><input type="text">')


@pytest.mark.parametrize("html", [WIDE], ids=["a paragraph wider than the window"])
def test_a_page_beyond_the_edge_is_seen(browser: Browser, html: str) -> None:
    page = browser.new_page()
    page.set_content(html)
    with pytest.raises(AssertionError, match="page → 908px"):
        no_sideways_scroll(page, 320)
    page.close()


def test_a_field_without_a_name_is_seen(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(NAMELESS)
    with pytest.raises(AssertionError, match="label"):
        axe(page)
    page.close()


def test_a_good_page_passes(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(GOOD)
    axe(page)
    no_sideways_scroll(page, 320)
    page.close()
