"""How a page looks: accessible and within its screen, on a laptop and on a phone, in the light and in the dark.

One page is looked at in several looks, without loading it again: the screen changes under it, as a window is made
narrow or the evening comes. Every day each page is seen on both screens and in both lights; which light goes with which
screen is the day's choice, and with DOKANGO_TEST_WHOLE=1 all four are seen.
"""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests import sampling
from tests.pages.site import LAPTOP, PHONE

WHOLE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
BY_DAYS = (((LAPTOP, False), (PHONE, True)), ((LAPTOP, True), (PHONE, False)))
_AXE = Axe().axe_script
_ASK = """([within, rules]) => axe.run(within || document, { resultTypes: ["violations"], runOnly: rules })
  .then((found) => found.violations.map((v) => [v.id, v.nodes.map((node) => node.html.slice(0, 200))]))"""


def looks_of(name: str) -> list[tuple[dict[str, int], bool]]:
    """(screen, whether it is dark) in which what is called `name` is seen today."""
    if sampling.WHOLE:
        return [look for looks in BY_DAYS for look in looks]
    return list(random.Random(f"{sampling.SEED} {name}").choice(BY_DAYS))


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
    """In the day's looks axe finds nothing, and nothing scrolls sideways. It is left on a laptop, in the light."""
    name = words or urlsplit(page.url).path.split("/")[1]  # what follows may be a number or a token of this run
    for viewport, dark in looks_of(name):
        see(page, viewport, dark=dark)
        look = (words or page.url, viewport["width"], "dark" if dark else "light")
        found = violations(page, within)
        assert not found, f"{look}: {found}"
        assert fits(page), f"{look} scrolls sideways"
    see(page, LAPTOP, dark=False)
