"""Cancelling a booking with its courier, on both databases: what is heard settles it, and it is never tried twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.courier_errors import CourierRefused, CourierUnavailable
from dokango.couriers.desk import CourierDesk
from dokango.couriers.parcels import requests
from dokango.errors import NotAllowed, Refused, StaleVersion
from dokango.orders import Done
from dokango.orders.acts.perform import Acted, act_on, acts_of
from dokango.orders.cases import rows as cases
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.cancel_booking import Outcome, cancel_booking, words_to_copy
from dokango.orders.parcels.cancelled import say_cancelled, say_not_cancelled
from dokango.people.actor import Actor
from tests.core.couriered import COD, Couriered, shipped
from tests.core.stories.mortal import MOMENTS, Killed, Mortal
from tests.small_shop import Shop

WHY = "the customer changed her mind"


@pytest.fixture
def redx(shop: Shop, clock: ManualClock) -> Iterator[Couriered]:
    """The small shop with a practice RedX of its own; nobody waits long for it."""
    desk = CourierDesk(clock, None, timeout=httpx.Timeout(0.3))
    yield Couriered(shop, desk, "redx")
    desk.close()


def sent(couriered: Couriered) -> Done:
    order = couriered.shop.bring_to("packed", ("MUG", 2), **COD)
    couriered.ship(order)
    return order


def cancel(couriered: Couriered, order: Done, **who: Any) -> Outcome:
    return cancel_booking(couriered.desk, couriered.shop.db, couriered.context(**who), order.number, WHY)


def there(couriered: Couriered, order: Done) -> str:
    """How the parcel stands at the courier."""
    found = couriered.desk.practice("redx").found(couriered.parcel(order).consignment_id) or {}
    return str(found["parcel"]["status"])  # type: ignore[index]


def stands(couriered: Couriered, order: Done) -> tuple[str, int, list[str], bool]:
    """The order's status and pieces packed, its open cases, and whether its parcel counts."""
    row, parcel = couriered.shop.order(order), couriered.parcel(order)
    return row.status, row.packed, couriered.waiting(order), parcel.live == 1


def request_of(couriered: Couriered, order: Done) -> requests.RequestRow:
    parcel = couriered.parcel(order)
    return couriered.shop.db.read(lambda tx: requests.open_of(tx, parcel.id, requests.CANCEL) or requests.by_id(tx, 1))


IS_SHIPPED = ("shipped", 1, [], True)
IS_PACKED = ("confirmed", 1, [], False)


def test_what_the_courier_cancels_waits_to_be_shipped_again_with_nothing_owed(redx: Couriered) -> None:
    order = sent(redx)
    assert cancel(redx, order).stands == "cancelled"
    assert stands(redx, order) == IS_PACKED and there(redx, order) == "cancelled"
    parcel = redx.parcel(order)
    assert (parcel.booking, parcel.ask_at, parcel.expected_charge_poisha) == ("superseded", None, None)
    request = request_of(redx, order)
    assert (request.state, request.reason, request.asked_by) == ("done", WHY, redx.shop.owner.name)
    redx.ship(order)
    assert [row.live for row in redx.parcels(order)] == [None, 1]
    assert redx.shop.order(order).status == "shipped"


def test_accepted_is_not_done_and_the_courier_s_word_settles_it_later(redx: Couriered) -> None:
    order = sent(redx)
    redx.desk.practice("redx").reads["cancelled"] = "later"
    outcome = cancel(redx, order)
    assert outcome.stands == "waits" and "has not said yet" in outcome.sentence
    assert stands(redx, order) == ("shipped", 1, ["cancel_asked"], True)
    (case,) = redx.cases(order)
    assert (case.state, case.next_act) == ("asked_courier", "wait_cancelled") and "Request Accepted" in case.words
    with pytest.raises(Refused, match="asked already"):
        cancel(redx, order)
    redx.shop.clock.advance(61)
    redx.run_jobs()
    assert stands(redx, order) == IS_PACKED and request_of(redx, order).state == "done"


def test_what_the_courier_refuses_changes_nothing_and_its_words_are_said(redx: Couriered) -> None:
    order = sent(redx)
    redx.move(order, "ready-for-delivery")  # nobody has asked since
    with pytest.raises(CourierRefused, match="picked up and cannot be cancelled"):
        cancel(redx, order)
    assert stands(redx, order) == IS_SHIPPED
    request = request_of(redx, order)
    assert request.state == "refused" and "picked up" in request.answer


def test_one_that_is_known_to_be_picked_up_is_not_asked_for(redx: Couriered) -> None:
    order = sent(redx)
    redx.move(order, "delivery-in-progress")
    redx.sync(order)
    with pytest.raises(Refused, match="can only come back"):
        cancel(redx, order)


def test_a_courier_that_passes_it_over_in_silence_leaves_a_problem_that_says_so(redx: Couriered) -> None:
    order = sent(redx)
    practice = redx.desk.practice("redx")
    practice.reads["cancel_late"] = "ignored"
    redx.move(order, "delivery-in-progress")
    with pytest.raises(CourierRefused) as outcome:
        cancel(redx, order)
    assert "has the parcel all the same" in str(outcome.value)
    assert stands(redx, order) == ("shipped", 1, ["noted"], True)
    (case,) = redx.cases(order)
    assert "Ask it back" in case.words and request_of(redx, order).state == "refused"


def test_a_courier_that_cannot_be_reached_was_certainly_not_asked(redx: Couriered) -> None:
    order = sent(redx)
    redx.fail_next("fail", "/parcels", http_status=429)
    with pytest.raises(CourierUnavailable):
        cancel(redx, order)
    assert stands(redx, order) == IS_SHIPPED and request_of(redx, order).state == "refused"
    redx.shop.clock.advance(121)
    assert cancel(redx, order).stands == "cancelled", "a person may ask again"


FAULTS = [("timeout", 500), ("drop", 500), ("fail", 500), ("fail", 503), ("html", 502)]


@pytest.mark.parametrize("lands", [True, False])
@pytest.mark.parametrize(("fault", "http_status"), FAULTS)
def test_what_nobody_knows_waits_as_a_case_and_is_never_tried_again_by_itself(
    redx: Couriered, fault: str, http_status: int, lands: bool
) -> None:
    order = sent(redx)
    redx.fail_next(fault, "/parcels", http_status=http_status, delay_s=5, lands=lands)
    redx.fail_next("fail", "/parcels", times=9)  # a second try would be met by this
    assert cancel(redx, order).stands == "waits"
    assert stands(redx, order) == ("shipped", 1, ["cancel_uncertain"], True)
    (case,) = redx.cases(order)
    now_us = redx.shop.clock.now_us()
    assert (case.state, case.next_act) == ("needs_us", "settle_cancel") and case.due_at > now_us
    for wait_s in (61, 61, 121, 241, 481, 1_000):
        redx.shop.clock.advance(wait_s)
        redx.run_jobs()
    assert stands(redx, order) == (IS_PACKED if lands else ("shipped", 1, ["cancel_uncertain"], True))
    assert there(redx, order) == ("cancelled" if lands else "pickup-pending")
    faults = redx.desk.practice("redx").faults
    assert (left := faults.take("/parcels")) is not None and left.times == 8, "it was asked for once"


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("write", [0, 1, 2])
def test_who_dies_at_any_moment_leaves_it_to_be_found_out(redx: Couriered, write: int, moment: str) -> None:
    order = sent(redx)
    mortal = Mortal(redx.shop.db)
    mortal.die_at(write, moment)
    with pytest.raises(Killed):
        cancel_booking(redx.desk, mortal, redx.context(), order.number, WHY)  # type: ignore[arg-type]
    redx.shop.clock.advance(61)
    redx.run_jobs()
    was_asked = there(redx, order) == "cancelled"
    assert was_asked == (write > 0)
    if was_asked:
        assert stands(redx, order) == IS_PACKED and request_of(redx, order).state == "done"
    elif moment == "after":
        assert stands(redx, order) == ("shipped", 1, ["cancel_uncertain"], True)
    else:
        assert stands(redx, order) == IS_SHIPPED and cancel(redx, order).stands == "cancelled"


def test_a_webhook_that_tells_of_another_way_settles_it(redx: Couriered) -> None:
    order = uncertain(redx)
    redx.move(order, "ready-for-delivery")
    body = {
        "tracking_number": redx.parcel(order).consignment_id, "invoice_number": redx.parcel(order).invoice,
        "status": "ready-for-delivery", "timestamp": "2026-11-27T10:15:00.000Z",
    }  # fmt: skip
    assert redx.hear(body) == 200
    redx.run_jobs()
    assert stands(redx, order) == ("shipped", 1, ["noted"], True) and request_of(redx, order).state == "refused"


def uncertain(redx: Couriered) -> Done:
    order = sent(redx)
    redx.fail_next("drop", "/parcels")
    assert cancel(redx, order).stands == "waits"
    return order


SAYS: list[tuple[Callable[..., str], tuple[str, ...], str]] = [
    (say_cancelled, ("I saw it in the panel",), "done"),
    (say_not_cancelled, (), "refused"),
]


@pytest.mark.parametrize(("say", "words", "ends"), SAYS)
def test_a_person_who_looked_settles_it(redx: Couriered, say: Any, words: tuple[str, ...], ends: str) -> None:
    order = uncertain(redx)
    redx.shop.db.write(lambda tx: say(tx, redx.context(), order.number, *words))
    assert stands(redx, order) == (IS_PACKED if ends == "done" else IS_SHIPPED)
    assert request_of(redx, order).state == ends
    with pytest.raises(Refused):
        redx.shop.db.write(lambda tx: say_not_cancelled(tx, redx.context(), order.number))


def test_the_acts_of_its_case_are_that_they_did_or_did_not_and_no_word_alone_ends_it(redx: Couriered) -> None:
    order = uncertain(redx)
    (case,) = redx.cases(order)
    keys = [act.key for act in redx.shop.db.read(lambda tx: acts_of(tx, redx.context(), case.id))]
    assert keys == ["they_cancelled", "not_cancelled", "take"]
    acted(redx, case.id, "they_cancelled", reason="by phone")
    assert stands(redx, order) == IS_PACKED
    closed = redx.shop.db.read(lambda tx: cases.by_id(tx, case.id))
    assert closed.outcome == "the booking is cancelled" and not closed.is_open


def acted(couriered: Couriered, case_id: int, key: str, **given: str) -> Acted:
    return act_on(couriered.desk, couriered.shop.db, couriered.context(), case_id, key, given)


def test_a_parcel_that_was_not_picked_up_is_cancelled_from_its_case(redx: Couriered) -> None:
    order = sent(redx)
    redx.shop.do(order, c.ReportProblem(problem="wrong colour inside"))
    (case,) = redx.cases(order)
    redx.fail_next("fail", "/parcels", http_status=422)
    said = acted(redx, case.id, "cancel_booking", reason=WHY)
    assert said.sentence.startswith("Not cancelled: ") and stands(redx, order) == ("shipped", 1, ["noted"], True)
    said = acted(redx, case.id, "cancel_booking", reason=WHY)
    assert "RedX cancelled it" in said.sentence and stands(redx, order) == IS_PACKED


def test_a_courier_without_the_call_is_told_in_words_and_a_person_says_that_it_did(couriered: Couriered) -> None:
    order = shipped(couriered, **COD)
    with pytest.raises(Refused, match="by its API"):
        cancel(couriered, order)
    couriered.shop.do(order, c.ReportProblem(problem="wrong colour inside"))
    (case,) = couriered.cases(order)
    said = acted(couriered, case.id, "ask_cancel")
    called = couriered.parcel(order).consignment_id
    assert said.to_courier == words_to_copy(couriered.parcel(order)) and called in said.to_courier
    acted(couriered, case.id, "told")
    (case,) = couriered.cases(order)
    assert (case.state, case.next_act) == ("asked_courier", "wait_cancelled")
    acted(couriered, case.id, "they_cancelled", reason="by phone")
    assert stands(couriered, order) == IS_PACKED


def test_who_may_not_ship_or_saw_another_order_cancels_nothing(redx: Couriered, viewer: Actor) -> None:
    order = sent(redx)
    for who, error in (({"actor": viewer}, NotAllowed), ({"version": 1}, StaleVersion)):
        with pytest.raises(error):
            cancel(redx, order, **who)
    assert there(redx, order) == "pickup-pending"


@pytest.mark.parametrize("status", ["delivery-in-progress", "delivered", "agent-returning", "returned"])
def test_nobody_says_cancelled_of_a_parcel_that_its_rider_has(redx: Couriered, status: str) -> None:
    order = sent(redx)
    redx.move(order, status)
    redx.sync(order)
    with pytest.raises(Refused):
        redx.shop.db.write(lambda tx: say_cancelled(tx, redx.context(), order.number, WHY))


def test_an_order_that_went_on_by_hand_leaves_nothing_open(redx: Couriered) -> None:
    order = uncertain(redx)
    redx.shop.do(order, c.Deliver())
    redx.shop.clock.advance(61)
    redx.run_jobs()
    assert redx.cases(order) == [] and request_of(redx, order).state == "refused"
