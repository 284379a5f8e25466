"""What a tab keeps: words that were typed while the site restarts, the place in a list; and keys of the focused row."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from dokango.orders.lifecycle import commands as c
from tests.pages.desk_orders import do, order, place_order
from tests.pages.site import Site, Tabs

WORDS = "Call after 6, the gate is at the back"


def reach(page: Page, number: str) -> None:
    """Focus the row of an order, as `j` does."""
    row = page.locator(f'[data-row="{number}"]')
    expect(row).to_be_visible()
    row.evaluate("row => row.focus()")


def restarted(site: Site, tabs: Tabs, *pages: Page) -> None:
    """Another process answers the open pages."""
    tabs.expect_error(site.url.removeprefix("http"))  # of its sockets too
    boots = [page.locator("[data-boot]").get_attribute("data-boot") for page in pages]
    site.restart()
    for page, boot in zip(pages, boots, strict=True):
        expect(page.locator("[data-boot]")).not_to_have_attribute("data-boot", str(boot), timeout=90_000)


def test_what_was_typed_on_any_page_survives_a_restart_of_the_site(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    review = tabs.open(f"/orders/{number}", "manager")
    note = review.get_by_label("Note for the staff")
    note.press_sequentially("Sent before. ")
    review.get_by_role("button", name="Add note").click()
    expect(review.get_by_text("Sent before.")).to_be_visible()
    note.press_sequentially(WORDS)
    settings = tabs.open("/settings", "owner")
    about = settings.get_by_label("About the shop", exact=True)
    about.fill("")
    about.press_sequentially("Clay and cotton.")
    fresh = tabs.open(f"/orders/{place_order(site).number}", "manager")
    fresh.get_by_label("Note for the staff").press_sequentially("Sent just now.")
    fresh.get_by_role("button", name="Add note").click()
    expect(fresh.get_by_text("Sent just now.")).to_be_visible()
    restarted(site, tabs, review, settings, fresh)
    expect(note).to_have_value(WORDS)
    expect(about).to_have_value("Clay and cotton.")
    expect(fresh.get_by_label("Note for the staff")).to_have_value("")
    review.get_by_role("button", name="Add note").click()
    expect(review.locator(".dk-timeline")).to_contain_text(WORDS)
    expect(note).to_have_value("")


def test_back_leads_to_the_row_that_was_opened(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    page = tabs.open("/orders?tab=all&method=cod", "manager")
    page.locator(f'[data-row="{number}"]').get_by_role("link", name=f"#{number}").click()
    page.wait_for_url(re.compile(f"/orders/{number}/?$"))
    page.get_by_role("link", name="Back to orders").click()
    page.wait_for_url(re.compile(r"/orders/?\?tab=all&method=cod$"))
    expect(page.locator(f'[data-row="{number}"]')).to_be_focused()


@pytest.mark.parametrize(("path", "paper"), [("/orders?tab=all", "slips"), ("/pack", "labels")])
def test_p_prints_the_row_that_has_the_focus(site: Site, tabs: Tabs, path: str, paper: str) -> None:
    number = place_order(site).number
    do(site, number, c.Confirm())
    page = tabs.open(path, "manager")
    reach(page, number)
    with page.context.expect_page() as opened:
        page.keyboard.press("p")
    assert f"/papers/{paper}.pdf?orders={number}" in opened.value.url


def test_x_ticks_the_row_that_has_the_focus_and_s_sends_it(site: Site, tabs: Tabs) -> None:
    numbers = [place_order(site).number for _ in range(2)]
    for number in numbers:
        do(site, number, c.Confirm())
        do(site, number, c.Pack())
    page = tabs.open("/orders?tab=to_ship&sort=newest", "manager")
    reach(page, numbers[0])
    page.keyboard.press("x")
    ticked = page.locator('[data-row][data-chosen="true"]')
    expect(ticked).to_have_attribute("data-row", numbers[0])
    page.keyboard.press("x")
    expect(ticked).to_have_count(0)
    reach(page, numbers[1])
    page.keyboard.press("s")
    page.wait_for_url(re.compile(f"/shipping/?\\?chosen={numbers[1]}$"))


def test_s_on_the_shipping_page_sends_the_row_that_has_the_focus(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    do(site, number, c.Confirm())
    do(site, number, c.Pack())
    page = tabs.open("/shipping", "manager")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("s")
    expect(page.get_by_role("dialog")).to_have_count(0)
    while not page.locator(f'[data-row="{number}"]').count():
        first = page.locator("[data-row]").first
        before = str(first.get_attribute("data-row"))
        page.get_by_role("link", name="Next").click()
        expect(first).not_to_have_attribute("data-row", before)
    reach(page, number)
    page.keyboard.press("s")
    expect(page.get_by_role("dialog")).to_contain_text(number)
    assert order(site, number).status == "confirmed"


def test_what_is_ticked_and_the_lines_of_a_new_order_survive_a_restart_of_the_site(site: Site, tabs: Tabs) -> None:
    numbers = [place_order(site).number for _ in range(3)]
    ticking = tabs.open("/orders?tab=to_confirm&sort=newest", "manager")
    for number in numbers[:2]:
        ticking.locator(f'[data-row="{number}"]').get_by_role("checkbox").click()
    expect(ticking.locator('[data-row][data-chosen="true"]')).to_have_count(2)
    entering = tabs.open("/orders", "manager")
    entering.get_by_role("button", name="New order").click()
    entering.get_by_label("Products").press_sequentially("Desk mug")
    entering.get_by_role("dialog").locator(".oe-add").first.click()
    entering.get_by_label("Quantity of Desk mug").fill("3")
    total = entering.locator(".oe-sum")
    expect(total).to_contain_text("2,400")
    entering.get_by_label("Phone").press_sequentially("01711222333")
    plain = tabs.open("/pack", "manager")
    restarted(site, tabs, ticking, entering, plain)
    for number in numbers[:2]:
        expect(ticking.locator(f'[data-row="{number}"]')).to_have_attribute("data-chosen", "true")
    expect(ticking.locator('[data-row][data-chosen="true"]')).to_have_count(2)
    expect(ticking.locator(".dk-bulk")).to_contain_text("2 selected")
    entering.get_by_role("button", name="New order").click()
    expect(entering.get_by_label("Quantity of Desk mug")).to_have_value("3")
    expect(total).to_contain_text("2,400")
    expect(entering.get_by_label("Phone")).to_have_value("01711222333")
    expect(plain.locator('[data-row][data-chosen="true"]')).to_have_count(0)


def test_an_order_that_was_left_by_oneself_begins_empty_again(tabs: Tabs) -> None:
    page = tabs.open("/orders", "manager")
    page.get_by_role("button", name="New order").click()
    page.get_by_label("Products").press_sequentially("Desk mug")
    page.get_by_role("dialog").locator(".oe-add").first.click()
    expect(page.get_by_label("Quantity of Desk mug")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="New order").click()
    expect(page.get_by_label("Products")).to_be_visible()
    expect(page.get_by_label("Quantity of Desk mug")).to_have_count(0)
