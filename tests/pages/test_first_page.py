"""The customers' pages as their HTML alone shows them, before any script has run and before the large style sheet."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.pages.quiet import until
from tests.pages.site import LAPTOP, PHONE, Site
from tests.pages.test_tracking import place

LOOK = """() => [...document.querySelectorAll('first-page, first-page *')].map((node) => {
    const style = getComputedStyle(node), box = node.getBoundingClientRect();
    return [node.tagName + '.' + node.className, box.x, box.y, box.width, box.height, style.color,
            style.backgroundColor, style.borderTopColor, style.fontFamily, style.fontSize, style.lineHeight].join(' ');
})"""
TAKE_IN = "() => { document.querySelector('link[data-later]').disabled = false; }"
IS_IN = "() => [...document.styleSheets].some((sheet) => sheet.href && sheet.href.includes('global_styles'))"


def take_in(page: Page) -> None:
    """Let the large sheet come. The page's scripts are off, so that nothing can wait in it."""
    page.evaluate(TAKE_IN)
    until(lambda: bool(page.evaluate(IS_IN)))


def addresses(site: Site) -> dict[str, str]:
    """One of each page that a customer meets."""
    product = re.search(r'href="(/p/[^"]+)"', httpx.get(site.url, trust_env=False).text)
    assert product
    return {"shelf": "/", "product": product[1], "checkout": "/checkout", "tracking": f"/t/{place(site).token}"}


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_moves_or_changes_colour_when_the_large_sheet_comes(
    site: Site, browser: Browser, viewport: dict[str, int], dark: bool
) -> None:
    context = browser.new_context(base_url=site.url, viewport=viewport, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    for path in addresses(site).values():
        page.goto(path)
        page.evaluate("(mode) => document.documentElement.classList.add(mode)", "dark" if dark else "light")
        before: list[str] = page.evaluate(LOOK)
        take_in(page)
        after: list[str] = page.evaluate(LOOK)
        assert len(before) > 10
        assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [], path
    context.close()


def test_a_page_names_its_own_scripts_and_waits_for_no_sheet(site: Site) -> None:
    for name, path in addresses(site).items():
        answer = httpx.get(site.url + path, trust_env=False)
        assert answer.headers["content-encoding"] == "gzip", name
        html = answer.text
        assert html.index("<style data-first>") < html.index('rel="modulepreload"'), name
        sheets: list[Any] = re.findall(r"<link[^>]*rel=\"stylesheet\"[^>]*>", html)
        assert sheets and all(" disabled " in sheet for sheet in sheets), name
        assert 'as="style"' not in html, name
        wanted = {"shelf": "_index-", "product": "_p_.", "checkout": "_checkout_", "tracking": "_t_."}[name]
        assert re.search(rf'<link rel="modulepreload" href="/assets/{re.escape(wanted)}', html), name


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_scripts_and_sheets_come_small_and_are_kept_for_good(site: Site, encoding: str) -> None:
    html = httpx.get(site.url, trust_env=False).text
    for path in re.findall(r'"(/assets/[^"]+\.(?:js|css))"', html):
        answer = httpx.get(site.url + path, headers={"accept-encoding": encoding}, trust_env=False)
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        if len(answer.content) > 2_000:
            assert answer.headers.get("content-encoding") == encoding, path
