"""A customer is asked what to do with a parcel that could not be handed over, and answers once for each asking."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta

from dokango import audit
from dokango.clock import US_PER_DAY, Clock, day_of, said_day
from dokango.db import Tx
from dokango.errors import InvalidInput, Refused
from dokango.notify.outbox import Telling, tell
from dokango.orders.acts.stand import Stand, stand_of
from dokango.orders.acts.table import STILL_OUT
from dokango.orders.book import rows as orders
from dokango.orders.cases import moves
from dokango.orders.cases import rows as cases
from dokango.orders.cases.kinds import ASKED_COURIER, FAILED_DELIVERY, LOSS, NEEDS_US
from dokango.orders.cases.moves import Happened, More
from dokango.orders.cases.rows import CaseRow
from dokango.people.actor import customer
from dokango.text import plain, storable

MOST_DAYS, MOST_WORDS = 14, 300
ANSWERS = ("deliver", "address", "collect", "refuse", "not_called")
_SAID = {
    "deliver": "deliver again on {day}", "address": "the address is: {words}", "collect": "I will collect it",
    "refuse": "I do not want it", "not_called": "nobody called me",
}  # fmt: skip
_FOR_THE_RIDER = {
    "deliver": "Please deliver parcel {parcel} again on {day}: the customer asks for it.",
    "address": "Parcel {parcel}: the customer says the address is {words}. Please deliver again.",
    "not_called": "Parcel {parcel}: the customer says nobody called. Please call {phone} and deliver again.",
}


def asked(tx: Tx, order_id: int) -> CaseRow | None:
    """The case about which the customer is asked, and has not answered; None while nothing is asked."""
    return next((case for case in cases.open_of(tx, order_id) if _waits(case)), None)


def loss_of(tx: Tx, order_id: int) -> str:
    """The kind of the open case that says that the order's parcel is lost or damaged; "" for none."""
    return next((case.kind for case in cases.open_of(tx, order_id) if case.family == LOSS), "")


def asking_of_order(tx: Tx, order_id: int) -> str:
    """Which asking the order's page shows; "" for none."""
    case = asked(tx, order_id)
    return asking_of(case) if case is not None else ""


def days(now_us: int) -> dict[str, str]:
    """The days that can be asked for: the first, the one that is offered, and the last."""
    today = day_of(now_us)
    offered = {"day_first": 0, "day": 1, "day_last": MOST_DAYS}
    return {name: (today + timedelta(days=ahead)).isoformat() for name, ahead in offered.items()}


def answer(tx: Tx, clock: Clock, token: str, form: Mapping[str, str]) -> str:
    """Keep what the customer says: the case needs us with it, and words for the courier. The number of the order.

    Raises NotFound (no such link), InvalidInput ("day", "words", "what"), Refused when nothing is asked any more.
    """
    found = orders.by_token(tx, storable(token))
    order = orders.lock(tx, found.number)
    case = asked(tx, order.id)
    stand = stand_of(tx, clock, case) if case is not None else None
    if case is None or stand is None or not stand.on_the_way or form.get("asking") != asking_of(case):
        raise Refused("answer", "This was answered already, or is not asked any more.")
    said = _read(form, stand.now_us)
    day = said_day(date.fromisoformat(said["day"])) if said["day"] else ""
    words = _SAID[said["what"]].format(day=day, words=said["words"])
    happened = Happened(f"case/{case.id}/answered/{case.asks}", words, stand.now_us, customer(order.name), said)
    next_act, more = _next(stand, said, day)
    more |= {"answer": json.dumps(said, ensure_ascii=False), "answered": case.asks}
    moves.move(tx, case, "answered", happened, state=NEEDS_US, next_act=next_act, due_us=_due(stand), **more)
    _say(tx, stand, words, happened)
    return order.number


def asking_of(case: CaseRow) -> str:
    """Which asking a form answers."""
    return f"{case.id}.{case.asks}"


def _waits(case: CaseRow) -> bool:
    return case.family == FAILED_DELIVERY and case.state in STILL_OUT and case.asks > case.answered


def _read(form: Mapping[str, str], now_us: int) -> dict[str, str]:
    what = form.get("what", "")
    words = plain(str(form.get("words", ""))[: 2 * MOST_WORDS], lines=True)[:MOST_WORDS]
    if what not in ANSWERS:
        raise InvalidInput({"what": "Choose what we should do."})
    if what == "address" and not words:
        raise InvalidInput({"words": "Type the address."})
    return {
        "what": what,
        "day": _day(form.get("day", ""), day_of(now_us)) if what == "deliver" else "",
        "words": words if what == "address" else "",
    }


def _day(typed: str, today: date) -> str:
    try:
        day = date.fromisoformat(typed[:10])
    except ValueError:
        day = None
    if day is None or not today <= day <= today + timedelta(days=MOST_DAYS):
        raise InvalidInput({"day": "Choose a day in the next two weeks."})
    return day.isoformat()


def _due(stand: Stand) -> int:
    return stand.case.due_at if stand.case.due_at > stand.now_us else stand.now_us + US_PER_DAY


def _next(stand: Stand, said: Mapping[str, str], day: str) -> tuple[str, More]:
    """What comes next: the courier is told, or somebody of the shop does what was answered."""
    order, template = stand.order, _FOR_THE_RIDER.get(said["what"])
    if template is None or order is None:
        return "do_answer", {}
    words = template.format(parcel=stand.called, day=day, words=said["words"], phone=order.phone)
    then: More = {
        "to_courier": stand.to_courier(words),
        "then_state": ASKED_COURIER,
        "then_next": "wait_delivery",
        "then_due": stand.now_us + 2 * US_PER_DAY,
    }
    return "tell_courier", then


def _say(tx: Tx, stand: Stand, words: str, happened: Happened) -> None:
    order = stand.order
    if order is None:
        return
    event_id = audit.record(
        tx, key=f"{happened.key}/event", order_id=order.id, action="case_answered", actor=happened.actor.name,
        actor_kind=happened.actor.kind, note=words, now_us=happened.now_us,
    )  # fmt: skip
    telling = Telling("staff", "case_answered", "", {"number": order.number, "words": words})
    tell(tx, [telling], order_id=order.id, event_id=event_id, now_us=happened.now_us)
