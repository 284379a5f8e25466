"""The palette's actions: each opens the dialog of its page, from whatever page one is on, and once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.pages.site import Tabs, alive


@pytest.mark.parametrize(
    ("typed", "title", "path"),
    [
        ("new ord", "New order", "/orders"),
        ("receive", "Receive goods", "/stock"),
        ("count", "Count stock", "/stock"),
        ("import", "Import products", "/products"),
        ("add a member", "Add a member of staff", "/settings"),
    ],
)
def test_the_palette_opens_a_dialog_of_another_page_once(tabs: Tabs, typed: str, title: str, path: str) -> None:
    page = tabs.open("/books", "owner")
    for _ in range(2):
        page.keyboard.press("Control+k")
        page.keyboard.type(typed)
        page.get_by_role("option", name=title).click()
        expect(page.get_by_role("dialog", name=title)).to_be_visible()
        page.wait_for_url(lambda url: f"{path}" in url and "do=" not in url)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    alive(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_palette_offers_what_one_may_do(tabs: Tabs) -> None:
    page = tabs.open("/pack", "packer")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette").get_by_text("Count stock")).to_have_count(0)
    expect(page.locator("#palette").get_by_text("Add a member of staff")).to_have_count(0)
