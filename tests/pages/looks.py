"""How a page looks: accessible and within its screen, on a laptop and on a phone, in the light and in the dark.

One page is looked at in every look, without loading it again: the screen changes under it, as a window is made narrow
or the evening comes. Rules about colours are asked in each of the four, all others once for each width.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.pages.site import LAPTOP, PHONE

WHOLE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast"]}
LOOKS = ((LAPTOP, False, WHOLE), (LAPTOP, True, COLOURS), (PHONE, False, COLOURS), (PHONE, True, WHOLE))
_AXE = Axe().axe_script
_ASK = """([within, rules]) => axe.run(within || document, { resultTypes: ["violations"], runOnly: rules })
  .then((found) => found.violations.map((v) => [v.id, v.nodes.map((node) => node.html.slice(0, 200))]))"""


def violations(page: Page, within: str = "", rules: dict[str, Any] = WHOLE) -> list[Any]:
    """What axe finds, as (rule, pieces of HTML); `within` an open dialog alone: the page behind it is inert, dimmed."""
    page.mouse.move(0, 0)  # what is under the pointer looks otherwise
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found: list[Any] = page.evaluate(_ASK, [within, rules])
    return found


def fits(page: Page) -> bool:
    """Whether nothing makes the page scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def see(page: Page, viewport: dict[str, int], *, dark: bool) -> None:
    """Give the page another screen, or another time of the day."""
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark" if dark else "light")


def assert_looks_right(page: Page, within: str = "", words: str = "") -> None:
    """In every look axe finds nothing, and nothing scrolls sideways. The page is left on a laptop, in the light."""
    for viewport, dark, rules in LOOKS:
        see(page, viewport, dark=dark)
        look = (words or page.url, viewport["width"], "dark" if dark else "light")
        found = violations(page, within, rules)
        assert not found, f"{look}: {found}"
        assert fits(page), f"{look} scrolls sideways"
    see(page, LAPTOP, dark=False)
