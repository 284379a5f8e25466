"""The shipping page in a browser, with the practice courier in the site's own process."""

from __future__ import annotations

import re
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from dokango.orders import Context, perform
from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import lists
from dokango.people.actor import SYSTEM
from tests.pages.desk_orders import do, place_order
from tests.pages.looks import assert_looks_right, violations
from tests.pages.site import PHONE, Site, Tabs, on_its_page, walk
from tests.pages.test_fingers import SMALL

DIALOG = "[role=dialog]"
LISTS = ("/shipping", "/shipping?tab=in_transit")


def first_to_ship(site: Site) -> str:
    """The oldest order that waits for a courier; packs one when none does."""
    rows = site.db.read(lambda tx: lists.parcels_page(tx, "to_ship")).rows
    return next(str(row.order.number) for row in rows if row.parcel is None)


def order(site: Site, number: str) -> Any:
    return site.db.read(lambda tx: rows.by_number(tx, number))


def parcel(site: Site, number: str) -> Any:
    return site.db.read(lambda tx: lists.parcel_file(tx, number)).parcel


def misbehave(site: Site, **fault: object) -> None:
    """Tell the practice courier of the running site to fail; this machine may."""
    answer = httpx.post(f"{site.url}/_practice/faults", json=fault, trust_env=False)
    assert answer.status_code == 200, answer.text


def row(page: Page, number: str) -> Any:
    return page.locator(f'[data-row="{number}"]')


def test_lists_dialog_and_drawer_are_accessible_and_fit(tabs: Tabs) -> None:
    page = tabs.open("/shipping", "owner")
    for path in LISTS:
        walk(page, path)
        expect(page.locator("[data-row]").first).to_be_visible()
        assert_looks_right(page)
    page.get_by_role("button", name="Open the parcel of #").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_looks_right(page, DIALOG, "the drawer")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    walk(page, "/shipping")
    page.get_by_role("button", name="Send #").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("no real parcel")
    page.get_by_text("Second phone, weight and more").click()
    expect(page.get_by_label("Second phone")).to_be_visible()
    assert_looks_right(page, DIALOG, "the send dialog")


def test_a_parcel_is_checked_edited_sent_moved_and_delivered_and_another_tab_sees_it(site: Site, tabs: Tabs) -> None:
    number = first_to_ship(site)
    page = tabs.open("/shipping", "owner")
    page.get_by_role("button", name=f"Send #{number} by a courier").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Phone", exact=True).fill("123")
    dialog.get_by_label("Note for the rider").fill("Ring the second bell")
    expect(dialog.get_by_text("is not a mobile number")).to_be_visible()
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(dialog.get_by_text("is not a mobile number")).to_be_visible()
    assert order(site, number).status == "confirmed"
    expect(dialog.get_by_label("Note for the rider")).to_have_value("Ring the second bell")
    dialog.get_by_label("Phone", exact=True).fill("+880 1911-000000")
    dialog.get_by_label("Rider collects").fill("50")
    dialog.get_by_label("Phone", exact=True).focus()
    expect(dialog.get_by_text("although")).to_be_visible()
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text(f"#{number}: Steadfast has the parcel")).to_be_visible()
    expect(row(page, number)).to_be_hidden()
    assert order(site, number).status == "shipped"
    assert '"recipient_phone": "01911000000"' in parcel(site, number).payload

    watcher = tabs.open("/shipping?tab=in_transit", "manager")
    page.goto("/shipping?tab=in_transit")
    on_its_page(page, page.get_by_role("button", name=f"Open the parcel of #{number}")).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Move this practice parcel to").select_option("hold")
    drawer.get_by_role("button", name="Move").click()
    expect(row(watcher, number)).to_contain_text("Held")
    drawer.get_by_label("Move this practice parcel to").select_option("delivered")
    drawer.get_by_role("button", name="Move").click()
    expect(row(watcher, number)).to_contain_text("Delivered")
    assert order(site, number).status == "delivered"


def test_many_are_sent_at_once_with_a_result_for_each(site: Site, tabs: Tabs) -> None:
    page = tabs.open("/shipping", "packer")
    numbers = [row.order.number for row in site.db.read(lambda tx: lists.parcels_page(tx, "to_ship")).rows][:2]
    for number in numbers:
        page.get_by_label(f"Choose order {number}").click()
    page.get_by_role("button", name="Send by a courier").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Send 2")).to_be_visible()
    do(site, numbers[0], c.Hold(reason="address"))  # meanwhile
    dialog.get_by_role("button", name="Send 2").click()
    expect(dialog.get_by_text("changed while you looked")).to_be_visible()
    expect(dialog.get_by_text("Steadfast has the parcel")).to_be_visible()
    assert [order(site, number).status for number in numbers] == ["confirmed", "shipped"]
    do(site, numbers[0], c.Release())
    dialog.get_by_role("button", name="Look at the 1 that did not go").click()
    dialog.get_by_role("button", name="Send 1").click()
    expect(dialog.get_by_text("Steadfast has the parcel")).to_be_visible()
    expect(dialog.get_by_role("button", name="that did not go")).to_be_hidden()
    assert [order(site, number).status for number in numbers] == ["shipped", "shipped"]


def test_an_unanswered_booking_is_settled_by_sending_the_same_again(site: Site, tabs: Tabs) -> None:
    number = first_to_ship(site)
    misbehave(site, kind="drop", call="create_order", lands=True)
    page = tabs.open("/shipping", "packer")
    page.get_by_role("button", name=f"Send #{number} by a courier").click()
    page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name=f"Settle the booking of #{number}").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("Consignment id").fill("1")
    drawer.get_by_role("button", name="Use this id").click()
    expect(drawer.get_by_text("knows no parcel 1")).to_be_visible()
    assert order(site, number).status == "confirmed"
    drawer.get_by_role("button", name="Send the same again").click()
    expect(page.get_by_text(re.compile(f"#{number}: Steadfast has the parcel"))).to_be_visible()
    assert order(site, number).status == "shipped" and parcel(site, number).consignment_id


def test_another_courier_takes_a_parcel_with_its_name_and_code(site: Site, tabs: Tabs) -> None:
    number = first_to_ship(site)
    page = tabs.open("/shipping", "packer")
    row(page, number).get_by_role("button", name="More for this order").click()
    page.get_by_role("menuitem", name="Another courier").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Who takes it").fill("Sundarban")
    dialog.get_by_label("Tracking code").fill("SB-77")
    dialog.get_by_role("button", name="Mark as shipped").click()
    expect(page.get_by_text(f"#{number} is with Sundarban.")).to_be_visible()
    assert (parcel(site, number).carrier, parcel(site, number).tracking_code) == ("Sundarban", "SB-77")


def test_a_problem_is_noted_solved_and_a_refused_parcel_comes_back(site: Site, tabs: Tabs) -> None:
    number = first_to_ship(site)
    ship = c.Ship(courier="manual", carrier="Own rider")
    site.db.write(lambda tx: perform(tx, Context(SYSTEM, site.clock), number, ship))
    page = tabs.open("/shipping?tab=in_transit", "manager")
    on_its_page(page, page.get_by_role("button", name=f"Open the parcel of #{number}")).click()
    page.get_by_role("dialog").get_by_role("button", name="More for this parcel").click()
    page.get_by_role("menuitem", name="Note an attempt").click()
    page.get_by_label("In your words").fill("Nobody home <b>")
    page.get_by_role("button", name="Note it").click()
    expect(row(page, number)).to_contain_text("Nobody home <b>")
    page.get_by_role("button", name="Solved").click()
    expect(row(page, number)).not_to_contain_text("Nobody home")
    page.get_by_role("button", name="More for this parcel").click()
    page.get_by_role("menuitem", name="Parcel came back").click()
    page.get_by_role("button", name="It is here").click()
    expect(page.get_by_text("Say whether the goods")).to_be_visible()
    page.get_by_label("Back on the shelf").click()
    page.get_by_role("button", name="It is here").click()
    expect(page.get_by_text(f"#{number}: Back on the shelf.")).to_be_visible()
    assert order(site, number).status == "returned"


def test_sync_all_asks_about_every_parcel_and_says_what_it_found(tabs: Tabs) -> None:
    page = tabs.open("/shipping?tab=in_transit", "owner")
    page.get_by_role("button", name="Sync all").click()
    expect(page.get_by_text(re.compile(r"Asked about \d+ parcels?: "))).to_be_visible()


def test_a_viewer_sees_the_lists_and_every_button_says_why_not(tabs: Tabs) -> None:
    page = tabs.open("/shipping", "viewer")
    button = page.get_by_role("button", name="Sync all")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description(re.compile("may not ship"))


def test_strangers_from_elsewhere_move_no_practice_parcel(site: Site) -> None:
    for headers in ({"X-Forwarded-For": "203.0.113.9"}, {"Origin": "https://evil.test"}):
        answer = httpx.post(f"{site.url}/_practice/payouts", json={}, headers=headers, trust_env=False)
        assert answer.status_code == 403


def test_parcels_are_scanned_out_and_the_list_is_printed_to_be_signed(site: Site, tabs: Tabs) -> None:
    number = first_to_ship(site)
    ship = c.Ship(courier="manual", carrier="Rider at the door")
    site.db.write(lambda tx: perform(tx, Context(SYSTEM, site.clock), number, ship))
    page = tabs.open("/shipping", "packer", viewport=PHONE)
    page.get_by_role("button", name="Scan out").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Courier", exact=True).select_option("rider-at-the-door")
    expect(dialog.get_by_text("0 of 1 parcel")).to_be_visible()
    scanner = dialog.get_by_label("Scan a label")
    scanner.fill("NOBODY")
    scanner.press("Enter")
    expect(dialog.get_by_text("UNKNOWN")).to_be_visible()
    scanner.fill(number)
    scanner.press("Enter")
    expect(dialog.get_by_text("1 of 1 parcel")).to_be_visible()
    assert violations(page) == []
    dialog.get_by_role("button", name=f"Stayed here: #{number}").click()
    expect(dialog.get_by_text("0 of 1 parcel")).to_be_visible()
    assert page.evaluate(SMALL, "[role=dialog]") == []
    dialog.get_by_role("button", name=f"It is out: #{number}").click()
    expect(dialog.get_by_text("1 of 1 parcel")).to_be_visible()
    assert dialog.evaluate("dialog => dialog.scrollWidth - dialog.clientWidth") == 0
    paper = page.request.get(f"{site.url}/papers/handover.pdf?courier=rider-at-the-door")
    assert paper.status == 200 and paper.body().startswith(b"%PDF")
    assert page.request.get(f"{site.url}/papers/handover.pdf?courier=x&day=never").status == 422


def test_a_booking_is_cancelled_with_its_courier_and_the_order_waits_to_be_shipped_again(
    site: Site, tabs: Tabs
) -> None:
    number = place_order(site).number
    for command in (c.Confirm(), c.Pack()):
        do(site, number, command)
    page = tabs.open(f"/orders/{number}", "packer")
    page.get_by_role("button", name="Send by a courier").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Courier").select_option("redx")
    expect(dialog.get_by_label("Area")).to_be_visible()
    dialog.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Cancel the booking…").click()
    assert_looks_right(page, DIALOG, "the dialog")
    dialog.get_by_role("button", name="Cancel the booking").click()
    expect(dialog.get_by_text("Say why")).to_be_visible()
    dialog.get_by_label("Why").fill("ordered twice")
    dialog.get_by_role("button", name="Cancel the booking").click()
    expect(page.get_by_text(f"#{number}: RedX cancelled it")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel the booking…")).to_be_hidden()
    assert (order(site, number).status, parcel(site, number).live) == ("confirmed", None)
