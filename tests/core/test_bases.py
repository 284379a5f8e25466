"""Revenue as booked counts when an order is placed, as realised when its goods are delivered; over all days they meet.

An order of two mugs: see `small_shop` for what a mug costs and is sold for.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from dokango.clock import day_of
from dokango.errors import InvalidInput
from dokango.ledger import accounts
from dokango.orders.book.rows import lines_of
from dokango.orders.lifecycle import commands as c
from dokango.reports.books.bases import BASES, BOOKED, REALISED, known_basis
from dokango.reports.books.orders_behind import orders_behind
from dokango.reports.books.profit import Earned, profit_rows
from dokango.reports.books.statements import profit_and_loss
from dokango.reports.kit.periods import Period
from dokango.reports.on_its_way import on_its_way
from tests.core.couriered import COD
from tests.small_shop import Shop

DAY_S = 86_400


def earned(shop: Shop, basis: str, days_back: int, to: int = 0, by: str = "day") -> Earned:
    """All that counts from so many days ago up to so many."""
    today = day_of(shop.clock.now_us())
    first, last = today - timedelta(days=days_back), today - timedelta(days=to)
    return shop.db.read(lambda tx: profit_rows(tx, first, last, by, basis)).totals


def by_bar(shop: Shop, basis: str, day_back: int) -> int:
    """The profit of the orders that the bar of a day opens to."""
    day = day_of(shop.clock.now_us()) - timedelta(days=day_back)
    page = shop.db.read(lambda tx: orders_behind(tx, Period(day, day), basis=basis))
    return sum(row.profit_poisha for row in page.rows)


def test_an_order_that_is_delivered_tomorrow_is_earned_tomorrow(shop: Shop) -> None:
    """Placed on Sunday, delivered on Monday: Sunday shows all of the revenue and no cost, or nothing at all."""
    order = shop.bring_to("shipped", ("MUG", 2), **COD)
    shop.clock.advance(DAY_S)
    done = shop.do(order, c.Deliver())
    total = shop.order(done.number).total_poisha
    cost = earned(shop, BOOKED, 0).cogs_poisha
    assert cost > 0
    assert earned(shop, BOOKED, 1, 1) == Earned("", total, 0, 0)
    assert earned(shop, REALISED, 1, 1) == Earned("", 0, 0, 0)
    assert earned(shop, BOOKED, 0) == Earned("", 0, cost, 0)
    assert earned(shop, REALISED, 0) == Earned("", total, cost, 0)
    assert (by_bar(shop, BOOKED, 1), by_bar(shop, REALISED, 1)) == (total, 0)
    assert (by_bar(shop, BOOKED, 0), by_bar(shop, REALISED, 0)) == (-cost, total - cost)


@pytest.mark.parametrize("state", ["pending", "confirmed", "packed", "shipped"])
def test_what_is_not_delivered_is_booked_and_not_realised_and_stands_apart(shop: Shop, state: str) -> None:
    order = shop.bring_to(state, ("MUG", 2), **COD)
    total = shop.order(order.number).total_poisha
    today = day_of(shop.clock.now_us())
    assert earned(shop, BOOKED, 0).revenue_poisha == total
    assert earned(shop, REALISED, 0).revenue_poisha == 0
    under_way = shop.db.read(lambda tx: on_its_way(tx, Period(today, today)))
    assert under_way == ((0, 0) if state == "pending" else (total, 1))


def test_goods_that_come_back_take_back_what_was_realised_on_that_day(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 2))
    price = shop.db.read(lambda tx: lines_of(tx, shop.order(order).id))[0].unit_price_poisha
    shop.clock.advance(3 * DAY_S)
    back = c.ReceiveReturn(lines=(c.ReturnedLine(sku="MUG", quantity=1, restock=True),))
    shop.do(order, back)
    assert earned(shop, REALISED, 0).revenue_poisha == -price
    assert earned(shop, REALISED, 0) == earned(shop, BOOKED, 0)


def test_an_order_that_is_cancelled_was_never_realised(shop: Shop) -> None:
    order = shop.bring_to("confirmed", ("MUG", 2), **COD)
    shop.clock.advance(DAY_S)
    shop.do(order, c.Cancel(reason="changed their mind"))
    assert earned(shop, REALISED, 1) == Earned("", 0, 0, 0)
    assert earned(shop, BOOKED, 1) == Earned("", 0, 0, 0)
    assert earned(shop, BOOKED, 1, 1).revenue_poisha > 0


def test_the_statement_and_the_chart_say_the_same_on_both_bases(shop: Shop) -> None:
    shop.bring_to("delivered", ("MUG", 2))
    shop.bring_to("shipped", ("HONEY", 1), **COD)
    today = day_of(shop.clock.now_us())
    for basis in BASES:
        statement = shop.db.read(lambda tx, basis=basis: profit_and_loss(tx, Period(today, today), basis))
        assert statement.profit_poisha == earned(shop, basis, 0).profit_poisha
    accounts_named = {line.account for line in statement.income}
    assert accounts.REVENUE_SALES in accounts_named


def test_over_all_days_both_bases_meet_when_nothing_is_open(shop: Shop) -> None:
    for number, state in enumerate(("delivered", "delivered", "shipped")):
        order = shop.bring_to(state, ("MUG", 1), **COD)
        shop.clock.advance(DAY_S)
        if state == "shipped":
            shop.do(order, c.Deliver())
        elif number:
            shop.do(order, c.ReceiveReturn(restock=True))
    booked, realised = (earned(shop, basis, 9, by="month") for basis in (BOOKED, REALISED))
    assert booked == realised
    assert booked.profit_poisha > 0


def test_a_basis_that_is_not_known_is_refused() -> None:
    with pytest.raises(InvalidInput, match="booked or realised"):
        known_basis("cash")
