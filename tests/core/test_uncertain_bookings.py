"""Bookings whose answer never came: what is blocked, how they are found again, how people settle them."""

from __future__ import annotations

import pytest

from dokango.clock import ManualClock
from dokango.courier_errors import CourierRefused, CourierUnavailable
from dokango.couriers.desk import CourierDesk
from dokango.errors import InvalidInput, Refused
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import jobs, uncertain
from dokango.orders.parcels.book import Outcome, ask
from dokango.orders.parcels.follow import follow_parcels
from dokango.shop.secrets import SecretLost
from tests.core.couriered import Couriered, lose, said_never_landed


@pytest.mark.parametrize("lands", [True, False])
def test_an_uncertain_booking_blocks_a_second_one_a_cancel_and_a_manual_parcel(
    couriered: Couriered, lands: bool
) -> None:
    order = lose(couriered, lands=lands)
    assert couriered.waiting(order) == ["booking_uncertain"]
    manual = c.Ship(courier="manual", carrier="Rider")
    for attempt in (
        lambda: couriered.ship(order),
        lambda: couriered.shop.do(order, c.Cancel(reason="no")),
        lambda: couriered.shop.do(order, manual),
    ):
        with pytest.raises(Refused, match="not known"):
            attempt()
    assert len(couriered.parcels(order)) == 1


def test_a_lost_booking_that_landed_is_found_by_the_job_and_ships_the_order(couriered: Couriered) -> None:
    order = lose(couriered, lands=True)
    assert couriered.run_jobs() == 0
    couriered.shop.clock.advance(61)
    assert couriered.run_jobs() == 1
    assert couriered.shop.order(order).status == "shipped"
    row = couriered.parcel(order)
    assert row.consignment_id and row.tracking_code == "" and couriered.waiting(order) == []


def test_one_that_lags_is_found_by_a_later_look_and_looking_ends(couriered: Couriered) -> None:
    order = lose(couriered, lands=False)
    looks = 0
    for _ in range(12):
        couriered.shop.clock.advance(500)
        looks += couriered.run_jobs()
    assert looks == 1 + len(uncertain.LOOK_AGAIN_S)
    assert couriered.parcel(order).booking == "uncertain" and couriered.waiting(order) == ["booking_uncertain"]


def test_a_process_that_died_between_row_and_answer_leaves_an_uncertain_booking(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed")

    class Died(BaseException):
        """kill -9"""

    def dies(payload: object) -> None:
        raise Died

    courier = couriered.desk.courier("steadfast")
    courier.send = dies  # type: ignore[method-assign,assignment]
    couriered.desk.courier = lambda key: courier  # type: ignore[method-assign,assignment]
    with pytest.raises(Died):
        couriered.ship(order)
    del couriered.desk.courier
    assert couriered.parcel(order).booking == "requested"
    with pytest.raises(Refused, match="right now"):
        couriered.ship(order)
    couriered.shop.clock.advance(61)
    couriered.run_jobs()
    assert couriered.parcel(order).booking == "uncertain"


@pytest.mark.parametrize("lands", [True, False])
def test_trying_again_uses_the_same_invoice_and_books_one_parcel_either_way(couriered: Couriered, lands: bool) -> None:
    order = lose(couriered, lands=lands)
    outcome = uncertain.try_again(couriered.desk, couriered.shop.db, couriered.context(), order.number)
    assert outcome.booking == "booked" and couriered.shop.order(order).status == "shipped"
    (parcel,) = couriered.desk.practice().store.rows("SELECT * FROM parcel")
    assert str(parcel["consignment_id"]) == couriered.parcel(order).consignment_id
    assert parcel["invoice"] == couriered.parcel(order).invoice


@pytest.mark.parametrize("http_status", [401, 403, 422, 429])
def test_a_refused_retry_says_nothing_about_the_first_try(couriered: Couriered, http_status: int) -> None:
    order = lose(couriered, lands=True)
    couriered.fail_next("fail", http_status=http_status)
    with pytest.raises((CourierRefused, CourierUnavailable)):
        uncertain.try_again(couriered.desk, couriered.shop.db, couriered.context(), order.number)
    assert couriered.parcel(order).booking == "uncertain"


def test_an_id_entered_by_hand_is_asked_for_before_it_is_believed(couriered: Couriered) -> None:
    other = couriered.shop.bring_to("packed")
    couriered.ship(other)
    order = lose(couriered, lands=True)

    def enter(consignment_id: str) -> Outcome:
        context = couriered.context()
        return uncertain.settle_with_id(
            couriered.desk, couriered.shop.db, context, order.number, consignment_id, "CODE9"
        )

    for wrong in ("1", "", "12/../3", couriered.parcel(other).consignment_id):
        with pytest.raises(InvalidInput):
            enter(wrong)
    (right,) = couriered.desk.practice().store.rows(
        "SELECT consignment_id FROM parcel WHERE invoice = ?", couriered.parcel(order).invoice
    )
    enter(str(right["consignment_id"]))
    assert couriered.shop.order(order).status == "shipped" and couriered.parcel(order).tracking_code == "CODE9"


def test_saying_that_it_never_landed_frees_the_order_and_a_late_surprise_is_kept_beside(couriered: Couriered) -> None:
    order = lose(couriered, lands=True)
    lost = couriered.parcel(order)
    said_never_landed(couriered, order)
    couriered.ship(order)
    second = couriered.parcel(order)
    assert second.invoice == f"{lost.invoice}-2"
    (landed,) = couriered.desk.practice().store.rows("SELECT * FROM parcel WHERE invoice = ?", lost.invoice)
    hint = {"notification_type": "delivery_status", "consignment_id": landed["consignment_id"]}
    couriered.hear({**hint, "invoice": lost.invoice, "status": "cancelled"})
    couriered.desk.practice().move(str(landed["consignment_id"]), "cancelled")
    couriered.run_jobs()
    assert couriered.waiting(order) == ["two_parcels"]
    assert couriered.shop.order(order).status == "shipped"
    assert couriered.parcel(order).booking == "booked"
    couriered.desk.practice().move(str(landed["consignment_id"]), "delivered")
    jobs.sync_shipment(couriered.desk, couriered.shop.db, couriered.shop.clock, lost.id)
    assert couriered.shop.order(order).status == "shipped", "cancelled is final for the unused one"


def test_a_delivery_of_a_superseded_parcel_counts(couriered: Couriered) -> None:
    order = lose(couriered, lands=True)
    lost = couriered.parcel(order)
    said_never_landed(couriered, order)
    couriered.ship(order)
    (landed,) = couriered.desk.practice().store.rows("SELECT * FROM parcel WHERE invoice = ?", lost.invoice)
    couriered.desk.practice().move(str(landed["consignment_id"]), "delivered")
    couriered.hear({"consignment_id": landed["consignment_id"], "invoice": lost.invoice, "status": "delivered"})
    couriered.run_jobs()
    assert couriered.shop.order(order).status == "delivered"


def test_a_courier_that_can_be_asked_is_asked_before_a_person_is_believed(couriered: Couriered) -> None:
    order = lose(couriered, lands=True)
    said = uncertain.never_landed(couriered.desk, couriered.shop.db, couriered.context(), order.number)
    assert said == "Steadfast has parcel DG-1001 after all."
    assert couriered.shop.order(order).status == "shipped" and couriered.waiting(order) == []


@pytest.mark.parametrize("sent_again", [True, False])
def test_a_slow_request_that_lands_after_a_person_gave_it_up_is_found_by_asking(
    couriered: Couriered, sent_again: bool
) -> None:
    order = lose(couriered, lands=True)
    said_never_landed(couriered, order)
    lost = couriered.parcel(order)
    if sent_again:
        couriered.ship(order)
    for _ in range(8):
        couriered.shop.clock.advance(300)
        follow_parcels(couriered.desk, couriered.shop.db, couriered.shop.clock)
    found = couriered.parcels(order)[0]
    (landed,) = couriered.desk.practice().store.rows("SELECT * FROM parcel WHERE invoice = ?", lost.invoice)
    assert found.consignment_id == str(landed["consignment_id"])
    assert couriered.waiting(order) == (["two_parcels"] if sent_again else [])
    assert couriered.shop.order(order).status == "shipped"


def test_what_never_landed_is_asked_for_some_days_and_then_no_more(couriered: Couriered) -> None:
    order = lose(couriered, lands=False)
    assert "can be sent again" in uncertain.never_landed(
        couriered.desk, couriered.shop.db, couriered.context(), order.number
    )
    assert couriered.parcel(order).ask_at is not None
    for _ in range(200):
        couriered.shop.clock.advance(8 * 3_600)
        follow_parcels(couriered.desk, couriered.shop.db, couriered.shop.clock)
    assert couriered.parcel(order).ask_at is None and couriered.parcel(order).booking == "refused"


def test_a_booking_whose_process_died_is_a_case_though_its_courier_cannot_be_called_at_all(
    couriered: Couriered, clock: ManualClock
) -> None:
    shop = couriered.shop
    order = shop.bring_to("packed")
    courier = couriered.desk.courier("steadfast")
    asked = shop.db.write(lambda tx: ask(tx, courier, couriered.context(), order.number, None))

    def lost_keys(courier: str) -> dict[str, str]:
        raise SecretLost("api_key")

    with pytest.raises(SecretLost):
        uncertain.look_again(CourierDesk(clock, None, lost_keys), shop.db, clock, asked.shipment_id, 1)
    assert couriered.parcel(order).booking == "uncertain" and couriered.waiting(order) == ["booking_uncertain"]
