"""An order is edited in a browser: before and after are read first, then it is saved, and its customer reads it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from dokango.orders.lifecycle import commands as c
from tests.pages.desk_orders import SKU, do, order, place_order
from tests.pages.looks import assert_looks_right, see
from tests.pages.site import PHONE, Site, Tabs
from tests.pages.test_deliver_part import on_its_way
from tests.pages.test_fingers import SMALL


def opened(page: Page, item: str) -> None:
    """A dialog from the menu of the order's page."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name=item).click()


def test_an_order_is_changed_as_it_was_previewed_and_its_customer_reads_it(site: Site, tabs: Tabs) -> None:
    number = place_order(site, units=2).number
    page = tabs.open(f"/orders/{number}", "manager")
    opened(page, "Edit order…")
    dialog = page.get_by_role("dialog")
    changes = dialog.get_by_role("region", name="What this changes")
    expect(changes).to_contain_text("Nothing is different")
    dialog.get_by_label("Pieces").fill("1")
    dialog.get_by_label("Off the whole order").fill("10%")
    dialog.get_by_label("Why").fill("a regular")
    page.keyboard.press("Tab")
    expect(changes).to_contain_text("Desk mug: 1 instead of 2; discount ৳80 instead of ৳0")
    expect(changes).to_contain_text(f"1 × {SKU}: free again")
    assert order(site, number).units == 2, "nothing is changed by looking"
    dialog.get_by_role("button", name="Save the changes").click()
    expect(page.get_by_text(f"Order #{number} is changed.")).to_be_visible()
    assert (order(site, number).units, order(site, number).discount_poisha) == (1, 8_000)
    expect(page.get_by_text("a regular · ")).to_be_visible()

    tracking = tabs.open(f"/t/{order(site, number).token}")
    expect(tracking.get_by_text("We changed the order: Desk mug: 1 instead of 2")).to_be_visible()
    expect(tracking.get_by_text("−৳80")).to_be_visible()


def test_the_dialog_is_accessible_and_fits(site: Site, tabs: Tabs) -> None:
    number = place_order(site, units=2).number
    page = tabs.open(f"/orders/{number}", "manager")
    opened(page, "Edit order…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Pieces").fill("1")
    dialog.get_by_label("Add an item").fill("cups")
    expect(dialog.get_by_role("region", name="What this changes")).to_contain_text("1 instead of 2")
    expect(dialog.locator(".oe-found li").first).to_be_visible()
    assert_looks_right(page, "[role=dialog]", "the dialog")
    see(page, PHONE, dark=False)
    assert page.evaluate(SMALL, "[role=dialog]") == []


def test_what_the_rider_collects_is_lowered_from_the_menu(site: Site, tabs: Tabs) -> None:
    number = on_its_way(site, 1)
    due = order(site, number).due_poisha
    page = tabs.open(f"/orders/{number}", "manager")
    opened(page, "Lower what the rider collects…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("The rider collects").fill(str(due // 100 - 100))
    dialog.get_by_label("Why").fill("dented")
    dialog.get_by_role("button", name="Lower it").click()
    expect(page.get_by_text(f"The rider of #{number} is to collect less.")).to_be_visible()
    assert (order(site, number).due_poisha, order(site, number).asked_poisha) == (due - 10_000, due - 10_000)


def test_the_problem_of_a_parcel_offers_it_too(site: Site, tabs: Tabs) -> None:
    number = on_its_way(site, 1)
    do(site, number, c.ReportProblem(problem="wants it cheaper"))
    due = order(site, number).due_poisha
    page = tabs.open("/problems", "manager")
    row = page.get_by_role("row").filter(has_text=f"#{number}").first
    row.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Lower the COD").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("The rider collects")).not_to_have_value("")
    dialog.get_by_label("The rider collects").fill(str(due // 100 - 50))
    dialog.get_by_label("Why").fill("agreed by phone")
    dialog.get_by_role("button", name="Lower the COD").click()
    expect(page.get_by_text("The rider is to collect less.")).to_be_visible()
    assert order(site, number).discount_poisha == 5_000
