"""Previous and next in a browser: by click and by key, kept by the address, on the desk and in the shop."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update

from dokango.catalogue.models import Product
from dokango.db import Tx, table_of
from dokango.paging import CARDS, ROWS
from dokango.people.actor import SYSTEM
from dokango.stock.receiving import Receipt, ReceivedLine, receive
from tests.pages.looks import violations
from tests.pages.site import LAPTOP, PHONE, Site, Tabs
from tests.small_shop import add_product

LAMP = "PAGED-LAMP"
LOOKS = [(LAPTOP, False), (PHONE, True)]
_P = table_of(Product)


@pytest.fixture(scope="module")
def lamp(site: Site) -> str:
    """A SKU with more movements than a page holds."""

    def fill(tx: Tx) -> None:
        add_product(tx, LAMP, "Paged lamp", 100)
        for turn in range(ROWS + 5):
            goods = Receipt(lines=(ReceivedLine(sku=LAMP, quantity=1, unit_cost_poisha=100),), supplier="Potter")
            receive(tx, SYSTEM, site.clock, goods, key=f"paged-{turn}")

    site.db.write(fill)
    return LAMP


@pytest.fixture(scope="module")
def two_pages_of_spoons(site: Site) -> Iterator[int]:
    """More products of a name than a page of the storefront holds; off sale again when these tests are over."""
    count = CARDS + 3
    site.db.write(lambda tx: [add_product(tx, f"SPOON-{n:02}", f"Spoon {n:02}", 100) for n in range(count)])
    yield count
    site.db.write(lambda tx: tx.run(update(_P).where(_P.c.title.like("Spoon %")).values(active=0)))


def turned_both_ways(page: Page, rows: Locator, nav: Locator) -> None:
    """Next, a reload, and previous by key: another page, the same again, and the first page's rows.

    A row is known by its first cell: what else it shows (how far a message is, how long ago) moves on beside the test.
    """
    expect(rows).to_have_count(ROWS)
    first = rows.all_inner_texts()
    expect(nav.get_by_role("link", name="Previous")).to_have_count(0)
    nav.get_by_role("link", name="Next").click()
    expect(nav.get_by_role("link", name="Previous")).to_be_visible()
    second = rows.first.inner_text()
    assert second not in first
    page.reload()
    expect(rows.first).to_have_text(second, use_inner_text=True)
    nav.get_by_role("link", name="Previous").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_text(first, use_inner_text=True)
    expect(nav.get_by_role("link", name="Previous")).to_have_count(0)


@pytest.mark.parametrize(("viewport", "dark"), LOOKS, ids=["laptop", "phone, dark"])
def test_messages_are_paged_both_ways(tabs: Tabs, viewport: dict[str, int], dark: bool) -> None:
    page = tabs.open("/settings?part=outbox", "owner", viewport=viewport, dark=dark)
    turned_both_ways(
        page, page.locator("tbody tr > :first-child"), page.get_by_role("navigation", name="Pages", exact=True)
    )
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize(("viewport", "dark"), LOOKS, ids=["laptop", "phone, dark"])
def test_movements_are_paged_both_ways_in_their_drawer(
    tabs: Tabs, lamp: str, viewport: dict[str, int], dark: bool
) -> None:
    page = tabs.open(f"/stock?sku={lamp}", "owner", viewport=viewport, dark=dark)
    drawer = page.get_by_role("dialog")
    expect(drawer).to_be_visible()
    nav = drawer.get_by_role("navigation", name="Pages of movements")
    expect(nav.get_by_role("link", name="Next")).to_be_visible()
    first = drawer.locator("tbody tr").count()
    nav.get_by_role("link", name="Next").click()
    expect(drawer.locator("tbody tr")).to_have_count(5)
    page.reload()
    expect(drawer.locator("tbody tr")).to_have_count(5)
    expect(nav.get_by_role("link", name="Next")).to_have_count(0)
    assert violations(page) == []
    nav.get_by_role("link", name="Previous").click()
    expect(drawer.locator("tbody tr")).to_have_count(first)
    assert first == ROWS


@pytest.mark.parametrize(("viewport", "dark"), LOOKS, ids=["laptop", "phone, dark"])
def test_the_shop_is_paged_both_ways_and_without_javascript_too(
    site: Site, tabs: Tabs, two_pages_of_spoons: int, viewport: dict[str, int], dark: bool
) -> None:
    page = tabs.open("/?q=Spoon", viewport=viewport, dark=dark)
    cards, nav = page.locator(".sf-card"), page.get_by_role("navigation", name="Pages")
    expect(cards).to_have_count(CARDS)
    assert violations(page) == []
    nav.get_by_role("link", name="Next").click()
    expect(cards).to_have_count(two_pages_of_spoons - CARDS)
    plain = httpx.get(page.url).text
    assert plain.count('class="sf-card"') == two_pages_of_spoons - CARDS and 'rel="prev"' in plain
    nav.get_by_role("link", name="Previous").click()
    expect(cards).to_have_count(CARDS)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
