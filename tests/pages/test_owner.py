"""Stock, books and insights in a browser: they fit, pass axe, work by click and by keyboard, and keep to roles."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import expect

from dokango.stock.shelf import shelf_page, shelved
from state.kit.session import COOKIE
from tests.pages.looks import assert_looks_right, violations
from tests.pages.site import PHONE, Site, Tabs, arrive, walk

BOOKS = [f"/books?tab={tab}" for tab in ("balances", "profit", "sheet", "journal", "check")]


def test_owner_pages_are_accessible_and_fit(tabs: Tabs) -> None:
    page = tabs.open("/stock", "owner")
    for path, word in [("/stock", "Level"), *[(path, "") for path in BOOKS], ("/insights", "Held by couriers")]:
        walk(page, path)
        expect(page.get_by_text(word).first if word else page.get_by_role("heading", level=1)).to_be_attached()
        expect(page.get_by_text("Loading…")).to_have_count(0)
        assert_looks_right(page)


def test_dialogs_of_the_shelf_are_accessible_and_give_the_focus_back(tabs: Tabs) -> None:
    page = tabs.open("/stock", "manager", viewport=PHONE)
    for button in ("Receive goods", "Count"):
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert violations(page, "[role=dialog]") == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("button", name=button, exact=True)).to_be_focused()


def test_goods_are_received_and_what_was_typed_stays_while_it_is_wrong(site: Site, tabs: Tabs) -> None:
    sku = site.db.read(shelf_page).rows[0].sku
    before = site.db.read(lambda tx: shelved(tx, sku))
    page = tabs.open(f"/stock?q={sku}", "manager")
    page.get_by_role("button", name="Receive goods").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("SKU").fill(sku)
    dialog.get_by_label("Units").fill("many")
    dialog.get_by_label("Cost each, ৳").fill("100.50")
    dialog.get_by_role("button", name="Receive", exact=True).click()
    expect(dialog.get_by_text("is not a whole number")).to_be_visible()
    expect(dialog.get_by_label("Units")).to_have_value("many")
    dialog.get_by_label("Units").fill("4")
    dialog.get_by_role("button", name="Receive", exact=True).click()
    expect(page.get_by_text("4 units received.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    after = site.db.read(lambda tx: shelved(tx, sku))
    assert (after.on_hand - before.on_hand, after.value_poisha - before.value_poisha) == (4, 40_200)


def test_a_count_asks_before_it_changes_anything(site: Site, tabs: Tabs) -> None:
    sku = next(row.sku for row in site.db.read(shelf_page).rows if row.available > 2)
    before = site.db.read(lambda tx: shelved(tx, sku))
    page = tabs.open(f"/stock?sku={sku}", "manager")
    page.get_by_role("dialog").get_by_role("button", name="Count").click()
    dialog = page.get_by_role("dialog").filter(has_text="Count stock")
    expect(dialog.get_by_label("SKU")).to_have_value(sku)
    dialog.get_by_label("Found").fill(str(before.on_hand - 1))
    dialog.get_by_label("Reason").fill("one broken")
    dialog.get_by_role("button", name="Show differences").click()
    expect(dialog.get_by_text("−1", exact=True)).to_be_visible()
    assert site.db.read(lambda tx: shelved(tx, sku)) == before
    dialog.get_by_role("button", name="Save count").click()
    expect(page.get_by_text("Count saved: 1 of 1 SKUs changed.")).to_be_visible()
    assert site.db.read(lambda tx: shelved(tx, sku)).on_hand == before.on_hand - 1


@pytest.mark.parametrize("role", ["packer", "viewer"])
def test_packer_and_viewer_see_stock_without_cost_and_nothing_of_the_owners(tabs: Tabs, role: str) -> None:
    page = tabs.open("/stock", role)
    expect(page.get_by_role("columnheader", name="Available")).to_be_visible()
    assert "৳" not in page.inner_text("main")
    expect(page.get_by_role("button", name="Receive goods")).to_have_count(0)
    for path in ("/insights", "/books"):
        arrive(page, path)
        expect(page.get_by_text("Your role does not open this page")).to_be_visible()
        assert "৳" not in page.inner_text("main")


def test_a_click_on_a_bar_lists_its_orders(tabs: Tabs) -> None:
    page = tabs.open("/insights", "owner")
    bars = page.locator(".ow-chart-frame").first.locator(".barlayer path")
    expect(bars.first).to_be_attached()
    heights = [bars.nth(i).bounding_box() or {"height": 0} for i in range(bars.count())]
    tallest = max(range(len(heights)), key=lambda i: heights[i]["height"])
    bars.nth(tallest).scroll_into_view_if_needed()
    box = bars.nth(tallest).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name=re.compile("Orders behind"))).to_be_visible()
    expect(dialog.get_by_role("link", name=re.compile(r"^#\d+$")).first).to_be_visible()
    assert violations(page) == []


def test_the_same_orders_open_by_keyboard_from_the_table_behind_the_chart(tabs: Tabs) -> None:
    page = tabs.open("/insights?by=month", "owner")
    page.get_by_text("As a table").first.focus()
    page.keyboard.press("Enter")
    page.locator(".ow-table-behind").first.get_by_role("button").first.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("link", name=re.compile(r"^#\d+$")).first).to_be_visible()


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [
        ("owner", "trial-balance", 200), ("owner", "journal", 200), ("owner", "profit", 200),
        ("manager", "inventory", 200), ("manager", "trial-balance", 403), ("manager", "profit", 403),
        ("packer", "inventory", 403), ("", "journal", 303), ("owner", "nonsense", 404),
    ],
)  # fmt: skip
def test_files_are_given_to_whom_the_page_is_open(site: Site, role: str, name: str, status: int) -> None:
    cookies = {COOKIE: site.signed_in(role)} if role else {}
    for kind in ("csv", "xlsx"):
        answer = httpx.get(f"{site.url}/export/{name}.{kind}", cookies=cookies)
        assert answer.status_code == status
        if status == 200:
            assert answer.headers["content-disposition"].startswith(f'attachment; filename="{name}-')
            assert answer.headers["cache-control"] == "no-store"
