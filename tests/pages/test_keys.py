"""Keys, the palette, and where the focus goes: all in the browser alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages.site import Tabs


def ready(tabs: Tabs) -> Page:
    """The packing page with its rows, and nothing focused."""
    page = tabs.open("/pack", "owner")
    expect(page.locator("[data-row]").first).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    return page


@pytest.mark.parametrize(("keys", "path"), [("go", "/orders"), ("gk", "/stock"), ("gb", "/books")])
def test_g_and_a_letter_go_to_a_page(tabs: Tabs, keys: str, path: str) -> None:
    page = ready(tabs)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_url(re.compile(f"{path}/?(\\?.*)?$"))


def test_the_palette_finds_a_page_by_its_letters(tabs: Tabs) -> None:
    page = ready(tabs)
    page.keyboard.press("Control+k")
    page.keyboard.type("sto")
    options = page.get_by_role("option")
    expect(options).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/stock/?$"))


def test_the_palette_opens_an_order_by_its_number(tabs: Tabs) -> None:
    page = ready(tabs)
    page.keyboard.press("Control+k")
    page.keyboard.type("#1090")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/orders/1090/?$"))


def test_enter_opens_the_row_that_j_reached(tabs: Tabs) -> None:
    page = ready(tabs)
    number = page.locator("[data-row]").nth(1).get_attribute("data-row")
    for key in ("j", "j", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(re.compile(f"order={number}$"))


def test_single_keys_can_be_switched_off(tabs: Tabs) -> None:
    page = ready(tabs)
    page.keyboard.press("?")
    page.get_by_label("Single keys on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-row]')") is None
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_closed_drawer_gives_the_focus_back(tabs: Tabs) -> None:
    page = ready(tabs)
    for key in ("j", "x"):
        page.keyboard.press(key)
    button = page.get_by_role("button", name="Pick list")
    button.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_blocked_button_says_why_and_does_nothing(tabs: Tabs) -> None:
    page = ready(tabs)
    page.get_by_role("link", name="Start packing").click()
    button = page.get_by_role("button", name="Mark packed")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.focus()
    expect(page.locator(".dk-why").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("is packed.")).to_have_count(0)
