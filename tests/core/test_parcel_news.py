"""What couriers say about parcels, on both databases: what moves an order, what asks a person, what is passed over."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dokango.couriers.kind.base import ParcelName
from dokango.couriers.kind.status import MEANINGS, CarrierStatus
from dokango.errors import NotAllowed, Refused
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import jobs
from dokango.orders.parcels.news import apply_reading, sync_order
from dokango.people.actor import Actor
from tests.core.couriered import COD, Couriered, notification, shipped


def test_delivered_by_sync_moves_stock_and_makes_the_courier_owe_the_cash(couriered: Couriered) -> None:
    order = shipped(couriered, **COD)
    couriered.move(order, "pending", "delivered_approval_pending")
    assert couriered.sync(order).changed
    assert couriered.shop.order(order).status == "shipped" and couriered.shop.level("MUG") == (50, 2, 2_500_000)
    couriered.move(order, "Delivered")
    couriered.sync(order)
    after = couriered.shop.order(order)
    assert (after.status, after.money) == ("delivered", "cod_with_courier")
    assert couriered.shop.balance("receivable:courier:steadfast") == after.total_poisha
    assert couriered.shop.level("MUG") == (48, 0, 2_400_000)
    with pytest.raises(NotAllowed):
        sync_order(couriered.desk, couriered.shop.db, couriered.context(Actor(9, "V", "viewer")), order.number)


@pytest.mark.parametrize(
    ("status", "kind", "is_problem"),
    [
        ("hold", "held_at_hub", True),
        ("cancelled_approval_pending", "refused", True),
        ("unknown_approval_pending", "unknown", True),
        ("on the moon", "unknown", True),
        ("partial_delivered_approval_pending", None, False),
        ("cancelled", "unknown", False),
        ("partial_delivered", "partial", False),
        ("exceptional", "lost", False),
        ("cancelled_return_received", "unknown", False),
    ],
)
def test_every_other_word_leaves_money_and_stock_and_asks_a_person_where_it_should(
    couriered: Couriered, status: str, kind: str | None, is_problem: bool
) -> None:
    order = shipped(couriered)
    before = couriered.shop.level("MUG")
    couriered.move(order, status)
    couriered.sync(order)
    assert couriered.waiting(order) == ([kind] if kind else [])
    assert bool(couriered.parcel(order).problem) is is_problem
    assert couriered.shop.order(order).status == "shipped" and couriered.shop.level("MUG") == before


def test_a_problem_goes_when_the_parcel_moves_on_and_what_staff_noted_stays(couriered: Couriered) -> None:
    order = shipped(couriered)
    couriered.move(order, "hold")
    couriered.sync(order)
    couriered.move(order, "pending")
    couriered.sync(order)
    assert couriered.parcel(order).problem == ""
    couriered.shop.do(order, c.ReportProblem(problem="Customer away until Friday"))
    couriered.move(order, "in_review")
    couriered.sync(order)
    assert couriered.parcel(order).problem == "Customer away until Friday"


def test_the_way_back_is_followed_to_the_shelf_and_its_questions_close(couriered: Couriered) -> None:
    order = shipped(couriered)
    for status in ("cancelled", "cancelled_return_processing", "cancelled_return_received"):
        couriered.move(order, status)
        couriered.sync(order)
        assert couriered.shop.level("MUG")[1] == 2, "nothing is restocked by a word"
    assert couriered.parcel(order).return_leg == "received"
    couriered.shop.do(order, c.ReceiveReturn(restock=True))
    assert couriered.shop.level("MUG") == (50, 0, 2_500_000) and couriered.waiting(order) == []


def test_a_courier_that_takes_a_final_word_back_is_not_followed_and_a_person_is_told(couriered: Couriered) -> None:
    order = shipped(couriered)
    couriered.move(order, "delivered")
    couriered.sync(order)
    couriered.shop.clock.advance(5)
    number = order.number
    row = couriered.parcel(order)
    couriered.move(order, "cancelled")
    jobs.sync_shipment(couriered.desk, couriered.shop.db, couriered.shop.clock, row.id)
    assert couriered.shop.order(number).status == "delivered" and couriered.parcel(order).status == "delivered"
    assert couriered.waiting(order) == ["courier_contradiction"]


def test_an_answer_asked_for_earlier_never_undoes_a_later_one(couriered: Couriered) -> None:
    order = shipped(couriered)
    row = couriered.parcel(order)
    early = couriered.shop.clock.now_us()
    couriered.move(order, "pending")
    couriered.sync(order)
    reading = couriered.desk.courier("steadfast").status(ParcelName(row.invoice))
    couriered.move(order, "hold")
    couriered.sync(order)
    couriered.shop.db.write(lambda tx: apply_reading(tx, couriered.shop.clock, row.id, reading, early))
    assert couriered.parcel(order).status == "hold"


WORDS = [*MEANINGS, "cancelled_return_processing", "cancelled_return_received", "gone fishing"]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from(WORDS)),
        st.tuples(st.just("hear"), st.sampled_from(WORDS)),
        st.tuples(st.sampled_from(["sync", "jobs", "wait", "deliver", "return", "problem"]), st.just("")),
    ),
    max_size=14,
)


@given(steps=STEPS, cod=st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_sequence_of_webhooks_and_looks_makes_an_illegal_history(
    couriered: Couriered, steps: list[tuple[str, str]], cod: bool
) -> None:
    """The checks of the books, the shelf and the histories run when the fixture closes."""
    shop = couriered.shop
    order = shop.place(("CARD", 1), **(COD if cod else {}))
    if not cod:
        shop.settle(order)
    shop.do(order, c.Confirm())
    shop.do(order, c.Pack())
    couriered.ship(order)
    doings: dict[str, Callable[[str], object]] = {
        "move": lambda word: couriered.move(order, word),
        "hear": lambda word: couriered.hear(notification(couriered, order, word)),
        "sync": lambda _: couriered.sync(order),
        "jobs": lambda _: couriered.run_jobs(),
        "wait": lambda _: shop.clock.advance(70),
        "deliver": lambda _: shop.do(order, c.Deliver()),
        "return": lambda _: shop.do(order, c.ReceiveReturn(restock=True)),
        "problem": lambda _: shop.do(order, c.ReportProblem(problem="away")),
    }
    ended = ""
    for doing, word in steps:
        with suppress(Refused):
            doings[doing](word)
        status = shop.order(order).status
        assert not ended or status == ended or (ended, status) == ("delivered", "returned")
        ended = status if status in ("delivered", "returned") else ""
    if couriered.parcel(order).status != CarrierStatus.DELIVERED and not ended:
        assert shop.order(order).status == "shipped"
