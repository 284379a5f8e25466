"""A case as the desk of problems shows it: plain words, ready for a cell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from dokango.clock import DHAKA, US_PER_S, datetime_of, day_of, said, said_day
from dokango.orders.acts.stand import Stand
from dokango.orders.acts.table import possible
from dokango.orders.cases.kinds import CLAIM, KINDS, LOSS, NEXT_ACTS
from dokango.orders.cases.rows import CaseEventRow
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.people.phones import said_phone
from dokango.text import how_many, said_once

Row = dict[str, str]
_MINUTE_US, _HOUR_US, _DAY_US = 60 * US_PER_S, 3_600 * US_PER_S, 86_400 * US_PER_S
CLAIMS_PAGE = "/problems/claims"
BETWEEN = "|"  # stands before and after each key in the list of acts


def row_of(stand: Stand, events: Sequence[CaseEventRow], actor: Actor) -> Row:
    """One row of the list, with what `actor` can do about it."""
    case, order, parcel = stand.case, stand.order, stand.parcel
    kind = KINDS[case.kind]
    acts = [act for act in possible(stand) if actor.may(act.permission)]
    tries = [event.at for event in events if event.what in ("opened", "attempt")]
    return {
        "id": str(case.id),
        "version": str(case.version),
        "number": order.number if order is not None else "",
        "name": order.name if order is not None else "",
        "place": ", ".join(said_once((order.area, order.district))) if order is not None else "",
        "phone": order.phone if order is not None else "",
        "phone_shown": said_phone(order.phone) if order is not None else "",
        "kind": case.kind,
        "kind_said": kind.label,
        "tries": tries_words(tries) if kind.is_failed_delivery else "",
        "carrier": (parcel.carrier or parcel.courier) if parcel is not None else "",
        "words": case.words,
        "answer": answer_words(case.answer),
        "asking": asking_words(events) if case.is_open else "",
        "has": case.taken_by or "nobody yet",
        "due": due_words(case.due_at, stand.now_us) if case.is_open else "",
        "late": "1" if case.is_open and case.due_at < stand.now_us else "",
        "exact": said(case.due_at),
        "next": NEXT_ACTS.get(case.next_act, ""),
        "outcome": case.outcome,
        "ended": said(case.closed_at) if case.closed_at else "",
        "ended_by": case.closed_by,
        "parcel": parcel.invoice if parcel is not None else "",
        "to_claim": "1" if _can_be_claimed(stand, actor) else "",
        "claim": claim_page(events) if case.kind == CLAIM else "",
        "first": acts[0].key if acts else "",
        "first_label": acts[0].label + ("…" if acts[0].asks or acts[0].key == "told" else "") if acts else "",
        "acts": BETWEEN.join(["", *(act.key for act in acts), ""]) if acts else "",
        "fresh": "",
    }


def _can_be_claimed(stand: Stand, actor: Actor) -> bool:
    case = stand.case
    return case.is_open and case.family == LOSS and stand.order is not None and actor.may(Permission.SHIP)


def claim_page(events: Sequence[CaseEventRow]) -> str:
    """Where the claim stands that a case follows; the list of them for one that does not say."""
    claimed = [json.loads(event.data).get("claim", "") for event in events]
    return "/".join([CLAIMS_PAGE, *(str(one) for one in claimed[-1:] if one)])


def due_words(due_us: int, now_us: int) -> str:
    """How long there is still time, or since when there is none: "2 h 10 m", "today 18:00", "late 3 h"."""
    left = due_us - now_us
    if left < 0:
        return f"late {span_words(-left)}"
    if left < 3 * _HOUR_US:
        return span_words(left)
    at = datetime_of(due_us).astimezone(DHAKA)
    days = (day_of(due_us) - day_of(now_us)).days
    day = {0: "today", 1: "tomorrow"}.get(days, f"{at.day} {at:%b}")
    return f"{day} {at:%H:%M}"


def tries_words(tries_us: Sequence[int]) -> str:
    """How often the rider came away with it, and when: "2 tries: 22 Nov 12:00, 23 Nov 17:40"."""
    when = [datetime_of(at).astimezone(DHAKA) for at in tries_us]
    return f"{how_many(len(when), 'try', 'tries')}: " + ", ".join(f"{at.day} {at:%b %H:%M}" for at in when)


def asking_words(events: Sequence[CaseEventRow]) -> str:
    """How asking the customer stands since the last attempt: asked when, or why not, or that no answer came."""
    since = max((place for place, event in enumerate(events) if event.what in ("opened", "attempt")), default=0)
    told = [event for event in events[since:] if event.what in _OF_ASKING]
    if not told or told[-1].what == "answered":
        return ""
    return f"Asked on {said(told[-1].at)}" if told[-1].what == "asked" else told[-1].words


def answer_words(answer: str) -> str:
    """What the customer answered, in a sentence for staff; "" while they have not."""
    said_by_them = json.loads(answer)
    what, words = said_by_them.get("what", ""), str(said_by_them.get("words", ""))
    sentence = ANSWERS.get(what, "")
    if what == "deliver" and said_by_them.get("day"):
        sentence = f"deliver again on {said_day(date.fromisoformat(said_by_them['day']))}"
    return ": ".join(part for part in (sentence, words) if part)


_OF_ASKING = ("asked", "answered", "withdrawn", "unanswered", "unasked")
ANSWERS = {
    "deliver": "deliver again",
    "address": "the address is",
    "collect": "I will collect it",
    "refuse": "I do not want it",
    "not_called": "nobody called me",
}


def span_words(us: int) -> str:
    """A span of time in microseconds, as short as it goes: "3 d", "2 h 10 m", "5 m"."""
    if us >= 2 * _DAY_US:
        return f"{us // _DAY_US} d"
    hours, minutes = us // _HOUR_US, us % _HOUR_US // _MINUTE_US
    return f"{hours} h {minutes} m" if hours else f"{minutes} m"
