"""Advances in a browser: the owner makes the row, and the checkout says what it asks before anything is ordered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from dokango.orders.advances.rule import AdvanceRow, AdvanceRule, change_rule, load_rule
from dokango.orders.book.rows import ORDER
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from tests.pages.site import PHONE, Site, Tabs, settled, some_phone
from tests.pages.test_courier_rule import fit
from tests.pages.test_storefront import HONEY, fill_in, with_cart

OWNER = Actor(0, "Owner", Role.OWNER)
THERE = "Bhola"  # nobody else's test orders from here
HALF = AdvanceRule(rows=(AdvanceRow(asks="percent", percent=50, districts=(THERE,)),))


def keep(site: Site, rule: AdvanceRule) -> None:
    site.db.write(lambda tx: change_rule(tx, OWNER, site.clock, load_rule(tx), rule))


@pytest.fixture(autouse=True)
def no_rule_after(site: Site) -> Iterator[None]:
    """Others' orders are asked for nothing."""
    yield
    keep(site, AdvanceRule())


def test_the_owner_makes_a_row_and_a_customer_is_told_before_ordering(site: Site, tabs: Tabs, tmp_path: Path) -> None:
    owner = tabs.open("/settings?part=payments", "owner", viewport=PHONE)
    settled(owner)
    owner.get_by_role("button", name="Add a row").click()
    dialog = owner.get_by_role("dialog")
    dialog.get_by_label("Per cent of the order").fill("50")
    dialog.get_by_label("Districts").fill(THERE)
    fit(owner, tmp_path / "row.png")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(owner.get_by_role("row", name=f"COD to {THERE}: ask 50 %")).to_be_visible()
    fit(owner, tmp_path / "rule.png")

    page = tabs.open("/", viewport=PHONE)
    with_cart(page, {HONEY: 1})
    fill_in(page, name="Advance Ali", phone=some_phone())
    page.check("input[value=cod]")
    expect(page.locator("[data-wallet=cod]")).to_contain_text("Pay the rider when the parcel is in your hands.")
    page.select_option("#district", THERE)
    expect(page.locator("[data-wallet=cod]")).to_contain_text(re.compile("in advance by .*; the rider collects ৳"))
    expect(page.get_by_text("If you do not take the parcel, what you sent in advance is given back.")).to_be_visible()
    page.select_option("#advance_by", "nagad")
    page.fill("#trx_id", "ADVNC123")
    fit(page, tmp_path / "checkout.png")
    page.get_by_role("button", name=re.compile("Place order")).click()
    page.wait_for_url("**/t/**")
    expect(page.get_by_text("We are checking your payment.")).to_be_visible()
    row = site.db.read(lambda tx: tx.one(select(ORDER).where(ORDER.c.name == "Advance Ali")))
    assert row is not None
    assert (row.payment_method, row.claim_waits, row.advance_reason) == ("cod", 1, f"COD to {THERE}: ask 50 %")
    assert row.advance_poisha == (row.total_poisha + 100) // 200 * 100, "half of it, in whole taka"


def test_a_form_without_scripts_is_told_and_sent_again(site: Site) -> None:
    keep(site, HALF)
    client = httpx.Client(base_url=site.url, trust_env=False)
    client.post("/cart", data={"sku": HONEY, "quantity": "1"})

    def hidden(name: str, page: str) -> str:
        found = re.search(f'name="{name}" value="([^"]*)"', page) or re.search(f'value="([^"]*)" name="{name}"', page)
        assert found is not None, name
        return found[1]

    first = client.get("/checkout").text
    typed = {"name": "Plain Advance", "phone": some_phone(), "line": "House 7, Road 3", "district": THERE,
             "method": "cod", "key": hidden("key", first)}  # fmt: skip
    typed |= {name: hidden(name, first) for name in ("shown", "advance")}
    told = client.post("/checkout", data=typed)
    assert (told.status_code, typed["advance"]) == (409, "0")
    assert "is asked in advance, and the rider collects" in told.text
    assert 'name="advance_by"' in told.text
    again = client.post("/checkout", data={**typed, "advance": hidden("advance", told.text)})
    assert again.status_code == 303
    row = site.db.read(lambda tx: tx.one(select(ORDER).where(ORDER.c.name == "Plain Advance")))
    assert row is not None and row.advance_poisha == int(hidden("advance", told.text))
