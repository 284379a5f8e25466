"""The customer is asked about a parcel that could not be handed over, and answers once for each asking."""

from __future__ import annotations

import json

import pytest

from dokango.errors import InvalidInput, NotFound, Refused
from dokango.orders import Done
from dokango.orders.cases.rows import CaseRow
from dokango.orders.customer.answering import answer, asked, asking_of
from tests.core.couriered import Couriered
from tests.core.test_acts import act, again, failed


def asks(couriered: Couriered) -> tuple[Done, CaseRow]:
    order, case = failed(couriered)
    act(couriered, case, "ask_customer")
    return order, again(couriered, case)


def says(couriered: Couriered, order: Done, case: CaseRow, **form: str) -> None:
    token, clock = couriered.shop.order(order).token, couriered.shop.clock
    given = {"asking": asking_of(case), **form}
    couriered.shop.db.write(lambda tx: answer(tx, clock, token, given))


@pytest.mark.parametrize(
    ("form", "next_act", "to_courier"),
    [
        ({"what": "deliver", "day": "2026-11-24"}, "tell_courier", "again on 24 Nov 2026"),
        ({"what": "address", "words": "House 9 <b>\u202e"}, "tell_courier", "House 9 <b>."),
        ({"what": "not_called"}, "tell_courier", "nobody called"),
        ({"what": "collect"}, "do_answer", ""),
        ({"what": "refuse"}, "do_answer", ""),
    ],
)
def test_an_answer_moves_the_case_and_reaches_the_courier_once(
    couriered: Couriered, form: dict[str, str], next_act: str, to_courier: str
) -> None:
    order, case = asks(couriered)
    says(couriered, order, case, **form)
    after = again(couriered, case)
    assert (after.state, after.next_act) == ("needs_us", next_act) and to_courier in after.to_courier
    assert json.loads(after.answer)["what"] == form["what"]
    with pytest.raises(Refused):
        says(couriered, order, case, what="refuse")
    if to_courier:
        act(couriered, after, "told")
        assert again(couriered, case).state == "asked_courier"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"what": "deliver", "day": "2026-11-01"}, "day"),
        ({"what": "deliver", "day": "soon"}, "day"),
        ({"what": "address", "words": " \u200b "}, "words"),
        ({"what": "dance"}, "what"),
        ({}, "what"),
    ],
)
def test_what_cannot_be_read_is_said_by_field_and_nothing_moves(
    couriered: Couriered, form: dict[str, str], field: str
) -> None:
    order, case = asks(couriered)
    with pytest.raises(InvalidInput) as wrong:
        says(couriered, order, case, **form)
    assert set(wrong.value.fields) == {field} and again(couriered, case) == case


def test_nothing_is_asked_before_the_shop_asks_nor_of_another_link_nor_after_the_delivery(couriered: Couriered) -> None:
    order, case = failed(couriered)
    assert couriered.shop.db.read(lambda tx: asked(tx, order.order_id)) is None
    with pytest.raises(Refused):
        says(couriered, order, case, what="refuse")
    with pytest.raises(NotFound):
        couriered.shop.db.write(lambda tx: answer(tx, couriered.shop.clock, "no-such-link", {"what": "refuse"}))
    act(couriered, case, "ask_customer")
    waiting = again(couriered, case)
    couriered.move(order, "delivered")
    couriered.sync(order)
    with pytest.raises(Refused):
        says(couriered, order, waiting, what="refuse")
