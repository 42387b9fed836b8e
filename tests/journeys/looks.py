"""What a story says about the look of a page: nothing for axe to find, nothing beyond the edge, a picture to show."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

WIDEST = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter(node => node.getBoundingClientRect().right > width + 1)
    .slice(-5)
    .map(node => `${node.tagName.toLowerCase()}.${node.className} → ${Math.round(node.getBoundingClientRect().right)}px`)
    .concat(`page → ${document.documentElement.scrollWidth}px`);
}"""


def axe(page: Page) -> None:
    """Assert that axe finds nothing: WCAG 2.2 AA and its own best practice."""
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]
    assert not told, "\n".join(told)


def no_sideways_scroll(page: Page, width: int = 320) -> None:
    """Assert that a page fits a window of this many CSS pixels; 640 is what 200 % zoom leaves of 1280."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 800})
    beyond = page.evaluate(WIDEST)
    if before:
        page.set_viewport_size(before)
    assert not beyond, "\n".join(beyond)


def screenshot(page: Page, name: str) -> None:
    """Take a picture for the documentation; only when asked (SCREENSHOTS=1), because pictures differ from day to day."""
    if os.environ.get("SCREENSHOTS") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
