"""Keys, the palette, and where the focus goes: all in the browser alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages.desk_orders import order, place_order
from tests.pages.quiet import hold
from tests.pages.site import Site, Tabs


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
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Stock")
    # it holds the letters too, and comes after
    expect(page.get_by_role("option", name="Customers", exact=True)).to_be_visible()
    above = options.evaluate_all("all => all.toSorted((a, b) => a.offsetTop - b.offsetTop).map(one => one.innerText)")
    assert "Stock" in above[0]
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/stock/?$"))


def test_the_palette_opens_an_order_by_its_number(tabs: Tabs) -> None:
    page = ready(tabs)
    page.keyboard.press("Control+k")
    page.keyboard.type("#1090")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/orders/1090/?$"))


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("ＳＴＯ", "/stock/?$"),
        ("ck sto", "/stock/?$"),
        ("১০৯০", "/orders/1090/?$"),
        ("# 10 90", "/orders/1090/?$"),
        ("রহিমা", "/orders/?[?].*q="),
        ("+880 1711-222333", "/orders/?[?].*q="),
        ("BLU1H6X8AA", "/orders/?[?].*q=BLU1H6X8AA"),
    ],
)
def test_the_palette_reads_what_people_type(tabs: Tabs, typed: str, path: str) -> None:
    page = ready(tabs)
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(typed)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(path))


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


def test_a_key_acts_on_the_row_that_is_reached_and_once_however_long_it_is_held(site: Site, tabs: Tabs) -> None:
    numbers = [place_order(site).number for _ in range(3)]
    page = tabs.open("/orders?tab=to_confirm&sort=newest", "manager")
    newest = page.locator("[data-row]").first
    expect(newest).to_have_attribute("data-row", numbers[2])
    hold(page, "c")
    page.keyboard.press("j")
    hold(page, "c")
    expect(newest).to_contain_text("Confirmed")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(f"Order #{numbers[2]}")
    assert [order(site, number).status for number in numbers] == ["pending", "pending", "confirmed"]


def test_j_that_is_held_goes_on_moving(tabs: Tabs) -> None:
    page = ready(tabs)
    hold(page, "j")
    at = page.evaluate(
        "[...document.querySelectorAll('[data-row]')].indexOf(document.activeElement.closest('[data-row]'))"
    )
    assert at > 1


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_menu_that_a_held_key_opens_takes_no_line_by_it(site: Site, tabs: Tabs, key: str) -> None:
    number = place_order(site).number
    page = tabs.open(f"/orders/{number}", "manager")
    page.get_by_role("button", name="More actions").focus()
    hold(page, key)
    expect(page.get_by_role("menuitem", name="Take it")).to_be_visible()
    assert order(site, number).assigned_to == ""
