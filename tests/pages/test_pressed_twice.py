"""A dialog that books, ships or refunds, pressed twice, held, or sent twice by a slow line, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dokango.orders.lifecycle import commands as c
from tests.pages.desk_orders import do, order, place_order
from tests.pages.quiet import at_once, hold
from tests.pages.site import Site, Tabs


def cancelled_and_paid(site: Site) -> str:
    """An order whose money is due back."""
    number = place_order(site, claim=True).number
    due = order(site, number).due_poisha
    paid = c.VerifyPayment(method="bkash", transaction_id=f"TWICE{number}A", amount_poisha=due)
    for command in (paid, c.Cancel(reason="out of stock")):
        do(site, number, command)
    return number


def refund_dialog(tabs: Tabs, number: str) -> Page:
    page = tabs.open(f"/orders/{number}", "manager")
    page.get_by_role("button", name="Refund paid").click()
    dialog = page.get_by_role("dialog", name="Pay the refund")
    dialog.get_by_label("Amount in taka").fill("100")
    dialog.get_by_label("Reference").fill(f"SENT{number}A")
    return page


@pytest.mark.parametrize("how", ["clicked twice", "entered twice", "held"])
def test_a_refund_is_booked_once_however_it_is_pressed(site: Site, tabs: Tabs, how: str) -> None:
    number = cancelled_and_paid(site)
    due = order(site, number).refund_due_poisha
    page = refund_dialog(tabs, number)
    button = page.get_by_role("dialog").get_by_role("button", name="Book refund")
    if how == "clicked twice":
        button.dblclick()
    elif how == "entered twice":
        with at_once(page):
            page.keyboard.press("Enter")
            page.keyboard.press("Enter")
    else:
        hold(page, "Enter")
    expect(page.get_by_text(f"The refund on #{number} is booked.").first).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert order(site, number).refund_due_poisha == due - 10_000


def test_a_refund_on_what_changed_meanwhile_is_refused_with_a_sentence(site: Site, tabs: Tabs) -> None:
    number = cancelled_and_paid(site)
    due = order(site, number).refund_due_poisha
    page = refund_dialog(tabs, number)
    do(site, number, c.PayRefund(method="bkash", amount_poisha=5_000, reference=f"SENT{number}B"))
    page.get_by_role("dialog").get_by_role("button", name="Book refund").click()
    expect(page.get_by_text("Colleague did “refund”")).to_be_visible()
    assert order(site, number).refund_due_poisha == due - 5_000


def test_the_checklist_is_asked_on_the_orders_page_and_kept_with_who_ticked_it(site: Site, tabs: Tabs) -> None:
    number = place_order(site).number
    do(site, number, c.Confirm())
    page = tabs.open(f"/orders/{number}", "manager")
    page.get_by_role("button", name="Mark as packed…").click()
    dialog = page.get_by_role("dialog", name="Pack this order")
    dialog.get_by_role("checkbox", name="Sealed securely").check()
    dialog.get_by_role("button", name="Mark as packed").click()
    expect(page.get_by_text("checked sealed; not checked: condition, padding, slip, label")).to_be_visible()
    assert order(site, number).packed == 1
