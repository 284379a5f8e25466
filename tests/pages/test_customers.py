"""A customer in a browser: their page, and who else has their order open."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.pages.desk_orders import place_order
from tests.pages.looks import assert_looks_right
from tests.pages.site import Site, Tabs, walk


def test_a_customer_is_opened_from_their_order_labelled_and_blocked(site: Site, tabs: Tabs) -> None:
    placed = place_order(site, name="Blocked Buyer", phone="01355000001")
    page = tabs.open(f"/orders/{placed.number}", "owner")
    page.get_by_role("link", name="Their page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Blocked Buyer")
    page.get_by_role("button", name="Labels…").click()
    page.get_by_role("textbox", name="Labels").fill("press, eid")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Labels: eid, press")).to_be_visible()
    page.get_by_role("button", name="Block…").click()
    page.get_by_role("textbox", name="Why").fill("never at home")
    page.get_by_role("button", name="Block", exact=True).click()
    expect(page.get_by_text("Blocked: never at home")).to_be_visible()
    assert_looks_right(page)
    walk(page, "/customers?tab=blocked&q=blocked")
    expect(page.get_by_role("link", name="Blocked Buyer")).to_be_visible()
    assert_looks_right(page)


def test_who_else_has_an_order_open_is_seen_and_gone_with_their_tab(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    mine, hers = tabs.open(f"/orders/{number}", "owner"), tabs.open(f"/orders/{number}", "manager")
    band = mine.locator(".od-presence")
    expect(band).to_contain_text("has this open.")
    hers.close()
    expect(band).to_be_empty()
