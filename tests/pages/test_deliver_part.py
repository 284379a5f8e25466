"""A parcel that was kept in part, in a browser: what it would write is read first, then booked, then taken back in."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from tests.pages.desk_orders import SKU, do, order, place_order
from tests.pages.looks import assert_looks_right
from tests.pages.site import Site, Tabs, on_its_page


def on_its_way(site: Site, units: int = 3) -> str:
    """A COD order with its rider."""
    number = place_order(site, units=units).number
    for step in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Rider")):
        do(site, number, step)
    return number


def asked(page: Page) -> Any:
    """The open dialog, from the menu of the order's page."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Delivered in part…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Delivered in part")
    return dialog


def test_it_is_previewed_booked_and_the_rest_taken_back_in(site: Site, tabs: Tabs) -> None:
    number = on_its_way(site)
    page = tabs.open(f"/orders/{number}", "manager")
    dialog = asked(page)
    dialog.get_by_label("Kept").fill("1")
    dialog.get_by_label("Collected at the door").fill("910")
    page.keyboard.press("Tab")
    writes = dialog.get_by_role("region", name="What this writes")
    expect(writes).to_contain_text(f"1 × {SKU}: sold")
    expect(writes).to_contain_text(f"2 × {SKU}: comes back")
    expect(writes).to_contain_text("Cash with Rider ← Owed by customers")
    expect(writes).to_contain_text("The courier owes")
    assert order(site, number).status == "shipped", "nothing is booked by looking"
    dialog.get_by_role("button", name="Book it").click()
    expect(page.get_by_text(f"Order #{number} is delivered in part.")).to_be_visible()
    assert (order(site, number).status, order(site, number).courier_due_poisha) == ("delivered", 91_000)
    expect(page.get_by_text("2 coming back")).to_be_visible()

    page.get_by_role("button", name="Goods came back…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Fit for the shelf")).to_have_value("2")
    dialog.get_by_role("button", name="Book what came back").click()
    expect(page.get_by_text("2 came back")).to_be_visible()
    lines = site.db.read(lambda tx: rows.lines_of(tx, order(site, number).id))
    assert (lines[0].not_kept, lines[0].coming_back) == (2, 0)


def test_the_dialog_and_both_amounts_are_accessible_and_fit(site: Site, tabs: Tabs) -> None:
    number = on_its_way(site)
    do(site, number, c.VerifyPayment(method="bkash", transaction_id=f"WAY{number}LOOK", amount_poisha=80_000))
    page = tabs.open(f"/orders/{number}", "manager")
    expect(page.get_by_role("button", name="The courier was told: collects")).to_be_visible()
    assert_looks_right(page)
    dialog = asked(page)
    dialog.get_by_label("Collected at the door").fill("100")
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("region", name="What this writes")).to_contain_text("The courier owes")
    assert_looks_right(page, "[role=dialog]", "the dialog")


def test_who_knows_what_the_rider_collects_says_it_with_one_click(site: Site, tabs: Tabs) -> None:
    number = on_its_way(site, 1)
    due = order(site, number).due_poisha
    do(site, number, c.VerifyPayment(method="bkash", transaction_id=f"WAY{number}AA", amount_poisha=due - 10_000))
    page = tabs.open(f"/orders/{number}", "manager")
    expect(page.get_by_text("please collect ৳100 instead of")).to_be_visible()
    page.get_by_role("button", name="The courier was told: collects ৳100").click()
    expect(page.get_by_text("please collect ৳100 instead of")).to_be_hidden()
    assert (order(site, number).told_poisha, order(site, number).asked_poisha) == (10_000, None)


def test_the_drawer_of_the_parcel_asks_the_same(site: Site, tabs: Tabs) -> None:
    number = on_its_way(site)
    page = tabs.open("/shipping?tab=in_transit", "manager")
    on_its_page(page, page.get_by_role("button", name=f"Open the parcel of #{number}")).click()
    page.get_by_role("button", name="More for this parcel").click()
    page.get_by_role("menuitem", name="Delivered in part…").click()
    dialog = page.get_by_role("dialog", name=f"Delivered in part · #{number}")
    dialog.get_by_label("Kept").fill("2")
    dialog.get_by_label("Collected at the door").fill("1710")
    dialog.get_by_role("button", name="Book it").click()
    expect(page.get_by_text(f"Order #{number} is delivered in part.")).to_be_visible()
    assert order(site, number).status == "delivered"
