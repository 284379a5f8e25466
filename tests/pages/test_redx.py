"""RedX walked in a browser: chosen in the send dialog, its charge beside the tariff's, booked, and its way shown."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import lists
from tests.pages.desk_orders import do, place_order
from tests.pages.looks import assert_looks_right
from tests.pages.site import Site, Tabs, walk


def test_a_parcel_goes_by_redx_for_the_charge_that_it_says_and_its_way_stands_on_the_order(
    site: Site, tabs: Tabs
) -> None:
    number = place_order(site).number
    for command in (c.Confirm(), c.Pack()):
        do(site, number, command)
    page = tabs.open(f"/orders/{number}", "owner")
    page.get_by_role("button", name="Send by a courier").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Courier").select_option("redx")
    expect(dialog.get_by_label("District")).not_to_have_value("")
    expect(dialog.get_by_text(re.compile(r"Charge by the tariff: ৳\d+.*RedX says ৳\d+"))).to_be_visible()
    assert_looks_right(page, "[role=dialog]", "the dialog")
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text(f"#{number}: RedX has the parcel")).to_be_visible()
    booked = site.db.read(lambda tx: lists.parcel_file(tx, number)).parcel
    assert booked is not None and booked.courier == "redx" and '"delivery_area_id": 2' in booked.payload
    page.get_by_role("button", name="Ask RedX for its way").click()
    expect(page.get_by_role("list", name="Its way, the newest first")).to_contain_text("পার্সেল তৈরি হয়েছে")
    assert_looks_right(page)
    walk(page, "/cod/payouts")
    expect(page.get_by_role("heading", name="Payouts of couriers")).to_be_visible()
