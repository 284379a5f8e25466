"""Orders handed to a courier's API, on both databases: what is booked, refused, edited, and by whom."""

from __future__ import annotations

import json
import threading
from typing import Any

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.courier_errors import CourierRefused, CourierUnavailable
from dokango.couriers.desk import CourierDesk
from dokango.errors import InvalidInput, NotAllowed, Refused, StaleVersion
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.book import Outcome, draft
from dokango.orders.parcels.call_back import ask_parcel_back
from dokango.orders.parcels.draft import ParcelEdits
from dokango.people.actor import Actor
from tests.core.couriered import COD, Couriered, shipped
from tests.small_shop import Shop


def test_a_packed_order_is_booked_and_shipped_with_what_the_courier_answered(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed", ("SARI", 1), **COD)
    outcome = couriered.ship(order)
    row = couriered.parcel(order)
    assert outcome.booking == "booked" and row.tracking_code in outcome.sentence
    assert couriered.shop.order(order).status == "shipped"
    assert (row.booking, row.live, row.status, row.raw_status) == ("booked", 1, "in_review", "in_review")
    assert row.consignment_id.isdigit() and row.tracking_link.startswith("https://")
    assert json.loads(row.payload)["cod_amount"] == row.cod_poisha // 100 == 1300
    assert row.estimated_delivery == "2026-11-24"
    assert couriered.desk.courier("steadfast").find_booking(row.invoice).consignment_id == row.consignment_id


@pytest.mark.parametrize("status", ["pending", "confirmed", "shipped", "cancelled"])
def test_only_a_packed_order_is_sent(couriered: Couriered, status: str) -> None:
    order = couriered.shop.bring_to(status)
    with pytest.raises(Refused):
        couriered.ship(order)
    assert not couriered.desk.practice().store.rows("SELECT 1 FROM parcel")


def test_who_may_not_ship_or_saw_an_older_order_books_nothing(couriered: Couriered, viewer: Actor) -> None:
    order = couriered.shop.bring_to("packed")
    with pytest.raises(NotAllowed):
        couriered.ship(order, actor=viewer)
    with pytest.raises(StaleVersion):
        couriered.ship(order, version=1)
    assert couriered.parcels(order) == []


def test_a_refusal_leaves_the_order_confirmed_says_why_and_another_try_takes_a_new_name(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed")
    couriered.fail_next("fail", http_status=422)
    with pytest.raises(CourierRefused):
        couriered.ship(order)
    assert couriered.shop.order(order).status == "confirmed"
    assert (couriered.parcel(order).booking, couriered.parcel(order).live) == ("refused", None)
    couriered.ship(order)
    first, second = couriered.parcels(order)
    assert second.invoice == f"{first.invoice}-2" and couriered.shop.order(order).status == "shipped"


def test_wrong_keys_are_certainly_not_a_booking(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed")
    couriered.fail_next("fail", http_status=401)
    with pytest.raises(CourierUnavailable, match="keys"):
        couriered.ship(order)
    assert couriered.parcel(order).booking == "refused"


def test_edits_are_sent_and_wrong_ones_are_said_by_field_before_anything_is_sent(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed", **COD)
    with pytest.raises(InvalidInput) as caught:
        couriered.ship(order, ParcelEdits(recipient_address="x" * 491, recipient_name=""))
    assert set(caught.value.fields) == {"recipient_address", "recipient_name"}
    with pytest.raises(InvalidInput) as caught:
        couriered.ship(order, ParcelEdits(recipient_phone="0123"))
    assert set(caught.value.fields) == {"recipient_phone"}
    assert couriered.parcels(order) == []
    couriered.ship(order, ParcelEdits(recipient_phone="+880 1911-000000", note="Gate 2", cod_poisha=50_000))
    sent = json.loads(couriered.parcel(order).payload)
    assert (sent["recipient_phone"], sent["note"], sent["cod_amount"]) == ("01911000000", "Gate 2", 500)


def test_a_draft_is_pre_filled_and_says_what_is_odd_without_writing_anything(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed", ("SARI", 2), ("MUG", 1), note="Ring twice", **COD)
    drafted = couriered.shop.db.read(lambda tx: draft(tx, couriered.desk, order.number, "steadfast"))
    parcel = drafted.parcel
    assert parcel.recipient_address == "House 7, Road 3, Dhanmondi, Dhaka"
    assert parcel.item_description in ("2 × Jamdani sari, 1 × Clay mug", "1 × Clay mug, 2 × Jamdani sari")
    assert parcel.note == "Ring twice" and parcel.cod_poisha == drafted.due_poisha
    assert not drafted.checked.errors and not drafted.checked.warnings
    edits = ParcelEdits(cod_poisha=0)
    odd = couriered.shop.db.read(lambda tx: draft(tx, couriered.desk, order.number, "steadfast", edits))
    assert "although" in odd.checked.warnings["collects"]
    assert couriered.parcels(order) == []


def test_two_clicks_at_once_book_one_parcel(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed")
    outcomes: list[object] = []

    def click() -> None:
        try:
            outcomes.append(couriered.ship(order))
        except Refused as refusal:
            outcomes.append(refusal)

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(outcome, Outcome) for outcome in outcomes) == 1
    assert len(couriered.desk.practice().store.rows("SELECT 1 FROM parcel")) == 1


def test_a_hold_put_on_while_the_courier_was_called_keeps_the_parcel_and_shipping_goes_on_after_release(
    couriered: Couriered,
) -> None:
    order = couriered.shop.bring_to("packed")
    courier = couriered.desk.courier("steadfast")
    send = courier.send

    def held_meanwhile(payload: Any) -> Any:
        couriered.shop.do(order, c.Hold(reason="address"))
        return send(payload)

    courier.send = held_meanwhile  # type: ignore[method-assign]
    couriered.desk.courier = lambda key: courier  # type: ignore[method-assign,assignment]
    outcome = couriered.ship(order)
    assert "could not be shipped" in outcome.sentence and couriered.shop.order(order).status == "confirmed"
    assert couriered.waiting(order) == ["booked_not_shipped"]
    with pytest.raises(Refused, match="has a parcel"):
        couriered.shop.do(order, c.Cancel(reason="no"))
    couriered.shop.do(order, c.Release())
    with pytest.raises(Refused, match="already"):
        couriered.shop.do(order, c.Ship(courier="manual", carrier="Rider"))
    couriered.ship(order)
    assert couriered.shop.order(order).status == "shipped"
    assert len(couriered.desk.practice().store.rows("SELECT 1 FROM parcel")) == 1


def test_with_keys_of_a_real_account_nothing_goes_to_the_practice_courier(shop: Shop, clock: ManualClock) -> None:
    hosts: list[str] = []

    def elsewhere(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        consignment = {"consignment_id": 7, "tracking_code": "T7", "status": "in_review"}
        return httpx.Response(200, json={"status": 200, "consignment": consignment})

    keys = {"api_key": "live", "secret_key": "live"}
    desk = CourierDesk(clock, None, find_keys=lambda _: keys, transport=httpx.MockTransport(elsewhere))
    order = shop.bring_to("packed")
    Couriered(shop, desk).ship(order)
    assert hosts == ["portal.packzy.com"] and not desk.practises("steadfast") and not desk.no_real_parcels("steadfast")


def test_a_parcel_is_asked_back_once_and_the_order_stays_on_its_way(couriered: Couriered) -> None:
    order = shipped(couriered)
    made = ask_parcel_back(couriered.desk, couriered.shop.db, couriered.context(), order.number, "Customer gave up")
    assert made.status == "pending" and couriered.shop.order(order).status == "shipped"
    with pytest.raises(CourierRefused, match="already open"):
        ask_parcel_back(couriered.desk, couriered.shop.db, couriered.context(), order.number, "again")
    manual = couriered.shop.bring_to("shipped")
    with pytest.raises(Refused):
        ask_parcel_back(couriered.desk, couriered.shop.db, couriered.context(), manual.number, "no")
