"""A count beside the word of a tab is how many rows its list has, through all of its pages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages.desk_orders import place_order
from tests.pages.site import Site, Tabs, settled

PAGES = ("/orders", "/shipping", "/stock", "/wallet")
MOST_PAGES = 20


def counted(page: Page) -> dict[str, int]:
    """The address of each tab that has a count, and the count."""
    found = {}
    for tab in page.locator(".dk-tab:has(.dk-count)").all():
        words = tab.locator(".dk-count").inner_text().strip()
        if words:
            found[str(tab.get_attribute("href"))] = int(words)
    return found


def rows(page: Page) -> int:
    """How many rows the list has from this page on."""
    total = 0
    for _ in range(MOST_PAGES):
        settled(page)
        shown = page.locator("[data-row]")
        total += shown.count()
        more = page.get_by_role("link", name="Next")
        if not more.count():
            return total
        address, first = str(more.get_attribute("href")), str(shown.first.get_attribute("data-row"))
        more.click()
        page.wait_for_url(re.compile(re.escape(address)))
        expect(shown.first).not_to_have_attribute("data-row", first)  # the address changes before the rows do
    raise AssertionError("more pages than a test looks through")


@pytest.mark.parametrize("path", PAGES)
def test_the_count_of_each_tab_is_that_of_its_rows(site: Site, tabs: Tabs, path: str) -> None:
    for claim in (True, False):
        place_order(site, claim=claim)
    page = tabs.open(path, "owner")
    settled(page)
    said = counted(page)
    assert said
    shown = {}
    for address in said:
        page.goto(address)
        shown[address] = rows(page)
    assert shown == said
