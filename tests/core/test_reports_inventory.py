"""Inventory at a time, and the journal behind every figure."""

from __future__ import annotations

import pytest

from dokango.errors import InvalidInput, NotFound
from dokango.orders.lifecycle import commands as c
from dokango.paging import Page
from dokango.reports.books.journal import Entry, entries
from dokango.reports.inventory import Held, InventoryReport, inventory_at
from tests.small_shop import Shop

TAKA = 100


def inventory(shop: Shop, at_us: int | None = None) -> InventoryReport:
    """Everything on the shelf."""
    return shop.db.read(lambda tx: inventory_at(tx, at_us))


def of(report: InventoryReport, sku: str) -> Held:
    """One SKU of the report."""
    return next(row for row in report.rows if row.sku == sku)


def test_of_50_units_worth_25000_two_leave_and_24000_stay(shop: Shop) -> None:
    before = shop.clock.now_us()
    assert of(inventory(shop), "MUG") == Held("MUG", "Clay mug", 50, 25_000 * TAKA)
    shop.clock.advance(3_600)
    shop.bring_to("delivered", ("MUG", 2))
    assert of(inventory(shop), "MUG") == Held("MUG", "Clay mug", 48, 24_000 * TAKA)
    assert of(inventory(shop, before), "MUG") == Held("MUG", "Clay mug", 50, 25_000 * TAKA)


def test_before_the_first_receipt_there_was_nothing(shop: Shop) -> None:
    report = inventory(shop, 0)
    assert report.rows == ()
    assert report.totals == Held("", "", 0, 0)


def test_the_levels_now_are_the_movements_until_now_and_the_inventory_account(shop: Shop) -> None:
    for status in ("delivered", "returned", "shipped", "cancelled"):
        shop.bring_to(status, ("HONEY", 1))
    now = inventory(shop)
    assert now == inventory(shop, shop.clock.now_us())
    assert now.totals.value_poisha == shop.balance("asset:inventory")


def journal(shop: Shop, **narrowed: object) -> Page[Entry]:
    """A page of the journal."""
    return shop.db.read(lambda tx: entries(tx, **narrowed))  # type: ignore[arg-type]


def test_an_order_opens_to_the_postings_of_its_life(shop: Shop) -> None:
    shop.bring_to("delivered", ("MUG", 1))
    done = shop.bring_to("delivered", ("SARI", 2))
    page = journal(shop, order=done.number, oldest_first=True)
    assert [entry.action for entry in page.rows] == ["place", "verify_payment", "deliver"]
    assert {entry.order for entry in page.rows} == {done.number}
    moved = [(p.debit, p.credit, p.amount_poisha) for entry in page.rows for p in entry.postings]
    assert moved == [
        ("receivable:customers", "revenue:sales", 2_400 * TAKA),
        ("receivable:customers", "revenue:delivery", 100 * TAKA),
        ("cash:bkash", "receivable:customers", 2_500 * TAKA),
        ("expense:cogs", "asset:inventory", 1_800 * TAKA),
    ]


@pytest.mark.parametrize("oldest_first", [False, True])
def test_page_by_page_the_journal_names_each_entry_once(shop: Shop, oldest_first: bool) -> None:
    for _ in range(3):
        shop.bring_to("delivered", ("MUG", 1))
    whole = journal(shop, oldest_first=oldest_first).rows
    seen, cursor = [], ""
    while cursor is not None:
        page = journal(shop, cursor=cursor, limit=2, oldest_first=oldest_first)
        seen += page.rows
        cursor = page.next
    assert seen == list(whole)
    assert len(seen) == 10  # three lives of three entries, and the opening receipt


def test_an_account_opens_to_what_moved_it(shop: Shop) -> None:
    done = shop.bring_to("delivered", ("MUG", 1))
    page = journal(shop, account="expense:cogs")
    assert [(entry.order, entry.action) for entry in page.rows] == [(done.number, "deliver")]


def test_an_unknown_order_and_a_made_up_cursor_are_refused(shop: Shop) -> None:
    with pytest.raises(NotFound):
        journal(shop, order="9999")
    for cursor in ("x.y", "1.2", "after.1", "after.1.2.3", "after.১.২", "after." + "9" * 40 + ".1"):
        with pytest.raises(InvalidInput):
            journal(shop, cursor=cursor)


def test_a_refused_parcel_shows_its_reversal(shop: Shop) -> None:
    done = shop.bring_to("returned", ("MUG", 1), payment={"method": "cod"})
    last = journal(shop, order=done.number).rows[0]
    assert last.action == "receive_return"
    assert ("revenue:sales", "receivable:customers") in [(p.debit, p.credit) for p in last.postings]
    assert shop.order(done).status == "returned"
    with pytest.raises(NotFound):
        shop.do("404404", c.Confirm())
