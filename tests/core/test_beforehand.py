"""What couriers know of an order's place and buyer: asked in the background, kept, and never in the way."""

from __future__ import annotations

from typing import Any

import pytest

from dokango.couriers import known
from dokango.couriers.kind.areas import Address
from dokango.couriers.kind.base import BuyerRecord, PoliceStation
from dokango.couriers.known import Served
from dokango.couriers.registry import COURIERS
from dokango.db import Database
from dokango.orders import Done
from dokango.orders.parcels.beforehand import Beforehand, anything_to_ask, ask_beforehand, beforehand
from tests.core.couriered import Couriered, shipped
from tests.paperplane import PAPERPLANE

KEY = "steadfast"
KINDS = [COURIERS[KEY], COURIERS["manual"], PAPERPLANE]
DAY_S, HOUR_S = 86_400, 3_600


def ask(couriered: Couriered, *orders: Done) -> None:
    numbers, now_us = [order.number for order in orders], couriered.shop.clock.now_us()
    couriered.shop.db.write(lambda tx: ask_beforehand(tx, KINDS, numbers, now_us))


def is_due(couriered: Couriered, order: Done) -> bool:
    now_us = couriered.shop.clock.now_us()
    return couriered.shop.db.read(lambda tx: anything_to_ask(tx, KINDS, [order.number], now_us))


def knows(couriered: Couriered, order: Done) -> Beforehand:
    row = couriered.shop.order(order)
    (found,) = couriered.shop.db.read(lambda tx: beforehand(tx, KINDS, row))
    return found


def test_nothing_is_known_at_first_and_the_jobs_bring_the_thana_and_a_record_without_a_history(
    couriered: Couriered,
) -> None:
    order = couriered.shop.bring_to("packed")
    found = knows(couriered, order)
    assert found.service is not None and found.service.served is Served.UNKNOWN and found.buyer is None
    ask(couriered, order)
    assert couriered.run_jobs() == 2
    found = knows(couriered, order)
    assert found.service is not None and (found.service.served, found.service.thana) == (Served.THANA, "Dhanmondi")
    assert found.buyer is not None and found.buyer.record is not None
    assert found.buyer.record.delivery_percent is None, "no history, which is not a clean one"


def test_the_courier_s_own_record_of_a_buyer_stands_beside_ours(couriered: Couriered) -> None:
    for status in ("delivered", "cancelled"):
        couriered.move(shipped(couriered), status)
    order = couriered.shop.bring_to("packed")
    ask(couriered, order)
    couriered.run_jobs()
    buyer = knows(couriered, order).buyer
    assert buyer is not None and buyer.record is not None
    assert (buyer.record.delivery_percent, buyer.record.cancellation_percent) == (50, 50)


def test_the_same_is_asked_once_however_many_pages_ask_and_again_when_it_is_old(couriered: Couriered) -> None:
    first, second = couriered.shop.bring_to("packed"), couriered.shop.bring_to("packed")
    ask(couriered, first, second)
    ask(couriered, first)
    assert couriered.run_jobs() == 2, "one buyer, one list"
    assert not is_due(couriered, second)
    couriered.shop.clock.advance(DAY_S + 1)
    ask(couriered, second)
    assert couriered.run_jobs() == 1, "the buyer alone: thanas are kept for a week"
    couriered.shop.clock.advance(7 * DAY_S)
    ask(couriered, second)
    assert couriered.run_jobs() == 2


def test_a_service_that_is_down_leaves_what_was_known_and_is_tried_again_later_without_a_case(
    couriered: Couriered,
) -> None:
    order = couriered.shop.bring_to("packed")
    ask(couriered, order)
    couriered.run_jobs()
    couriered.shop.clock.advance(8 * DAY_S)
    couriered.fail_next("timeout", "fraud_check", delay_s=20)
    couriered.fail_next("fail", "police_stations", http_status=503)
    ask(couriered, order)
    assert couriered.run_jobs() == 2
    found = knows(couriered, order)
    assert found.service is not None and found.service.served is Served.THANA
    assert found.buyer is not None and found.buyer.record is not None, "the older record stays"
    assert not is_due(couriered, order) and couriered.waiting(order) == []
    couriered.shop.clock.advance(known.TRIED_AGAIN_S)
    assert is_due(couriered, order)


def test_a_buyer_who_could_never_be_asked_about_is_told_apart_from_one_without_a_history(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed")
    couriered.fail_next("html", "fraud_check")
    ask(couriered, order)
    couriered.run_jobs()
    buyer = knows(couriered, order).buyer
    assert buyer is not None and buyer.record is None


@pytest.mark.parametrize(
    ("address", "served", "thana"),
    [
        (Address("Dhaka", "Dhanmondi"), Served.THANA, "Dhanmondi"),
        (Address("Dhaka", "", "", "House 2, Mirpur 10, Dhaka"), Served.THANA, "Mirpur"),
        (Address("Chattogram", "Panchlaish"), Served.THANA, "Panchlaish"),
        (Address("Dhaka", "Somewhere else"), Served.DISTRICT, ""),
        (Address("Bandarban", "Thanchi"), Served.NOT_LISTED, ""),
    ],
)
def test_a_place_is_found_by_district_in_either_spelling_and_by_the_thana_that_it_names(
    db: Database, address: Address, served: Served, thana: str
) -> None:
    stations = [
        PoliceStation("Dhanmondi", "Dhaka"), PoliceStation("Mirpur", "Dhaka"),
        PoliceStation("Panchlaish", "Chittagong"), PoliceStation("Kotwali", "Sylhet"),
    ]  # fmt: skip
    db.write(lambda tx: known.keep_stations(tx, KEY, stations, 1))
    found = db.read(lambda tx: known.service_of(tx, KEY, address))
    assert (found.served, found.thana) == (served, thana)


def test_records_of_buyers_that_nobody_asks_for_are_let_go(db: Database) -> None:
    def keep(phone: str, days: int) -> None:
        record = BuyerRecord(phone, 90, 10, 0, "low", 0)
        db.write(lambda tx: known.keep_buyer(tx, KEY, phone, record, days * DAY_S * 1_000_000))

    keep("01711000000", 1)
    keep("01811000000", 50)
    keep("01911000000", 100)
    kept: list[Any] = [db.read(lambda tx, p=p: known.buyer_of(tx, KEY, p)) for p in ("01711000000", "01811000000")]
    assert kept[0] is None and kept[1] is not None
