"""A refused parcel in a browser: it comes back, is inspected, goes out again and is delivered."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from dokango.orders.lifecycle import commands as c
from tests.pages.desk_orders import do, order, place_order
from tests.pages.looks import assert_looks_right
from tests.pages.site import Site, Tabs


def shipped(site: Site) -> str:
    """An order on its way."""
    number = place_order(site).number
    for command in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Own rider")):
        do(site, number, command)
    return number


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def test_a_refused_parcel_comes_back_is_inspected_sent_again_and_delivered(site: Site, tabs: Tabs) -> None:
    number = shipped(site)
    page = tabs.open(f"/orders/{number}", "owner")
    customer = tabs.open(f"/t/{order(site, number).token}")
    click(page, "Parcel came back…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Inspect it later").click()
    dialog.get_by_label("Why it came back").fill("Customer refused")
    click(page, "Book what came back")
    expect(page.get_by_text("1 to inspect")).to_be_visible()
    expect(customer.get_by_role("heading", level=1)).to_contain_text("came back")
    click(page, "Inspect what came back…")
    dialog.get_by_label("Fit for the shelf").fill("2")
    click(page, "Book what was found")
    expect(dialog.get_by_text("Only 1 of DESK-MUG wait to be inspected")).to_be_visible()
    dialog.get_by_label("Fit for the shelf").fill("1")
    click(page, "Book what was found")
    expect(page.get_by_text("1 to inspect")).to_be_hidden()
    click(page, "Send again…")
    expect(dialog).to_contain_text("collects ৳")
    dialog.get_by_role("button", name="Send again").click()
    expect(page.get_by_text(f"Order #{number} waits to be packed again.")).to_be_visible()
    expect(customer.get_by_text("We are sending it to you again")).to_be_visible()
    for command in (c.Pack(), c.Ship(courier="manual", carrier="Sundarban")):
        do(site, number, command)
    expect(customer.get_by_role("heading", level=1)).to_contain_text("Sundarban")
    click(page, "Mark as delivered")
    expect(page.get_by_text(re.compile(f"Order #{number} is delivered"))).to_be_visible()
    assert order(site, number).money == "cod_with_courier"


def test_the_dialogs_of_a_parcel_that_is_back_are_accessible_and_fit(site: Site, tabs: Tabs) -> None:
    number = shipped(site)
    do(site, number, c.ReceiveReturn(inspect_later=True))
    page = tabs.open(f"/orders/{number}", "owner")
    for name in ("Inspect what came back…", "Send again…"):
        click(page, name)
        expect(page.get_by_role("dialog")).to_be_visible()
        assert_looks_right(page, "[role=dialog]", name)
        page.keyboard.press("Escape")
        lines = [{"sku": "DESK-MUG", "quantity": 1, "condition": "resell"}]
        if order(site, number).to_inspect:
            do(site, number, c.Inspect.model_validate({"lines": lines}))
