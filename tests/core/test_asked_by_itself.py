"""The customer is asked about a failed delivery without staff: once an attempt, in time, or it is said why not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from dokango.clock import DHAKA, US_PER_S, datetime_of, us_of
from dokango.clocks.table import CLOCKS
from dokango.db import Tx, table_of
from dokango.notify.delivery import Delivery, Post
from dokango.notify.models import Message
from dokango.orders import Done
from dokango.orders.acts.asked_by_itself import ask_customers, is_hour_to_ask
from dokango.orders.cases import overdue, rows
from dokango.orders.cases.kinds import ASKED_BY_ITSELF, KINDS
from dokango.orders.cases.rows import CaseRow
from dokango.orders.customer.answering import asked, asking_of
from dokango.orders.customer.withdrawing import withdraw
from dokango.shop.accounts import MailServer
from dokango.shop.profile import Profile
from tests.core.couriered import Couriered
from tests.core.racing import at_once
from tests.core.test_acts import act, again, failed
from tests.core.test_answering import says

HOUR_S = 3_600
HOUR_US = HOUR_S * US_PER_S
_M = table_of(Message)


def everybody(tx: Tx, email: str, phone: str) -> bool:
    return True


def nobody(tx: Tx, email: str, phone: str) -> bool:
    return False


def switch_on(couriered: Couriered, **more: Any) -> None:
    couriered.shop.set_profile(asks_customers=True, **more)


def tick(couriered: Couriered, reaches: Any = everybody) -> int:
    return ask_customers(couriered.shop.db, couriered.shop.clock, reaches)


def asks_sent(couriered: Couriered) -> int:
    wanted = select(_M.c.id).where(_M.c.template == "delivery_failed")
    return len(couriered.shop.db.read(lambda tx: tx.rows(wanted)))


def what_happened(couriered: Couriered, case: CaseRow) -> list[str]:
    return [event.what for event in couriered.shop.db.read(lambda tx: rows.events_of(tx, case.id))]


def fail_again(couriered: Couriered, order: Done) -> None:
    """The rider tries once more, in vain."""
    couriered.shop.clock.advance(60)
    couriered.move(order, "in_review")
    couriered.sync(order)
    couriered.shop.clock.advance(60)
    couriered.move(order, "hold")
    couriered.sync(order)


def test_nobody_is_asked_until_the_owner_switches_it_on(couriered: Couriered) -> None:
    _, case = failed(couriered)
    assert tick(couriered) == 0 and again(couriered, case) == case
    switch_on(couriered)
    assert tick(couriered) == 1 and again(couriered, case).state == "asked_customer"


def test_an_attempt_is_asked_about_once_and_the_case_waits_with_a_deadline(couriered: Couriered) -> None:
    switch_on(couriered, ask_wait_hours=6)
    order, case = failed(couriered)
    assert [tick(couriered), tick(couriered)] == [1, 0] and asks_sent(couriered) == 1
    waits = again(couriered, case)
    assert (waits.state, waits.next_act, waits.asks) == ("asked_customer", "wait_customer", 1)
    assert (waits.due_at - couriered.shop.clock.now_us()) // US_PER_S == 6 * HOUR_S - 1
    says(couriered, order, waits, what="refuse")
    assert again(couriered, case).state == "needs_us"
    assert tick(couriered) == 0 and asks_sent(couriered) == 1


def test_what_staff_asked_is_not_asked_again_and_the_next_attempt_is(couriered: Couriered) -> None:
    switch_on(couriered)
    order, case = failed(couriered, "hold", note="x")
    couriered.shop.db.write(lambda tx: tx.run(update(rows.CASE).values(kind="not_home")))
    act(couriered, case, "ask_customer")
    says(couriered, order, again(couriered, case), what="collect")
    assert tick(couriered) == 0 and asks_sent(couriered) == 1
    fail_again(couriered, order)
    couriered.shop.db.write(lambda tx: tx.run(update(rows.CASE).values(kind="not_home")))
    assert again(couriered, case).attempts == 2
    assert [tick(couriered), tick(couriered)] == [1, 0] and asks_sent(couriered) == 2


def test_two_workers_at_once_ask_one_customer_once(couriered: Couriered) -> None:
    switch_on(couriered)
    _, case = failed(couriered)
    assert sum(at_once(lambda: tick(couriered), lambda: tick(couriered))) == 1
    assert asks_sent(couriered) == 1 and what_happened(couriered, case).count("asked") == 1


def test_a_worker_that_is_killed_while_asking_leaves_it_whole_for_the_next(couriered: Couriered) -> None:
    switch_on(couriered)
    _, case = failed(couriered)

    def killed(tx: Tx, email: str, phone: str) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tick(couriered, killed)
    assert again(couriered, case) == case and asks_sent(couriered) == 0
    assert tick(couriered) == 1 and asks_sent(couriered) == 1


def test_no_answer_by_the_deadline_brings_it_back_to_the_staff_who_are_told(couriered: Couriered) -> None:
    switch_on(couriered, ask_wait_hours=6)
    order, case = failed(couriered)
    tick(couriered)
    couriered.shop.clock.advance(6 * HOUR_S + 60)
    assert overdue.say_late(couriered.shop.db, couriered.shop.clock) == 1
    back = again(couriered, case)
    assert (back.state, back.next_act) == ("needs_us", "call_customer")
    assert back.due_at == case.due_at and what_happened(couriered, case)[-1] == "unanswered"
    assert tick(couriered) == 0 and overdue.say_late(couriered.shop.db, couriered.shop.clock) == 0
    found = couriered.shop.db.read(lambda tx: asked(tx, order.order_id))
    assert found is not None  # who answers late is heard all the same
    says(couriered, order, back, what="refuse")
    assert again(couriered, case).next_act == "do_answer"


def test_where_no_worker_ran_until_both_deadlines_had_passed_both_are_said_at_once(couriered: Couriered) -> None:
    switch_on(couriered, ask_wait_hours=6)
    _, case = failed(couriered)
    tick(couriered)
    couriered.shop.clock.advance(30 * 24 * HOUR_S)
    overdue.say_late(couriered.shop.db, couriered.shop.clock)
    back = again(couriered, case)
    assert back.state == "needs_us" and back.said_late_at is not None
    assert overdue.say_late(couriered.shop.db, couriered.shop.clock) == 0


def test_whom_no_message_reaches_stays_with_the_staff_who_read_why_once(couriered: Couriered) -> None:
    switch_on(couriered)
    _, case = failed(couriered)
    assert [tick(couriered, nobody), tick(couriered, nobody)] == [1, 0]
    left = again(couriered, case)
    assert (left.state, left.next_act, left.due_at) == ("needs_us", case.next_act, case.due_at)
    events = couriered.shop.db.read(lambda tx: rows.events_of(tx, case.id))
    assert "no message reaches them" in events[-1].words and asks_sent(couriered) == 0
    act(couriered, left, "ask_customer")  # staff may still ask, on the order's page
    assert again(couriered, case).state == "asked_customer"


def test_a_message_that_could_not_be_sent_brings_the_case_back(couriered: Couriered) -> None:
    switch_on(couriered)
    _, case = failed(couriered)
    tick(couriered)
    couriered.shop.db.write(lambda tx: tx.run(update(_M).values(state="failed", error="The number is refused.")))
    assert [tick(couriered), tick(couriered)] == [1, 0]
    assert again(couriered, case).state == "needs_us"
    events = couriered.shop.db.read(lambda tx: rows.events_of(tx, case.id))
    assert "The number is refused." in events[-1].words


def test_who_takes_an_answer_back_is_waited_for_whatever_became_of_the_message(couriered: Couriered) -> None:
    switch_on(couriered, ask_wait_hours=6)
    order, case = failed(couriered)
    tick(couriered)
    waits = again(couriered, case)
    couriered.shop.db.write(lambda tx: tx.run(update(_M).values(state="failed", error="The number is refused.")))
    says(couriered, order, waits, what="refuse")
    given = {"asking": asking_of(waits)}
    couriered.shop.db.write(lambda tx: withdraw(tx, couriered.shop.clock, couriered.shop.order(order).token, given))
    assert tick(couriered) == 0 and again(couriered, case).state == "asked_customer"
    couriered.shop.clock.advance(6 * HOUR_S + 60)
    assert overdue.say_late(couriered.shop.db, couriered.shop.clock) == 1
    assert again(couriered, case).state == "needs_us" and what_happened(couriered, case)[-1] == "unanswered"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_only_the_kinds_that_their_rows_and_the_owner_name_are_asked_about(couriered: Couriered, kind: str) -> None:
    switch_on(couriered, unasked_kinds=("refused",))
    _, case = failed(couriered)
    couriered.shop.db.write(lambda tx: tx.run(update(rows.CASE).values(kind=kind)))
    wanted = KINDS[kind].asks_customer and kind != "refused"
    assert tick(couriered) == wanted == (again(couriered, case).state == "asked_customer")
    couriered.shop.db.write(lambda tx: tx.run(update(rows.CASE).values(kind="refused")))


def test_a_kind_that_is_asked_about_is_a_failed_delivery() -> None:
    assert ASKED_BY_ITSELF and all(KINDS[kind].is_failed_delivery for kind in ASKED_BY_ITSELF)


@pytest.mark.parametrize(
    ("first", "end", "hour", "asks"),
    [(9, 21, 8, False), (9, 21, 9, True), (9, 21, 20, True), (9, 21, 21, False), (20, 8, 23, True), (20, 8, 7, True),
     (20, 8, 8, False), (9, 9, 3, True), (0, 24, 0, True)],
)  # fmt: skip
def test_the_owners_hours_are_hours_of_the_shops_day(first: int, end: int, hour: int, asks: bool) -> None:
    at_us = us_of(datetime(2026, 11, 22, hour, 30, tzinfo=DHAKA))
    assert is_hour_to_ask(Profile(ask_from_hour=first, ask_to_hour=end), at_us) is asks


def test_what_fails_at_night_is_asked_in_the_morning(couriered: Couriered) -> None:
    now = datetime_of(couriered.shop.clock.now_us()).astimezone(DHAKA)
    switch_on(couriered, ask_from_hour=(now.hour + 2) % 24, ask_to_hour=(now.hour + 3) % 24 or 24)
    _, case = failed(couriered)
    assert tick(couriered) == 0
    couriered.shop.clock.advance(2 * HOUR_S)
    assert tick(couriered) == 1 and again(couriered, case).state == "asked_customer"


@pytest.mark.parametrize(
    ("left_h", "waited_h"), [(20, 12), (5, 3), (3, 1), (2.5, None)], ids=lambda hours: f"{hours} hours"
)
def test_a_couriers_own_deadline_leaves_the_shop_time_to_answer(
    couriered: Couriered, left_h: float, waited_h: int | None
) -> None:
    switch_on(couriered, ask_from_hour=0, ask_to_hour=24)
    _, case = failed(Couriered(couriered.shop, couriered.desk, "pathao"), "returned")
    left_s = (case.due_at - couriered.shop.clock.now_us()) // US_PER_S
    couriered.shop.clock.advance(left_s - int(left_h * HOUR_S))
    assert tick(couriered) == 1
    after = again(couriered, case)
    if waited_h is None:
        assert after.state == "needs_us" and what_happened(couriered, case)[-1] == "unasked"
        return
    waited_s = (after.due_at - couriered.shop.clock.now_us()) / US_PER_S
    assert after.state == "asked_customer" and abs(waited_s - waited_h * HOUR_S) < 2
    couriered.shop.clock.advance(waited_h * HOUR_S + 2)
    overdue.say_late(couriered.shop.db, couriered.shop.clock)
    assert (again(couriered, case).state, again(couriered, case).due_at) == ("needs_us", case.due_at)


def test_staff_who_ask_when_little_time_is_left_wait_for_half_of_it(couriered: Couriered) -> None:
    _, case = failed(Couriered(couriered.shop, couriered.desk, "pathao"), "returned")
    left_s = (case.due_at - couriered.shop.clock.now_us()) // US_PER_S
    couriered.shop.clock.advance(left_s - HOUR_S)
    act(couriered, case, "ask_customer")
    waited_s = (again(couriered, case).due_at - couriered.shop.clock.now_us()) / US_PER_S
    assert abs(waited_s - HOUR_S / 2) < 2


@pytest.mark.parametrize(
    ("host", "email", "reached"),
    [
        ("mail.example.com", "rahima@example.com", True),
        ("mail.example.com", "", False),
        ("", "rahima@example.com", False),
    ],
)
def test_a_customer_is_reached_by_a_channel_that_is_set_and_an_address_for_it(
    couriered: Couriered, host: str, email: str, reached: bool
) -> None:
    shop = couriered.shop
    delivery = Delivery(shop.db, shop.clock, lambda tx: Post(MailServer(host=host), ""), "https://shop.example.com")
    assert shop.db.read(lambda tx: delivery.reaches(tx, email, "01711000000")) is reached


def test_a_worker_asks_by_its_clock() -> None:
    assert "ask customers about failed deliveries" in [clock.name for clock in CLOCKS]
