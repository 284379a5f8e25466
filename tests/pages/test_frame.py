"""The frame of staff pages: navigation by role, the way out, and being shown out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dokango.people import sessions
from tests.pages.looks import assert_looks_right, violations
from tests.pages.site import PHONE, Site, Tabs, arrive, settled, walk
from tests.pages.test_fingers import STAFF

LINES = {
    "owner": {
        "Orders", "Customers", "Wallet", "Pack", "Shipping", "Problems", "Couriers' cash", "Stock", "Products",
        "Insights", "Books", "Settings",
    },
    "manager": {"Orders", "Customers", "Wallet", "Pack", "Shipping", "Problems", "Couriers' cash", "Stock", "Products"},
    "packer": {"Orders", "Customers", "Pack", "Shipping", "Problems", "Stock"},
    "viewer": {"Orders", "Customers", "Problems", "Stock"},
}  # fmt: skip


BEST_PRACTICES = {"type": "tag", "values": ["best-practice"]}


@pytest.mark.parametrize("role", LINES)
def test_the_navigation_shows_what_the_role_may_open(tabs: Tabs, role: str) -> None:
    page = tabs.open("/stock", role)
    navigation = page.get_by_role("navigation", name="Main", exact=True)
    expect(navigation.get_by_role("link", name="Stock")).to_have_attribute("aria-current", "page")
    words = set(navigation.get_by_role("link").all_inner_texts())
    assert {word.strip() for word in words if word.strip()} == {"DokanGo"} | LINES[role]


def test_a_stranger_is_led_to_sign_in_and_back(site: Site, tabs: Tabs) -> None:
    page = tabs.open("/stock")
    page.wait_for_url(re.compile(r"/sign-in\?next=%2Fstock"))
    site.signed_in("viewer")
    page.get_by_label("Login").fill("test-viewer")
    page.get_by_label("Password").fill("a password for tests")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/stock/?$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_sign_out_ends_the_session(tabs: Tabs) -> None:
    page = tabs.open("/stock", "viewer")
    page.get_by_label("You", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r"/sign-in\?why=out"))
    expect(page.get_by_role("alert")).to_contain_text("signed out")
    page.goto("/stock")
    page.wait_for_url(re.compile("/sign-in"))


def test_a_tab_whose_session_ends_elsewhere_leaves_by_itself(site: Site, tabs: Tabs) -> None:
    page, other = tabs.open("/stock", "packer"), tabs.open("/stock", "packer")
    expect(other.get_by_role("heading", level=1)).to_be_visible()
    secret = next(c["value"] for c in page.context.cookies() if c["name"] == "dokango_session")
    page.request.post("/sign-out", headers={"Cookie": f"dokango_session={secret}"})
    page.wait_for_url(re.compile(r"/sign-in\?why=ended"))
    assert site.db.read(lambda tx: sessions.find(tx, secret, site.clock.now_us())) is None
    expect(other.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize(("path", "role"), [("/sign-in", ""), ("/stock", "owner")])
def test_the_frame_passes_axe_and_fits(tabs: Tabs, path: str, role: str) -> None:
    page = tabs.open(path, role)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_looks_right(page)
    assert violations(page, rules=BEST_PRACTICES) == []


def test_the_tab_that_is_shown_is_on_a_phones_screen(tabs: Tabs) -> None:
    page = tabs.open("/orders", "owner", viewport=PHONE)
    for path in (
        "/wallet?tab=balances", "/problems/claims", "/settings?part=couriers", "/settings?part=keys", "/orders?tab=all",
        "/customers?tab=returns",
    ):  # fmt: skip
        arrive(page, path)
        current = page.locator('.dk-tab[aria-current="page"]')
        expect(current).to_have_count(1)
        page.locator(".dk-tabs-frame").first.scroll_into_view_if_needed()  # down the page alone
        expect(current).to_be_in_viewport(ratio=0.9)


def test_a_page_has_one_filled_button_at_most(tabs: Tabs) -> None:
    page = tabs.open("/orders", "owner")
    filled = page.locator("main .rt-Button.rt-variant-solid:visible")
    found = {}
    for path in STAFF:
        if "{" not in path:
            walk(page, path)
            settled(page)
            found[path] = filled.all_inner_texts()
    assert {path: words for path, words in found.items() if words[1:]} == {}
