"""The example that must always hold: an order of 2,500 BDT paid by bKash, goods cost 1,800; and 50 units at 500."""

from __future__ import annotations

from dokango.orders.lifecycle import commands as c
from tests.small_shop import Shop

TAKA = 100


def test_an_order_of_2500_at_a_cost_of_1800_earns_700(shop: Shop) -> None:
    opening = shop.balance("asset:inventory")
    placed = shop.place(("SARI", 2))
    assert shop.order(placed).total_poisha == 2_500 * TAKA
    assert shop.balance("receivable:customers") == 2_500 * TAKA
    assert shop.balance("revenue:sales") + shop.balance("revenue:delivery") == -2_500 * TAKA

    shop.settle(placed)
    assert shop.balance("cash:bkash") == 2_500 * TAKA
    assert shop.balance("receivable:customers") == 0

    for command in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Rider"), c.Deliver()):
        shop.do(placed, command)
    assert shop.balance("expense:cogs") == 1_800 * TAKA
    assert shop.balance("asset:inventory") == opening - 1_800 * TAKA

    books = shop.books()
    income = -sum(value for account, value in books.items() if account.startswith("revenue:"))
    expenses = sum(value for account, value in books.items() if account.startswith("expense:"))
    assert income - expenses == 700 * TAKA


def test_of_50_units_two_are_reserved_and_then_gone_at_500_each(shop: Shop) -> None:
    assert shop.level("MUG") == (50, 0, 25_000 * TAKA)
    placed = shop.place(("MUG", 2))
    assert shop.level("MUG") == (50, 2, 25_000 * TAKA)
    shop.settle(placed)
    for command in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Rider")):
        shop.do(placed, command)
        assert shop.level("MUG") == (50, 2, 25_000 * TAKA)
    shop.do(placed, c.Deliver())
    assert shop.level("MUG") == (48, 0, 24_000 * TAKA)
    assert shop.balance("expense:cogs") == 1_000 * TAKA
