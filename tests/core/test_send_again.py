"""After a parcel came back: inspected by line, sent again in the same books, with what stays of an advance."""

from __future__ import annotations

from typing import Any

import pytest

from dokango import audit
from dokango.couriers.parcels import shipments
from dokango.errors import InsufficientStock, InvalidInput, Refused
from dokango.orders import Done
from dokango.orders.cases import rows as cases
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import next_step
from dokango.orders.reading.order_view import order_view
from dokango.payouts.findings import Verdict
from dokango.payouts.match import match
from dokango.payouts.statement import FILE, StatedLine, Statement
from tests.small_shop import Shop

MUG, COST, DELIVERY = 80_000, 50_000, 10_000
COD = {"payment": {"method": "cod"}}
OUT = (c.Pack(), c.Ship(courier="manual", carrier="Rider"))
LATER = c.ReceiveReturn(inspect_later=True)


def found(*lines: tuple[str, int, str]) -> c.Inspect:
    rows = [{"sku": sku, "quantity": quantity, "condition": condition} for sku, quantity, condition in lines]
    return c.Inspect.model_validate({"lines": rows})


def with_advance(shop: Shop, *lines: tuple[str, int]) -> Done:
    """A COD order whose delivery charge was paid before, on its way; the shop keeps the advance when it is refused."""
    shop.ask_in_advance({"asks": "delivery"})
    shop.set_profile(refusal_keeps="advance")
    order = shop.place(*(lines or (("MUG", 2),)), **COD)
    shop.settle(order, DELIVERY)
    for command in (c.Confirm(), *OUT):
        shop.do(order, command)
    return order


def test_the_worked_example_of_a_return_with_the_advance_kept_and_sent_again(shop: Shop) -> None:
    """৳1,700 of goods and delivery, ৳100 of it paid before; refused, the ৳100 stays; sent again, it counts as paid.

    ==================  ========  =======  =======  ==========  =========
    account             paid      back     again    delivered   paid out
    ==================  ========  =======  =======  ==========  =========
    receivable          1,600     0        1,600    0           0
    courier             0         0        0        1,600       0
    sales               −1,600    0        −1,600   −1,600      −1,600
    delivery            −100      0        −100     −100        −100
    kept advances       0         −100     0        0           0
    bKash               100       100      100      100         100
    ==================  ========  =======  =======  ==========  =========
    """
    before = shop.books()
    order = with_advance(shop)

    def moved() -> dict[str, int]:
        now = shop.books()
        return {a: now.get(a, 0) - before.get(a, 0) for a in now if now.get(a, 0) != before.get(a, 0)}

    placed = {"receivable:customers": 160_000, "revenue:sales": -160_000, "revenue:delivery": -10_000}
    assert moved() == {**placed, "cash:bkash": 10_000}
    shop.do(order, LATER)
    assert moved() == {"revenue:kept-advances": -10_000, "cash:bkash": 10_000}
    assert (shop.order(order).kept_poisha, shop.order(order).refund_due_poisha) == (10_000, 0)
    shop.do(order, found(("MUG", 2, "resell")))
    again = shop.do(order, c.SendAgain())
    assert (again.status, again.money) == ("confirmed", "cod_due")
    assert moved() == {**placed, "cash:bkash": 10_000}
    for command in (*OUT, c.Deliver()):
        shop.do(order, command)
    assert shop.balance("receivable:courier:rider") == 160_000
    assert shop.do(order, c.PayOut(amount_poisha=150_000, charge_poisha=10_000)).money == "paid"
    assert shop.books() == {
        **before, "cash:bkash": 10_000, "cash:bank": 150_000, "expense:courier": 10_000,
        "revenue:sales": -160_000, "revenue:delivery": -10_000, "expense:cogs": 2 * COST,
        "asset:inventory": before["asset:inventory"] - 2 * COST,
    }  # fmt: skip
    assert shop.level("MUG") == (48, 0, 48 * COST)


def test_an_uninspected_parcel_keeps_its_goods_off_the_shelf_and_what_is_found_moves_them(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 4), ("CARD", 1), **COD)
    shop.do(order, LATER)
    assert (shop.order(order).to_inspect, shop.level("MUG")) == (5, (50, 4, 50 * COST))
    shop.do(order, found(("MUG", 1, "resell"), ("MUG", 1, "damaged"), ("CARD", 1, "resell")))
    assert (shop.order(order).to_inspect, shop.level("MUG")) == (2, (49, 2, 49 * COST))
    shop.do(order, found(("MUG", 1, "missing"), ("MUG", 1, "wrong")))
    assert (shop.order(order).to_inspect, shop.level("MUG")) == (0, (47, 0, 47 * COST))
    assert shop.balance("expense:write-off") == 3 * COST
    with pytest.raises(Refused, match="Nothing of this order waits"):
        shop.do(order, found(("MUG", 1, "resell")))


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ([("MUG", 3, "resell")], "lines.0.quantity"),
        ([("MUG", 1, "resell"), ("MUG", 2, "damaged")], "lines.1.quantity"),
        ([("SARI", 1, "resell")], "lines.0.quantity"),
    ],
)
def test_no_more_is_found_than_waits(shop: Shop, lines: list[tuple[str, int, str]], field: str) -> None:
    order = shop.bring_to("shipped", ("MUG", 2), **COD)
    shop.do(order, LATER)
    with pytest.raises(InvalidInput) as wrong:
        shop.do(order, found(*lines))
    assert list(wrong.value.fields) == [field]


def test_the_next_step_of_a_parcel_that_is_back_is_its_inspection(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), **COD)

    def filled() -> str | None:
        step = next_step(shop.db.read(lambda tx: situation_of(tx, shop.owner, shop.clock, order.number)))
        return step.action if step else None

    shop.do(order, LATER)
    with pytest.raises(Refused, match="1 item of the parcel must be inspected first"):
        shop.do(order, c.SendAgain())
    assert filled() == "inspect"
    shop.do(order, found(("MUG", 1, "resell")))
    assert filled() is None
    shop.do(order, c.SendAgain())
    assert filled() == "pack"


def test_it_may_come_back_and_be_sent_again_more_than_once(shop: Shop) -> None:
    before = shop.books()
    order = shop.bring_to("shipped", ("MUG", 2), **COD)
    for _ in range(3):
        shop.do(order, c.ReceiveReturn(restock=True))
        assert shop.books() == before
        assert shop.do(order, c.SendAgain()).status == "confirmed"
        assert shop.balance("receivable:customers") == 2 * MUG + DELIVERY
        for command in OUT:
            shop.do(order, command)
    shop.do(order, c.Deliver())
    actions = [event.action for event in shop.db.read(lambda tx: audit.of_order(tx, order.order_id))]
    assert actions.count("receive_return") == actions.count("send_again") == 3


def test_what_is_no_longer_on_the_shelf_is_named_and_nothing_is_sent(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("HONEY", 5), ("MUG", 1), **COD)
    lines = [{"sku": "HONEY", "quantity": 5, "restock": False}, {"sku": "MUG", "quantity": 1, "restock": True}]
    shop.do(order, c.ReceiveReturn.model_validate({"lines": lines}))
    before = (shop.order(order), shop.books(), shop.level("MUG"))
    with pytest.raises(InsufficientStock) as short:
        shop.do(order, c.SendAgain())
    assert [(s.sku, s.wanted, s.available) for s in short.value.items] == [("HONEY", 5, 2)]
    assert (shop.order(order), shop.books(), shop.level("MUG")) == before


@pytest.mark.parametrize("refunded", [0, 40_000, 80_000])
def test_what_was_not_given_back_yet_counts_as_paid_again(shop: Shop, refunded: int) -> None:
    shop.set_profile(refusal_keeps="delivery")
    order = shop.bring_to("returned", ("MUG", 1))
    assert (shop.order(order).refund_due_poisha, shop.order(order).kept_poisha) == (MUG, DELIVERY)
    if refunded:
        shop.do(order, c.PayRefund(method="bkash", amount_poisha=refunded, reference="SENT123456"))
    shop.do(order, c.SendAgain())
    row = shop.order(order)
    assert (row.due_poisha, row.refund_due_poisha, row.kept_poisha) == (refunded, 0, 0)
    shop.do(order, c.Cancel(reason="gave up"))
    assert shop.order(order).refund_due_poisha == MUG + DELIVERY - refunded
    assert shop.balance("revenue:kept-advances") == 0


KEEPS: list[tuple[dict[str, Any], str, int]] = [
    ({}, "bkash", 0),
    ({"refusal_keeps": "delivery"}, "bkash", 10_000),
    ({"refusal_keeps": "advance"}, "bkash", 10_000),
    ({"refusal_keeps": "advance", "asks": 20_000}, "bkash", 10_000),
    ({"refusal_keeps": "advance", "asks": 20_000}, "cod", 20_000),
    ({"return_charge_by": "customer", "courier_return_charge_poisha": 6_000}, "bkash", 6_000),
    ({"refusal_keeps": "delivery", "return_charge_by": "customer", "courier_return_charge_poisha": 6_000}, "cod",
     16_000),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "method", "keeps"), KEEPS)
def test_what_stays_of_a_payment_is_what_was_told_when_it_was_placed(
    shop: Shop, rule: dict[str, Any], method: str, keeps: int
) -> None:
    if asks := rule.get("asks"):
        shop.ask_in_advance({"asks": "amount", "amount_poisha": asks})
    shop.set_profile(**{name: value for name, value in rule.items() if name != "asks"})
    order = shop.place(("MUG", 1), payment={"method": method})
    shop.settle(order)
    told = f"৳{keeps // 100} of what you pay before stays" if keeps else ""
    page = describe(shop.db.read(lambda tx: by_link(tx, shop.order(order).token)), "en")
    assert told in page.order["keeps"]
    assert bool(page.order["keeps"]) == bool(keeps)
    shop.set_profile(refusal_keeps="nothing", return_charge_by="shop")  # later rules are not this order's
    for command in (c.Confirm(), *OUT, LATER):
        shop.do(order, command)
    row = shop.order(order)
    assert (row.kept_poisha, row.refund_due_poisha) == (keeps, MUG + DELIVERY - keeps)
    assert shop.balance("revenue:kept-advances") == -keeps


def test_nothing_stays_that_was_not_paid_nor_when_staff_give_it_back(shop: Shop) -> None:
    shop.set_profile(refusal_keeps="delivery")
    unpaid, paid = shop.bring_to("shipped", ("MUG", 1), **COD), shop.bring_to("shipped", ("MUG", 1))
    shop.do(unpaid, LATER)
    shop.do(paid, c.ReceiveReturn(inspect_later=True, keep_advance=False))
    assert (shop.order(unpaid).kept_poisha, shop.order(paid).kept_poisha) == (0, 0)
    assert shop.order(paid).refund_due_poisha == MUG + DELIVERY


def test_goods_that_were_delivered_are_not_sent_again(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 1))
    assert shop.do(order, c.ReceiveReturn()).status == "returned"
    with pytest.raises(Refused, match="delivered before they came back"):
        shop.do(order, c.SendAgain())


def test_the_parcel_of_before_is_not_the_one_that_goes_out_and_packing_starts_anew(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), **COD)
    shop.do(order, c.ReceiveReturn(restock=True))
    shop.do(order, c.SendAgain())
    seen = shop.db.read(lambda tx: order_view(tx, shop.order(order)))
    assert (seen.parcel, seen.order.packed) == (None, 0)
    name = shop.db.read(lambda tx: shipments.next_invoice(tx, order.order_id, f"DG-{order.number}"))
    assert name == f"DG-{order.number}-2"
    page = describe(shop.db.read(lambda tx: by_link(tx, shop.order(order).token)), "bn")
    assert page.order["carrier"] == ""
    assert page.history[0]["what"] == "আমরা আবার পাঠাচ্ছি"


def test_an_inspection_is_now_or_later(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), **COD)
    with pytest.raises(InvalidInput) as wrong:
        shop.do(order, c.ReceiveReturn(inspect_later=True, restock=True))
    assert list(wrong.value.fields) == ["inspect_later"]


def test_the_case_of_a_parcel_that_is_back_goes_on_until_somebody_decides(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), **COD)
    shop.do(order, c.ReportProblem(problem="does not want it"))

    def standing() -> list[tuple[str, str, str]]:
        rows = shop.db.read(lambda tx: cases.all_of(tx, order.order_id))
        return [(row.state, row.next_act, row.outcome) for row in rows]

    shop.do(order, LATER)
    assert standing() == [("to_inspect", "inspect", "")]
    shop.do(order, found(("MUG", 1, "resell")))
    assert standing() == [("needs_us", "decide_again", "")]
    shop.do(order, c.SendAgain())
    assert standing() == [("closed", "", "sent again")]
    for command in (*OUT, LATER, found(("MUG", 1, "missing"))):
        shop.do(order, command)
    assert standing() == [
        ("closed", "", "sent again"),
        ("needs_us", "decide_again", ""),
        ("needs_us", "claim_loss", ""),
    ]


def test_a_parcel_that_is_inspected_as_it_comes_leaves_no_case(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), **COD)
    shop.do(order, c.ReportProblem(problem="does not want it"))
    shop.do(order, c.ReceiveReturn(restock=True))
    assert shop.db.read(lambda tx: cases.open_of(tx, order.order_id)) == []


def test_a_lost_parcel_is_written_off_given_back_whole_and_can_be_sent_again(shop: Shop) -> None:
    order = with_advance(shop, ("MUG", 2))
    assert shop.do(order, c.LoseParcel(reason="not in any hub")).status == "returned"
    row = shop.order(order)
    assert (row.refund_due_poisha, row.kept_poisha, row.to_inspect) == (DELIVERY, 0, 0)
    assert (shop.level("MUG"), shop.balance("expense:write-off")) == ((48, 0, 48 * COST), 2 * COST)
    page = describe(shop.db.read(lambda tx: by_link(tx, row.token)), "en")
    assert page.order["standing"] == "The courier lost the parcel. We are sorry, and will call you."
    assert page.steps[-1]["word"] == "Lost"
    for command in (c.SendAgain(), *OUT, c.Deliver()):
        shop.do(order, command)
    assert shop.level("MUG") == (46, 0, 46 * COST)
    assert shop.balance("receivable:courier:rider") == 160_000


def test_the_worked_example_of_a_return_for_which_the_rider_collected_the_way(shop: Shop) -> None:
    """৳1,700 refused; the rider took ৳70 for the way all the same, its courier charges ৳60 for both ways.

    ===============  =======  ==========  =========
    account          back     paid out    again
    ===============  =======  ==========  =========
    receivable       0        0           1,700
    courier          70       0           0
    return charges   −70      −70         −70
    courier expense  0        60          60
    bank             0        10          10
    ===============  =======  ==========  =========
    """
    before = shop.books()
    order = shop.place(("MUG", 2), **COD)
    for command in (c.Confirm(), *OUT):
        shop.do(order, command)

    def moved() -> dict[str, int]:
        now = shop.books()
        return {a: now.get(a, 0) - before.get(a, 0) for a in now if now.get(a, 0) != before.get(a, 0)}

    shop.do(order, c.ReceiveReturn(restock=True, collected_poisha=7_000))
    took = {"revenue:return-charges": -7_000}
    assert moved() == {**took, "receivable:courier:rider": 7_000}
    assert (shop.order(order).courier_due_poisha, shop.order(order).refund_due_poisha) == (7_000, 0)
    line = StatedLine(1, "DG-1001", collected_poisha=7_000, charge_poisha=6_000)
    found = shop.db.read(lambda tx: match(tx, Statement("rider", "P-1", FILE, "p.csv", [line])))
    assert [(f.verdict, f.is_difference, f.amount_poisha) for f in found.findings] == [(Verdict.RETURNED, False, 1_000)]
    assert "৳70 that was collected at the door is paid" in found.findings[0].words
    shop.do(order, c.PayOut(amount_poisha=1_000, charge_poisha=6_000))
    paid = {**took, "cash:bank": 1_000, "expense:courier": 6_000}
    assert moved() == paid
    shop.do(order, c.SendAgain())
    again = {"receivable:customers": 170_000, "revenue:sales": -160_000, "revenue:delivery": -10_000}
    assert moved() == {**paid, **again}


@pytest.mark.parametrize("status", ["delivered", "confirmed"])
def test_nothing_is_collected_for_a_parcel_that_was_kept_or_never_left(shop: Shop, status: str) -> None:
    order = shop.bring_to(status, ("MUG", 2), **COD)
    books = shop.books()
    with pytest.raises((InvalidInput, Refused)):
        shop.do(order, c.ReceiveReturn(restock=True, collected_poisha=7_000))
    assert shop.books() == books
