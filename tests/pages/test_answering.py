"""A failed delivery whose customer answers on their phone, with scripts and without; asked again and delivered."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from dokango.couriers.process_desk import courier_desk
from dokango.orders import Context
from dokango.orders.acts.perform import act_on
from dokango.orders.cases import rows as cases
from dokango.orders.lifecycle import commands as c
from tests.pages.desk_orders import COLLEAGUE, do, order
from tests.pages.looks import violations
from tests.pages.site import PHONE, Site, Tabs
from tests.pages.test_problems import failed, row


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_failed_delivery_is_answered_on_the_phone_asked_again_and_delivered(
    site: Site, tabs: Tabs, browser: Browser, scripts: bool
) -> None:
    number = failed(site)
    tabs.expect_error("422")  # the page itself says what is missing
    found = order(site, number)
    (case,) = site.db.read(lambda tx: cases.open_of(tx, found.id))
    act_on(courier_desk(), site.db, Context(COLLEAGUE, site.clock), case.id, "ask_customer", {})
    path = f"/t/{found.token}"
    if scripts:
        customer = tabs.open(path, viewport=PHONE)
        assert violations(customer) == []
    else:
        context = browser.new_context(base_url=site.url, viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
        tabs.contexts.append(context)
        customer = context.new_page()
        customer.goto(path)
    expect(customer.get_by_role("heading", name="The parcel could not be handed over")).to_be_visible()
    customer.get_by_role("button", name="Deliver to this address").click()
    expect(customer.get_by_text("Type the address.")).to_be_visible()
    customer.get_by_label("The right address").fill("House 9, Road 11 <b>Banani</b>")
    customer.get_by_role("button", name="Deliver to this address").click()
    expect(customer.get_by_role("heading", name="The parcel could not be handed over")).to_be_hidden()
    expect(customer.get_by_text("You told us what to do with the parcel")).to_be_visible()
    expect(customer.get_by_text("You told us: Deliver to this address: House 9")).to_be_visible()
    customer.get_by_role("button", name="Take it back").click()
    expect(customer.get_by_text("You took your answer back")).to_be_visible()
    customer.get_by_label("The right address").fill("House 9, Road 11 <b>Banani</b>")
    customer.get_by_role("button", name="Deliver to this address").click()
    expect(customer.get_by_role("button", name="Take it back")).to_be_visible()

    page = tabs.open("/problems", "owner")
    expect(row(page, number)).to_contain_text("the address is: House 9, Road 11 <b>Banani</b>")
    row(page, number).get_by_role("button", name="Tell the courier").click()
    expect(page.get_by_role("dialog")).to_contain_text("House 9, Road 11 <b>Banani</b>")
    page.get_by_role("button", name="Copied, I told them").click()
    expect(row(page, number)).to_be_hidden()
    do(site, number, c.Deliver())
    customer.goto(path)
    expect(customer.get_by_role("heading", level=1)).to_contain_text("elivered")
