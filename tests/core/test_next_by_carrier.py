"""The filled button follows the carrier as well as work and money."""

from __future__ import annotations

import pytest

from dokango.couriers.kind.status import MEANINGS, CarrierStatus, Where, where_is
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import next_step
from tests.core.couriered import Couriered, shipped

BY_WORD = {
    CarrierStatus.SHIPPED: "deliver",
    CarrierStatus.IN_REVIEW: "sync",
    CarrierStatus.PENDING: "deliver",
    CarrierStatus.HOLD: "sync",
    CarrierStatus.DELIVERED_APPROVAL_PENDING: "deliver",
    CarrierStatus.PARTIAL_DELIVERED_APPROVAL_PENDING: "deliver_part",
    CarrierStatus.CANCELLED_APPROVAL_PENDING: "sync",
    CarrierStatus.UNKNOWN_APPROVAL_PENDING: "sync",
    CarrierStatus.DELIVERED: "deliver",
    CarrierStatus.PARTIAL_DELIVERED: "deliver_part",
    CarrierStatus.CANCELLED: "receive_return",
    CarrierStatus.EXCEPTIONAL: "sync",
    CarrierStatus.AWAITING_PICKUP: "sync",
    CarrierStatus.PICKUP_FAILED: "sync",
    CarrierStatus.PICKUP_CANCELLED: "sync",
    CarrierStatus.OUT_FOR_DELIVERY: "deliver",
    CarrierStatus.DELIVERY_FAILED: "sync",
    CarrierStatus.PAID_RETURN: "receive_return",
    CarrierStatus.EXCHANGED: "deliver_part",
    CarrierStatus.RETURNING: "receive_return",
    CarrierStatus.UNKNOWN: "sync",
}


def filled(couriered: Couriered, number: str) -> tuple[str, str] | None:
    shop = couriered.shop
    step = next_step(shop.db.read(lambda tx: situation_of(tx, shop.owner, shop.clock, number)))
    return (step.action, step.label) if step else None


@pytest.mark.parametrize("word", CarrierStatus)
def test_each_word_of_a_courier_has_its_next_step(couriered: Couriered, word: CarrierStatus) -> None:
    order = shipped(couriered)
    assert couriered.shop.order(order).carrier_status == CarrierStatus.IN_REVIEW
    couriered.shop.db.write(lambda tx: tx.connection.cursor().execute(f"UPDATE shipment SET status = '{word}'"))
    found = filled(couriered, order.number)
    assert found is not None and found[0] == BY_WORD[word]


def test_a_parcel_is_followed_from_the_counter_to_the_door_and_back(couriered: Couriered) -> None:
    order = shipped(couriered)
    assert filled(couriered, order.number) == ("sync", "Sync status")  # booked, and not picked up
    for word, label in (("pending", "Mark as delivered"), ("cancelled", "Parcel came back")):
        couriered.move(order, word)
        couriered.sync(order)
        found = filled(couriered, order.number)
        assert found is not None and found[1] == label


def test_what_a_courier_carries_by_hand_is_out(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("shipped")
    assert filled(couriered, order.number) == ("deliver", "Mark as delivered")


def test_every_word_says_where_the_parcel_is() -> None:
    assert {word: where_is(word) for word in MEANINGS}.keys() == set(CarrierStatus)
    assert (where_is(""), where_is(None)) == (Where.BOOKED, Where.OUT)
