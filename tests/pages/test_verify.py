"""Verify payment in a browser: evidence before money, Enter to book and to go on, the focus kept, no key held."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from dokango.db import table_of
from dokango.orders.book import rows
from dokango.payments.models import Payment
from tests.pages.desk_orders import order, place_order
from tests.pages.quiet import at_once, hold
from tests.pages.site import Site, Tabs

_PAYMENT = table_of(Payment)


def open_on(tabs: Tabs, number: str) -> tuple[Page, Locator]:
    """The dialog over the list, on `number`: it goes on to the next."""
    page = tabs.open(f"/orders?tab=all&q={number}", "manager")
    page.get_by_role("button", name=f"Verify order {number}").click()
    return page, shown(page, number)


def open_alone(tabs: Tabs, number: str) -> tuple[Page, Locator]:
    """The dialog over the order's own page."""
    page = tabs.open(f"/orders/{number}", "manager")
    expect(page.locator("[data-key=v]").first).to_be_visible()  # a key presses what is drawn
    page.keyboard.press("v")
    return page, shown(page, number)


def shown(page: Page, number: str) -> Locator:
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"Verify payment · #{number}")
    expect(dialog.get_by_label("Amount received")).to_be_focused()
    return dialog


def due(site: Site, number: str) -> str:
    return str(order(site, number).due_poisha // 100)


def claimed_trx_id(site: Site, number: str) -> str:
    claim = site.db.read(lambda tx: rows.waiting_claim(tx, rows.by_number(tx, number).id))
    assert claim is not None
    return claim.trx_id


def payments(site: Site) -> int:
    return int(site.db.read(lambda tx: tx.value(select(func.count()).select_from(_PAYMENT))))


def message(number: str, taka: str) -> str:
    return (
        f"You have received Tk {taka}.00 from 01711000000. Fee Tk 0.00. Balance Tk 6,075.50.\n"
        f"TrxID PST{number}AA at 30/12/2024 13:22"
    )


def paste(page: Page, text: str) -> None:
    """Paste over the field that has the focus, as Ctrl+V does."""
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_the_wallets_side_is_empty_until_there_is_evidence(site: Site, tabs: Tabs) -> None:
    number = place_order(site, claim=True).number
    page, dialog = open_alone(tabs, number)
    for label in ("Amount received", "TrxID", "From", "The wallet's message"):
        expect(dialog.get_by_label(label, exact=True)).to_have_value("")
    button = dialog.get_by_role("button", name="Mark as received")
    expect(button).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    button.click(force=True)
    dialog.get_by_label("Amount received").fill(due(site, number))
    expect(dialog).to_contain_text("Exactly what is due.")
    expect(dialog.get_by_label("TrxID", exact=True)).not_to_have_value("")
    assert order(site, number).paid_poisha == 0


def test_short_and_over_are_said_before_the_click(site: Site, tabs: Tabs) -> None:
    number = place_order(site, claim=True).number
    amount = int(due(site, number))
    _, dialog = open_alone(tabs, number)
    dialog.get_by_label("Amount received").fill(str(amount - 50))
    expect(dialog).to_contain_text("৳50 stays due. The customer is told.")
    dialog.get_by_label("Amount received").fill(str(amount + 50))
    expect(dialog).to_contain_text("৳50 becomes a refund due")
    dialog.get_by_label("Amount received").fill("lots")
    button = dialog.get_by_role("button", name="Mark as received")
    expect(button).to_have_attribute("aria-disabled", "true")


def test_enter_books_and_goes_to_the_next_with_the_focus_kept(site: Site, tabs: Tabs) -> None:
    numbers = [place_order(site, claim=True).number for _ in range(2)]
    page, dialog = open_on(tabs, numbers[0])
    page.keyboard.type(due(site, numbers[0]))
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"received on #{numbers[0]}")).to_be_visible()
    expect(dialog).not_to_contain_text(f"Verify payment · #{numbers[0]}")
    expect(dialog.get_by_label("Amount received")).to_be_focused()
    expect(dialog.get_by_label("Amount received")).to_have_value("")
    assert order(site, numbers[0]).money == "paid"


@pytest.mark.parametrize("wait_ms", [0, 30, 80, 150, 250, 600])
def test_a_second_enter_books_no_other_order(site: Site, tabs: Tabs, wait_ms: int) -> None:
    numbers = [place_order(site, claim=True).number for _ in range(3)]
    page, dialog = open_on(tabs, numbers[0])
    page.keyboard.type(due(site, numbers[0]))
    expect(dialog).to_contain_text("Exactly what is due.")
    before = payments(site)
    with at_once(page):
        page.keyboard.press("Enter")
        page.wait_for_timeout(wait_ms)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    expect(page.get_by_text(f"received on #{numbers[0]}")).to_be_visible()
    expect(dialog).not_to_contain_text(f"Verify payment · #{numbers[0]}")
    with at_once(page):
        page.keyboard.press("Enter")
        page.keyboard.press("j")  # answered after what was pressed before it
    expect(dialog.get_by_label("Amount received")).to_be_focused()
    assert (order(site, numbers[0]).money, payments(site)) == ("paid", before + 1)


def test_enter_that_is_held_books_one_order(site: Site, tabs: Tabs) -> None:
    numbers = [place_order(site, claim=True).number for _ in range(3)]
    page, dialog = open_on(tabs, numbers[0])
    page.keyboard.type(due(site, numbers[0]))
    expect(dialog).to_contain_text("Exactly what is due.")
    before = payments(site)
    hold(page, "Enter", times=33)  # for a second
    expect(page.get_by_text(f"received on #{numbers[0]}")).to_be_visible()
    expect(dialog).not_to_contain_text(f"Verify payment · #{numbers[0]}")
    assert payments(site) == before + 1


def test_a_message_and_enter_and_the_next_message_and_enter(site: Site, tabs: Tabs) -> None:
    numbers = [place_order(site, method="bkash", claim=True).number for _ in range(2)]
    page, dialog = open_on(tabs, numbers[0])
    for _ in range(2):
        number = dialog.get_by_text("Verify payment · #").inner_text().rpartition("#")[2]
        trx_id = claimed_trx_id(site, number)
        text = message(number, due(site, number)).replace(f"PST{number}AA", trx_id)
        paste(page, text)
        expect(dialog.get_by_label("The wallet's message")).to_have_value(text)
        expect(dialog.get_by_label("TrxID", exact=True)).to_have_value(trx_id)
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"received on #{number}")).to_be_visible()
        expect(dialog).not_to_contain_text(f"Verify payment · #{number}")
        expect(dialog.get_by_label("Amount received")).to_be_focused()
        assert order(site, number).paid_poisha > 0


def test_a_message_that_does_not_fit_is_compared_before_it_is_booked(site: Site, tabs: Tabs) -> None:
    number = place_order(site, method="bkash").number
    page, dialog = open_alone(tabs, number)
    dialog.get_by_label("The wallet's message").fill(message(number, "500"))
    expect(dialog.get_by_label("TrxID", exact=True)).to_have_value(f"PST{number}AA")
    expect(dialog.get_by_label("Amount received")).to_have_value("500")
    expect(dialog).to_contain_text("short")
    dialog.get_by_label("The wallet's message").press("Enter")
    expect(page.get_by_text("stays due.").first).to_be_visible()
    expect(dialog).to_have_count(0)
    assert order(site, number).money == "part_paid"


def test_a_used_trx_id_blocks_the_button_and_names_the_order(site: Site, tabs: Tabs) -> None:
    first = place_order(site, claim=True).number
    page, dialog = open_alone(tabs, first)
    page.keyboard.type(due(site, first))
    expect(dialog.get_by_label("TrxID", exact=True)).not_to_have_value("")
    trx_id = dialog.get_by_label("TrxID", exact=True).input_value()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"received on #{first}")).to_be_visible()
    second = place_order(site, method="bkash").number
    page, dialog = open_alone(tabs, second)
    dialog.get_by_label("Amount received").fill(due(site, second))
    dialog.get_by_label("TrxID", exact=True).fill(trx_id)
    expect(dialog.get_by_text(f"belongs to order #{first}").first).to_be_visible()
    expect(dialog.get_by_role("button", name="received")).to_have_attribute("aria-disabled", "true")


def test_a_rejection_asks_why_and_tells_the_customer(site: Site, tabs: Tabs) -> None:
    number = place_order(site, claim=True).number
    page, dialog = open_alone(tabs, number)
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


def test_from_its_own_page_the_dialog_closes_after_the_order(site: Site, tabs: Tabs) -> None:
    number = place_order(site, claim=True).number
    place_order(site, claim=True)
    page, dialog = open_alone(tabs, number)
    expect(dialog.get_by_role("button", name="Skip")).to_have_count(0)
    page.keyboard.type(due(site, number))
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"received on #{number}")).to_be_visible()
    expect(dialog).to_have_count(0)
    assert order(site, number).money == "paid"
