"""Payments that the shop books by itself: only what is exactly as claimed, once, and never what a person should see."""

from __future__ import annotations

from typing import Any

import pytest

from dokango import audit
from dokango.orders import Done
from dokango.orders.booked_by_rule import book_by_rule, booked_since_morning
from dokango.orders.lifecycle import commands as c
from dokango.payments.evidence import PASTE, Brought, keep_all
from dokango.payments.reversals import reversible_of
from dokango.people.actor import customer
from tests.core.racing import at_once
from tests.small_shop import Shop

TRX, SENDER = "BLU1H6X8AA", "01711000000"
CLAIM = {"method": "bkash", "transaction_id": TRX, "sender": SENDER}


@pytest.fixture
def ruled(shop: Shop) -> Shop:
    shop.set_profile(books_by_rule=True, rule_most_poisha=100_000)
    return shop


def told(shop: Shop, taka: str = "900.00", sender: str = SENDER, trx_id: str = TRX, *, timed: bool = True) -> None:
    text = f"You have received Tk {taka} from {sender}. Fee Tk 0.00. Balance Tk 9,075.50. TrxID {trx_id}"
    now = shop.clock.now_us()
    shop.db.write(lambda tx: keep_all(tx, shop.owner, [Brought(text, now if timed else None)], PASTE, now))


def claims(shop: Shop, **payment: str) -> Done:
    return shop.place(("MUG", 1), payment={**CLAIM, **payment})


def booked(shop: Shop) -> int:
    return book_by_rule(shop.db, shop.clock)


@pytest.mark.parametrize("evidence_first", [False, True])
def test_what_is_exact_is_booked_whichever_came_first_and_the_trail_names_the_rule(
    ruled: Shop, evidence_first: bool
) -> None:
    if evidence_first:
        told(ruled)
    order = claims(ruled)
    if not evidence_first:
        told(ruled)
    assert (booked(ruled), booked(ruled), ruled.order(order).due_poisha) == (1, 0, 0)
    event = ruled.db.read(lambda tx: audit.last_of_order(tx, order.order_id))
    assert (event.action, event.actor_kind) == ("verify_payment", "rule")
    now = ruled.clock.now_us()
    assert [one.number for one in ruled.db.read(lambda tx: booked_since_morning(tx, now))] == [order.number]
    assert ruled.db.read(lambda tx: booked_since_morning(tx, now + 24 * 3_600 * 1_000_000)) == []


def test_it_is_taken_back_like_any_other_and_not_booked_again_by_itself(ruled: Shop) -> None:
    told(ruled)
    order = claims(ruled)
    booked(ruled)
    (paid,) = ruled.db.read(lambda tx: reversible_of(tx, order.order_id)).standing
    ruled.do(order, c.ReversePayment(payment=paid.id, reason="another buyer's"))
    assert (booked(ruled), ruled.order(order).due_poisha) == (0, 90_000)
    ruled.do(order, c.ClaimPayment(method="bkash", transaction_id=TRX, sender=SENDER), actor=customer("Buyer"))
    assert (booked(ruled), ruled.order(order).due_poisha) == (0, 90_000), "a person had looked at it"


def _other_claims_it(shop: Shop, order: Done) -> None:
    claims(shop)


def _has_a_case(shop: Shop, order: Done) -> None:
    shop.do(order, c.AskChange(what="change", words="another colour"), actor=customer("Buyer"))


NEVER: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, str], Any]] = {
    "off": ({"books_by_rule": False}, {}, {}, None),
    "no limit set": ({"rule_most_poisha": 0}, {}, {}, None),
    "above the limit": ({"rule_most_poisha": 89_999}, {}, {}, None),
    "a second person would look": ({"second_person_above_poisha": 50_000}, {}, {}, None),
    "short": ({}, {"taka": "899.00"}, {}, None),
    "over": ({}, {"taka": "901.00"}, {}, None),
    "another sender": ({}, {"sender": "01811000000"}, {}, None),
    "no sender said": ({}, {}, {"sender": ""}, None),
    "another TrxID": ({}, {"trx_id": "BLU1H6X8AB"}, {}, None),
    "another wallet": ({}, {}, {"method": "nagad"}, None),
    "it is not known when it came": ({}, {"timed": False}, {}, None),
    "held": ({}, {}, {}, lambda shop, order: shop.do(order, c.Hold(reason="suspicious"))),
    "a wish is open": ({}, {}, {}, _has_a_case),
    "two claim it": ({}, {}, {}, _other_claims_it),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(NEVER))
def test_it_books_nothing_that_a_person_should_see(ruled: Shop, case: str) -> None:
    profile, line, claim, then = NEVER[case]
    ruled.set_profile(**{"books_by_rule": True, "rule_most_poisha": 100_000, **profile})
    order = claims(ruled, **claim)
    told(ruled, **line)
    if then:
        then(ruled, order)
    assert (booked(ruled), ruled.order(order).paid_poisha) == (0, 0)


def test_money_older_than_the_order_waits_for_a_person(ruled: Shop) -> None:
    told(ruled)
    ruled.clock.advance(2 * 3_600)
    order = claims(ruled)
    assert (booked(ruled), ruled.order(order).paid_poisha) == (0, 0)


def test_two_workers_at_once_book_it_once(ruled: Shop) -> None:
    told(ruled)
    order = claims(ruled)
    results = at_once(lambda: booked(ruled), lambda: booked(ruled))
    assert sum(results) == 1 and ruled.order(order).paid_poisha == 90_000
