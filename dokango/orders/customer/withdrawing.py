"""A customer takes back what they answered about a failed delivery, until staff or the courier acted on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from dokango import audit
from dokango.clock import Clock
from dokango.db import Tx
from dokango.errors import Refused
from dokango.notify.outbox import Telling, tell
from dokango.orders.acts import asking
from dokango.orders.acts.stand import Stand, stand_of
from dokango.orders.book import rows as orders
from dokango.orders.cases import moves
from dokango.orders.cases import rows as cases
from dokango.orders.cases.kinds import ASKED_CUSTOMER, FAILED_DELIVERY, NEEDS_US
from dokango.orders.cases.moves import Happened
from dokango.orders.cases.rows import CaseRow
from dokango.orders.customer.answering import asking_of
from dokango.people.actor import customer
from dokango.text import storable

_NOT_ACTED = ("taken", "said", "late")  # what happens on a case without doing anything about an answer
_TO_DO = ("do_answer", "tell_courier")
_LONGEST_ID = 18


class Answered(NamedTuple):
    """What a customer said and may take back: `asking` is what they answered; all "" where nothing is."""

    asking: str = ""
    what: str = ""
    day: str = ""
    words: str = ""


NOT_ANSWERED = Answered()


def answered_of_order(tx: Tx, order_id: int) -> Answered:
    """The answer that the order's page shows as one that can be taken back."""
    case = _standing(tx, order_id)
    if case is None:
        return NOT_ANSWERED
    said = json.loads(case.answer)
    return Answered(asking_of(case), said.get("what", ""), said.get("day", ""), said.get("words", ""))


def withdraw(tx: Tx, clock: Clock, token: str, form: Mapping[str, str]) -> str:
    """Take the answer back: it is asked again, and nobody does what was said. The number of the order.

    Once for each answer; sent again it changes nothing. Raises NotFound (no such link), Refused once it was acted on.
    """
    found = orders.by_token(tx, storable(token))
    order = orders.lock(tx, found.number)
    wanted = form.get("asking", "")
    case = _standing(tx, order.id)
    if case is None or asking_of(case) != wanted:
        if _is_withdrawn(tx, order.id, wanted):
            return order.number
        raise Refused("withdraw", "Somebody has acted on this answer already.")
    stand = stand_of(tx, clock, case)
    if not stand.on_the_way:
        raise Refused("withdraw", "The parcel is not on its way any more.")
    until_us = asking.waits_until(stand)
    words = cases.event_by_key(tx, f"case/{case.id}/answered/{case.asks}")
    happened = Happened(
        f"case/{case.id}/withdrawn/{case.asks}", f"takes back: {words.words if words else ''}", stand.now_us,
        customer(order.name),
    )  # fmt: skip
    moves.move(
        tx, case, "withdrawn", happened, state=ASKED_CUSTOMER, next_act="wait_customer", due_us=until_us,
        asks=case.asks + 1, answer="{}", to_courier="", then_state="", then_next="",
        then_due=asking.then_due(stand, until_us),
    )  # fmt: skip
    _say(tx, stand, happened)
    return order.number


def _standing(tx: Tx, order_id: int) -> CaseRow | None:
    return next((case for case in cases.open_of(tx, order_id) if _can_be_taken_back(tx, case)), None)


def _can_be_taken_back(tx: Tx, case: CaseRow) -> bool:
    waits = case.family == FAILED_DELIVERY and case.state == NEEDS_US and case.next_act in _TO_DO
    if not waits or not case.asks or case.answered != case.asks:
        return False
    happened = [event.what for event in cases.events_of(tx, case.id) if event.what not in _NOT_ACTED]
    return happened[-1:] == ["answered"]


def _is_withdrawn(tx: Tx, order_id: int, wanted: str) -> bool:
    case_id, _, asks = wanted.partition(".")
    if not all(part.isascii() and part.isdigit() and len(part) <= _LONGEST_ID for part in (case_id, asks)):
        return False
    event = cases.event_by_key(tx, f"case/{int(case_id)}/withdrawn/{int(asks)}")
    return event is not None and cases.by_id(tx, event.case_id).order_id == order_id


def _say(tx: Tx, stand: Stand, happened: Happened) -> None:
    order = stand.order
    if order is None:
        return
    event_id = audit.record(
        tx, key=f"{happened.key}/event", order_id=order.id, action="case_withdrawn", actor=happened.actor.name,
        actor_kind=happened.actor.kind, note=happened.words, now_us=happened.now_us,
    )  # fmt: skip
    telling = Telling("staff", "case_withdrawn", "", {"number": order.number, "words": happened.words})
    tell(tx, [telling], order_id=order.id, event_id=event_id, now_us=happened.now_us)
