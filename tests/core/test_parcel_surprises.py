"""What a parcel turns out to have done: booked unbeknown, delivered after all, kept in part, back: each is settled."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dokango.couriers.kind.base import Booking
from dokango.orders import Done
from dokango.orders.acts.perform import act_on
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import uncertain
from dokango.orders.parcels.book import ask, record_booking
from dokango.orders.parcels.news import sync_shipment
from tests.core.couriered import COD, Couriered, lose, notification, said_never_landed, shipped


def landed_id(couriered: Couriered) -> str:
    """The id of the one parcel that the courier has."""
    (parcel,) = couriered.desk.practice(couriered.courier).booked_since(0)
    return parcel.consignment_id


def by_webhook(couriered: Couriered, order: Done) -> None:
    invoice = couriered.parcel(order).invoice
    assert couriered.hear({"consignment_id": landed_id(couriered), "invoice": invoice, "status": "x"}) == 200
    couriered.run_jobs()


def by_a_person(couriered: Couriered, order: Done) -> None:
    uncertain.settle_with_id(couriered.desk, couriered.shop.db, couriered.context(), order.number, landed_id(couriered))


@pytest.mark.parametrize("settle", [by_webhook, by_a_person])
@pytest.mark.parametrize(
    ("said", "status", "cases"),
    [
        ("delivered", "delivered", []),
        ("cancelled", "shipped", [("unknown", "coming_back")]),
        ("cancelled_return_received", "shipped", [("unknown", "to_inspect")]),
        ("partial_delivered", "shipped", [("partial", "needs_us")]),
        ("hold", "shipped", [("held_at_hub", "needs_us")]),
        ("gone to the moon", "shipped", [("unknown", "needs_us")]),
        ("delivered_approval_pending", "shipped", []),
    ],
)
def test_what_became_of_a_parcel_before_its_booking_was_known_is_heard(
    couriered: Couriered,
    settle: Callable[[Couriered, Done], None],
    said: str,
    status: str,
    cases: list[tuple[str, str]],
) -> None:
    order = lose(couriered, lands=True)
    assert couriered.desk.practice().move(landed_id(couriered), said)
    settle(couriered, order)
    assert couriered.shop.order(order).status == status
    assert [(case.kind, case.state) for case in couriered.cases(order)] == cases


def test_a_webhook_that_is_faster_than_the_answer_leaves_room_for_what_only_the_answer_says(
    couriered: Couriered,
) -> None:
    shop = couriered.shop
    order = shop.bring_to("packed", ("MUG", 1))
    courier = couriered.desk.courier("steadfast")
    asked = shop.db.write(lambda tx: ask(tx, courier, couriered.context(), order.number, None))
    booking = courier.send(asked.payload)
    couriered.hear({"consignment_id": booking.consignment_id, "invoice": asked.invoice, "status": "in_review"})
    couriered.run_jobs()
    assert couriered.parcel(order).booking == "booked" and couriered.parcel(order).tracking_code == ""
    shop.db.write(lambda tx: record_booking(tx, couriered.context(), order.number, asked.shipment_id, booking))
    row = couriered.parcel(order)
    assert (row.tracking_code, row.tracking_link) == (booking.tracking_code, booking.tracking_link)
    assert booking.tracking_code and booking.tracking_link


def test_what_is_known_of_a_parcel_is_not_overwritten_by_a_booking_that_is_recorded_again(
    couriered: Couriered,
) -> None:
    order = shipped(couriered)
    before = couriered.parcel(order)
    other = Booking("99", "CODE", "https://example.com/t")
    context = couriered.context()
    couriered.shop.db.write(lambda tx: record_booking(tx, context, order.number, before.id, other))
    assert couriered.parcel(order) == before


def test_a_delivery_of_all_of_it_answers_what_was_kept(couriered: Couriered) -> None:
    order = shipped(couriered, **COD)
    couriered.move(order, "partial_delivered")
    couriered.sync(order)
    assert couriered.waiting(order) == ["partial"]
    couriered.shop.do(order, c.Deliver())
    assert couriered.waiting(order) == []


def test_a_delivery_in_part_leaves_the_case_of_what_comes_back(couriered: Couriered) -> None:
    order = shipped(couriered, **COD)
    couriered.hear(notification(couriered, order, "partial_delivered"))
    couriered.move(order, "partial_delivered")
    couriered.run_jobs()
    kept = (c.KeptLine(sku="MUG", kept=1),)
    couriered.shop.do(order, c.DeliverPart(lines=kept, collected_poisha=90_000))
    assert [(case.kind, case.next_act) for case in couriered.cases(order)] == [("partial", "wait_return")]


def elsewhere(couriered: Couriered, order: Done, *, shipped_again: bool) -> None:
    """Its parcel is held, and somebody else's rider is to take the order instead."""
    couriered.move(order, "hold")
    couriered.sync(order)
    (case,) = couriered.cases(order)
    form = {"courier": "manual", "carrier": "Own rider"}
    act_on(couriered.desk, couriered.shop.db, couriered.context(), case.id, "another_courier", form)
    assert couriered.parcel(order).carrier == "Own rider"
    if not shipped_again:
        couriered.shop.do(order, c.SendElsewhere(reason="the rider is ill"))


@pytest.mark.parametrize("shipped_again", [True, False])
def test_a_parcel_that_is_delivered_after_another_took_over_counts_and_its_courier_has_the_cash(
    couriered: Couriered, shipped_again: bool
) -> None:
    order = shipped(couriered, **COD)
    first = couriered.parcel(order)
    elsewhere(couriered, order, shipped_again=shipped_again)
    assert couriered.desk.practice().move(first.consignment_id, "delivered")
    sync_shipment(couriered.desk, couriered.shop.db, couriered.shop.clock, first.id)
    assert couriered.shop.order(order).status == "delivered"
    assert couriered.shop.balance("receivable:courier:steadfast") == first.cod_poisha
    assert couriered.shop.balance("receivable:courier:Own rider") == 0
    assert [(row.live, row.booking) for row in couriered.parcels(order)] == [(1, "booked"), (None, "superseded")]
    assert couriered.waiting(order) == (["two_parcels"] if shipped_again else [])


def test_while_another_parcel_is_being_booked_a_delivery_of_the_first_is_told_to_a_person(couriered: Couriered) -> None:
    order = lose(couriered, lands=True)
    first = couriered.parcel(order)
    said_never_landed(couriered, order)
    couriered.fail_next("timeout", delay_s=5)
    assert couriered.ship(order).booking == "uncertain"
    consignment_id = landed_id(couriered)
    assert couriered.desk.practice().move(consignment_id, "delivered")
    couriered.hear({"consignment_id": consignment_id, "invoice": first.invoice, "status": "delivered"})
    couriered.run_jobs()
    assert couriered.shop.order(order).status == "confirmed"
    assert sorted(couriered.waiting(order)) == ["booking_uncertain", "courier_contradiction", "two_parcels"]


@pytest.mark.parametrize("also_failed", [True, False])
def test_a_parcel_kept_in_part_that_came_back_whole_waits_for_no_second_inspection(
    couriered: Couriered, also_failed: bool
) -> None:
    order = shipped(couriered, **COD)
    if also_failed:
        couriered.move(order, "hold")
        couriered.sync(order)
    for word in ("partial_delivered", "partial_delivered_return_received"):
        couriered.move(order, word)
        couriered.sync(order)
    couriered.shop.do(order, c.ReceiveReturn(inspect_later=True))
    assert {case.state for case in couriered.cases(order)} == {"to_inspect"}
    looked = c.InspectedLine(sku="MUG", quantity=2, condition="resell")
    couriered.shop.do(order, c.Inspect(lines=(looked,)))
    assert [(case.state, case.next_act) for case in couriered.cases(order)] == [("needs_us", "decide_again")]
    couriered.shop.do(order, c.SendAgain())
    assert couriered.cases(order) == []


def test_a_parcel_that_moves_on_ends_all_that_waited_for_it_to_move(couriered: Couriered) -> None:
    order = shipped(couriered)
    for word in ("hold", "exceptional"):
        couriered.move(order, word)
        couriered.sync(order)
    assert sorted(couriered.waiting(order)) == ["held_at_hub", "lost"]
    couriered.move(order, "pending")
    couriered.sync(order)
    assert couriered.parcel(order).status == "pending" and couriered.waiting(order) == []


def test_who_takes_over_is_told_what_is_due_so_that_nobody_has_to_lower_it(couriered: Couriered) -> None:
    order = shipped(couriered, **COD)
    couriered.shop.settle(order, 5_000, "TRXEARLY1")
    assert couriered.waiting(order) == ["told_too_much"]
    couriered.shop.do(order, c.SendElsewhere(reason="no rider goes there"))
    assert couriered.waiting(order) == []
    couriered.shop.do(order, c.Ship(courier="manual", carrier="Own rider"))
    assert couriered.parcel(order).cod_poisha == couriered.shop.order(order).due_poisha
