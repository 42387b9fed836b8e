"""What a story says about the look of a page: nothing for axe to find, nothing beyond the edge, a picture to show."""

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page

AXE = Axe()
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

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
    told = found_by_axe(page)
    assert not told, "\n".join(told)


def found_by_axe(page: Page, *, rules: Sequence[str] = ()) -> list[str]:
    """List what axe finds, by all rules or by the named ones."""
    page.wait_for_load_state("load")  # without its style sheet any page fails
    options = (RULES | {"runOnly": list(rules)}) if rules else RULES
    if not page.evaluate("() => Boolean(window.axe)"):  # half a megabyte: a page is given it once, not at every look
        page.evaluate(AXE.axe_script)
    found: list[dict[str, Any]] = page.evaluate(
        "options => axe.run(document, options).then(done => done.violations)", options
    )
    return [f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def no_sideways_scroll(page: Page, width: int = 320) -> None:
    """Assert that a page fits a window of this many CSS pixels; 640 is what 200 % zoom leaves of 1280."""
    beyond = beyond_the_edge(page, width)
    assert not beyond, "\n".join(beyond)


def beyond_the_edge(page: Page, width: int) -> list[str]:
    """List what is wider than a window of this many CSS pixels; the window is put back."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 800})
    beyond: list[str] = page.evaluate(WIDEST)
    if before:
        page.set_viewport_size(before)
    return beyond


def wants_pictures() -> bool:
    """Tell whether pictures for the documentation are asked for: they differ from day to day, so only on request."""
    return os.environ.get("SCREENSHOTS") == "1"


def screenshot(page: Page, name: str) -> None:
    """Take a picture of the window for the documentation, in few colours so that the repository stays light."""
    if not wants_pictures():
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(128).save(PICTURES / f"{name}.png", optimize=True)
