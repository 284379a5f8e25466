"""A customer asks for a change on their phone, with scripts and without; the shop does it, or says no."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from dokango.orders.lifecycle import commands as c
from tests.pages.desk_orders import do, order, place_order
from tests.pages.looks import violations
from tests.pages.site import PHONE, Site, Tabs
from tests.pages.test_fingers import SMALL


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_change_is_asked_for_on_the_phone_and_done(site: Site, tabs: Tabs, browser: Browser, scripts: bool) -> None:
    number = place_order(site, units=2).number
    do(site, number, c.Confirm())
    tabs.expect_error("422")  # the page itself says what is missing
    path = f"/t/{order(site, number).token}"
    if scripts:
        customer = tabs.open(path, viewport=PHONE)
    else:
        context = browser.new_context(base_url=site.url, viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
        tabs.contexts.append(context)
        customer = context.new_page()
        customer.goto(path)
    customer.get_by_text("Ask for a change").first.click()
    if scripts:
        assert violations(customer) == []
        assert customer.evaluate(SMALL, "main") == []
    customer.get_by_role("button", name="Send the wish").click()
    expect(customer.get_by_text("Write what you wish.")).to_be_visible()
    customer.get_by_label("In your words").fill("One mug less <b>please</b>")
    customer.get_by_role("button", name="Send the wish").click()
    expect(customer.get_by_text("You asked for a change; we answer soon: One mug less <b>please</b>")).to_be_visible()
    expect(customer.get_by_role("button", name="Send the wish")).to_be_hidden()

    page = tabs.open(f"/orders/{number}", "manager")
    band = page.get_by_text("The customer asks:")
    expect(band).to_contain_text("One mug less <b>please</b>")
    assert violations(page) == []
    page.get_by_role("button", name="Edit order…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("The customer asks:")).to_be_visible()
    dialog.get_by_label("Pieces").fill("1")
    dialog.get_by_role("button", name="Save the changes").click()
    expect(page.get_by_text(f"Order #{number} is changed.")).to_be_visible()
    expect(band).to_be_hidden()
    assert (order(site, number).units, order(site, number).wish_kind) == (1, "")
    customer.goto(path)
    expect(customer.get_by_text("We changed the order: Desk mug: 1 instead of 2")).to_be_visible()


def test_the_shop_says_no_and_the_customer_reads_why(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    do(site, number, c.AskChange(what="cancel", words="found it cheaper"))
    page = tabs.open(f"/orders/{number}", "manager")
    expect(page.get_by_text("The customer asks to cancel:").first).to_contain_text("found it cheaper")
    page.get_by_role("button", name="Say no…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Why").fill("It is on its way to the courier.")
    dialog.get_by_role("button", name="Say no").click()
    expect(page.get_by_text(f"The customer of #{number} is told why not.")).to_be_visible()
    customer = tabs.open(f"/t/{order(site, number).token}", viewport=PHONE)
    expect(customer.get_by_text("We could not change it: It is on its way to the courier.")).to_be_visible()
