"""The order list and the review page in a browser: by pointer, by keyboard, on two screens at once."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from dokango.orders.lifecycle import commands as c
from tests.pages.desk_orders import do, order, place_order
from tests.pages.looks import assert_looks_right, violations
from tests.pages.site import Site, Tabs, on_its_page, walk

DIALOG = '[role="dialog"]'
_ANOTHER_PHONE = """UPDATE "order" SET phone = '{phone}' WHERE number = '{number}'"""


def row(page: Page, number: str) -> object:
    return page.locator(f'[data-row="{number}"]')


def test_list_review_and_dialogs_are_accessible_and_fit(site: Site, tabs: Tabs) -> None:
    number = place_order(site, claim=True).number
    page = tabs.open("/orders?tab=all", "manager")
    expect(row(page, number)).to_be_visible()
    assert_looks_right(page)
    for name in ("Filter", "unread messages", "New order"):
        page.get_by_role("button", name=name).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert_looks_right(page, DIALOG, name)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    row(page, number).get_by_role("button", name="Desk Tester").click()  # type: ignore[attr-defined]
    expect(page.get_by_role("dialog")).to_contain_text("Everything is on the shelf")
    assert_looks_right(page, DIALOG, "the drawer")
    walk(page, f"/orders/{number}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    assert_looks_right(page)
    page.get_by_role("button", name="Verify payment").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_looks_right(page, DIALOG, "Verify payment")


def test_a_row_opens_a_drawer_that_the_address_keeps(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    page = tabs.open("/orders?tab=to_confirm&sort=newest", "manager")
    row(page, number).get_by_role("button", name="Desk Tester").click()  # type: ignore[attr-defined]
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text(f"Order #{number}")
    expect(drawer).to_contain_text("Everything is on the shelf")
    page.reload()
    expect(page.get_by_role("dialog")).to_contain_text(f"Order #{number}")
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_role("dialog")).not_to_contain_text(f"Order #{number}")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("peek"))


def test_the_list_is_worked_by_keyboard_alone(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    page = tabs.open("/orders?tab=to_confirm&sort=newest", "manager")
    expect(row(page, number)).to_be_visible()
    page.keyboard.press("j")
    expect(row(page, number)).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_role("region", name="Selected rows")).to_contain_text("1 selected")
    page.keyboard.press("x")
    page.keyboard.press("c")
    expect(row(page, number)).to_contain_text("Confirmed")
    assert order(site, number).status == "confirmed"
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(f"Order #{number}")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("/")
    page.keyboard.type(number)
    expect(page).to_have_url(re.compile(f"q={number}"))
    expect(page.locator("[data-row]")).to_have_count(1)


def test_a_filter_is_a_chip_that_can_be_taken_off(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    page = tabs.open("/orders?tab=all&method=nagad", "manager")
    expect(page.get_by_role("button", name="Remove filter Nagad")).to_be_visible()
    expect(row(page, number)).to_have_count(0)
    page.get_by_role("button", name="Remove filter Nagad").click()
    expect(row(page, number)).to_be_visible()
    expect(page).not_to_have_url(re.compile("method"))


def test_filters_are_chosen_in_the_form_and_pages_turned_both_ways(site: Site, tabs: Tabs) -> None:
    page = tabs.open("/orders?tab=all", "manager")
    top = page.locator(".od-number").first
    first = top.inner_text()
    page.get_by_role("link", name="Next").click()
    expect(top).not_to_have_text(first)
    page.get_by_role("link", name="Previous").click()
    expect(top).to_have_text(first)
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("District").select_option("Dhaka")
    page.get_by_label("Work is").select_option("cancelled")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("district=Dhaka&status=cancelled"))
    expect(page.get_by_role("button", name="Remove filter Dhaka")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_shift_ticks_every_row_from_the_one_before(tabs: Tabs) -> None:
    page = tabs.open("/orders?tab=all", "manager")
    boxes = page.locator("[data-row]").get_by_role("checkbox")
    boxes.nth(1).click()
    expect(page.get_by_text("1 selected")).to_be_visible()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.get_by_text("4 selected")).to_be_visible()
    expect(boxes.nth(3)).to_be_checked()
    page.get_by_role("button", name="Clear").click()
    expect(boxes.nth(3)).not_to_be_checked()


def test_many_are_confirmed_after_a_look_at_the_checks_of_each(site: Site, tabs: Tabs) -> None:
    amber, green, unpaid = (place_order(site, method=method).number for method in ("cod", "cod", "bkash"))
    site.db.write(lambda tx: tx.connection.cursor().execute(_ANOTHER_PHONE.format(number=green, phone="01911000077")))
    page = tabs.open("/orders?tab=all", "manager")
    for number in (amber, green, unpaid):
        row(page, number).get_by_role("checkbox").click()  # type: ignore[attr-defined]
    page.get_by_role("button", name="Confirm…", exact=True).click()
    dialog = page.get_by_role("dialog", name="Confirm orders")
    expect(dialog.get_by_role("checkbox", name=f"#{green}")).to_be_checked()
    expect(dialog.get_by_role("checkbox", name=f"#{amber}")).not_to_be_checked()
    expect(dialog.get_by_role("checkbox", name=f"#{amber}")).to_have_accessible_description(re.compile("Only once"))
    expect(dialog.get_by_role("checkbox", name=f"#{unpaid}")).to_be_disabled()
    assert violations(page, DIALOG) == []
    dialog.get_by_role("button", name="Confirm the ticked").click()
    expect(page.get_by_text("1 order is confirmed.")).to_be_visible()
    expect(dialog).to_have_count(0)
    statuses = [order(site, number).status for number in (amber, green, unpaid)]
    assert statuses == ["pending", "confirmed", "pending"]


def test_two_screens_see_each_others_changes_without_a_reload(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    one = tabs.open("/orders?tab=to_confirm&sort=newest", "manager")
    other = tabs.open(f"/orders/{number}", "owner")
    expect(row(one, number)).to_be_visible()
    other.get_by_role("button", name="Confirm order").click()
    expect(row(one, number)).to_contain_text("Confirmed")
    expect(other.get_by_role("button", name="Mark as packed")).to_be_visible()
    newer = place_order(site).number
    expect(one.get_by_role("button", name="1 new order")).to_be_visible()
    expect(row(one, newer)).to_have_count(0)
    one.get_by_role("button", name="1 new order").click()
    expect(row(one, newer)).to_be_visible()
    expect(row(one, number)).to_have_count(0)


def test_a_click_on_what_changed_meanwhile_is_refused(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    page = tabs.open(f"/orders/{number}", "manager")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Cancel order").click()
    page.get_by_label("In your words").fill("They asked us to")
    do(site, number, c.Hold(reason="address"))
    page.get_by_role("button", name="Cancel the order").click()
    expect(page.get_by_text("Colleague did “hold”")).to_be_visible()
    assert order(site, number).status == "pending"


def test_the_filled_button_follows_the_parcel(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    for command in (c.Confirm(), c.Pack()):
        do(site, number, command)
    page = tabs.open(f"/orders/{number}", "manager")
    filled = page.locator("main .rt-variant-solid")
    expect(filled).to_have_text("Send by a courier")
    filled.click()
    dialog = page.get_by_role("dialog", name=f"Send #{number} to Steadfast")
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(filled).to_have_text("Sync status")  # booked, and nobody has picked it up
    assert order(site, number).status == "shipped"
    practice = tabs.open("/shipping?tab=in_transit", "manager")
    on_its_page(practice, practice.get_by_role("button", name=f"Open the parcel of #{number}")).click()
    drawer = practice.get_by_role("dialog")
    for word, label in (("pending", "Mark as delivered"), ("cancelled", "Parcel came back…")):
        drawer.get_by_label("Move this practice parcel to").select_option(word)
        drawer.get_by_role("button", name="Move").click()
        expect(filled).to_have_text(label)
        expect(drawer.get_by_role("button", name=label)).to_be_visible()


def test_a_blocked_step_says_why(site: Site, tabs: Tabs) -> None:
    number = place_order(site, method="bkash").number
    page = tabs.open(f"/orders/{number}", "manager")
    confirm = page.get_by_role("button", name="Confirm order")
    expect(confirm).to_have_attribute("aria-disabled", "true")
    expect(confirm).to_have_accessible_description(re.compile("is still due. Verify the payment first"))


def test_an_address_is_corrected_and_the_timeline_says_who(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    page = tabs.open(f"/orders/{number}", "manager")
    page.get_by_role("button", name="Edit address").click()
    page.get_by_label("House, road, village").fill("House 9, Road 27")
    page.get_by_label("Phone").fill("123")
    page.get_by_role("button", name="Save the address").click()
    expect(page.get_by_text("is not a mobile number")).to_be_visible()
    expect(page.get_by_label("House, road, village")).to_have_value("House 9, Road 27")
    page.get_by_label("Phone").fill("01811222333")
    page.get_by_role("button", name="Save the address").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("changed the address")).to_be_visible()
    assert (order(site, number).address_line, order(site, number).phone) == ("House 9, Road 27", "01811222333")


def test_staff_enter_an_order_at_the_counter(site: Site, tabs: Tabs) -> None:
    place_order(site)
    page = tabs.open("/orders", "manager")
    page.get_by_role("button", name="New order").click()
    page.get_by_label("Products").fill("desk mug")
    page.get_by_role("button", name="Desk mug").click()
    expect(page.get_by_label("Products")).to_be_focused()  # for the next item
    page.get_by_label("Phone", exact=True).fill("01711000000")
    page.get_by_label("Name", exact=True).click()
    expect(page.get_by_text("The last address is filled in")).to_be_visible()
    page.get_by_label("Came by").select_option("counter")
    page.get_by_label("Pays by").select_option("cod")
    page.get_by_role("button", name="Place the order").click()
    page.wait_for_url(re.compile(r"/orders/\d+/?$"))
    number = page.url.rstrip("/").rpartition("/")[2]
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    assert (order(site, number).channel, order(site, number).name) == ("counter", "Desk Tester")
