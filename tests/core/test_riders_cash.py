"""What the rider was told is what is booked, in whole taka: told less, told more, rounded up and rounded down."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dokango.clock import day_of
from dokango.couriers.kind.parcel_limits import collectable
from dokango.db import table_of
from dokango.errors import InvalidInput, TrxIdTaken
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.orders import Done
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import next_step
from dokango.orders.parcels.draft import ParcelEdits
from dokango.papers import gathering, press
from dokango.reports import held_cash
from dokango.reports.books.account_names import account_name
from dokango.reports.books.orders_behind import orders_behind
from dokango.reports.books.profit import profit_rows
from dokango.reports.kit.periods import period
from tests.core.couriered import COD, Couriered
from tests.core.ledgers import ledger, owes
from tests.small_shop import Shop, add_product

_M = table_of(Message)
COURIER, CUSTOMERS = "receivable:courier:steadfast", "receivable:customers"


def sent(couriered: Couriered, told_poisha: int | None, price_poisha: int = 56_000) -> Done:
    """A COD order of one thing and ৳100 delivery, on its way with a rider who was told `told_poisha`."""
    shop = couriered.shop
    shop.db.write(lambda tx: add_product(tx, "TEA", "Tea", price_poisha, tracks_stock=False))
    order = shop.bring_to("packed", ("TEA", 1), **COD)
    couriered.ship(order, ParcelEdits(cod_poisha=told_poisha))
    return order


# price, told; then what delivering writes, and what stays open
STORIES = {
    "told ৳100 of ৳660: ৳560 stays due": (
        560, 100, [f"deliver: {COURIER} 100 ← {CUSTOMERS}"], {"due": 560.0, "courier": 100.0}, "part_paid",
    ),
    "told nothing of ৳660: all of it stays due": (560, 0, [], {"due": 660.0}, "unpaid"),
    "due ৳192.50, told ৳193: rounded up": (
        92.50, None,
        [f"deliver: {COURIER} 192.5 ← {CUSTOMERS}", f"deliver: {COURIER} 0.5 ← income:rounding"],
        {"courier": 193.0}, "cod_with_courier",
    ),
    "due ৳192.40, told ৳192: rounded down": (
        92.40, None,
        [f"deliver: {COURIER} 192 ← {CUSTOMERS}", f"deliver: expense:rounding 0.4 ← {CUSTOMERS}"],
        {"courier": 192.0}, "cod_with_courier",
    ),
    "told ৳700 of ৳660.50: ৳39.50 goes back": (
        560.50, 700,
        [f"deliver: {COURIER} 660.5 ← {CUSTOMERS}", f"deliver: {COURIER} 39.5 ← payable:refunds"],
        {"courier": 700.0, "back": 39.5}, "refund_due",
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_what_the_rider_was_told_is_what_delivering_books(couriered: Couriered, story: str) -> None:
    price, told, written, still_open, money = STORIES[story]
    order = sent(couriered, None if told is None else told * 100, round(price * 100))
    couriered.move(order, "delivered")
    couriered.sync(order)
    assert ledger(couriered.shop, order, "deliver") == written
    assert owes(couriered.shop, order) == still_open
    assert couriered.shop.order(order).money == money


@pytest.mark.parametrize(("price", "paid_out"), [(92.50, 193), (92.40, 192), (92.99, 193), (92.01, 192)])
def test_a_payout_of_what_was_told_leaves_nothing_open(couriered: Couriered, price: float, paid_out: int) -> None:
    order = sent(couriered, None, round(price * 100))
    shop = couriered.shop
    shop.do(order, c.Deliver())
    assert shop.do(order, c.PayOut(amount_poisha=paid_out * 100)).money == "paid"
    assert owes(shop, order) == {} and shop.balance(COURIER) == shop.balance(CUSTOMERS) == 0
    assert shop.balance("cash:bank") == paid_out * 100


@pytest.mark.parametrize(("carrier_has", "paid_out"), [(192.50, 193.0), (192.50, 192.0), (192.50, 192.50)])
def test_what_a_payout_misses_by_less_than_a_taka_is_rounding(shop: Shop, carrier_has: float, paid_out: float) -> None:
    """Its own rider held ৳660 and gave ৳467.50 before: what is left has a half taka in it."""
    order = shop.bring_to("delivered", ("MUG", 1), **COD)
    shop.do(order, c.PayOut(amount_poisha=90_000 - round(carrier_has * 100)))
    assert owes(shop, order) == {"courier": carrier_has}
    shop.do(order, c.PayOut(amount_poisha=round(paid_out * 100)))
    assert owes(shop, order) == {} and shop.balance("receivable:courier:rider") == 0


def test_a_payout_of_a_taka_more_than_the_courier_holds_is_refused(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 1), **COD)
    with pytest.raises(InvalidInput, match="at most ৳900"):
        shop.do(order, c.PayOut(amount_poisha=90_100))
    assert owes(shop, order) == {"courier": 900.0}


def test_own_riders_are_told_whole_taka_too(shop: Shop) -> None:
    shop.db.write(lambda tx: add_product(tx, "TEA", "Tea", 9_250, tracks_stock=False))
    order = shop.bring_to("delivered", ("TEA", 1), **COD)
    assert owes(shop, order) == {"courier": 193.0}
    assert [collectable(amount) for amount in (0, 49, 50, 19_249, 19_250)] == [0, 0, 100, 19_200, 19_300]


def test_what_was_not_told_is_still_to_be_paid_and_everybody_reads_it(couriered: Couriered) -> None:
    """On the tracking page, on the invoice, as the next step; the customer pays it by wallet and the order is even."""
    order = sent(couriered, 10_000)
    shop = couriered.shop

    def sums() -> list[tuple[str, str]]:
        tracked = shop.db.read(lambda tx: by_link(tx, shop.order(order).token))
        return [(row["label"], row["amount"]) for row in describe(tracked, "en").sums][3:]

    assert sums() == [("Still to pay", "৳560"), ("The rider collects", "৳100")]
    shop.do(order, c.Deliver())
    assert sums() == [("Paid", "৳100"), ("Still to pay", "৳560")]
    [paper] = shop.db.read(lambda tx: gathering.papers(tx, [order.number]))
    assert press._sums(paper) == [("Paid", "৳100.00", False), ("Due", "৳560.00", True)]
    assert _next(shop, order) == "pay_out"
    shop.do(order, c.PayOut(amount_poisha=10_000))
    assert (shop.order(order).money, _next(shop, order)) == ("part_paid", "verify_payment")
    shop.settle(order)
    assert (owes(shop, order), shop.order(order).money, _next(shop, order)) == ({}, "paid", None)


def test_rounding_is_no_debt_on_the_tracking_page(couriered: Couriered) -> None:
    order = sent(couriered, None, 9_250)
    tracked = couriered.shop.db.read(lambda tx: by_link(tx, couriered.shop.order(order).token))
    assert (tracked.rider_poisha, tracked.owed_poisha) == (19_300, 0)


def test_cash_with_the_courier_is_counted_whatever_else_is_due(couriered: Couriered) -> None:
    order = sent(couriered, 10_000)
    couriered.shop.do(order, c.Deliver())
    now_us = couriered.shop.clock.now_us()
    held = couriered.shop.db.read(lambda tx: held_cash.held_page(tx, now_us)).rows
    assert [(row.number, row.courier, row.amount_poisha) for row in held] == [(order.number, "steadfast", 10_000)]


def test_rounding_is_in_the_profit_and_has_a_name(couriered: Couriered) -> None:
    """Sold for ৳192.50 and paid ৳193, at no cost: the profit is ৳193, by day and by order."""
    order = sent(couriered, None, 9_250)
    shop = couriered.shop
    shop.do(order, c.Deliver())
    today = day_of(shop.clock.now_us())
    report = shop.db.read(lambda tx: profit_rows(tx, today, today))
    [behind] = shop.db.read(lambda tx: orders_behind(tx, period(today, today))).rows
    assert (report.totals.profit_poisha, behind.profit_poisha, behind.revenue_poisha) == (19_300, 19_300, 19_300)
    assert account_name("income:rounding") == "Rounded up to whole taka"
    assert account_name("expense:rounding") == "Rounded down to whole taka"


def _next(shop: Shop, order: Done) -> str | None:
    step = next_step(shop.db.read(lambda tx: situation_of(tx, shop.owner, shop.clock, order.number)))
    return step.action if step else None


@pytest.mark.parametrize("status", ["shipped", "delivered", "cancelled", "returned"])
def test_money_is_taken_whenever_it_comes(shop: Shop, status: str) -> None:
    """What is due is settled by it, the rest is due back, and its TrxID is this order's for ever."""
    order = shop.bring_to(status, ("MUG", 1), **COD)
    due = shop.order(order).due_poisha
    shop.settle(order, 100_000, "LATE123456")
    row = shop.order(order)
    assert (row.status, row.due_poisha, row.refund_due_poisha) == (status, 0, 100_000 - due)
    with pytest.raises(TrxIdTaken):
        shop.settle(shop.place(("MUG", 1)), 90_000, "LATE123456")


def test_a_claim_that_still_waits_can_be_rejected_after_the_parcel_went_out(shop: Shop) -> None:
    order = shop.place(("MUG", 1), **COD)
    shop.do(order, c.ClaimPayment(method="bkash", transaction_id="CLAIM12345"))
    for step in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Rider"), c.Deliver()):
        shop.do(order, step)
    shop.do(order, c.RejectClaim(reason="not in the wallet"))
    assert shop.order(order).claim_waits == 0


def test_who_pays_a_part_after_the_delivery_is_not_told_that_a_rider_comes(couriered: Couriered) -> None:
    shop = couriered.shop
    order = sent(couriered, 10_000)
    shop.do(order, c.Deliver())
    shop.settle(order, 50_000)
    last = select(_M.c.data).where(_M.c.template == "payment_received").order_by(_M.c.id.desc()).limit(1)
    data = shop.db.read(lambda tx: tx.value(last))
    letter = render("customer", "payment_received", data, Letterhead("Small shop", "", ""))
    assert "৳60 is still due" in letter.body and "rider" not in letter.body
