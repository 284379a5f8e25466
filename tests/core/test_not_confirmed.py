"""Revenue of orders that nobody has confirmed is told apart from what was earned; the books keep it as booked."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from dokango.clock import day_of
from dokango.money import taka
from dokango.orders.lifecycle import commands as c
from dokango.reports import not_confirmed as reading
from dokango.reports.books.orders_behind import orders_behind
from dokango.reports.books.profit import profit_rows
from dokango.reports.kit.periods import Period
from dokango.reports.kit.snapshot import Snapshot
from dokango.reports.not_confirmed import not_confirmed
from dokango.reports.overview import overview
from dokango.reports.profit_shown import earned
from tests.core.test_reports_profit import live_at_random
from tests.small_shop import Shop

TODAY = date(2026, 11, 22)
SPAN = Period(TODAY, TODAY)
COD = {"payment": {"method": "cod"}}


def tiles(shop: Shop, span: Period = SPAN) -> dict[str, tuple[str, str]]:
    """The owner's tiles: value and hint."""
    seen = shop.db.read(lambda tx: overview(tx, span.first, span.last, "day", shop.clock.now_us()))
    return {label: (told.value, told.hint) for label, told in seen.tiles}


def test_a_pending_order_is_in_no_profit_until_somebody_confirms_it(shop: Shop) -> None:
    shop.bring_to("delivered", ("SARI", 2))
    order = shop.place(("MUG", 1), **COD)
    seen = tiles(shop)
    assert (seen["Profit"][0], seen["Revenue"][0]) == ("৳700", "৳2,500")
    assert seen["Not yet confirmed"] == ("৳900", "1 order, not in revenue or profit")
    shop.do(order, c.Confirm())
    seen = tiles(shop)
    assert (seen["Profit"][0], seen["Revenue"][0], seen["Not yet confirmed"][0]) == ("৳1,600", "৳3,400", "৳0")


ENDS: dict[str, Callable[[Shop, Any], Any]] = {
    "cancelled": lambda shop, order: shop.do(order, c.Cancel(reason="no")),
    "confirmed": lambda shop, order: shop.do(order, c.Confirm()),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_it_counts_while_the_order_is_pending_and_on_the_day_it_was_placed(shop: Shop, end: Callable[..., Any]) -> None:
    order = shop.place(("MUG", 1), **COD)
    shop.clock.advance(3 * 86_400)
    later = Period(TODAY, TODAY + timedelta(days=5))
    found = shop.db.read(lambda tx: not_confirmed(tx, later))
    assert (dict(found.by_day), found.orders) == ({TODAY: 90_000}, 1)
    assert dict(found.by_period("month")) == {"2026-11": 90_000}
    assert shop.db.read(lambda tx: not_confirmed(tx, SPAN.before())).amount_poisha == 0
    end(shop, order)
    assert shop.db.read(lambda tx: not_confirmed(tx, later)).amount_poisha == 0


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("by", ["day", "month"])
def test_what_is_shown_and_what_is_not_confirmed_make_what_is_booked(shop: Shop, seed: int, by: str) -> None:
    shop.place(("MUG", 1))
    live_at_random(shop, random.Random(seed))
    span = Period(TODAY, day_of(shop.clock.now_us()))
    booked = shop.db.read(lambda tx: profit_rows(tx, span.first, span.last, by))
    shown = shop.db.read(lambda tx: earned(Snapshot(tx, span, by, shop.clock.now_us())))
    unsure = shop.db.read(lambda tx: not_confirmed(tx, span))
    assert unsure.amount_poisha >= 90_000
    assert booked.totals.profit_poisha == shown.totals.profit_poisha + unsure.amount_poisha
    assert [row.revenue_poisha for row in booked.rows] == [
        row.revenue_poisha + unsure.by_period(by).get(row.period, 0) for row in shown.rows
    ]
    assert sum(row.profit_poisha for row in shown.rows) == shown.totals.profit_poisha


def test_the_orders_behind_a_bar_sum_to_it_and_name_what_is_not_counted(shop: Shop) -> None:
    for status in ("pending", "confirmed", "delivered", "cancelled"):
        shop.bring_to(status, ("MUG", 1))
    rows = shop.db.read(lambda tx: orders_behind(tx, SPAN)).rows
    shown = shop.db.read(lambda tx: earned(Snapshot(tx, SPAN, "day", shop.clock.now_us()))).totals
    assert sum(row.profit_poisha - row.unconfirmed_poisha for row in rows) == shown.profit_poisha
    assert {row.status: taka(row.unconfirmed_poisha) for row in rows if row.unconfirmed_poisha} == {"pending": "৳900"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_however_many_orders_there_are_the_pending_ones_are_found_by_their_index(shop: Shop) -> None:
    compiled = reading._BY_DAY.compiled("sqlite")
    values = compiled.bind({"since": 0, "until": 1})
    plan = shop.db.read(lambda tx: tx.connection.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", values).fetchall())
    words = " ".join(str(row[-1]) for row in plan)
    assert "order_open (status=?)" in words and "posting_order (order_id=?)" in words, words
