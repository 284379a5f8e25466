"""A courier with lists of places, walked in a browser: its settings, the send dialog that asks where, and its moves."""

from __future__ import annotations

from typing import Any

import httpx
from playwright.sync_api import expect

from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import lists
from tests.pages.desk_orders import do, place_order
from tests.pages.looks import assert_looks_right
from tests.pages.quiet import until
from tests.pages.site import Site, Tabs, on_its_page, walk


def order(site: Site, number: str) -> Any:
    return site.db.read(lambda tx: rows.by_number(tx, number))


def parcel(site: Site, number: str) -> Any:
    return site.db.read(lambda tx: lists.parcel_file(tx, number)).parcel


def move(site: Site, number: str, event: str) -> None:
    """Move a practice parcel as this machine may."""
    url = f"{site.url}/_practice/pathao/parcels/{parcel(site, number).consignment_id}"
    answer = httpx.post(url, json={"status": event}, trust_env=False)
    assert answer.status_code == 200, answer.text


def packed(site: Site) -> str:
    number = place_order(site).number
    for command in (c.Confirm(), c.Pack()):
        do(site, number, command)
    return number


def test_the_dialog_with_places_and_the_settings_fit_and_are_accessible(site: Site, tabs: Tabs) -> None:
    number = packed(site)
    page = tabs.open(f"/orders/{number}", "owner")
    page.get_by_role("button", name="Send by a courier").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Courier").select_option("pathao")
    expect(dialog.get_by_label("Zone")).to_be_visible()
    assert_looks_right(page, "[role=dialog]", "the dialog")
    page.keyboard.press("Escape")
    walk(page, "/settings?part=couriers")
    expect(page.get_by_label("Sign in by")).to_be_visible()
    assert_looks_right(page)


def test_a_parcel_goes_by_pathao_where_the_dialog_asks_and_is_followed_to_the_door(site: Site, tabs: Tabs) -> None:
    number = packed(site)
    page = tabs.open(f"/orders/{number}", "manager")
    page.get_by_role("button", name="Send by a courier").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Courier").select_option("pathao")
    expect(dialog.get_by_label("Picked up from")).to_have_value("4101")
    dialog.get_by_label("City").select_option("2")
    expect(dialog.get_by_label("Zone")).to_have_value("")
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(dialog.get_by_text("Choose the zone, out of")).to_be_visible()
    assert order(site, number).status == "confirmed"
    dialog.get_by_label("City").select_option("1")
    dialog.get_by_label("Zone").select_option("60")
    expect(dialog.get_by_label("Area").locator("option", has_text="Sector 4 Road 18")).to_be_attached()
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text(f"#{number}: Pathao has the parcel")).to_be_visible()
    assert '"recipient_zone": 60' in parcel(site, number).payload
    for event, status, badge in (
        ("picked", "pending", "With the courier"),
        ("assigned-for-delivery", "out_for_delivery", "Out for delivery"),
    ):
        move(site, number, event)
        until(lambda status=status: parcel(site, number).status == status)  # type: ignore[misc]  its place moves too
        page.goto("/shipping?tab=in_transit")
        expect(on_its_page(page, page.locator(f'[data-row="{number}"]'))).to_contain_text(badge)
    move(site, number, "delivered")
    expect(page.locator(f'[data-row="{number}"]')).to_contain_text("Delivered")
    until(lambda: order(site, number).status == "delivered")


def test_the_owner_sets_pathao_by_a_form_that_its_row_draws(tabs: Tabs) -> None:
    page = tabs.open("/settings?part=couriers", "owner")
    card = page.locator("form", has=page.get_by_label("Sign in by"))
    card.get_by_label("Calls in a minute").fill("9")
    card.get_by_label("Sign in by").select_option("external")
    card.get_by_role("button", name="Keep and try").click()
    expect(page.get_by_text("A whole number from 10 to 3,000")).to_be_visible()
    expect(page.get_by_text("as Pathao's merchant panel shows it").first).to_be_visible()
    card.get_by_label("Calls in a minute").fill("600")
    card.get_by_label("Client id").fill("practice")
    card.get_by_label("Client secret").fill("practice")
    card.get_by_role("button", name="Keep and try").click()
    expect(page.get_by_text("It picks up from 2 stores: Mirpur, Agrabad.")).to_be_visible()
    page.reload()
    expect(card.get_by_label("Sign in by")).to_have_value("external")
    expect(card.get_by_label("Calls in a minute")).to_have_value("600")
    expect(card.get_by_label("Client secret")).to_have_value("")
    card.get_by_role("button", name="More about the keys").click()
    page.get_by_role("menuitem", name="Remove the keys").click()
    expect(page.get_by_role("button", name="More about the keys")).to_be_hidden()
