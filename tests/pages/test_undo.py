"""Undo in a browser: what was confirmed in bulk goes back at one press, by pointer and by key."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.pages.desk_orders import order, place_order
from tests.pages.looks import violations
from tests.pages.site import Site, Tabs

TOASTS = "[data-sonner-toaster]"


def confirm(page: Page, *numbers: str) -> None:
    """Confirm these orders from the list, though their checks are not all green."""
    for number in numbers:
        page.locator(f'[data-row="{number}"]').get_by_role("checkbox").click()
    page.get_by_role("button", name="Confirm…", exact=True).click()
    dialog = page.get_by_role("dialog", name="Confirm orders")
    for number in numbers:
        dialog.get_by_role("checkbox", name=f"#{number}").set_checked(True)
    dialog.get_by_role("button", name="Confirm the ticked").click()
    expect(page.get_by_text(f"{len(numbers)} orders are confirmed.")).to_be_visible()


def test_a_bulk_confirm_goes_back_at_one_press_and_by_its_key(site: Site, tabs: Tabs) -> None:
    numbers = [place_order(site, method="cod").number for _ in range(2)]
    page = tabs.open("/orders?tab=all&sort=newest", "manager")
    for how in ("pressed", "z", "Control+z"):
        confirm(page, *numbers)
        assert [order(site, number).status for number in numbers] == ["confirmed"] * 2
        undo = page.get_by_role("button", name="Undo", exact=True)
        expect(undo).to_be_visible()
        if how == "pressed":
            assert violations(page, TOASTS) == []
            undo.click()
        else:
            page.keyboard.press(how)
        expect(page.get_by_text("2 of 2 went back.")).to_be_visible()
        expect(undo).to_have_count(0)
        assert [order(site, number).status for number in numbers] == ["pending"] * 2
        page.reload()
