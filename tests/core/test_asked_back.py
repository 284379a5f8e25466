"""What becomes of parcels that were asked back: followed, shown, and told on the parcel's line."""

from __future__ import annotations

from dokango.couriers.parcels import return_asks
from dokango.couriers.parcels.return_asks import Asked
from dokango.orders import Done
from dokango.orders.acts.perform import act_on
from dokango.orders.cases import rows as cases
from dokango.orders.parcels import lists
from dokango.orders.parcels.asked_back import follow_asks
from dokango.orders.parcels.call_back import ask_parcel_back
from dokango.orders.parcels.news import name_of
from tests.core.couriered import Couriered, shipped

HALF_AN_HOUR_S = 1_801


def asked(couriered: Couriered, order: Done) -> tuple[Asked, ...]:
    return couriered.shop.db.read(lambda tx: lists.parcel_file(tx, order.number)).asked_back


def followed(couriered: Couriered, seconds: int = HALF_AN_HOUR_S) -> int:
    couriered.shop.clock.advance(seconds)
    return follow_asks(couriered.desk, couriered.shop.db, couriered.shop.clock)


def answers(couriered: Couriered, status: str) -> None:
    couriered.desk.practice().store.run("UPDATE return_request SET status = ?", status)


def ask_back(couriered: Couriered, order: Done) -> None:
    ask_parcel_back(couriered.desk, couriered.shop.db, couriered.context(), order.number, "Gave up")


def test_an_ask_is_kept_and_followed_until_it_ends(couriered: Couriered) -> None:
    order = shipped(couriered)
    ask_back(couriered, order)
    (made,) = asked(couriered, order)
    assert (made.status, made.reason, made.closed_at) == ("pending", "Gave up", None)
    assert followed(couriered) == 0, "nothing new"
    answers(couriered, "Approved")
    assert followed(couriered, 60) == 0, "not so soon"
    assert followed(couriered) == 1
    answers(couriered, "completed")
    assert followed(couriered) == 1
    (ended,) = asked(couriered, order)
    assert ended.status == "completed" and ended.closed_at is not None
    answers(couriered, "pending")
    assert followed(couriered) == 0, "an ended one is asked about no more"
    events = couriered.shop.db.read(lambda tx: lists.parcel_file(tx, order.number)).events
    said = [event.note for event in events if event.action == "ask_back_moves"]
    assert said == [
        "waits for the courier's answer → the courier brings it back", "the courier brings it back → done"
    ]  # fmt: skip


def test_one_that_an_act_on_a_case_made_is_followed_too(couriered: Couriered) -> None:
    order = shipped(couriered)
    couriered.move(order, "hold")
    couriered.sync(order)
    (case,) = couriered.shop.db.read(lambda tx: cases.open_of(tx, order.order_id))
    act_on(couriered.desk, couriered.shop.db, couriered.context(), case.id, "ask_back", {"reason": "Gave up"})
    (made,) = asked(couriered, order)
    assert made.status == "pending"


def test_one_that_was_made_in_the_courier_s_panel_is_found_while_others_are_followed(couriered: Couriered) -> None:
    first, second = shipped(couriered), shipped(couriered)
    ask_back(couriered, first)
    courier = couriered.desk.courier("steadfast")
    courier.ask_back(name_of(couriered.parcel(second)), "In the panel")
    assert followed(couriered) == 1
    (found,) = asked(couriered, second)
    assert found.reason == "In the panel"


def test_an_old_one_that_no_page_lists_any_more_is_asked_for_by_its_number(couriered: Couriered) -> None:
    order = shipped(couriered)
    ask_back(couriered, order)
    store = couriered.desk.practice().store
    for number in range(60):  # others, newer than six pages of ten
        store.run(
            "INSERT INTO return_request (consignment_id, reason, created_at, updated_at) VALUES (?, '', 1, 1)", number
        )
    store.run("UPDATE return_request SET status = 'approved'")
    assert followed(couriered) == 1
    assert asked(couriered, order)[0].status == "approved"


def test_a_courier_that_is_down_leaves_them_as_they_were_and_a_word_it_invents_is_shown(couriered: Couriered) -> None:
    order = shipped(couriered)
    ask_back(couriered, order)
    couriered.fail_next("fail", "get_return_requests", http_status=503)
    assert followed(couriered) == 0 and asked(couriered, order)[0].status == "pending"
    answers(couriered, "Waiting for the hub")
    assert followed(couriered) == 1 and asked(couriered, order)[0].status == "Waiting for the hub"
    assert return_asks.said_status("Waiting for the hub") == "Waiting for the hub"
