"""Couriers' cash in a browser: a payout by file and one by the courier's API, previewed, booked once, refused again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from dokango.ledger.balances import trial_balance
from dokango.orders.lifecycle import commands as c
from tests.core.payouts import as_csv
from tests.pages.desk_orders import do, order, place_order
from tests.pages.looks import fits, see, violations
from tests.pages.site import LAPTOP, PHONE, Site, Tabs
from tests.pages.test_fingers import SMALL
from tests.pages.test_shipping import parcel

SIZES = pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])


def looks_right(page: Page, viewport: dict[str, int], words: str) -> None:
    """In the light and in the dark; on a phone every control is large enough for a finger."""
    for dark in (True, False):
        see(page, viewport, dark=dark)
        assert (words, dark, violations(page), fits(page)) == (words, dark, [], True)
    if viewport == PHONE:
        assert (words, page.evaluate(SMALL, "main")) == (words, [])


def at_the_bank(site: Site) -> int:
    books = {b.account: b.balance_poisha for b in site.db.read(trial_balance)}
    return books.get("cash:bank", 0)


def delivered(site: Site, carrier: str) -> str:
    """An order whose cash a rider has."""
    number = place_order(site).number
    for command in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier=carrier), c.Deliver()):
        do(site, number, command)
    return number


def practice(site: Site, path: str, body: dict[str, Any]) -> None:
    answer = httpx.post(f"{site.url}/_practice/{path}", json=body, trust_env=False)
    assert answer.status_code == 200, answer.text


@SIZES
def test_a_payout_file_is_previewed_booked_once_and_refused_again(
    site: Site, tabs: Tabs, tmp_path: Path, viewport: dict[str, int]
) -> None:
    carrier = f"Rider {viewport['width']}"
    number = delivered(site, carrier)
    file = tmp_path / "পেমেন্ট <b>.csv"
    file.write_bytes(as_csv((f"#{number}", "", 870, 70, 800), ("NOBODYS-1", "", 500, 60, 440)))
    page = tabs.open("/cod", "manager", viewport=viewport)
    looks_right(page, viewport, "cash")
    before = at_the_bank(site)
    for said in ("What would be booked", "was booked before"):
        page.goto("/cod")
        page.get_by_label("Whose payout").select_option(label=carrier)
        page.get_by_label("Its number, if it has one").fill(f"P-{number}")
        page.get_by_label("The file, CSV or XLSX").set_input_files(file)
        page.get_by_role("button", name="Preview it").last.click()
        expect(page.get_by_text(said).first).to_be_visible()
        if said == "What would be booked":
            expect(page.get_by_text("No parcel of yours with this courier has this name.")).to_be_visible()
            looks_right(page, viewport, "preview")
            assert at_the_bank(site) == before
            page.get_by_role("button", name="Book this payout").click()
            expect(page.get_by_text("The payout is booked.")).to_be_visible()
            assert at_the_bank(site) == before + 124_000
    expect(page.get_by_role("button", name="Book this payout")).to_be_disabled()
    assert at_the_bank(site) == before + 124_000


@SIZES
def test_a_couriers_api_tells_its_payouts_and_each_is_booked_once(
    site: Site, tabs: Tabs, viewport: dict[str, int]
) -> None:
    number = place_order(site).number
    for command in (c.Confirm(), c.Pack()):
        do(site, number, command)
    desk = tabs.open(f"/orders/{number}", "manager", viewport=viewport)
    desk.get_by_role("button", name="Send by a courier").click()
    desk.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    expect(desk.get_by_text(f"#{number}: Steadfast has the parcel")).to_be_visible()
    practice(site, f"parcels/{parcel(site, number).consignment_id}", {"status": "delivered"})
    expect(desk.get_by_text("Delivered", exact=True).first).to_be_visible()
    practice(site, "payouts", {})
    before = at_the_bank(site)

    page = tabs.open("/cod", "manager", viewport=viewport)
    page.get_by_role("button", name="Ask Steadfast for its payouts").click()
    expect(page.get_by_text("Payouts that nobody booked")).to_be_attached()
    looks_right(page, viewport, "told")
    page.get_by_role("table", name="Payouts that nobody booked").get_by_role("button", name="Preview it").first.click()
    expect(page.get_by_role("link", name=number)).to_be_visible()
    looks_right(page, viewport, "fetched")
    page.get_by_role("button", name="Book this payout").dblclick()
    expect(page.get_by_text("The payout is booked.")).to_be_visible()
    booked = at_the_bank(site)
    assert (order(site, number).courier_due_poisha, booked > before) == (0, True)
    page.go_back()
    page.goto("/cod")
    page.get_by_role("button", name="Ask Steadfast for its payouts").click()
    expect(page.get_by_text("tells of no other")).to_be_visible()
    assert at_the_bank(site) == booked
