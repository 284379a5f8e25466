"""Parcels on their way are asked about at a pace that fits them, by one worker, and caught up with after a silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

import pytest

from dokango.clock import US_PER_S
from dokango.clocks.table import CLOCKS
from dokango.courier_errors import CourierError, CourierUnavailable
from dokango.couriers import contact
from dokango.couriers.kind import CALLS_PER_MIN
from dokango.couriers.kind.status import CarrierStatus, ReturnLeg
from dokango.couriers.parcels import asking
from dokango.couriers.parcels.pace import DAY_S, HOUR_S, MINUTE_S, next_ask_us, next_look_us
from dokango.couriers.registry import COURIERS
from dokango.db import Database
from dokango.jobs.schedule import Periodic
from dokango.jobs.worker import WAITING, Worker
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import follow
from dokango.orders.parcels.follow import EVERY_S, follow_parcels
from tests.core.couriered import Couriered, lose, notification, shipped

S, NONE = CarrierStatus, ReturnLeg.NONE
KEY = "steadfast"


def followed(couriered: Couriered) -> int:
    return follow_parcels(couriered.desk, couriered.shop.db, couriered.shop.clock)


def asked_after(couriered: Couriered, seconds: int) -> int:
    couriered.shop.clock.advance(seconds)
    return followed(couriered)


def line(couriered: Couriered) -> contact.Contact:
    found = couriered.shop.db.read(lambda tx: contact.contact_of(tx, KEY))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("status", "leg", "moved_s", "waits_s"),
    [
        (S.IN_REVIEW, NONE, 0, 15 * MINUTE_S),
        (S.PENDING, NONE, 5 * HOUR_S, 15 * MINUTE_S),
        (S.PENDING, NONE, 20 * HOUR_S, 30 * MINUTE_S),
        (S.PENDING, NONE, 2 * DAY_S, HOUR_S),
        (S.HOLD, NONE, 5 * DAY_S, 3 * HOUR_S),
        (S.PENDING, NONE, 20 * DAY_S, 12 * HOUR_S),
        (S.PENDING, NONE, 60 * DAY_S, 2 * DAY_S),
        (S.PENDING, NONE, 91 * DAY_S, None),
        (S.DELIVERED_APPROVAL_PENDING, NONE, 2 * DAY_S, 10 * MINUTE_S),
        (S.CANCELLED, NONE, 0, 2 * HOUR_S),
        (S.CANCELLED, ReturnLeg.PROCESSING, 20 * DAY_S, 12 * HOUR_S),
        (S.CANCELLED, ReturnLeg.RECEIVED, 0, None),
        (S.DELIVERED, NONE, 0, None),
    ],
)
def test_fresh_and_moving_parcels_are_asked_about_often_and_old_ones_rarely(
    status: CarrierStatus, leg: ReturnLeg, moved_s: int, waits_s: int | None
) -> None:
    now = 100 * DAY_S * US_PER_S
    found = next_ask_us(status, leg, live=True, moved_us=now - moved_s * US_PER_S, now_us=now)
    assert found == (None if waits_s is None else now + waits_s * US_PER_S)
    if waits_s is not None:  # one that counts no more is asked about, and rarely
        other = next_ask_us(status, leg, live=False, moved_us=now - moved_s * US_PER_S, now_us=now)
        assert other is not None and other >= now + DAY_S * US_PER_S


def test_twenty_thousand_open_parcels_of_ten_days_need_less_than_a_courier_allows() -> None:
    now = 100 * DAY_S * US_PER_S
    ages = [at * 10 * DAY_S * US_PER_S // 20_000 for at in range(20_000)]
    waits = [next_ask_us(S.PENDING, NONE, live=True, moved_us=now - age, now_us=now) for age in ages]
    a_minute = sum(60 * US_PER_S / (at - now) for at in waits if at is not None)
    assert a_minute < 1_000 * follow.SHARE / 2


def test_each_parcel_is_asked_about_when_its_time_comes_and_one_they_do_not_know_blocks_none(
    couriered: Couriered,
) -> None:
    first, second = shipped(couriered), shipped(couriered)
    couriered.move(second, "delivered")
    store = couriered.desk.practice().store
    store.run("DELETE FROM parcel WHERE invoice = ?", couriered.parcel(first).invoice)
    assert asked_after(couriered, 60) == 0
    assert asked_after(couriered, 15 * MINUTE_S) == 2
    assert [couriered.shop.order(order).status for order in (first, second)] == ["shipped", "delivered"]
    assert couriered.parcel(second).ask_at is None
    # what they do not know was not confirmed; it is asked about again at its pace
    assert couriered.parcel(first).synced_at is None
    assert asked_after(couriered, 10 * MINUTE_S) == 0
    assert asked_after(couriered, 6 * MINUTE_S) == 1


def test_a_parcel_that_another_one_replaced_is_still_asked_about(couriered: Couriered) -> None:
    order = shipped(couriered)
    first = couriered.parcel(order)
    couriered.shop.do(order, c.SendElsewhere(reason="no rider goes there"))
    couriered.shop.do(order, c.Ship(courier="manual", carrier="Rider"))
    assert couriered.desk.practice().move(first.consignment_id, "delivered")
    assert asked_after(couriered, 16 * MINUTE_S) == 1
    assert couriered.shop.order(order).status == "delivered"


def test_a_round_asks_no_more_than_the_courier_allows_and_the_longest_due_first(
    couriered: Couriered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(couriered.desk, "calls_per_min", lambda kind: 10)  # two in a round of fifteen seconds
    orders = [couriered.shop.bring_to("packed", ("MUG", 1)) for _ in range(5)]
    for order in orders:
        couriered.ship(order)
        couriered.shop.clock.advance(1)
    assert asked_after(couriered, HOUR_S) == 2
    assert followed(couriered) == 0, "the next round has not begun"
    assert asked_after(couriered, EVERY_S) == 2
    assert [couriered.parcel(order).synced_at is not None for order in orders] == [True] * 4 + [False]
    assert asked_after(couriered, EVERY_S) == 1


def test_how_much_a_courier_allows_is_a_setting() -> None:
    kind = COURIERS[KEY]
    assert (kind.calls_per_min({}), kind.calls_per_min({CALLS_PER_MIN: "250"})) == (1_000, 250)


def test_one_worker_asks_and_another_takes_over_when_it_has_died(db: Database) -> None:
    def begins(who: str, now_s: int) -> bool:
        now = now_s * US_PER_S
        return db.write(
            lambda tx: contact.begin_round(tx, KEY, who, now, now + 180 * US_PER_S, now + EVERY_S * US_PER_S)
        )

    def holds(who: str, now_s: int) -> bool:
        now = now_s * US_PER_S
        return db.write(lambda tx: contact.hold(tx, KEY, who, now, now + 180 * US_PER_S))

    assert begins("one", 0) and not begins("other", 20)
    assert holds("one", 100) and not holds("other", 100)
    assert not begins("other", 270)
    assert begins("other", 281), "its lease ran out"
    assert not holds("one", 282)
    db.write(lambda tx: contact.let_go(tx, KEY, "one"))
    assert not begins("one", 300), "letting go of what it lost frees nothing"
    db.write(lambda tx: contact.let_go(tx, KEY, "other"))
    assert begins("one", 300)


def test_what_waits_for_others_has_a_lane_of_its_own(couriered: Couriered) -> None:
    assert {"follow parcels", "follow what was asked back"} <= {row.name for row in CLOCKS if row.waits}
    ran: list[str] = []
    tasks = [
        Periodic("short", 1, lambda: ran.append("short") or 1),
        Periodic("long", 1, lambda: ran.append("long") or 1, waits=True),
    ]
    worker = Worker(
        couriered.shop.db, couriered.shop.clock, {}, name="w", rng=Random(1), ask_a_person=lambda *_: None, tasks=tasks
    )
    worker.run_due(lane=0)
    assert ran == ["short"]
    worker.run_due(lane=1)
    worker.run_due(lane=WAITING)
    assert ran == ["short", "long"]


@pytest.fixture
def down(couriered: Couriered) -> Iterator[Couriered]:
    """Steadfast answers 503 to everything."""
    couriered.fail_next("fail", "", http_status=503, times=10_000)
    yield couriered
    couriered.desk.practice().faults.clear()


def test_a_courier_that_is_down_for_a_day_holds_nothing_up_and_all_is_caught_up_in_ten_minutes(
    couriered: Couriered,
) -> None:
    shop, practice = couriered.shop, couriered.desk.practice()
    orders = [couriered.shop.bring_to("packed", ("MUG", 1)) for _ in range(14)]
    for order in orders:
        couriered.ship(order)
    lost = lose(couriered, lands=True)
    couriered.fail_next("fail", "", http_status=503, times=1_000_000)
    moved = {order.number: status for order, status in zip(orders, ["delivered", "cancelled", "hold"], strict=False)}
    new: list[Done] = []
    for hour in range(24):
        if hour == 5:
            for order in orders[:3]:
                practice.move(couriered.parcel(order).consignment_id, moved[order.number])
        for _ in range(6):
            shop.clock.advance(10 * MINUTE_S)
            followed(couriered)
            couriered.run_jobs()
        if hour % 8 == 0:
            new.append(shop.bring_to("packed", ("SARI", 1)))  # orders go on
    since = line(couriered).silent_since
    assert since is not None and since <= orders_shipped_at(couriered, orders) + HOUR_S * US_PER_S
    assert line(couriered).why and {shop.order(order).status for order in orders} == {"shipped"}
    with pytest.raises(CourierError):
        couriered.ship(new[0])
    assert {shop.order(order).status for order in new} == {"confirmed"}

    practice.faults.clear()
    back_us = shop.clock.now_us()
    for _ in range(10 * MINUTE_S // EVERY_S):
        asked_after(couriered, EVERY_S)
    assert line(couriered).silent_since is None
    assert all((couriered.parcel(order).synced_at or 0) >= back_us for order in orders)
    found = [couriered.parcel(order).status for order in orders[:3]]
    assert found == ["delivered", "cancelled", "hold"] and shop.order(orders[0]).status == "delivered"
    assert shop.order(lost).status == "shipped" and couriered.parcel(lost).consignment_id
    for order in new[1:]:
        couriered.ship(order)


def orders_shipped_at(couriered: Couriered, orders: list[Done]) -> int:
    return max(couriered.parcel(order).booked_at for order in orders)


def test_a_courier_that_is_down_is_not_called_for_every_parcel(couriered: Couriered) -> None:
    for _ in range(12):
        couriered.ship(couriered.shop.bring_to("packed", ("MUG", 1)))
    couriered.fail_next("fail", "status", http_status=503, times=100)
    couriered.shop.clock.advance(HOUR_S)
    for _ in range(20):
        asked_after(couriered, EVERY_S)
    left = sum(fault.times for fault in couriered.desk.practice().faults._waiting)
    assert 100 - left < 60, "some thirty of 240"


def test_after_five_lost_calls_nobody_waits_for_the_sixth_and_one_is_tried_half_a_minute_later(
    couriered: Couriered,
) -> None:
    order = shipped(couriered)
    couriered.fail_next("drop", "status", times=5)
    for _ in range(5):
        with pytest.raises(CourierUnavailable, match="clear answer"):
            couriered.sync(order)
    with pytest.raises(CourierUnavailable, match="not called"):
        couriered.sync(order)
    packed = couriered.shop.bring_to("packed")
    with pytest.raises(CourierUnavailable, match="Nothing was sent"):
        couriered.ship(packed)
    couriered.shop.clock.advance(31)
    couriered.sync(order)
    couriered.ship(packed)
    assert couriered.shop.order(packed).status == "shipped"


def test_a_hint_that_cannot_be_confirmed_now_is_when_the_courier_answers_again(down: Couriered) -> None:
    down.desk.practice().faults.clear()
    order = shipped(down)
    down.move(order, "delivered")
    down.fail_next("fail", "status", http_status=503, times=2)
    down.hear(notification(down, order, "delivered"))
    down.run_jobs()
    assert down.shop.order(order).status == "shipped"
    assert down.shop.db.read(lambda tx: asking.count_to_ask(tx, KEY, down.shop.clock.now_us())) == 1
    assert asked_after(down, EVERY_S) == 0 and asked_after(down, 60) == 1
    assert down.shop.order(order).status == "delivered"


def test_a_lost_booking_is_looked_for_long_after_the_first_looks_and_in_the_end_by_a_person_alone(
    couriered: Couriered,
) -> None:
    order = lose(couriered, lands=False)
    for _ in range(30):
        couriered.shop.clock.advance(MINUTE_S)
        couriered.run_jobs()
    assert couriered.parcel(order).booking == "uncertain"
    store = couriered.desk.practice().store
    courier = couriered.desk.courier(KEY)
    row = couriered.parcel(order)
    couriered.shop.clock.advance(HOUR_S)
    assert followed(couriered) == 1 and couriered.parcel(order).booking == "uncertain"
    courier.send(json.loads(row.payload))  # it lands an hour late
    assert store.rows("SELECT 1 FROM parcel") and asked_after(couriered, 16 * MINUTE_S) == 1
    assert couriered.shop.order(order).status == "shipped"
    assert next_look_us(0, 15 * DAY_S * US_PER_S) is None


def test_moves_that_no_webhook_told_of_are_counted_until_it_is_heard_again(couriered: Couriered) -> None:
    orders = [shipped(couriered) for _ in range(4)]
    for order in orders[:3]:
        couriered.move(order, "pending")
    asked_after(couriered, 16 * MINUTE_S)
    assert line(couriered).moves_found == 3
    couriered.shop.clock.advance(60)
    couriered.move(orders[3], "pending")
    couriered.hear(notification(couriered, orders[3], "pending"), key="told")
    asked_after(couriered, 16 * MINUTE_S)
    assert line(couriered).moves_found == 3, "what was told was not found by asking"
    couriered.move(orders[0], "hold")
    asked_after(couriered, 2 * HOUR_S)
    assert line(couriered).moves_found == 1, "counted from the last webhook on"


def test_after_a_silence_those_are_asked_about_first_that_have_most_to_tell(couriered: Couriered) -> None:
    """What is asked about twice a day waits behind what moves, however long it has been due."""
    shop = couriered.shop
    old, quiet = shipped(couriered), shipped(couriered)
    shop.clock.advance(20 * DAY_S)
    for order in (old, quiet):
        couriered.sync(order)  # asked about every twelve hours by now
    shop.clock.advance(11 * HOUR_S)
    fresh, told = shipped(couriered), shipped(couriered)
    shop.clock.advance(2 * HOUR_S)
    couriered.fail_next("fail", "status", http_status=503)
    couriered.hear(notification(couriered, quiet, "delivered"))
    couriered.run_jobs()
    lost = lose(couriered, lands=False)
    shop.clock.advance(DAY_S)
    couriered.sync(told)  # its webhook came meanwhile, say: it need not be asked
    found = shop.db.read(lambda tx: asking.to_ask(tx, KEY, shop.clock.now_us(), 9))
    first = [couriered.parcel(order).id for order in (lost, quiet, fresh, old)]
    assert [parcel.id for parcel in found] == first
