"""Profit: the example's figures, the two groupings, and that any life of orders agrees with the trial balance."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest

from dokango.clock import DHAKA, day_of
from dokango.errors import InsufficientStock, InvalidInput, Refused
from dokango.ledger.balances import trial_balance
from dokango.orders.lifecycle import commands as c
from dokango.reports.books.profit import ProfitReport, profit_rows
from dokango.shop.profile import Wallet
from tests.small_shop import Shop

TAKA = 100
TODAY = date(2026, 11, 22)


def profit(shop: Shop, first: date = TODAY, last: date = TODAY, by: str = "day") -> ProfitReport:
    """The report as the owner's page asks for it."""
    return shop.db.read(lambda tx: profit_rows(tx, first, last, by))


def test_the_example_earns_700(shop: Shop) -> None:
    shop.bring_to("delivered", ("SARI", 2))
    totals = profit(shop).totals
    assert totals.revenue_poisha == 2_500 * TAKA
    assert totals.cogs_poisha == 1_800 * TAKA
    assert totals.expenses_poisha == 0
    assert totals.profit_poisha == 700 * TAKA


def test_what_is_off_the_price_is_off_the_profit(shop: Shop) -> None:
    order = shop.place(("SARI", 2))
    shop.do(order, c.Edit(discount_percent=10, reason="a regular"))
    shop.settle(order)
    for step in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Rider"), c.Deliver()):
        shop.do(order, step)
    totals = profit(shop).totals
    assert (totals.revenue_poisha, totals.profit_poisha) == (2_260 * TAKA, 460 * TAKA)


def test_a_cancelled_order_earns_nothing(shop: Shop) -> None:
    shop.bring_to("cancelled", ("SARI", 2))
    assert profit(shop).totals.profit_poisha == 0


def test_a_day_is_a_day_in_dhaka(shop: Shop) -> None:
    shop.clock.set(datetime(2026, 11, 22, 17, 59, 59, tzinfo=UTC))  # a second before midnight in Dhaka
    shop.place(("MUG", 1))
    shop.clock.set(datetime(2026, 11, 22, 18, 0, 0, tzinfo=UTC))
    shop.place(("SARI", 1))
    rows = profit(shop, TODAY, TODAY + timedelta(days=1)).rows
    assert [(row.period, row.revenue_poisha) for row in rows] == [
        ("2026-11-22", 900 * TAKA),
        ("2026-11-23", 1_300 * TAKA),
    ]
    assert profit(shop).totals.revenue_poisha == 900 * TAKA


def test_months_are_the_sum_of_their_days(shop: Shop) -> None:
    for day in (date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1)):
        shop.clock.set(datetime(day.year, day.month, day.day, 12, tzinfo=DHAKA))
        shop.bring_to("delivered", ("MUG", 1))
    report = profit(shop, date(2026, 11, 1), date(2026, 12, 31), "month")
    assert [(row.period, row.profit_poisha) for row in report.rows] == [
        ("2026-11", 800 * TAKA),
        ("2026-12", 400 * TAKA),
    ]
    assert report.totals.profit_poisha == 1_200 * TAKA


def test_a_quiet_period_has_no_rows_and_totals_of_nothing(shop: Shop) -> None:
    report = profit(shop, date(2020, 1, 1), date(2020, 12, 31))
    assert report.rows == ()
    assert report.totals.profit_poisha == 0


def test_wallet_fees_and_write_offs_are_expenses(shop: Shop) -> None:
    shop.set_profile(wallets={"bkash": Wallet(number="01700000001", fee_bp=200)})
    order = shop.bring_to("shipped", ("SARI", 2))
    shop.do(order, c.ReceiveReturn(restock=False))
    totals = profit(shop).totals
    assert totals.revenue_poisha == 0
    assert totals.cogs_poisha == 0
    assert totals.expenses_poisha == 1_800 * TAKA + 50 * TAKA


def test_returned_goods_take_their_price_and_their_cost_out_again(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("SARI", 2))
    shop.do(order, c.ReceiveReturn(lines=(c.ReturnedLine(sku="SARI", quantity=1),)))
    totals = profit(shop).totals
    assert totals.revenue_poisha == 1_300 * TAKA
    assert totals.cogs_poisha == 900 * TAKA


@pytest.mark.parametrize(
    ("first", "last", "by", "field"),
    [
        (TODAY, TODAY - timedelta(days=1), "day", "to"),
        (TODAY, TODAY, "week", "by"),
        (date(1, 1, 1), TODAY, "day", "from"),
        (TODAY, date(9999, 12, 31), "day", "to"),
    ],
)
def test_a_period_that_cannot_be_is_refused_by_field(shop: Shop, first: date, last: date, by: str, field: str) -> None:
    with pytest.raises(InvalidInput) as error:
        profit(shop, first, last, by)
    assert set(error.value.fields) == {field}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_profit_agrees_with_the_trial_balance_after_any_lives(shop: Shop, seed: int) -> None:
    live_at_random(shop, random.Random(seed))
    accounts = shop.db.read(trial_balance)
    earned = -sum(b.balance_poisha for b in accounts if b.account.partition(":")[0] in ("revenue", "expense"))
    last = day_of(shop.clock.now_us())
    by_day = profit(shop, TODAY, last)
    assert by_day.totals.profit_poisha == earned
    assert sum(row.profit_poisha for row in by_day.rows) == earned
    assert profit(shop, TODAY, last, "month").totals == by_day.totals


def live_at_random(shop: Shop, chance: random.Random) -> None:
    """Twelve orders over as many weeks, each brought somewhere, some of them back."""
    for _ in range(12):
        shop.clock.advance(chance.randint(1, 7 * 86_400))
        with suppress(Refused, InsufficientStock):
            order = shop.bring_to(
                chance.choice(["pending", "confirmed", "shipped", "delivered", "cancelled", "returned"]),
                (chance.choice(["SARI", "MUG", "HONEY"]), chance.randint(1, 2)),
                payment={"method": chance.choice(["bkash", "cod"])},
            )
            shop.clock.advance(chance.randint(1, 86_400))
            if order.status == "delivered" and chance.random() < 0.5:
                shop.do(order, c.ReceiveReturn(restock=chance.random() < 0.5))
