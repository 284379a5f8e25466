"""The wallet's inbox by keyboard alone: messages pasted, then claim after claim booked with Enter."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.pages.desk_orders import order, place_order
from tests.pages.site import LAPTOP, PHONE, Site, Tabs, arrive
from tests.pages.test_verify import claimed_trx_id, due

MOST_TABS = 60
NAMED = "(e => (e.labels?.[0]?.innerText || e.ariaLabel || e.innerText) || '')(document.activeElement)"
TOLD = "You have received Tk {tk:.2f} from {sender}. Fee Tk 0.00. Balance Tk 9,075.50. TrxID {trx}"


def told(site: Site, number: str) -> str:
    """The wallet's message that fits the claim of order `number`."""
    return TOLD.format(tk=int(due(site, number)), sender="01711000000", trx=claimed_trx_id(site, number))


def tab_to(page: Page, words: str) -> None:
    """Tab until what is called `words` has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if words in page.evaluate(NAMED):
            return
    raise AssertionError(f"“{words}” is not reached by Tab")


def leave_others(page: Page, numbers: set[str]) -> str:
    """Press J, which leaves a claim for later, until one of `numbers` is shown."""
    title = page.get_by_role("dialog").get_by_text("Verify payment · #")
    for _ in range(MOST_TABS):
        number = title.inner_text().rpartition("#")[2]
        if number in numbers:
            return number
        page.keyboard.press("j")
        expect(title).not_to_contain_text(f"#{number}")
    raise AssertionError(f"none of {numbers} is shown")


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["1280", "360"])
def test_messages_are_pasted_and_two_claims_booked_by_keyboard_alone(
    site: Site, tabs: Tabs, viewport: dict[str, int]
) -> None:
    numbers = [place_order(site, claim=True).number for _ in range(2)]
    page = tabs.open("/wallet", "manager", viewport=viewport)
    tab_to(page, "Messages of the wallets")
    page.keyboard.insert_text("\n\n".join(told(site, number) for number in numbers))
    tab_to(page, "Bring in")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Messages of the wallets")).to_have_value("")  # ready for the next paste
    arrive(page, f"/orders?tab=all&q={numbers[0]}")
    expect(page.locator(f"[data-row='{numbers[0]}']")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("v")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"#{numbers[0]}")
    for left in (set(numbers), {numbers[1]}):
        number = leave_others(page, left)
        expect(dialog).to_contain_text("Exactly what is due.")
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"received on #{number}")).to_be_visible()
        expect(page.get_by_text(f"Verify payment · #{number}")).to_have_count(0)
        assert order(site, number).money == "paid"


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["1280", "360"])
def test_money_that_no_order_claims_is_booked_on_one_by_its_number(
    site: Site, tabs: Tabs, viewport: dict[str, int]
) -> None:
    number = place_order(site, method="bkash").number
    page = tabs.open("/wallet?tab=nobodys", "manager", viewport=viewport)
    trx_id = f"NBD{number}ZZ"
    page.get_by_label("Messages of the wallets").fill(TOLD.format(tk=5_000, sender="01711000000", trx=trx_id))
    page.get_by_role("button", name="Bring in").click()
    page.get_by_role("button", name=f"Book on an order: {trx_id}").click()
    expect(page.get_by_role("dialog")).to_contain_text(f"TrxID {trx_id}")
    page.get_by_label("Order number").fill(number)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog").filter(has_text=f"Verify payment · #{number}")
    expect(dialog).to_contain_text("becomes a refund due")
    expect(dialog.get_by_label("Amount received")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"received on #{number}")).to_be_visible()
    expect(page.get_by_text(trx_id, exact=True)).to_have_count(0)
    assert order(site, number).paid_poisha == 500_000
