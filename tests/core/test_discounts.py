"""The price of an order falls after it was placed: worked examples in numbers, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from dokango.db import table_of
from dokango.errors import InvalidInput, NotAllowed, Refused
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.orders import Done
from dokango.orders.acts.perform import act_on
from dokango.orders.book.price import prices
from dokango.orders.cases import rows as cases
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.lifecycle import commands as c
from dokango.papers import gathering, press
from dokango.papers.cards import OrderPaper
from dokango.people.actor import Actor
from tests.core.couriered import COD, Couriered
from tests.core.ledgers import ledger, owes
from tests.small_shop import Shop, add_product

CUSTOMERS, DISCOUNTS, REFUNDS = "receivable:customers", "revenue:discounts", "payable:refunds"
SALES, DELIVERY, RETURNS = "revenue:sales", "revenue:delivery", "revenue:returns"
_M = table_of(Message)


def lower(collects: int, reason: str = "the box was dented") -> c.LowerCod:
    return c.LowerCod(collects_poisha=collects * 100, reason=reason)


def travelling(shop: Shop, price: int = 1_100, units: int = 1) -> Done:
    """Due ৳1,200 at the door, ৳100 of it for delivery; a rider has it."""
    shop.db.write(lambda tx: add_product(tx, "LAMP", "Lamp", price * 100 // units, tracks_stock=False))
    return shop.bring_to("shipped", ("LAMP", units), **COD)


def last_letter(shop: Shop) -> str:
    query = _M.select().where(_M.c.audience == "customer").order_by(_M.c.id.desc()).limit(1)
    row: Any = shop.db.read(lambda tx: tx.rows(query))[0]
    letter = render("customer", row.template, row.data, Letterhead("Small shop", "", ""))
    return f"{letter.subject}\n{letter.body}"


def test_due_1200_lowered_to_1000_delivered_and_paid_out(shop: Shop) -> None:
    order = travelling(shop)
    shop.do(order, lower(1_000))
    assert ledger(shop, order, "place", "lower_cod") == [
        f"place: {CUSTOMERS} 1100 ← {SALES}",
        f"place: {CUSTOMERS} 100 ← {DELIVERY}",
        f"lower_cod: {DISCOUNTS} 200 ← {CUSTOMERS}",
    ]
    row = shop.order(order)
    assert (row.total_poisha, row.discount_poisha, row.due_poisha) == (100_000, 20_000, 100_000)
    assert (row.discount_reason, row.discount_by, row.asked_poisha) == ("the box was dented", "Olin Owner", 100_000)
    shop.do(order, c.SayCollects(collects_poisha=100_000))
    shop.do(order, c.Deliver())
    assert ledger(shop, order, "deliver") == [f"deliver: receivable:courier:rider 1000 ← {CUSTOMERS}"]
    shop.do(order, c.PayOut(amount_poisha=94_000, charge_poisha=6_000))
    assert (owes(shop, order), shop.order(order).money) == ({}, "paid")
    assert shop.balance(DISCOUNTS) == 20_000 and shop.balance(SALES) == -110_000


def test_the_rider_took_all_of_it_anyway_so_the_difference_is_due_back(shop: Shop) -> None:
    order = travelling(shop)
    shop.do(order, lower(1_000))
    shop.do(order, c.Deliver())
    assert owes(shop, order) == {"courier": 1_200.0, "back": 200.0}
    shop.do(order, c.SayCollects(collects_poisha=100_000))
    assert owes(shop, order) == {"courier": 1_000.0}


def test_the_desk_and_the_customer_are_told(shop: Shop) -> None:
    order = travelling(shop)
    shop.do(order, lower(1_000))
    (case,) = shop.db.read(lambda tx: cases.open_of(tx, order.order_id))
    assert (case.kind, case.next_act) == ("told_too_much", "tell_amount")
    assert "৳200 off the price: the box was dented." in case.words
    assert "please collect ৳1,000 instead of ৳1,200. No more is due." in case.words
    letter = last_letter(shop)
    assert "We took ৳200 off" in letter and "told to collect ৳1,200; we ask for ৳1,000" in letter
    tracked = shop.db.read(lambda tx: by_link(tx, shop.order(order).token))
    english, bangla = describe(tracked, "en"), describe(tracked, "bn")
    sums = [(row["label"], row["amount"]) for row in english.sums]
    assert sums[2:4] == [("Discount", "−৳200"), ("Total", "৳1,000")]
    assert english.history[0]["what"] == "We took ৳200 off the price"
    assert bangla.history[0]["what"] == "দাম থেকে ৳২০০ কমানো হয়েছে"


def test_lowered_twice_says_what_is_asked_for_now(shop: Shop) -> None:
    order = travelling(shop)
    shop.do(order, lower(1_000))
    with pytest.raises(InvalidInput, match="The rider collects ৳1,000"):
        shop.do(order, lower(1_100))
    shop.do(order, lower(900, "and scratched"))
    assert (shop.order(order).due_poisha, shop.order(order).discount_poisha) == (90_000, 30_000)
    assert shop.order(order).asked_poisha == 90_000


@pytest.mark.parametrize(
    ("collects", "sentence"), [(120_000, "Say less than that"), (99_950, "whole taka"), (130_000, "Say less")]
)
def test_what_is_not_less_or_no_whole_taka_changes_nothing(shop: Shop, collects: int, sentence: str) -> None:
    order = travelling(shop)
    with pytest.raises(InvalidInput, match=sentence):
        shop.do(order, c.LowerCod(collects_poisha=collects, reason="dented"))
    assert shop.order(order).total_poisha == 120_000


def test_poisha_that_no_rider_takes_are_not_given_away(shop: Shop) -> None:
    """Due 192.50 and told 193: lowered to 150 it is 42.50 off, and nothing is rounded."""
    shop.db.write(lambda tx: add_product(tx, "SOAP", "Soap", 9_250, tracks_stock=False))
    order = shop.bring_to("shipped", ("SOAP", 1), **COD)
    shop.do(order, lower(150))
    assert (shop.order(order).discount_poisha, shop.order(order).due_poisha) == (4_250, 15_000)


def test_who_may_not_edit_may_not_lower_and_a_prepaid_parcel_has_nothing_to_lower(shop: Shop, packer: Actor) -> None:
    order = travelling(shop)
    with pytest.raises(NotAllowed):
        shop.do(order, lower(1_000), actor=packer)
    with pytest.raises(Refused, match="collects nothing"):
        shop.do(shop.bring_to("shipped", ("MUG", 1)), lower(1))
    with pytest.raises(Refused):
        shop.do(shop.place(("MUG", 1), **COD), lower(1))


def test_a_parcel_that_comes_back_leaves_no_discount_and_can_be_sent_again_at_the_lower_price(shop: Shop) -> None:
    order = travelling(shop)
    shop.do(order, lower(1_000))
    shop.do(order, c.ReceiveReturn())
    assert shop.balance(DISCOUNTS) == shop.balance(SALES) == shop.balance(CUSTOMERS) == 0
    shop.do(order, c.SendAgain())
    assert (owes(shop, order), shop.balance(DISCOUNTS)) == ({"due": 1_000.0}, 20_000)


def test_what_comes_back_after_delivery_is_worth_what_was_paid_for_it(shop: Shop) -> None:
    """Three lamps of 1,100 with 200 off, ৳100 delivery: over three returns 900 come back, and delivery stays."""
    order = travelling(shop, price=1_100, units=3)  # ৳366.66 each
    row = shop.order(order)
    shop.do(order, lower(row.due_poisha // 100 - 200))
    shop.do(order, c.SayCollects(collects_poisha=shop.order(order).asked_poisha))
    shop.do(order, c.Deliver())
    collected = shop.order(order).courier_due_poisha
    for _ in range(3):
        shop.do(order, c.ReceiveReturn.model_validate({"lines": [{"sku": "LAMP", "quantity": 1, "restock": True}]}))
    back = shop.balance(RETURNS)
    assert back == row.subtotal_poisha - shop.order(order).discount_poisha
    assert shop.order(order).refund_due_poisha == 0
    assert abs(collected - back - 10_000) < 100


def test_a_part_kept_is_worth_its_share_of_what_was_lowered(shop: Shop) -> None:
    """Two mugs of 800 and ৳100 delivery, lowered from 1,700 to 1,500: one mug is worth 700."""
    order = shop.bring_to("shipped", ("MUG", 2), **COD)
    shop.do(order, lower(1_500))
    shop.do(order, c.DeliverPart.model_validate({"lines": [{"sku": "MUG", "kept": 1}], "collected_poisha": 80_000}))
    assert ledger(shop, order, "deliver_part")[0] == f"deliver_part: {RETURNS} 700 ← {CUSTOMERS}"
    assert owes(shop, order) == {"courier": 800.0}


def test_the_invoice_adds_up_with_its_discount(shop: Shop) -> None:
    order = travelling(shop)
    shop.do(order, lower(1_000))
    paper: OrderPaper = shop.db.read(lambda tx: gathering.papers(tx, [order.number]))[0]
    assert paper.subtotal_poisha + paper.delivery_poisha - paper.discount_poisha == paper.total_poisha
    assert paper.taken_back_poisha == 0
    head = shop.db.read(gathering.shop_card)
    assert press.invoices(head, [paper]).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("amounts", "own", "order_off", "delivery", "net"),
    [
        ([600, 400], [0, 0], 0, 70, ([600, 400], 70)),
        ([600, 400], [0, 0], 100, 70, ([540, 360], 70)),
        ([600, 400], [100, 0], 90, 70, ([450, 360], 70)),
        ([1, 1, 1], [0, 0, 0], 1, 70, ([1, 0, 1], 70)),
        ([600, 400], [0, 0], 1_050, 70, ([0, 0], 20)),
        ([0, 500], [0, 0], 5, 0, ([0, 495], 0)),
    ],
)
def test_a_discount_is_shared_by_the_lines_to_the_last_poisha(
    shop: Shop, amounts: list[int], own: list[int], order_off: int, delivery: int, net: tuple[list[int], int]
) -> None:
    class Line:
        def __init__(self, row: int, amount: int, off: int) -> None:
            self.id, self.quantity, self.unit_price_poisha, self.discount_poisha = row, 1, amount, off

    class Order:
        delivery_poisha, discount_poisha = delivery, order_off + sum(own)

    lines = [Line(at, amount, off) for at, (amount, off) in enumerate(zip(amounts, own, strict=True))]
    found = prices(Order(), lines)
    assert (list(found.net_poisha.values()), found.delivery_poisha) == net


def test_the_customer_who_refused_pays_less_and_the_courier_is_asked_to_come_again(couriered: Couriered) -> None:
    """The act on a case: it lowers the price, asks for another try, and the amount is a matter of its own."""
    shop = couriered.shop
    order = shop.bring_to("packed", ("MUG", 1), **COD)
    couriered.ship(order)
    couriered.move(order, "cancelled_approval_pending")
    couriered.sync(order)
    (case,) = couriered.cases(order)
    said = act_on(
        couriered.desk, shop.db, couriered.context(), case.id, "lower_cod",
        {"collects_poisha": 70_000, "reason": "they bargained"},
    )  # fmt: skip
    parcel = couriered.parcel(order)
    assert said.to_courier.startswith("Please deliver parcel") and "and collect ৳700." in said.to_courier
    assert (shop.order(order).total_poisha, parcel.asked_cod_poisha) == (70_000, 70_000)
    kinds = {one.kind for one in shop.db.read(lambda tx: cases.open_of(tx, order.order_id))}
    assert kinds == {case.kind, "told_too_much"}


def test_a_case_of_a_prepaid_parcel_offers_no_lowering(couriered: Couriered) -> None:
    shop = couriered.shop
    order = shop.bring_to("packed", ("MUG", 1))
    couriered.ship(order)
    couriered.move(order, "cancelled_approval_pending")
    couriered.sync(order)
    (case,) = couriered.cases(order)
    with pytest.raises(Refused, match="collects nothing"):
        act_on(
            couriered.desk, shop.db, couriered.context(), case.id, "lower_cod", {"collects_poisha": 1, "reason": "x"}
        )
