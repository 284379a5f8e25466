"""Acts on a case, on both databases: each is told to the courier and to the customer, and says what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from dokango.clock import US_PER_S
from dokango.db import table_of
from dokango.errors import InvalidInput, NotAllowed, NotFound, Refused, StaleVersion
from dokango.notify.models import Message
from dokango.orders import Done
from dokango.orders.acts.forms import Why
from dokango.orders.acts.perform import Acted, act_on, acts_of
from dokango.orders.acts.table import ACTS, Act
from dokango.orders.cases import rows
from dokango.orders.cases.kinds import CLOSED, NEXT_ACTS, STATES
from dokango.orders.cases.rows import CaseRow
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.news import sync_shipment
from dokango.people.actor import Actor
from tests.core.couriered import COD, Couriered, shipped

HOUR_US = 3_600 * US_PER_S
ADDRESS = {
    "name": "Rahima Akter", "phone": "01711000001", "line": "House 9, Road 11", "area": "Banani", "city": "Dhaka",
    "district": "Dhaka",
}  # fmt: skip
# one form for each act that can be done while the parcel is out, with what the courier and the customer are told
OUT = {
    "redeliver": ({"day": "2026-11-24", "note": "after five"}, "again on 24 Nov 2026. after five", "redelivery_asked"),
    "ask_customer": ({}, "", "delivery_failed"),
    "correct_address": (ADDRESS, "01711000001, House 9, Road 11, Banani, Dhaka", "address_corrected"),
    "collect_at_hub": ({"hub": "Uttara hub, Sector 7"}, "Uttara hub, Sector 7", "collect_at_hub"),
    "collect_at_shop": ({}, "bring parcel", "collect_at_shop"),
    "another_courier": ({"courier": "manual", "carrier": "Own rider"}, "bring parcel", ""),
    "ask_back": ({"reason": "they will not take it"}, "they will not take it", "parcel_asked_back"),
}


def failed(couriered: Couriered, status: str = "cancelled_approval_pending", **changes: Any) -> tuple[Done, CaseRow]:
    """An order on its way whose delivery has failed, and its case."""
    order = shipped(couriered, **(changes or COD))
    couriered.move(order, status)
    couriered.sync(order)
    (case,) = couriered.cases(order)
    return order, case


def act(
    couriered: Couriered,
    case: CaseRow,
    key: str,
    given: Mapping[str, Any] | None = None,
    seen: int | None = None,
    **who: Any,
) -> Acted:
    return act_on(couriered.desk, couriered.shop.db, couriered.context(**who), case.id, key, given or {}, seen)


def again(couriered: Couriered, case: CaseRow) -> CaseRow:
    return couriered.shop.db.read(lambda tx: rows.by_id(tx, case.id))


def told_customer(couriered: Couriered) -> list[str]:
    _m = table_of(Message)
    wanted = select(_m.c.template).where(_m.c.audience == "customer").order_by(_m.c.id)
    return [row.template for row in couriered.shop.db.read(lambda tx: tx.rows(wanted))]


@pytest.mark.parametrize("key", OUT)
def test_an_act_tells_the_courier_and_the_customer_and_says_what_comes_next(couriered: Couriered, key: str) -> None:
    given, words, template = OUT[key]
    _, case = failed(couriered)
    row = ACTS[key]
    # a courier that is down can be told by nobody but a person
    couriered.desk.practice().store.run("UPDATE parcel SET status = 'in_review'")
    couriered.fail_next("fail", "create_return_request", times=9)
    said = act(couriered, case, key, given)
    assert said.sentence.startswith(row.done)
    waiting = again(couriered, case)
    assert words in said.to_courier and waiting.to_courier == said.to_courier
    if said.to_courier:
        assert (waiting.state, waiting.next_act) == ("needs_us", "tell_courier")
        act(couriered, waiting, "told")
    after = again(couriered, case)
    assert (after.state, after.next_act, after.to_courier) == (row.state, row.next_act, "")
    assert after.due_at > couriered.shop.clock.now_us()
    assert [template] == told_customer(couriered)[-1:] or not template


def test_every_row_leads_to_a_state_and_a_next_act_that_are_known() -> None:
    for row in ACTS.values():
        assert (row.state in STATES and row.next_act in NEXT_ACTS) if row.state else not row.next_act
        assert CLOSED not in row.states


def test_a_courier_whose_api_can_be_told_is_told(couriered: Couriered) -> None:
    _, case = failed(couriered, "hold")
    said = act(couriered, case, "ask_back", {"reason": "wrong colour"})
    assert said == Acted(case.id, "It is asked back. Steadfast was told.")
    after = again(couriered, case)
    assert (after.state, after.next_act, after.to_courier) == ("coming_back", "wait_return", "")
    requests = couriered.desk.practice().store.rows("SELECT reason FROM return_request")
    assert [row["reason"] for row in requests] == ["wrong colour"]


def test_what_the_api_refuses_is_kept_to_be_told_by_a_person(couriered: Couriered) -> None:
    _, case = failed(couriered, "hold")
    couriered.fail_next("fail", "create_return_request", times=9)
    said = act(couriered, case, "ask_back", {"reason": "wrong colour"})
    assert "could not be told" in said.sentence and "Copy the words" in said.sentence
    waiting = again(couriered, case)
    assert (waiting.state, waiting.next_act) == ("needs_us", "tell_courier")
    first, *_ = couriered.shop.db.read(lambda tx: acts_of(tx, couriered.context(), case.id))
    assert first.key == "told"


@pytest.mark.parametrize("day", ["2026-11-21", "2027-01-30", "tomorrow", "", "24/11/2026"])
def test_a_day_that_cannot_be_is_said_under_its_field(couriered: Couriered, day: str) -> None:
    _, case = failed(couriered)
    with pytest.raises(InvalidInput) as refused:
        act(couriered, case, "redeliver", {"day": day})
    assert set(refused.value.fields) == {"day"}
    assert again(couriered, case) == case


@pytest.mark.parametrize(
    ("key", "given", "fields"),
    [
        ("correct_address", {**ADDRESS, "phone": "12"}, {"phone"}),
        ("correct_address", {**ADDRESS, "district": "Atlantis"}, {"district"}),
        ("correct_address", {}, {"name", "phone", "line"}),
        ("another_courier", {"courier": "nobody"}, {"courier"}),
        ("another_courier", {"courier": "manual"}, {"carrier"}),
        ("ask_back", {"reason": "  "}, {"reason"}),
        ("lost", {"what": "eaten"}, {"what"}),
        ("take", {"by": "me"}, {"by"}),
    ],
)
def test_what_is_missing_or_wrong_is_said_by_field_and_nothing_is_done(
    couriered: Couriered, key: str, given: dict[str, Any], fields: set[str]
) -> None:
    order, case = failed(couriered)
    with pytest.raises(InvalidInput) as refused:
        act(couriered, case, key, given)
    assert set(refused.value.fields) == fields
    assert again(couriered, case) == case and couriered.shop.order(order).status == "shipped"


def test_the_address_of_the_order_is_corrected_with_the_parcels(couriered: Couriered, packer: Actor) -> None:
    order, case = failed(couriered)
    with pytest.raises(NotAllowed):
        act(couriered, case, "correct_address", ADDRESS, actor=packer)
    act(couriered, case, "correct_address", ADDRESS)
    now = couriered.shop.order(order)
    assert (now.phone, now.address_line, now.area, now.status) == (
        "01711000001",
        "House 9, Road 11",
        "Banani",
        "shipped",
    )


@pytest.mark.parametrize("courier", ["steadfast", "manual"])
def test_another_courier_takes_it_under_the_orders_second_name(couriered: Couriered, courier: str) -> None:
    order, case = failed(couriered)
    said = act(couriered, case, "another_courier", {"courier": courier, "carrier": "Own rider"})
    first, second = couriered.parcels(order)
    assert (first.booking, first.live, second.booking, second.live) == ("superseded", None, "booked", 1)
    assert courier == "manual" or second.invoice == f"{first.invoice}-2"
    assert couriered.shop.order(order).status == "shipped", said.sentence
    assert couriered.shop.level("MUG")[1] == 2, "the goods stay kept once"
    assert again(couriered, case).shipment_id == first.id

    couriered.shop.do(order, c.Deliver())
    assert again(couriered, case).is_open, "the first parcel is still to come back"
    couriered.desk.practice().move(first.consignment_id, "cancelled_return_received")
    sync_shipment(couriered.desk, couriered.shop.db, couriered.shop.clock, first.id)
    assert again(couriered, case).state == "to_inspect"


def test_a_courier_that_refuses_the_second_parcel_leaves_the_order_to_be_shipped(couriered: Couriered) -> None:
    order, case = failed(couriered)
    couriered.fail_next("fail", "create_order", http_status=422)
    said = act(couriered, case, "another_courier", {"courier": "steadfast"})
    assert "waits to be shipped again" in said.sentence
    assert couriered.shop.order(order).status == "confirmed"


def test_what_is_lost_becomes_a_loss_of_its_own(couriered: Couriered) -> None:
    order, case = failed(couriered)
    act(couriered, case, "lost", {"what": "damaged", "words": "crushed box"})
    (loss,) = couriered.cases(order)
    assert (loss.kind, loss.family, loss.words, loss.next_act) == ("damaged", "loss", "crushed box", "agree_loss")
    assert again(couriered, case).outcome == "damaged"


def test_what_changed_meanwhile_and_what_is_over_is_refused_with_what_is_possible(couriered: Couriered) -> None:
    _, case = failed(couriered)
    act(couriered, case, "take")
    with pytest.raises(Refused, match="changed while you looked") as stale:
        act(couriered, case, "redeliver", {"day": "2026-11-24"}, seen=case.version)
    assert "redeliver" in stale.value.allowed
    with pytest.raises(StaleVersion):
        act(couriered, case, "redeliver", {"day": "2026-11-24"}, version=1)
    with pytest.raises(Refused, match="Olin Owner has it"):
        act(couriered, case, "take")
    act(couriered, case, "close", {"reason": "they called"})
    with pytest.raises(Refused, match="closed already"):
        act(couriered, case, "redeliver", {"day": "2026-11-24"})
    with pytest.raises(NotFound):
        act(couriered, case, "dance")
    assert couriered.shop.db.read(lambda tx: acts_of(tx, couriered.context(), case.id)) == []


def test_a_viewer_can_do_nothing_and_a_packer_all_but_address_and_price(
    couriered: Couriered, viewer: Actor, packer: Actor
) -> None:
    _, case = failed(couriered)

    def keys(actor: Actor) -> set[str]:
        context = couriered.context(actor)
        return {one.key for one in couriered.shop.db.read(lambda tx: acts_of(tx, context, case.id))}

    assert keys(viewer) == set()
    assert keys(packer) == {*OUT, "lost", "take", "close"} - {"correct_address"}
    with pytest.raises(NotAllowed):
        act(couriered, case, "take", actor=viewer)


def test_asking_twice_waits_for_the_first_answer(couriered: Couriered) -> None:
    _, case = failed(couriered)
    act(couriered, case, "ask_customer")
    asked = again(couriered, case)
    assert (asked.state, asked.asks) == ("asked_customer", case.asks + 1)
    with pytest.raises(Refused, match="has not answered yet"):
        act(couriered, case, "ask_customer")


def test_an_act_is_one_row_with_its_form_and_what_it_does(
    couriered: Couriered, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = Act(
        "sing", "Sing to them", "You sang.", form=Why, courier_told=lambda stand, form: f"They sang: {form.reason}",
        tells="redelivery_asked", state="asked_courier", next_act="wait_delivery", due_us=lambda stand, form: 2**60,
    )  # fmt: skip
    monkeypatch.setitem(ACTS, "sing", row)
    _, case = failed(couriered)
    assert act(couriered, case, "sing", {"reason": "la la"}).to_courier == "They sang: la la"
    act(couriered, case, "told")
    assert (again(couriered, case).state, again(couriered, case).due_at) == ("asked_courier", 2**60)
    assert told_customer(couriered)[-1] == "redelivery_asked"
