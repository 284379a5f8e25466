"""The packing page in a browser: by pointer, by keyboard, by scanner, on paper."""

from __future__ import annotations

import re

import httpx
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from dokango.orders.packing import lists
from state.kit.session import COOKIE
from tests.pages.looks import assert_looks_right
from tests.pages.site import Site, Tabs, alive, walk


def waiting(site: Site) -> list[str]:
    """The orders that wait to be packed, oldest first."""
    return [row.number for row in site.db.read(lists.queue).rows]


def lines_of(site: Site, number: str) -> list[tuple[str, int]]:
    """SKU and quantity of each line of an order."""
    order_id = site.db.read(lambda tx: lists.standing(tx, [number]))[number].id
    return [(line.sku, line.quantity) for line in site.db.read(lambda tx: lists.bench_lines(tx, order_id))]


def scan(page: Page, code: str) -> None:
    """What a scanner does: types fast, and Enter."""
    page.get_by_label("Scan an item or an order").fill(code)
    page.keyboard.press("Enter")


def test_queue_and_bench_are_accessible_and_fit(site: Site, tabs: Tabs) -> None:
    page = tabs.open("/pack", "packer")
    expect(page.get_by_role("heading", name="Pack")).to_be_visible()
    for path in ("/pack", f"/pack?order={waiting(site)[0]}"):
        walk(page, path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_looks_right(page)


def test_an_order_is_packed_by_scanner_and_ticks_and_survives_a_reload(site: Site, tabs: Tabs) -> None:
    number = waiting(site)[0]
    page = tabs.open("/pack", "packer")
    scan(page, number)
    expect(page.get_by_role("heading", name=f"Pack #{number}")).to_be_visible()
    button = page.get_by_role("button", name="Mark packed")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description(re.compile("to scan or tick"))
    scan(page, "not in here")
    expect(page.get_by_text("not in here is not in order")).to_be_visible()
    for sku, quantity in lines_of(site, number):
        for done in range(1, quantity + 1):
            scan(page, sku)
            expect(page.get_by_text(re.compile(rf": {done} of {quantity}"))).to_be_visible()
    page.reload()
    alive(page)
    expect(page.get_by_role("checkbox", name=re.compile("^All .* are in the box$")).first).to_be_checked()
    for box in page.locator(".dk-tick [role=checkbox]:not([name=fragile])").all():
        box.click()
        expect(box).to_be_checked()
    expect(button).to_have_attribute("aria-disabled", "false")
    button.click()
    expect(page.get_by_text(f"Order #{number} is packed.")).to_be_visible()
    assert number not in waiting(site)


def test_what_is_packed_elsewhere_is_said_on_the_open_queue_without_moving_a_row(site: Site, tabs: Tabs) -> None:
    mine, theirs = tabs.open("/pack", "packer"), tabs.open("/pack", "manager")
    rows = mine.locator("[data-row]")
    expect(rows.first).to_be_visible()
    before = rows.evaluate_all("rows => rows.map(row => row.dataset.row)")
    theirs.get_by_role("checkbox", name=f"Choose order {before[0]}").click()
    theirs.get_by_role("button", name="Mark packed").click()
    dialog = theirs.get_by_role("dialog", name="Pack the chosen orders")
    expect(dialog).to_contain_text(f"#{before[0]}")
    dialog.get_by_role("checkbox", name=re.compile("Sealed securely")).check()
    dialog.get_by_role("button", name="Mark packed").click()
    expect(mine.locator(f"[data-row='{before[0]}']")).to_contain_text("Packed")
    assert rows.evaluate_all("rows => rows.map(row => row.dataset.row)") == before


def test_the_queue_is_worked_by_keyboard(tabs: Tabs) -> None:
    page = tabs.open("/pack", "packer")
    expect(page.locator("[data-row]").first).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.get_by_text("2 selected")).to_be_visible()
    page.keyboard.press("l")
    expect(page.get_by_role("dialog")).to_contain_text("Pick list")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_no_key_acts_while_one_types(tabs: Tabs) -> None:
    page = tabs.open("/pack", "packer")
    field = page.get_by_label("Scan an item or an order")
    field.press_sequentially("jx?lp")
    expect(field).to_have_value("jx?lp")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_fragile_reaches_the_label(site: Site, tabs: Tabs) -> None:
    number = waiting(site)[0]
    page = tabs.open(f"/pack?order={number}", "packer")
    page.get_by_role("checkbox", name="Fragile").click()
    expect(page.get_by_role("checkbox", name="Fragile")).to_be_checked()
    answer = page.request.get(f"/papers/labels.pdf?orders={number}")
    assert "FRAGILE" in pypdfium2.PdfDocument(answer.body())[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize("kind", ["labels", "label-sheets", "slips", "invoices", "pick-list"])
def test_each_paper_comes_as_pdf_for_staff_only(site: Site, kind: str) -> None:
    url = f"{site.url}/papers/{kind}.pdf?orders={','.join(waiting(site)[:2])}"
    answer = httpx.get(url, cookies={COOKIE: site.signed_in("packer")})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"%PDF")
    stranger = httpx.get(url)
    assert (stranger.status_code, stranger.headers["location"].split("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("labels.pdf?orders=999999", 404, "There is no order 999999."),
        ("labels.pdf", 422, "Choose the orders to print first."),
        ("banknotes.pdf?orders=1001", 404, "There is no paper banknotes."),
    ],
)
def test_what_cannot_be_printed_is_said_in_a_sentence(site: Site, path: str, status: int, words: str) -> None:
    answer = httpx.get(f"{site.url}/papers/{path}", cookies={COOKIE: site.signed_in("packer")})
    assert (answer.status_code, answer.text) == (status, words)
