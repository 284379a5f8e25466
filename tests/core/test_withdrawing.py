"""A customer takes back what they answered, until staff or the courier acted on it: once, and on record."""

from __future__ import annotations

import pytest

from dokango import audit
from dokango.errors import NotFound, Refused
from dokango.language import LOCALES
from dokango.orders import Done
from dokango.orders.cases.rows import CaseRow, events_of
from dokango.orders.customer.answering import answer, asked, asking_of
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.customer.withdrawing import NOT_ANSWERED, Answered, answered_of_order, withdraw
from tests.core.couriered import Couriered
from tests.core.test_acts import act, again, failed
from tests.core.test_answering import asks, says

ANSWERS = [
    {"what": "deliver", "day": "2026-11-24"},
    {"what": "address", "words": "House 9"},
    {"what": "collect"},
    {"what": "not_called"},
    {"what": "refuse"},
]
NO = {"what": "refuse"}


def takes_back(couriered: Couriered, order: Done, asking: str) -> str:
    token, clock = couriered.shop.order(order).token, couriered.shop.clock
    return couriered.shop.db.write(lambda tx: withdraw(tx, clock, token, {"asking": asking}))


def standing(couriered: Couriered, order: Done) -> Answered:
    return couriered.shop.db.read(lambda tx: answered_of_order(tx, order.order_id))


def answered(couriered: Couriered, **form: str) -> tuple[Done, CaseRow]:
    order, case = asks(couriered)
    says(couriered, order, case, **form)
    return order, again(couriered, case)


@pytest.mark.parametrize("form", ANSWERS, ids=lambda form: form["what"])
def test_an_answer_is_taken_back_and_may_be_given_anew(couriered: Couriered, form: dict[str, str]) -> None:
    order, case = answered(couriered, **form)
    assert standing(couriered, order)[:2] == (asking_of(case), form["what"])
    assert takes_back(couriered, order, asking_of(case)) == order.number
    after = again(couriered, case)
    assert (after.state, after.next_act, after.answer, after.to_courier) == (
        "asked_customer",
        "wait_customer",
        "{}",
        "",
    )
    assert after.due_at > couriered.shop.clock.now_us() and standing(couriered, order) == NOT_ANSWERED
    (event,) = [e for e in couriered.shop.db.read(lambda tx: audit.of_order(tx, order.order_id))
                if e.action == "case_withdrawn"]  # fmt: skip
    assert event.actor_kind == "customer" and event.note.startswith("takes back: ")
    says(couriered, order, after, **form)
    assert standing(couriered, order).what == form["what"]


def test_the_same_taking_back_again_changes_nothing(couriered: Couriered) -> None:
    order, case = answered(couriered, **NO)
    for _ in range(3):
        takes_back(couriered, order, asking_of(case))
    assert [e.what for e in couriered.shop.db.read(lambda tx: events_of(tx, case.id))].count("withdrawn") == 1
    says(couriered, order, again(couriered, case), what="collect")
    takes_back(couriered, order, asking_of(case))
    assert standing(couriered, order).what == "collect", "what was answered since stands"


ACTED = [
    ({"what": "deliver", "day": "2026-11-24"}, "told", {}),
    ({"what": "refuse"}, "ask_back", {"reason": "not wanted"}),
    ({"what": "collect"}, "collect_at_hub", {"hub": "Uttara hub"}),
    ({"what": "refuse"}, "close", {"reason": "called them"}),
    ({"what": "refuse"}, "ask_customer", {}),
]


@pytest.mark.parametrize(("form", "key", "given"), ACTED)
def test_what_somebody_acted_on_is_not_taken_back(
    couriered: Couriered, form: dict[str, str], key: str, given: dict[str, str]
) -> None:
    order, case = answered(couriered, **form)
    couriered.fail_next("fail", "create_return_request", times=9)
    act(couriered, case, key, given)
    before = again(couriered, case)
    assert standing(couriered, order) == NOT_ANSWERED
    with pytest.raises(Refused):
        takes_back(couriered, order, asking_of(case))
    assert again(couriered, case) == before


def test_who_takes_the_case_on_has_not_acted_yet(couriered: Couriered) -> None:
    order, case = answered(couriered, **NO)
    act(couriered, case, "take")
    takes_back(couriered, order, asking_of(case))
    assert again(couriered, case).state == "asked_customer"


@pytest.mark.parametrize("status", ["delivered", "cancelled", "pending"])
def test_what_the_courier_went_on_with_is_not_taken_back(couriered: Couriered, status: str) -> None:
    order, case = answered(couriered, **NO)
    couriered.move(order, status)
    couriered.sync(order)
    with pytest.raises(Refused):
        takes_back(couriered, order, asking_of(case))


@pytest.mark.parametrize("asking", ["", "1", "1.", ".1", "1.1.1", "x.y", "1.0", "²." + "1", "9" * 30 + ".1", "7.1"])
def test_nothing_is_taken_back_that_was_not_answered(couriered: Couriered, asking: str) -> None:
    order, case = asks(couriered)
    assert standing(couriered, order) == NOT_ANSWERED
    with pytest.raises(Refused):
        takes_back(couriered, order, asking)
    assert again(couriered, case) == case


def test_nobody_takes_back_what_another_order_s_customer_answered(couriered: Couriered) -> None:
    order, case = answered(couriered, **NO)
    other, _ = failed(couriered)
    with pytest.raises(Refused):
        takes_back(couriered, other, asking_of(case))
    takes_back(couriered, order, asking_of(case))
    with pytest.raises(Refused):
        takes_back(couriered, other, asking_of(case))
    with pytest.raises(NotFound):
        couriered.shop.db.write(lambda tx: withdraw(tx, couriered.shop.clock, "no-such-link", {}))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ANSWERS, ids=lambda form: form["what"])
def test_the_page_says_what_was_answered_in_their_language(
    couriered: Couriered, form: dict[str, str], locale: str
) -> None:
    order, case = answered(couriered, **form)
    token = couriered.shop.order(order).token
    page = describe(couriered.shop.db.read(lambda tx: by_link(tx, token)), locale).order
    assert page["answered"] == asking_of(case) and page["answer"] and page["asking"] == ""
    assert couriered.shop.db.read(lambda tx: asked(tx, order.order_id)) is None
    with pytest.raises(Refused):
        couriered.shop.db.write(lambda tx: answer(tx, couriered.shop.clock, token, {"asking": asking_of(case), **NO}))
