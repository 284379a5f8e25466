"""What couriers hold, by age: each courier's bands, and what else stands on its account, are the account."""

from __future__ import annotations

import pytest

from dokango.clock import US_PER_DAY, US_PER_S
from dokango.ledger.balances import balances_under
from dokango.orders.lifecycle import commands as c
from dokango.reports import held_cash
from dokango.reports.held_cash import by_age, held_by_day, held_page
from tests.core.payouts import COD
from tests.small_shop import Shop

TAKA, DAY_S = 100, US_PER_DAY // US_PER_S
PREFIX = "receivable:courier:"


def bands(shop: Shop) -> dict[str, dict[str, tuple[int, int]]]:
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for band in by_age(shop.db.read(lambda tx: held_by_day(tx, shop.clock.now_us()))):
        found.setdefault(band.courier, {})[band.band] = (band.amount_poisha, band.orders)
    return found


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, "up to 3 days"), (3, "up to 3 days"), (4, "4 to 7 days"), (7, "4 to 7 days"), (8, "8 to 14 days"),
     (14, "8 to 14 days"), (15, "over 14 days"), (400, "over 14 days")],
)  # fmt: skip
def test_each_age_has_its_band(shop: Shop, days: int, band: str) -> None:
    shop.bring_to("delivered", ("MUG", 1), **COD)
    shop.clock.advance(days * DAY_S)
    assert bands(shop) == {"rider": {band: (900 * TAKA, 1)}}


def test_bands_sum_to_the_accounts_of_all_couriers_to_the_poisha(shop: Shop) -> None:
    """Paid in part, given back in part, and by two couriers, each with its account."""
    for turn in range(4):
        order = shop.bring_to("packed", ("MUG", 1), **COD)
        for step in (c.Ship(courier="manual", carrier=("Rider", "Boy")[turn % 2]), c.Deliver()):
            shop.do(order, step)
        if turn:
            shop.do(order, c.PayOut(amount_poisha=100 * TAKA + turn, charge_poisha=turn))
        shop.clock.advance(5 * DAY_S)
    sums = {courier: sum(amount for amount, _ in ages.values()) for courier, ages in bands(shop).items()}
    books = shop.db.read(lambda tx: balances_under(tx, PREFIX))
    assert {PREFIX + courier: amount for courier, amount in sums.items()} == books
    assert len(books) == 2


def test_an_order_of_two_couriers_is_held_by_the_one_that_has_its_cash(shop: Shop) -> None:
    """The rider is owed ৳60 for the way back, the boy has the ৳900 that it brought the second time."""
    order = shop.bring_to("returned", ("MUG", 1), **COD)
    shop.do(order, c.PayOut(charge_poisha=60 * TAKA))
    for step in (c.SendAgain(), c.Pack(), c.Ship(courier="manual", carrier="Boy"), c.Deliver()):
        shop.do(order, step)
    assert bands(shop) == {"boy": {"up to 3 days": (900 * TAKA, 1)}}
    books = shop.db.read(lambda tx: balances_under(tx, PREFIX))
    assert books == {f"{PREFIX}boy": 900 * TAKA, f"{PREFIX}rider": -60 * TAKA}
    assert shop.db.read(lambda tx: held_page(tx, 0, "rider")).rows == ()
    assert [row.courier for row in shop.db.read(lambda tx: held_page(tx, 0)).rows] == ["boy"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_the_orders_of_the_partial_index_are_looked_at(shop: Shop) -> None:
    statement = held_cash._OF_ONE.statement(bounded=False, backwards=False).compiled("sqlite")
    values = statement.bind({"account": f"{PREFIX}rider", "most": 26})
    plan = shop.db.read(lambda tx: tx.connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", values).fetchall())
    steps = [row[3] for row in plan]
    assert any("order_with_courier" in step for step in steps), steps
    assert [step for step in steps if step.startswith(("SCAN posting", "SCAN event"))] == []
