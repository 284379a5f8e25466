"""A rider who was told too much has delivered: the desk asks what he took, and no word ends that but an answer."""

from __future__ import annotations

import pytest

from dokango.errors import InvalidInput, Refused
from dokango.orders import Done
from dokango.orders.acts.stand import look
from dokango.orders.acts.table import possible
from dokango.orders.cases import by_staff
from dokango.orders.cases.rows import CaseRow
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.tell_amount import tell_amount
from state.problems.took import previews
from tests.core.couriered import Couriered
from tests.core.ledgers import ledger, owes
from tests.core.test_acts import act, again
from tests.core.test_paid_on_the_way import COURIER, REFUNDS, travelling, waiting


def delivered(couriered: Couriered) -> tuple[Done, CaseRow]:
    """Told ৳660, ৳560 came by bKash since, and the rider has been at the door."""
    order = travelling(couriered)
    (case,) = couriered.cases(order)
    couriered.shop.do(order, c.Deliver())
    return order, again(couriered, case)


def test_the_delivery_asks_what_the_rider_took(couriered: Couriered) -> None:
    _, case = delivered(couriered)
    assert (case.state, case.next_act, case.is_open) == ("needs_us", "say_took", True)
    assert case.due_at > couriered.shop.clock.now_us()
    shown = couriered.shop.db.read(lambda tx: possible(look(tx, couriered.shop.clock, case.id)))
    assert [row.key for row in shown] == ["say_took", "take"]


@pytest.mark.parametrize(
    ("took", "posted", "open_then"),
    [
        ("old", [], {"courier": 660.0, "back": 560.0}),
        ("new", [f"say_collects: {REFUNDS} 560 ← {COURIER}"], {"courier": 100.0}),
    ],
)
def test_each_answer_is_previewed_and_then_booked_as_it_was_previewed(
    couriered: Couriered, took: str, posted: list[str], open_then: dict[str, float]
) -> None:
    order, case = delivered(couriered)
    shop = couriered.shop
    stand = shop.db.read(lambda tx: look(tx, shop.clock, case.id))
    old, new = previews(shop.db, couriered.context(), stand)
    assert old == [
        "The rider took ৳660, as told first", "Nothing is booked anew.", "The courier owes ৳660",
        "Due back to the customer ৳560",
    ]  # fmt: skip
    assert new[0] == "The rider took ৳100, the new sum" and new[-1] == "The courier owes ৳100"
    assert new[1].endswith(": ৳560") and len(new) == 3
    act(couriered, case, "say_took", {"took": took})
    assert ledger(shop, order, "say_collects") == posted
    assert owes(shop, order) == open_then and waiting(shop, order) == []


def test_no_word_ends_it_without_an_answer(couriered: Couriered) -> None:
    order, case = delivered(couriered)
    shop = couriered.shop
    with pytest.raises(Refused, match="Say what the rider collects or took"):
        act(couriered, case, "close", {"reason": "never mind"})
    with pytest.raises(Refused, match="Say what the rider collects or took"):
        shop.db.write(lambda tx: by_staff.deal_with(tx, shop.owner, shop.clock, case.id, "never mind"))
    with pytest.raises(InvalidInput) as wrong:
        act(couriered, case, "say_took", {"took": ""})
    assert set(wrong.value.fields) == {"took"} and waiting(shop, order) == [("told_too_much", "needs_us")]


def test_it_can_be_answered_before_the_delivery_too(couriered: Couriered) -> None:
    order = travelling(couriered)
    (case,) = couriered.cases(order)
    act(couriered, case, "say_took", {"took": "new"})
    assert couriered.parcel(order).cod_poisha == 10_000 and waiting(couriered.shop, order) == []
    with pytest.raises(Refused, match="closed already"):
        act(couriered, case, "say_took", {"took": "old"})


def test_a_courier_that_is_told_by_its_api_too_late_answers_nothing(couriered: Couriered) -> None:
    order, case = delivered(couriered)
    payload = {"shipment_id": case.shipment_id, "key": "late"}
    tell_amount(couriered.desk, couriered.shop.db, couriered.shop.clock, payload)
    assert again(couriered, case).next_act == "say_took" and owes(couriered.shop, order)["courier"] == 660.0
