"""Many orders to one courier at once: one call for many, each order with its own end, on both databases."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import Any

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.courier_errors import CourierUnavailable
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.base import Parcel
from dokango.couriers.parcels import shipments
from dokango.couriers.registry import COURIERS
from dokango.orders import Done
from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import book_many
from dokango.orders.parcels.book import Outcome, drafted
from dokango.orders.parcels.book_many import Wanted, ship_many
from dokango.people.actor import Actor
from tests.core.couriered import Couriered
from tests.paperplane import PAPERPLANE
from tests.small_shop import Shop

BULK = "bulk-order"


def sent(
    couriered: Couriered, orders: list[Done], *, actor: Actor | None = None, courier: str = "steadfast", **more: Any
) -> dict[str, str]:
    """How each of `orders` ended, by its number."""
    heard: list[Outcome] = []
    wanted = [Wanted(order.number) for order in orders]
    shop = couriered.shop
    ship_many(couriered.desk, shop.db, shop.clock, actor or shop.owner, courier, wanted, heard.append, **more)
    return {outcome.number: outcome.booking for outcome in heard}


def packed(couriered: Couriered, count: int) -> list[Done]:
    return [couriered.shop.bring_to("packed") for _ in range(count)]


def at_courier(couriered: Couriered) -> list[str]:
    return [row["invoice"] for row in couriered.desk.practice().store.rows("SELECT invoice FROM parcel ORDER BY 1")]


def test_many_go_in_one_call_and_each_is_shipped_with_its_own_id(couriered: Couriered) -> None:
    orders = packed(couriered, 4)
    couriered.fail_next("fail", BULK, http_status=422)  # one call is refused, and it was that of all four
    assert set(sent(couriered, orders).values()) == {"failed"}
    assert set(sent(couriered, orders).values()) == {"booked"}
    assert {couriered.shop.order(order).status for order in orders} == {"shipped"}
    assert len({couriered.parcel(order).consignment_id for order in orders}) == 4
    for order in orders:
        first, second = couriered.parcels(order)
        assert (first.booking, first.live, second.invoice) == ("refused", None, f"{first.invoice}-2")
        assert json.loads(second.answer)["invoice"] == second.invoice


def test_more_than_a_call_holds_go_in_several(couriered: Couriered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_many, "MOST_IN_A_CALL", 2)
    orders = packed(couriered, 5)
    couriered.fail_next("fail", BULK, http_status=422, times=2)
    assert list(sent(couriered, orders).values()) == ["failed"] * 4 + ["booked"]


def test_each_order_has_its_own_end_and_the_failed_ones_alone_go_again(couriered: Couriered) -> None:
    shop = couriered.shop
    good, held, taken, unpacked = (*packed(couriered, 3), shop.bring_to("confirmed"))
    shop.do(held, c.Hold(reason="address"))
    courier = couriered.desk.courier("steadfast")
    name = shop.db.read(lambda tx: drafted(tx, courier, taken.number)).parcel.invoice
    courier.send(courier.payload(Parcel(name, "Karim", "01811000000", "House 2, Sylhet town", 0)))
    assert sent(couriered, [held, good, taken, unpacked]) == {
        held.number: "failed", good.number: "booked", taken.number: "failed", unpacked.number: "failed",
    }  # fmt: skip
    assert "already" in couriered.parcel(taken).problem and couriered.parcels(held) == []
    before = at_courier(couriered)
    shop.do(held, c.Release())
    again = sent(couriered, [held, taken, unpacked])
    assert again == {held.number: "booked", taken.number: "booked", unpacked.number: "failed"}
    assert len(at_courier(couriered)) == len(before) + 2 and len(couriered.parcels(good)) == 1


@pytest.mark.parametrize("lands", [True, False])
def test_a_call_that_is_never_answered_is_settled_by_the_same_names_and_books_nothing_twice(
    couriered: Couriered, lands: bool
) -> None:
    orders = packed(couriered, 3)
    couriered.fail_next("timeout", BULK, delay_s=20, lands=lands)
    assert set(sent(couriered, orders).values()) == {"uncertain"}
    assert all(couriered.waiting(order) == ["booking_uncertain"] for order in orders)
    names = [couriered.parcel(order).invoice for order in orders]
    assert set(sent(couriered, orders).values()) == {"booked"}
    assert at_courier(couriered) == sorted(names)
    for order in orders:
        (row,) = couriered.parcels(order)
        assert row.consignment_id and couriered.shop.order(order).status == "shipped"
        assert couriered.waiting(order) == []


@pytest.mark.parametrize("http_status", [401, 403, 422, 429])
def test_what_is_said_of_a_second_try_says_nothing_about_the_first(couriered: Couriered, http_status: int) -> None:
    orders = packed(couriered, 2)
    couriered.fail_next("timeout", BULK, delay_s=20, lands=True)
    sent(couriered, orders)
    couriered.fail_next("fail", BULK, http_status=http_status)
    assert set(sent(couriered, orders).values()) == {"uncertain"}
    assert {couriered.parcel(order).booking for order in orders} == {"uncertain"}


def test_a_process_that_dies_before_the_answer_leaves_rows_that_are_looked_up(
    couriered: Couriered, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = packed(couriered, 2)

    class Died(BaseException):
        """kill -9"""

    def dies(self: object, payloads: object) -> None:
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(type(couriered.desk.courier("steadfast")), "send_many", dies)
        with pytest.raises(Died):
            sent(couriered, orders)
    assert {couriered.parcel(order).booking for order in orders} == {"requested"}
    couriered.shop.clock.advance(61)
    assert couriered.run_jobs() == 2
    assert {couriered.parcel(order).booking for order in orders} == {"uncertain"}
    assert set(sent(couriered, orders).values()) == {"booked"}


def test_nothing_is_held_in_the_database_while_the_courier_is_asked(shop: Shop, clock: ManualClock) -> None:
    orders = [shop.bring_to("packed") for _ in range(2)]
    written: list[str] = []

    def answering(request: httpx.Request) -> httpx.Response:
        data = json.loads(request.content)["data"]
        for order in orders:
            other = threading.Thread(
                target=lambda number=order.number: written.append(
                    shop.db.write(lambda tx: rows.lock(tx, number)).number
                )
            )
            other.start()
            other.join(5)
        return httpx.Response(
            200,
            json=[
                {"invoice": row["invoice"], "consignment_id": n, "status": "success"} for n, row in enumerate(data, 1)
            ],
        )

    desk = CourierDesk(
        clock, None, lambda _: {"api_key": "live", "secret_key": "live"}, transport=httpx.MockTransport(answering)
    )
    assert set(sent(Couriered(shop, desk), orders).values()) == {"booked"}
    assert written == [order.number for order in orders]


def test_who_may_not_ship_sends_nothing_and_who_saw_another_version_not_that_one(
    couriered: Couriered, viewer: Actor
) -> None:
    orders = packed(couriered, 2)
    assert set(sent(couriered, orders, actor=viewer).values()) == {"failed"} and at_courier(couriered) == []
    heard: list[Outcome] = []
    wanted = [Wanted(orders[0].number, 1), Wanted(orders[1].number, couriered.shop.order(orders[1]).version)]
    shop = couriered.shop
    ship_many(couriered.desk, shop.db, shop.clock, shop.owner, "steadfast", wanted, heard.append)
    assert [outcome.booking for outcome in heard] == ["failed", "booked"]
    assert "changed while you looked" in heard[0].sentence


def test_what_is_stopped_is_not_sent_and_no_row_is_left(couriered: Couriered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_many, "MOST_IN_A_CALL", 1)
    orders = packed(couriered, 3)
    asked = iter([False, True])
    assert list(sent(couriered, orders, stopped=lambda: next(asked))) == [orders[0].number]
    assert [len(couriered.parcels(order)) for order in orders] == [1, 0, 0]


def test_a_parcel_that_the_courier_has_already_ships_its_order_without_a_call(couriered: Couriered) -> None:
    (order,) = packed(couriered, 1)
    couriered.fail_next("timeout", "create_order", delay_s=5, lands=True)
    couriered.ship(order)
    couriered.shop.do(order, c.Hold(reason="address"))
    couriered.shop.clock.advance(61)
    couriered.run_jobs()  # found; the hold keeps the order from being shipped
    couriered.shop.do(order, c.Release())
    couriered.fail_next("fail", BULK)
    assert sent(couriered, [order]) == {order.number: "booked"}


def test_a_courier_without_a_bulk_call_gets_one_after_the_other_and_no_lost_one_twice(
    shop: Shop, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COURIERS, PAPERPLANE.key, PAPERPLANE)
    couriered = Couriered(shop, CourierDesk(clock, None))
    orders = packed(couriered, 3)
    assert list(sent(couriered, orders, courier="paperplane").values()) == ["booked"] * 3
    assert [couriered.parcel(order).consignment_id for order in orders] == ["PP1", "PP2", "PP3"]
    (lost,) = packed(couriered, 1)
    sent(couriered, [lost], courier="paperplane")
    row = couriered.parcel(lost)
    shop.db.write(lambda tx: shipments.change(tx, row.id, booking="uncertain"))
    shop.db.write(lambda tx: rows.change(tx, lost.order_id, {"status": "confirmed"}))
    assert sent(couriered, [lost], courier="paperplane") == {lost.number: "failed"}
    assert len(couriered.desk.practice("paperplane").planes) == 4
    shop.db.write(lambda tx: shipments.change(tx, row.id, booking="booked"))
    shop.db.write(lambda tx: rows.change(tx, lost.order_id, {"status": "shipped"}))


def test_a_courier_that_cannot_be_called_at_all_is_said_before_anything_is_written(
    shop: Shop, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COURIERS, PAPERPLANE.key, replace(PAPERPLANE, practice=None))
    couriered = Couriered(shop, CourierDesk(clock, None))
    (order,) = packed(couriered, 1)
    with pytest.raises(CourierUnavailable, match="no keys"):
        sent(couriered, [order], courier="paperplane")
    assert couriered.parcels(order) == []
