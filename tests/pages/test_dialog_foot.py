"""Dialogs on a small phone: the main button is always in sight, however long the dialog is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.pages.site import Tabs, settled

SMALL_PHONE = {"width": 360, "height": 640}


@pytest.mark.parametrize(
    ("path", "opens", "acts"),
    [
        ("/orders", "New order", "Place the order"),
        ("/orders?tab=all", "Save view", "Save"),
        ("/stock", "Receive goods", "Receive"),
        ("/products", "Import", "Import"),
        ("/orders", "Filter", "Show"),
    ],
)
def test_the_main_button_of_a_dialog_is_in_sight_on_a_small_phone(tabs: Tabs, path: str, opens: str, acts: str) -> None:
    page = tabs.open(path, "owner", viewport=SMALL_PHONE)
    settled(page)
    page.get_by_role("button", name=opens).first.click()
    button = page.get_by_role("dialog").get_by_role("button", name=acts, exact=True)
    expect(button).to_be_in_viewport(ratio=1)
    dialog = page.get_by_role("dialog")
    dialog.evaluate("dialog => { dialog.scrollTop = dialog.scrollHeight }")
    expect(button).to_be_in_viewport(ratio=1)
