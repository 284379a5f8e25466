"""The storefront as people walk it: by clicks, Back and Forward, never by address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages.site import LAPTOP, PHONE, Tabs, arrive, some_phone

CARD = ".sf-card-title"
IN_STOCK = ".sf-card:not(:has(.sf-badge))"  # other walks through this shop sell out what stands first


def to_product(page: Page) -> None:
    page.locator(IN_STOCK).first.click()
    expect(page.locator(".sf-title")).to_be_visible()


def to_cart(page: Page) -> None:
    page.click(".sf-cart")
    page.wait_for_url("**/checkout")
    expect(page.locator("main h1")).to_be_visible()


def to_shop(page: Page) -> None:
    page.click(".sf-back")
    at_home(page)


def by_brand(page: Page) -> None:
    page.click(".sf-brand")
    at_home(page)


def at_home(page: Page) -> None:
    page.wait_for_url(re.compile(r"/(\?.*)?$"))
    expect(page.locator(CARD).first).to_be_visible()


def to_lookup(page: Page) -> None:
    page.locator(".sf-foot-links a").first.click()
    page.wait_for_url("**/track")
    expect(page.locator("main h1")).to_be_visible()


def back(page: Page) -> None:
    page.go_back()
    stands(page)


def forward(page: Page) -> None:
    page.go_forward()
    stands(page)


def stands(page: Page) -> None:
    """The page has words, a title and its frame: it did not go blank."""
    expect(page.locator(".sf-brand").first).to_be_visible()
    expect(page.locator("main")).not_to_be_empty()
    expect(page).to_have_title(re.compile(r"\S"))


WALKS = {
    "shop, product, cart and back": (to_product, to_cart, back, to_shop),
    "shop, product, shop, product, Back twice": (to_product, to_shop, to_product, back, back),
    "shop, cart, Back, product, Back, Forward": (to_cart, back, to_product, back, forward),
    "tracking, shop, product, tracking": (to_lookup, by_brand, to_product, to_lookup, back),
    "cart, shop, tracking, Back, Back, Forward, Forward": (
        to_cart, to_shop, to_lookup, back, back, forward, forward,
    ),
}  # fmt: skip


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("bangla", [False, True], ids=["en", "bn"])
def test_every_walk_by_clicks_ends_on_a_whole_page(tabs: Tabs, viewport: dict[str, int], bangla: bool) -> None:
    page = tabs.open("/", viewport=viewport)
    if bangla:
        page.click("#language")
    for walk in WALKS.values():
        arrive(page, "/")
        expect(page.locator(CARD).first).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "bn" if bangla else "en")
        for step in walk:
            step(page)
            stands(page)
        expect(page.locator("html")).to_have_attribute("lang", "bn" if bangla else "en")


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_an_order_is_placed_and_followed_by_clicks_alone(tabs: Tabs, viewport: dict[str, int]) -> None:
    page = tabs.open("/", viewport=viewport)
    to_product(page)
    title = page.locator(".sf-title").inner_text()
    page.get_by_role("button", name="Add to cart").click()
    told = page.locator(".sf-added")
    expect(told).to_contain_text(title)
    expect(told.get_by_role("link", name="Go to checkout")).to_be_visible()
    told.get_by_role("link", name="See the cart").click()
    page.wait_for_url("**/checkout**")
    page.get_by_label("Your name").fill("Walking Wahida")
    page.get_by_label("Mobile number").fill(some_phone())
    page.get_by_label("District").select_option("Dhaka")
    page.get_by_label("House, road").fill("House 7, Road 3, Dhanmondi")
    page.locator("input[value=cod]").check(force=True)
    page.get_by_role("button", name=re.compile("Place order")).click()
    page.wait_for_url("**/t/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("We have your order")
    by_brand(page)
    to_product(page)
    back(page)
    back(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("We have your order")


def test_a_mended_field_is_wrong_no_more(tabs: Tabs) -> None:
    page = tabs.open("/", viewport=PHONE)
    to_product(page)
    page.get_by_role("button", name="Add to cart").click()
    page.locator(".sf-added").get_by_role("link", name="Go to checkout").click()
    page.get_by_role("button", name=re.compile("Place order")).click()
    expect(page.locator("#phone-error")).not_to_be_empty()
    expect(page.locator("#name-error")).not_to_be_empty()
    page.fill("#phone", "01711000000")
    page.keyboard.press("Tab")
    expect(page.locator("#phone-error")).to_be_empty()
    expect(page.locator("#phone")).to_have_attribute("aria-invalid", "false")
    expect(page.locator("#name-error")).not_to_be_empty()
    page.fill("#name", "Mended Mina")
    page.keyboard.press("Tab")
    expect(page.locator("#name-error")).to_be_empty()
