"""A payment that comes while the parcel travels: told ৳660, should be ৳100. Both answers, and none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from dokango.clock import ManualClock
from dokango.courier_errors import CourierRefused
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.base import ParcelName
from dokango.couriers.practice.in_process import InProcess
from dokango.couriers.registry import COURIERS
from dokango.db import table_of
from dokango.errors import InvalidInput, Refused
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.orders import Done
from dokango.orders.cases import rows as cases
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.book import ship_by_courier
from tests.core.couriered import COD, Couriered
from tests.core.ledgers import ledger, owes
from tests.core.racing import at_once
from tests.paperplane import PAPERPLANE, Airfield, Paperplane
from tests.small_shop import Shop, add_product

COURIER, CUSTOMERS, REFUNDS = "receivable:courier:steadfast", "receivable:customers", "payable:refunds"
_M = table_of(Message)


def travelling(couriered: Couriered) -> Done:
    """Told ৳660, and ৳560 came by bKash since."""
    shop = couriered.shop
    shop.db.write(lambda tx: add_product(tx, "TEA", "Tea", 56_000, tracks_stock=False))
    order = shop.bring_to("packed", ("TEA", 1), **COD)
    couriered.ship(order)
    shop.settle(order, 56_000, "ONTHEWAY12")
    return order


def says(collects: int, note: str = "") -> c.SayCollects:
    return c.SayCollects(collects_poisha=collects * 100, note=note)


def waiting(shop: Shop, order: Done) -> list[tuple[str, str]]:
    return [(case.kind, case.state) for case in shop.db.read(lambda tx: cases.open_of(tx, order.order_id))]


def test_both_ends_are_shown_until_it_is_known(couriered: Couriered) -> None:
    order, shop = travelling(couriered), couriered.shop
    parcel = couriered.parcel(order)
    assert (parcel.cod_poisha, parcel.asked_cod_poisha, shop.order(order).due_poisha) == (66_000, 10_000, 10_000)
    [case] = shop.db.read(lambda tx: cases.open_of(tx, order.order_id))
    assert (case.kind, case.state, case.next_act) == ("told_too_much", "needs_us", "tell_amount")
    assert "was told ৳660 and should collect ৳100" in case.words
    assert f"Parcel {parcel.tracking_code}: please collect ৳100 instead of ৳660" in case.words
    tracked = shop.db.read(lambda tx: by_link(tx, shop.order(order).token))
    sums = [(row["label"], row["amount"]) for row in describe(tracked, "en").sums]
    assert sums[-3:-1] == [("The rider was told to collect", "৳660"), ("You pay the rider", "৳100")]
    letter = render("customer", "payment_received", _last_message(shop), Letterhead("Small shop", "", ""))
    assert "told to collect ৳660" in letter.body and "we ask for ৳100" in letter.body


def test_the_words_name_whom_to_call_and_the_parcel_as_they_know_it(couriered: Couriered) -> None:
    shop = couriered.shop
    by_hand = shop.bring_to("shipped", ("MUG", 1), **COD)
    shop.settle(by_hand, 80_000, "BYHANDWAY1")
    by_api = travelling(couriered)
    said = [shop.db.read(lambda tx, o=order: cases.open_of(tx, o.order_id))[0].words for order in (by_hand, by_api)]
    assert f"Call Rider: “Parcel of order #{by_hand.number}: please collect ৳100 instead of ৳900" in said[0]
    assert f"Call Steadfast, 09678-045045: “Parcel {couriered.parcel(by_api).tracking_code}" in said[1]


def test_the_courier_was_told(couriered: Couriered) -> None:
    order, shop = travelling(couriered), couriered.shop
    shop.do(order, says(100))
    assert (couriered.parcel(order).cod_poisha, waiting(shop, order)) == (10_000, [])
    shop.do(order, c.Deliver())
    assert ledger(shop, order, "verify_payment", "deliver") == [
        f"verify_payment: cash:bkash 560 ← {CUSTOMERS}",
        f"deliver: {COURIER} 100 ← {CUSTOMERS}",
    ]
    assert owes(shop, order) == {"courier": 100.0}


def test_the_rider_collected_all_of_it_anyway(couriered: Couriered) -> None:
    order, shop = travelling(couriered), couriered.shop
    shop.do(order, says(660))
    tracked = shop.db.read(lambda tx: by_link(tx, shop.order(order).token))
    assert (tracked.rider_poisha, tracked.over_poisha, waiting(shop, order)) == (66_000, 56_000, [])
    shop.do(order, c.Deliver())
    assert ledger(shop, order, "deliver") == [
        f"deliver: {COURIER} 100 ← {CUSTOMERS}",
        f"deliver: {COURIER} 560 ← {REFUNDS}",
    ]
    assert owes(shop, order) == {"courier": 660.0, "back": 560.0}
    shop.do(order, c.PayRefund(method="bkash", amount_poisha=56_000, reference="SENT123456"))
    shop.do(order, c.PayOut(amount_poisha=66_000))
    assert (owes(shop, order), shop.order(order).money) == ({}, "paid")


def test_delivered_before_anybody_knew_the_answer_corrects_the_books(couriered: Couriered) -> None:
    order, shop = travelling(couriered), couriered.shop
    shop.do(order, c.Deliver())
    assert owes(shop, order) == {"courier": 660.0, "back": 560.0}
    assert waiting(shop, order) == [("told_too_much", "needs_us")]
    with pytest.raises(Refused, match="Find out first what the rider took"):
        shop.do(order, c.PayRefund(method="bkash", amount_poisha=56_000, reference="SENT123456"))
    shop.do(order, says(100, "their panel says so"))
    assert ledger(shop, order, "say_collects") == [f"say_collects: {REFUNDS} 560 ← {COURIER}"]
    assert (owes(shop, order), waiting(shop, order)) == ({"courier": 100.0}, [])
    assert shop.order(order).paid_poisha == shop.order(order).total_poisha


# due, told; what is found out after the delivery; then what stays open
FOUND_OUT = {
    "less: it is due again": (660, 660, 400, {"due": 260.0, "courier": 400.0}),
    "nothing at all": (660, 660, 0, {"due": 660.0}),
    "more: it goes back": (660, 660, 700, {"courier": 700.0, "back": 40.0}),
    "the other way of rounding": (192.50, 193, 192, {"courier": 192.0}),
    "as it was booked": (192.50, 193, 193, {"courier": 193.0}),
}


@pytest.mark.parametrize("story", FOUND_OUT)
def test_what_the_rider_took_is_found_out_after_the_delivery(couriered: Couriered, story: str) -> None:
    due, told, took, still_open = FOUND_OUT[story]
    shop = couriered.shop
    shop.db.write(lambda tx: add_product(tx, "TEA", "Tea", round(due * 100) - 10_000, tracks_stock=False))
    order = shop.bring_to("packed", ("TEA", 1), **COD)
    couriered.ship(order)
    shop.do(order, c.Deliver())
    assert shop.order(order).courier_due_poisha == told * 100
    shop.do(order, says(took))
    assert owes(shop, order) == still_open
    shop.do(order, says(told))
    shop.do(order, says(took))
    assert owes(shop, order) == still_open, "said again and back again it is the same"
    assert shop.balance("income:rounding") in (0, -50) and shop.balance("expense:rounding") in (0, 50)


def test_what_was_given_back_of_money_never_taken_is_due_again(couriered: Couriered) -> None:
    order, shop = travelling(couriered), couriered.shop
    shop.do(order, says(660))
    shop.do(order, c.Deliver())
    shop.do(order, c.PayRefund(method="bkash", amount_poisha=56_000, reference="SENT123456"))
    shop.do(order, says(100))
    assert owes(shop, order) == {"due": 560.0, "courier": 100.0}


def test_what_was_paid_out_was_taken(couriered: Couriered) -> None:
    order, shop = travelling(couriered), couriered.shop
    shop.do(order, c.Deliver())
    shop.do(order, c.PayOut(amount_poisha=66_000))
    with pytest.raises(Refused, match="has paid out more than ৳100"):
        shop.do(order, says(100))
    shop.do(order, says(660))
    assert owes(shop, order) == {"back": 560.0}


def test_riders_take_whole_taka(couriered: Couriered) -> None:
    order = travelling(couriered)
    with pytest.raises(InvalidInput, match="whole taka"):
        couriered.shop.do(order, c.SayCollects(collects_poisha=10_050))


@pytest.mark.parametrize(("pays", "asked"), [(10_000, None), (50_000, None), (56_000, 10_000), (70_000, 0)])
def test_only_who_was_told_too_much_is_asked_for_less(couriered: Couriered, pays: int, asked: int | None) -> None:
    """Told ৳160 of ৳660: ৳100 and ৳500 more leave at least that much to collect."""
    shop = couriered.shop
    shop.db.write(lambda tx: add_product(tx, "TEA", "Tea", 56_000, tracks_stock=False))
    order = shop.bring_to("packed", ("TEA", 1), **COD)
    couriered.ship(order)
    shop.do(order, says(160))
    shop.settle(order, pays, "PARTOFIT12")
    assert couriered.parcel(order).asked_cod_poisha == asked


def test_paid_while_it_is_not_known_whether_the_courier_has_the_parcel(couriered: Couriered) -> None:
    """The booking went out with the old amount: it is asked for less as well."""
    shop = couriered.shop
    order = shop.bring_to("packed", ("MUG", 1), **COD)
    couriered.fail_next("timeout", delay_s=5, lands=True)
    assert couriered.ship(order).booking == "uncertain"
    shop.settle(order)
    assert couriered.parcel(order).asked_cod_poisha == 0
    assert ("told_too_much", "needs_us") in waiting(shop, order)


class Rewriting(Paperplane):
    """Paperplane, which lets an amount be changed."""

    says: Any = "Coins changed."

    def change_cod(self, parcel: ParcelName, cod_poisha: int) -> str:
        if isinstance(self.says, Exception):
            raise self.says
        return f"{self.says} {parcel.consignment_id} {cod_poisha}"


@pytest.fixture
def rewriting(shop: Shop, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> tuple[Couriered, Done]:
    """A COD parcel of Paperplane's on its way."""
    row = replace(PAPERPLANE, connect=Rewriting, can=frozenset((Can.CHANGE_COD,)))
    monkeypatch.setitem(COURIERS, row.key, row)
    desk = CourierDesk(
        clock, None, lambda key: {"club": "7", "password": "wings"}, transport=InProcess(Airfield("wings").app())
    )
    couriered = Couriered(shop, desk)
    order = shop.bring_to("packed", ("MUG", 1), **COD)
    ship_by_courier(desk, shop.db, couriered.context(), order.number, row.key)
    return couriered, order


def test_a_courier_whose_api_can_is_told_by_it(rewriting: tuple[Couriered, Done]) -> None:
    couriered, order = rewriting
    shop = couriered.shop
    shop.settle(order, 80_000, "ONTHEWAY12")
    assert waiting(shop, order) == [("told_too_much", "asked_courier")]
    couriered.run_jobs()
    assert (couriered.parcel(order).cod_poisha, couriered.parcel(order).asked_cod_poisha) == (10_000, None)
    assert waiting(shop, order) == []


def test_a_lowered_price_is_told_by_it_as_well(rewriting: tuple[Couriered, Done]) -> None:
    couriered, order = rewriting
    shop = couriered.shop
    shop.do(order, c.LowerCod(collects_poisha=70_000, reason="bargained"))
    couriered.run_jobs()
    assert (couriered.parcel(order).cod_poisha, couriered.parcel(order).asked_cod_poisha) == (70_000, None)
    shop.do(order, c.Deliver())
    assert (waiting(shop, order), owes(shop, order)) == ([], {"courier": 700.0})


def test_what_the_courier_refuses_a_person_tells(
    rewriting: tuple[Couriered, Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    couriered, order = rewriting
    shop = couriered.shop
    monkeypatch.setattr(Rewriting, "says", CourierRefused("paperplane", "It has landed."))
    shop.settle(order, 80_000, "ONTHEWAY12")
    couriered.run_jobs()
    [case] = shop.db.read(lambda tx: cases.open_of(tx, order.order_id))
    assert (case.state, case.next_act) == ("needs_us", "tell_amount")
    assert "It has landed." in case.words and "please collect ৳100 instead of ৳900" in case.words
    assert couriered.parcel(order).asked_cod_poisha == 10_000


def test_a_delivery_and_a_payment_at_once_end_as_one_after_the_other(couriered: Couriered) -> None:
    shop = couriered.shop
    order = shop.bring_to("packed", ("MUG", 1), **COD)
    couriered.ship(order)
    paid = c.VerifyPayment(method="bkash", transaction_id="ATONCE1234", amount_poisha=80_000)
    at_once(lambda: shop.do(order, c.Deliver()), lambda: shop.do(order, paid))
    assert owes(shop, order) == {"courier": 900.0, "back": 800.0}


def test_two_answers_at_once_leave_one_of_them(couriered: Couriered) -> None:
    order, shop = travelling(couriered), couriered.shop
    shop.do(order, c.Deliver())
    at_once(lambda: shop.do(order, says(100)), lambda: shop.do(order, says(660)))
    assert owes(shop, order) in ({"courier": 100.0}, {"courier": 660.0, "back": 560.0})


def _last_message(shop: Shop) -> str:
    last = select(_M.c.data).where(_M.c.template == "payment_received").order_by(_M.c.id.desc()).limit(1)
    return str(shop.db.read(lambda tx: tx.value(last)))
