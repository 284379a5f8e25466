"""Verify payment in a browser: everything said before the click, Enter to book and to go on, the focus kept."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.pages.desk_orders import order, place_order
from tests.pages.site import Site, Tabs


def open_on(tabs: Tabs, number: str) -> tuple[Page, Locator]:
    page = tabs.open(f"/orders/{number}", "manager")
    expect(page.locator("[data-key=v]").first).to_be_visible()  # a key presses what is drawn
    page.keyboard.press("v")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"Verify payment · #{number}")
    expect(dialog.get_by_label("Amount received")).to_be_focused()
    return page, dialog


def test_short_and_over_are_said_before_the_click(site: Site, tabs: Tabs) -> None:
    number = place_order(site, claim=True).number
    due = order(site, number).due_poisha // 100
    _, dialog = open_on(tabs, number)
    expect(dialog).to_contain_text("Exactly what is due.")
    dialog.get_by_label("Amount received").fill(str(due - 50))
    expect(dialog).to_contain_text("৳50 stays due. The customer is told.")
    dialog.get_by_label("Amount received").fill(str(due + 50))
    expect(dialog).to_contain_text("৳50 becomes a refund due")
    dialog.get_by_label("Amount received").fill("lots")
    button = dialog.get_by_role("button", name="Mark as received")
    expect(button).to_have_attribute("aria-disabled", "true")


def test_enter_books_and_goes_to_the_next(site: Site, tabs: Tabs) -> None:
    numbers = [place_order(site, claim=True).number for _ in range(2)]
    page, dialog = open_on(tabs, numbers[0])
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"received on #{numbers[0]}")).to_be_visible()
    expect(dialog).not_to_contain_text(f"Verify payment · #{numbers[0]}")
    expect(dialog.get_by_label("Amount received")).to_be_focused()
    assert order(site, numbers[0]).money == "paid"


def test_a_pasted_message_fills_the_fields_and_is_compared(site: Site, tabs: Tabs) -> None:
    number = place_order(site, method="bkash").number
    page, dialog = open_on(tabs, number)
    dialog.get_by_text("Paste the wallet's message").click()
    dialog.get_by_label("The wallet's message").fill(
        "You have received Tk 500.00 from 01711000000. Fee Tk 0.00. Balance Tk 6,075.50. "
        f"TrxID PST{number}AA at 30/12/2024 13:22"
    )
    expect(dialog.get_by_label("TrxID")).to_have_value(f"PST{number}AA")
    expect(dialog.get_by_label("Amount received")).to_have_value("500")
    expect(dialog).to_contain_text("short")
    page.get_by_role("button", name="Mark ৳500 received").click()
    expect(page.get_by_text("stays due.").first).to_be_visible()
    assert order(site, number).money == "part_paid"


def test_a_used_trx_id_blocks_the_button_and_names_the_order(site: Site, tabs: Tabs) -> None:
    first = place_order(site, claim=True).number
    page, dialog = open_on(tabs, first)
    trx_id = dialog.get_by_label("TrxID").input_value()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"received on #{first}")).to_be_visible()
    second = place_order(site, method="bkash").number
    page, dialog = open_on(tabs, second)
    dialog.get_by_label("TrxID").fill(trx_id)
    expect(dialog.get_by_text(f"belongs to order #{first}").first).to_be_visible()
    expect(dialog.get_by_role("button", name="received")).to_have_attribute("aria-disabled", "true")


def test_a_rejection_asks_why_and_tells_the_customer(site: Site, tabs: Tabs) -> None:
    number = place_order(site, claim=True).number
    page, dialog = open_on(tabs, number)
    dialog.get_by_role("button", name="Reject").click()
    page.get_by_role("button", name="Reject and tell the customer").click()
    expect(page.get_by_text("Say why; the customer reads it.")).to_be_visible()
    page.get_by_label("Why is this TrxID rejected?").fill("It is not in our wallet")
    page.get_by_role("button", name="Reject and tell the customer").click()
    expect(page.get_by_text(f"The TrxID of #{number} is rejected")).to_be_visible()
    assert (order(site, number).claim_waits, order(site, number).money) == (0, "unpaid")


def test_j_skips_even_from_the_amount(site: Site, tabs: Tabs) -> None:
    numbers = [place_order(site, claim=True).number for _ in range(2)]
    page, dialog = open_on(tabs, numbers[0])
    page.keyboard.press("j")
    expect(dialog).not_to_contain_text(f"Verify payment · #{numbers[0]}")
    expect(dialog.get_by_label("Amount received")).to_be_focused()
    assert order(site, numbers[0]).claim_waits == 1
