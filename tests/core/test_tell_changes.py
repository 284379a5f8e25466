"""What changed of a parcel on its way is told to its courier, and differs no more once that has answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.courier_errors import CourierRefused, CourierUnavailable
from dokango.couriers.desk import CourierDesk
from dokango.couriers.parcels import requests, shipments
from dokango.db import Tx
from dokango.errors import NotAllowed, Refused, StaleVersion
from dokango.orders import Done
from dokango.orders.acts.perform import act_on
from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.drift import Difference, differences
from dokango.orders.parcels.tell_changes import Told, tell_changes
from dokango.people.actor import Actor
from tests.core.couriered import COD, Couriered, shipped
from tests.core.stories.mortal import MOMENTS, Killed, Mortal
from tests.small_shop import Shop

NEW = {"line": "House 9", "area": "Banani", "city": "Dhaka", "district": "Dhaka"}
NEW_ADDRESS = "House 9, Banani, Dhaka"


@pytest.fixture
def redx(shop: Shop, clock: ManualClock) -> Iterator[Couriered]:
    """The small shop with a practice RedX of its own; nobody waits long for it."""
    desk = CourierDesk(clock, None, timeout=httpx.Timeout(0.3))
    yield Couriered(shop, desk, "redx")
    desk.close()


def changed(couriered: Couriered, **more: str) -> Done:
    """An order that goes elsewhere than its courier was told."""
    order = couriered.shop.bring_to("packed", ("MUG", 2), **COD)
    couriered.ship(order)
    correct(couriered, order, **more)
    return order


def correct(couriered: Couriered, order: Done, **more: str) -> None:
    row = couriered.shop.order(order)
    couriered.shop.do(order, c.CorrectAddress(**{"name": row.name, "phone": row.phone, **NEW, **more}))


def told(couriered: Couriered, order: Done, **who: Any) -> Told:
    return tell_changes(couriered.desk, couriered.shop.db, couriered.context(**who), order.number)


def drift(couriered: Couriered, order: Done) -> dict[str, Difference]:
    def found(tx: Tx) -> list[Difference]:
        row = rows.by_number(tx, order.number)
        return differences(tx, row, shipments.live_of(tx, row.id))

    return {one.field: one for one in couriered.shop.db.read(found)}


def there(couriered: Couriered, order: Done) -> str:
    found = couriered.desk.practice("redx").found(couriered.parcel(order).consignment_id) or {}
    return str(found["parcel"]["customer_address"])  # type: ignore[index]


def test_what_the_api_takes_is_told_and_recorded_and_the_rest_is_a_person_s(redx: Couriered) -> None:
    order = changed(redx, phone="01811000000")
    found = drift(redx, order)
    assert {name: one.by_api for name, one in found.items()} == {"recipient_address": True, "recipient_phone": False}
    assert "can be told of it here" in found["recipient_address"].to_do
    said = told(redx, order)
    assert (said.fields, said.left, said.known) == (("recipient_address",), ("recipient_phone",), True)
    assert there(redx, order) == NEW_ADDRESS and set(drift(redx, order)) == {"recipient_phone"}
    with pytest.raises(Refused, match="phone: a person tells it"):
        told(redx, order)


def test_what_changes_again_while_it_is_told_differs_again(redx: Couriered) -> None:
    order = changed(redx)
    told(redx, order)
    correct(redx, order, line="House 11")
    assert drift(redx, order)["recipient_address"].told == NEW_ADDRESS
    told(redx, order)
    assert drift(redx, order) == {} and there(redx, order).startswith("House 11")


def test_a_refusal_leaves_it_to_be_told_with_its_words(redx: Couriered) -> None:
    order = changed(redx)
    redx.fail_next("fail", "/parcels", http_status=422)
    with pytest.raises(CourierRefused, match="Told to fail"):
        told(redx, order)
    assert set(drift(redx, order)) == {"recipient_address"} and redx.cases(order) == []
    redx.fail_next("fail", "/parcels", http_status=429)
    with pytest.raises(CourierUnavailable):
        told(redx, order)
    redx.shop.clock.advance(121)
    assert told(redx, order).known, "a person may tell it again"


@pytest.mark.parametrize("lands", [True, False])
@pytest.mark.parametrize(("fault", "http_status"), [("timeout", 500), ("drop", 500), ("fail", 503), ("html", 502)])
def test_what_nobody_knows_waits_as_a_case_and_a_person_says_it(
    redx: Couriered, fault: str, http_status: int, lands: bool
) -> None:
    order = changed(redx)
    redx.fail_next(fault, "/parcels", http_status=http_status, delay_s=5, lands=lands)
    assert not told(redx, order).known
    (case,) = redx.cases(order)
    assert (case.kind, case.next_act, case.due_at > redx.shop.clock.now_us()) == (
        "change_uncertain", "settle_change", True,
    )  # fmt: skip
    assert set(drift(redx, order)) == {"recipient_address"}, "nobody knows, so it differs"
    redx.shop.clock.advance(61)
    redx.run_jobs()
    assert (there(redx, order) == NEW_ADDRESS) == lands, "nothing is told again by itself"
    act = "has_change" if lands else "has_no_change"
    act_on(redx.desk, redx.shop.db, redx.context(), case.id, act, {})
    assert redx.cases(order) == [] and set(drift(redx, order)) == (set() if lands else {"recipient_address"})
    assert lands or told(redx, order).known


def test_a_person_tells_it_again_while_nobody_knows(redx: Couriered) -> None:
    order = changed(redx)
    redx.fail_next("drop", "/parcels")
    told(redx, order)
    assert told(redx, order).known and redx.cases(order) == [] and drift(redx, order) == {}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("write", [0, 1])
def test_who_dies_at_any_moment_leaves_it_to_be_found_out(redx: Couriered, write: int, moment: str) -> None:
    order = changed(redx)
    mortal = Mortal(redx.shop.db)
    mortal.die_at(write, moment)
    with pytest.raises(Killed):
        tell_changes(redx.desk, mortal, redx.context(), order.number)  # type: ignore[arg-type]
    redx.shop.clock.advance(61)
    redx.run_jobs()
    assert (there(redx, order) == NEW_ADDRESS) == (write == 1)
    was_written = (write, moment) == (1, "after")
    nobody_knows = not was_written and (write, moment) not in ((0, "before"), (0, "inside"))
    assert redx.waiting(order) == (["change_uncertain"] if nobody_knows else [])
    assert (drift(redx, order) == {}) == was_written


def test_a_correction_on_a_case_is_told_by_the_api_and_the_case_goes_on(redx: Couriered) -> None:
    order = redx.shop.bring_to("packed", ("MUG", 2), **COD)
    redx.ship(order)
    redx.move(order, "agent-hold")
    redx.sync(order)
    (case,) = redx.cases(order)
    row = redx.shop.order(order)
    form = {"name": row.name, "phone": row.phone, **NEW}
    said = act_on(redx.desk, redx.shop.db, redx.context(), case.id, "correct_address", form)
    assert "RedX was told: address" in said.sentence and said.to_courier == ""
    (case,) = redx.cases(order)
    assert (case.state, drift(redx, order), there(redx, order)) == ("asked_courier", {}, NEW_ADDRESS)
    again = {**form, "phone": "01811000000", "line": "House 12"}
    said = act_on(redx.desk, redx.shop.db, redx.context(), case.id, "correct_address", again)
    assert "Still to be told: phone" in said.sentence and "01811000000" in said.to_courier
    assert set(drift(redx, order)) == {"recipient_phone"}


def test_a_courier_without_the_call_is_told_in_words(couriered: Couriered) -> None:
    order = shipped(couriered)
    correct(couriered, order)
    with pytest.raises(Refused, match="Copy the words"):
        told(couriered, order)
    (found,) = drift(couriered, order).values()
    assert not found.by_api and NEW_ADDRESS in found.to_copy


def test_who_may_not_ship_or_saw_another_order_tells_nothing(redx: Couriered, viewer: Actor) -> None:
    order = changed(redx)
    for who, error in (({"actor": viewer}, NotAllowed), ({"version": 1}, StaleVersion)):
        with pytest.raises(error):
            told(redx, order, **who)
    parcel = redx.parcel(order)
    assert redx.shop.db.read(lambda tx: requests.open_of(tx, parcel.id, requests.CHANGE)) is None
