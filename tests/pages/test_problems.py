"""The desk of problems in a browser: by keyboard, on a phone, in the dark; an act is told and the row goes on."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from dokango.orders.lifecycle import commands as c
from tests.pages.desk_orders import do, place_order
from tests.pages.looks import assert_looks_right
from tests.pages.site import Site, Tabs, walk


def failed(site: Site, words: str = "nobody at home") -> str:
    """The number of an order on its way with a problem."""
    number = place_order(site).number
    for command in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Own rider")):
        do(site, number, command)
    do(site, number, c.ReportProblem(problem=words))
    return number


def row(page: Page, number: str) -> Locator:
    return page.locator("[data-row]").filter(has=page.get_by_role("link", name=f"#{number}"))


def test_redelivery_is_asked_the_courier_told_and_the_row_goes_to_its_tab(site: Site, tabs: Tabs) -> None:
    number = failed(site)
    page, other = tabs.open("/problems", "owner"), tabs.open("/problems", "packer")
    expect(row(page, number)).to_contain_text("Not at home")
    links = [(link.inner_text(), link.get_attribute("href")) for link in row(page, number).get_by_role("link").all()]
    assert ("01711-000000", "tel:+8801711000000") in links and ("WhatsApp", "https://wa.me/8801711000000") in links
    row(page, number).get_by_role("button", name="Ask redelivery").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("A word for the rider").fill("after five")
    dialog.get_by_role("button", name="Ask redelivery").click()
    expect(dialog).to_contain_text("after five")
    dialog.get_by_role("button", name="Copied, I told them").click()
    expect(dialog).to_be_hidden()
    expect(row(page, number)).to_be_hidden()
    expect(row(other, number)).to_contain_text("Wait for the delivery")
    page.get_by_role("link", name="Asked the courier").click()
    expect(row(page, number)).to_contain_text("1 try")
    do(site, number, c.Deliver())
    page.get_by_role("link", name="Closed").click()
    expect(row(page, number)).to_contain_text("delivered")


def test_the_desk_goes_by_keyboard(site: Site, tabs: Tabs) -> None:
    failed(site)
    page = tabs.open("/orders", "owner")
    page.keyboard.press("g")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", level=1)).to_have_text("Problems")
    expect(page.locator("[data-row]").first).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("[data-row]").first).to_be_focused()
    page.keyboard.press("s")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator("[data-row]").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/orders/\d+"))


def test_the_desk_is_accessible_and_fits(site: Site, tabs: Tabs) -> None:
    number = failed(site, "ঠিকানা পাওয়া যায়নি " + "x" * 80)
    page = tabs.open("/problems", "owner")
    for path in ("/problems", "/problems?tab=to_inspect", "/problems?tab=closed", "/problems?kind=lost&who=me"):
        walk(page, path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Problems")
        expect(page.locator(".dk-loading")).to_have_count(0)
        assert_looks_right(page)
    walk(page, "/problems")
    for name in ("Correct address or phone…", "Hand to another courier…", "Lost or damaged…"):
        row(page, number).get_by_role("button", name="More that can be done").click()
        page.get_by_role("menuitem", name=name).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert_looks_right(page, "[role=dialog]", name)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
