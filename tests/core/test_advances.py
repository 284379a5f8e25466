"""What is asked in advance: by the first row that fits, told before, fixed when placed, and waited for."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from dokango.couriers import known
from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.base import BuyerRecord
from dokango.couriers.registry import COURIERS
from dokango.db import table_of
from dokango.errors import InvalidInput, NotAllowed, Refused
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.orders import Done
from dokango.orders.advances.preview import preview
from dokango.orders.advances.rule import AdvanceRule, change_rule, load_rule
from dokango.orders.advances.words import sentence
from dokango.orders.book.queues import QUEUES
from dokango.orders.book.rows import ORDER
from dokango.orders.customer.instructions import payment_instructions
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.lifecycle import commands as c
from dokango.orders.placing.asked_otherwise import AskedOtherwise
from dokango.people.actor import Actor, customer
from dokango.people.permissions import Role
from dokango.shop.profile import load_profile
from tests.core.ledgers import ledger, owes
from tests.small_shop import Shop

COD = {"payment": {"method": "cod"}}
SYLHET = {"address": {"line": "House 7, Road 3", "district": "Sylhet"}}
ASKS_120: dict[str, Any] = {"asks": "amount", "amount_poisha": 12_000}
OUT = (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Rider"))
MANAGER = Actor(7, "Mina", Role.MANAGER)
_M = table_of(Message)
KNOWS_BUYERS = next(kind.key for kind in COURIERS.values() if Can.BUYER_RECORD in kind.can)


def asked(shop: Shop, *lines: tuple[str, int], **changes: Any) -> tuple[int, str]:
    """What is asked of such an order paid on delivery, in poisha, and why."""
    row = shop.order(shop.place(*(lines or (("SARI", 2),)), **{**COD, **changes}))
    return row.advance_poisha, row.advance_reason


def to_2500(shop: Shop, **changes: Any) -> Done:
    """Two saris and delivery, ৳2,500 in all, of which ৳120 is asked in advance."""
    shop.ask_in_advance(ASKS_120)
    return shop.place(("SARI", 2), **{**COD, **changes})


# the row, an order of it (two saris inside Dhaka are ৳2,500, outside ৳2,550), what is asked
ROWS: list[tuple[dict[str, Any], dict[str, Any], int]] = [
    ({"asks": "none"}, {}, 0),
    ({"asks": "delivery"}, {}, 10_000),
    ({"asks": "delivery"}, SYLHET, 15_000),
    ({"asks": "percent", "percent": 20}, {}, 50_000),
    ({"asks": "percent", "percent": 33}, {}, 82_500),
    ({"asks": "percent", "percent": 33}, SYLHET, 84_200),  # ৳841.50, in whole taka
    (ASKS_120, {}, 12_000),
    ({"asks": "amount", "amount_poisha": 900_000}, {}, 250_000),
    ({"asks": "all"}, {}, 250_000),
    ({"asks": "all"}, {"payment": {"method": "bkash"}}, 0),  # it is paid before anyhow
    ({"asks": "all", "methods": ["cod"]}, {}, 250_000),
    ({"asks": "all", "where": "outside"}, {}, 0),
    ({"asks": "all", "where": "outside"}, SYLHET, 255_000),
    ({"asks": "all", "where": "inside"}, SYLHET, 0),
    ({"asks": "all", "districts": ["Sylhet", "Bogura"]}, SYLHET, 255_000),
    ({"asks": "all", "districts": ["Bogura"]}, SYLHET, 0),
    ({"asks": "all", "over_poisha": 250_000}, {}, 0),
    ({"asks": "all", "over_poisha": 249_999}, {}, 250_000),
    ({"asks": "all", "up_to_poisha": 250_000}, {}, 250_000),
    ({"asks": "all", "up_to_poisha": 249_999}, {}, 0),
    ({"asks": "all", "goods": ["MUG"]}, {}, 0),
    ({"asks": "all", "goods": ["MUG", "sari"]}, {}, 250_000),
    ({"asks": "all", "delivered_below": 1}, {}, 250_000),
    ({"asks": "all", "refused_from": 1}, {}, 0),
    ({"asks": "all", "courier_below_percent": 60}, {}, 0),
]


@pytest.mark.parametrize(("row", "order", "poisha"), ROWS)
def test_a_row_asks_of_the_orders_that_it_is_for(
    shop: Shop, row: dict[str, Any], order: dict[str, Any], poisha: int
) -> None:
    shop.ask_in_advance(row)
    assert asked(shop, **order)[0] == poisha


def test_the_first_row_that_fits_wins_and_says_why(shop: Shop) -> None:
    shop.ask_in_advance(
        {"asks": "percent", "percent": 20, "methods": ["cod"], "where": "outside", "over_poisha": 300_000},
        {"asks": "none", "where": "outside"}, {"asks": "delivery"},
    )  # fmt: skip
    assert asked(shop, ("SARI", 3), **SYLHET) == (75_000, "COD outside Dhaka above ৳3,000: ask 20 %")
    assert asked(shop, **SYLHET)[0] == 0
    assert asked(shop) == (10_000, "COD: ask the delivery charge")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"asks": "none", "where": "inside"}, "COD inside Dhaka: ask nothing"),
        ({"asks": "all", "districts": ["Sylhet", "Bogura"], "over_poisha": 100_000, "up_to_poisha": 300_000},
         "COD to Sylhet or Bogura above ৳1,000 and up to ৳3,000: ask all of it"),
        ({**ASKS_120, "goods": ["SARI"], "delivered_below": 1, "refused_from": 2},
         "COD with SARI by a buyer with nothing delivered yet and 2 parcels refused or more: ask ৳120"),
        ({"asks": "delivery", "delivered_below": 3, "returned_from": 1, "courier_below_percent": 60},
         "COD by a buyer with fewer than 3 delivered and 1 return or more and under 60 % delivered by a courier's "
         "word: ask the delivery charge"),
    ],
)  # fmt: skip
def test_a_row_reads_as_a_sentence(row: dict[str, Any], words: str) -> None:
    assert sentence(AdvanceRule.model_validate({"rows": [row]}).rows[0], "Dhaka") == words


BUYERS: list[tuple[tuple[str, ...], dict[str, int], bool]] = [
    ((), {"delivered_below": 1}, True),
    (("delivered",), {"delivered_below": 1}, False),
    (("delivered",), {"delivered_below": 2}, True),
    (("cancelled", "pending"), {"delivered_below": 1}, True),
    (("back",), {"refused_from": 1}, True),
    (("returned",), {"refused_from": 2}, False),
    (("lost",), {"refused_from": 1}, False),
    (("taken back",), {"refused_from": 1}, False),
    (("taken back",), {"returned_from": 1}, True),
]


@pytest.mark.parametrize(("before", "row", "fits"), BUYERS)
def test_how_a_buyers_orders_ended_here_decides(
    shop: Shop, before: tuple[str, ...], row: dict[str, int], fits: bool
) -> None:
    for ended in before:
        if ended == "lost":
            shop.do(shop.bring_to("shipped"), c.LoseParcel(reason="The courier lost it."))
        elif ended == "taken back":
            shop.do(shop.bring_to("delivered"), c.ReceiveReturn())
        else:
            shop.bring_to(ended)
    shop.ask_in_advance({"asks": "all", **row})
    assert bool(asked(shop)[0]) == fits
    other = {"customer": {"name": "Karim", "phone": "01811000000"}}
    assert bool(asked(shop, **other)[0]) == ("delivered_below" in row), "nobody answers for another's record"


@pytest.mark.parametrize(("percent", "fits"), [(None, False), (60, False), (59, True)])
def test_what_a_courier_said_of_a_phone_counts_where_it_was_asked_before(
    shop: Shop, percent: int | None, fits: bool
) -> None:
    shop.ask_in_advance({"asks": "all", "courier_below_percent": 60})
    record = BuyerRecord("01711000000", percent, None, None, "", 0)
    shop.db.write(lambda tx: known.keep_buyer(tx, KNOWS_BUYERS, "01711000000", record, shop.clock.now_us()))
    assert bool(asked(shop)[0]) == fits


def test_what_was_asked_stays_however_the_rule_and_the_shop_change(shop: Shop) -> None:
    order = to_2500(shop)
    shop.ask_in_advance({"asks": "all"})
    shop.set_profile(delivery_inside_poisha=1, home_district="Sylhet")
    assert (shop.order(order).advance_poisha, shop.order(order).advance_reason) == (12_000, "COD: ask ৳120")
    words = shop.db.read(lambda tx: preview(tx, order.number))
    assert words.startswith("#1001, ৳2,500 to Dhaka by Cash on delivery: row 1 asks ৳2,500 (COD: ask all of it).")
    assert words.endswith("When it was placed, ৳120 was asked.")


def test_the_worked_example_of_cod_2500_with_120_in_advance_delivered_and_paid_out(shop: Shop) -> None:
    """Two saris, ৳2,400, and delivery, ৳100. ৳120 comes by bKash, the rider collects ৳2,380 and pays ৳2,280 out."""
    order = to_2500(shop)
    with pytest.raises(Refused, match="৳120 of the advance is still due"):
        shop.do(order, c.Confirm())
    assert shop.settle(order, 12_000).money == "cod_due"
    for command in OUT:
        shop.do(order, command)
    assert shop.order(order).told_poisha == 238_000
    shop.do(order, c.Deliver())
    shop.do(order, c.PayOut(amount_poisha=228_000, charge_poisha=10_000))
    assert ledger(shop, order, "place", "verify_payment", "deliver", "pay_out") == [
        "place: receivable:customers 2400 ← revenue:sales",
        "place: receivable:customers 100 ← revenue:delivery",
        "verify_payment: cash:bkash 120 ← receivable:customers",
        "deliver: receivable:courier:rider 2380 ← receivable:customers",
        "deliver: expense:cogs 1800 ← asset:inventory",
        "pay_out: expense:courier 100 ← receivable:courier:rider",
        "pay_out: cash:bank 2280 ← receivable:courier:rider",
    ]
    assert (owes(shop, order), shop.order(order).money) == ({}, "paid")


KEEPS = [("advance", 12_000, {}), ("delivery", 10_000, {"back": 20}), ("nothing", 0, {"back": 120})]


@pytest.mark.parametrize(("keeps", "kept", "owed"), KEEPS)
def test_refused_at_the_door_the_advance_goes_where_the_customer_was_told(
    shop: Shop, keeps: str, kept: int, owed: dict[str, float]
) -> None:
    shop.set_profile(refusal_keeps=keeps)
    order = to_2500(shop)
    told = describe(shop.db.read(lambda tx: by_link(tx, shop.order(order).token)), "en").order["keeps"]
    assert (
        f"৳{kept // 100} of what you pay before stays" if kept else "what you sent in advance is given back"
    ) in told
    shop.settle(order, 12_000)
    for command in (*OUT, c.ReceiveReturn()):
        shop.do(order, command)
    assert (shop.order(order).kept_poisha, owes(shop, order)) == (kept, owed)
    assert (shop.balance("revenue:kept-advances"), shop.balance("cash:bkash")) == (-kept, 12_000)
    assert shop.balance("revenue:sales") == 0


@pytest.mark.parametrize(
    ("came", "says", "open_"),
    [
        (10_000, "৳20 of the advance is still due", {"due": 2_400}),
        (11_950, "৳0.50 of the advance is still due", {"due": 2_380.5}),
        (12_000, "", {"due": 2_380}),
        (50_000, "", {"due": 2_000}),
        (260_000, "", {"back": 100}),
    ],
)
def test_an_advance_may_come_short_or_over(shop: Shop, came: int, says: str, open_: dict[str, float]) -> None:
    order = to_2500(shop)
    shop.settle(order, came)
    assert owes(shop, order) == open_
    if says:
        with pytest.raises(Refused, match=says):
            shop.do(order, c.Confirm())
        shop.settle(order, 12_000 - came, "REST12")
    assert shop.do(order, c.Confirm()).status == "confirmed"
    for command in OUT[1:]:
        shop.do(order, command)
    assert shop.order(order).told_poisha == max(0, 250_000 - max(came, 12_000))


def test_an_order_waits_for_its_advance_where_payments_are_waited_for(shop: Shop) -> None:
    order = to_2500(shop)

    def tabs() -> set[str]:
        query = [(queue.key, ORDER.select().where(queue.condition)) for queue in QUEUES if queue.where]
        return {key for key, one in query if key != "problems" and shop.db.read(lambda tx, one=one: tx.rows(one))}

    assert tabs() == {"unpaid"}
    words = payment_instructions(shop.order(order), shop.db.read(load_profile))
    assert words.startswith("Please send ৳120 by bKash to 01700000001")
    shop.do(order, c.ClaimPayment(method="nagad", transaction_id="ADVANCE1"))
    assert tabs() == {"to_verify"}
    shop.settle(order, 12_000, "ADVANCE1")
    assert tabs() == {"to_confirm"}
    assert payment_instructions(shop.order(order), shop.db.read(load_profile)) == ""


@pytest.mark.parametrize("asks", [True, False])
def test_the_message_of_a_new_order_says_what_to_send_in_advance(shop: Shop, asks: bool) -> None:
    order = to_2500(shop) if asks else shop.place(("SARI", 2), **COD)
    query = select(_M).where(_M.c.template == "order_received", _M.c.order_id == order.order_id)
    told = shop.db.read(lambda tx: tx.one(query))
    assert told is not None
    words = render("customer", told.template, told.data, Letterhead("Shop", "", "http://x")).body
    assert ("Send ৳120 in advance" in words and "the rider collects ৳2,380" in words) == asks


def test_the_trx_id_of_an_advance_may_come_with_the_order(shop: Shop) -> None:
    choice = {"method": "cod", "advance_by": "nagad", "transaction_id": "ADV12345", "sender": "01711000000"}
    order = to_2500(shop, payment=choice)
    row = shop.order(order)
    assert (row.payment_method, row.claim_waits, row.money) == ("cod", 1, "claimed")
    shop.do(order, c.VerifyPayment(method="nagad", transaction_id="ADV12345", amount_poisha=12_000))
    assert shop.do(order, c.Confirm()).money == "cod_due"


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        ({"method": "cod", "transaction_id": "ADV12345"}, "payment.transaction_id"),
        ({"method": "cod", "transaction_id": "ADV12345", "advance_by": "cod"}, "payment.advance_by"),
        ({"method": "cod", "transaction_id": "ADV12345", "advance_by": "eagle"}, "payment.advance_by"),
    ],
)
def test_an_advance_came_by_a_wallet_that_is_named(shop: Shop, choice: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        to_2500(shop, payment=choice)
    assert list(refused.value.fields) == [field]


SEEN = [
    ({"total_poisha": 250_000, "advance_poisha": 12_000}, True),
    ({}, True),
    ({"total_poisha": 249_000}, False),
    ({"advance_poisha": 0}, False),
    ({"total_poisha": 250_000, "advance_poisha": 12_100}, False),
]


@pytest.mark.parametrize(("seen", "placed"), SEEN)
@pytest.mark.parametrize("buyer", [None, customer("Rahima")])
def test_what_was_not_on_the_screen_is_said_and_not_booked(
    shop: Shop, seen: dict[str, int], placed: bool, buyer: Actor | None
) -> None:
    shop.ask_in_advance(ASKS_120)
    if placed:
        shop.place(("SARI", 2), actor=buyer, **COD, expected=seen)
        return
    with pytest.raises(AskedOtherwise) as other:
        shop.place(("SARI", 2), actor=buyer, **COD, expected=seen)
    assert other.value.data() == {"total_poisha": 250_000, "advance_poisha": 12_000}
    assert shop.level("SARI")[1] == 0


def test_only_who_may_lets_an_advance_be_and_the_order_says_why(shop: Shop) -> None:
    order = to_2500(shop)
    with pytest.raises(NotAllowed):
        shop.do(order, c.WaiveAdvance(reason="a friend"), actor=MANAGER)
    with pytest.raises(NotAllowed):
        shop.place(("SARI", 1), actor=MANAGER, **COD, without_advance="a friend")
    shop.settle(order, 10_000)
    shop.do(order, c.WaiveAdvance(reason="a friend"))
    row = shop.order(order)
    assert (row.advance_poisha, row.due_poisha) == (10_000, 240_000)
    assert row.advance_reason == f"Nothing in advance: a friend ({shop.owner.name})"
    with pytest.raises(Refused, match="Nothing of an advance is missing"):
        shop.do(order, c.WaiveAdvance(reason="again"))
    assert shop.do(order, c.Confirm()).status == "confirmed"
    other = shop.place(("SARI", 1), **COD, without_advance="at the counter", expected={"advance_poisha": 0})
    assert shop.order(other).advance_reason == f"Nothing in advance: at the counter ({shop.owner.name})"
    shop.do(other, c.Confirm())


def test_an_order_that_is_edited_keeps_what_was_asked_and_one_that_turns_to_cod_is_asked(shop: Shop) -> None:
    order = to_2500(shop)
    shop.do(order, c.Edit(lines=[{"sku": "CARD", "quantity": 1}], delivery_poisha=0))  # type: ignore[list-item]
    assert shop.order(order).advance_poisha == 10_000, "never more than all of it"
    shop.do(order, c.Edit(payment_method="bkash"))
    assert (shop.order(order).advance_poisha, shop.order(order).advance_reason) == (0, "")
    prepaid = shop.place(("SARI", 2))
    shop.do(prepaid, c.Edit(payment_method="cod"))
    assert (shop.order(prepaid).advance_poisha, shop.order(prepaid).advance_reason) == (12_000, "COD: ask ৳120")


def test_a_rule_is_the_owners_names_goods_that_are_there_and_is_not_written_over(shop: Shop) -> None:
    rule = AdvanceRule.model_validate({"rows": [{"asks": "all", "goods": ["mug", "SARI"]}]})
    none = shop.db.read(load_rule)
    with pytest.raises(NotAllowed):
        shop.db.write(lambda tx: change_rule(tx, MANAGER, shop.clock, none, rule))
    typo = AdvanceRule.model_validate({"rows": [{"asks": "all", "goods": ["MUGG"]}]})
    with pytest.raises(InvalidInput, match="“MUGG” is no SKU"):
        shop.db.write(lambda tx: change_rule(tx, shop.owner, shop.clock, none, typo))
    assert shop.db.write(lambda tx: change_rule(tx, shop.owner, shop.clock, none, rule))
    with pytest.raises(InvalidInput, match="Somebody else changed the rule"):
        shop.db.write(lambda tx: change_rule(tx, shop.owner, shop.clock, none, AdvanceRule()))
    assert shop.db.read(load_rule) == rule
