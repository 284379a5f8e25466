"""The clock that asks customers about a failed delivery without staff, once an attempt, where the owner switched it on.

Each case is asked about in a transaction of its own, under its lock, which marks the attempt: a round that is broken
off, or two at once, ask nobody twice and forget nobody. Whom no message reaches is left to the staff, in a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from dokango import audit
from dokango.clock import DHAKA, Clock, datetime_of, said
from dokango.db import Database, Tx, table_of, typed
from dokango.notify.models import Message
from dokango.notify.outbox import Telling, tell
from dokango.orders.acts.asking import courier_waits_until, leaves_time
from dokango.orders.acts.forms import Nothing
from dokango.orders.acts.perform import write_act
from dokango.orders.acts.stand import Stand, stand_of
from dokango.orders.acts.table import ACTS
from dokango.orders.cases import moves, rows
from dokango.orders.cases.hand_back import hand_back
from dokango.orders.cases.kinds import ASKED_BY_ITSELF, ASKED_CUSTOMER, NEEDS_US
from dokango.orders.cases.rows import CASE, EVENT
from dokango.orders.lifecycle.perform import Context
from dokango.people.actor import RULE
from dokango.shop.profile import Profile, load_profile

EVERY_S = 30.0
MOST_IN_A_ROUND = 200
Reaches = Callable[[Tx, str, str], bool]  # whether a message would reach this e-mail address or phone
UNREACHABLE = "The customer was not asked: no message reaches them (Settings → Messages). Call them."
TOO_LATE = "The customer was not asked: the courier waits only until {until}. Call them."
OVERDUE = "The customer was not asked: it was due on {until}. Call them."
NOT_SENT = "The message that asks the customer could not be sent. Call them. ({why})"
_ASK = ACTS["ask_customer"]
_M = table_of(Message)


class _Found(NamedTuple):
    id: int


class _Unsent(NamedTuple):
    id: int
    error: str


_UNASKED = typed(
    _Found,
    select(CASE.c.id)
    .where(
        CASE.c.state == NEEDS_US, CASE.c.kind.in_(ASKED_BY_ITSELF), CASE.c.asked_attempt < CASE.c.attempts,
        CASE.c.to_courier == "", CASE.c.id > bindparam("after"),
    )
    .order_by(CASE.c.id)
    .limit(MOST_IN_A_ROUND),
)  # fmt: skip
_asked = EVENT.alias("asked")
_LAST_ASKED = (
    select(func.max(_asked.c.id))
    .where(_asked.c.case_id == CASE.c.id, _asked.c.what.in_(("asked", "withdrawn")))
    .scalar_subquery()
)
# What the shop itself asked, in a message that ended unsent: nobody waits for the answer to what was never read.
_UNSENT = typed(
    _Unsent,
    select(CASE.c.id, _M.c.error)
    .join(EVENT, EVENT.c.case_id == CASE.c.id)
    .join(_M, (_M.c.order_id == CASE.c.order_id) & (_M.c.created_at == EVENT.c.at))
    .where(
        CASE.c.state == ASKED_CUSTOMER, EVENT.c.actor_kind == RULE.kind,
        _M.c.template == _ASK.tells, _M.c.audience == "customer", _M.c.state.in_(("failed", "off")),
        EVENT.c.id == _LAST_ASKED,
    )
    .order_by(CASE.c.id),
)  # fmt: skip


def ask_customers(db: Database, clock: Clock, reaches: Reaches) -> int:
    """One round; how many cases it moved, or said of why their customer is not asked."""
    unsent = db.read(lambda tx: tx.rows(_UNSENT))
    back = sum(db.write(partial(_take_back, clock=clock, case_id=row.id, why=row.error)) for row in unsent)
    profile = db.read(load_profile)
    if not profile.asks_customers or not is_hour_to_ask(profile, clock.now_us()):
        return back
    done, after = 0, 0
    while found := db.read(partial(_page, after=after)):
        done += sum(db.write(partial(_ask, clock=clock, case_id=row.id, reaches=reaches)) for row in found)
        after = found[-1].id
    return back + done


def is_hour_to_ask(profile: Profile, now_us: int) -> bool:
    """Whether customers may be asked at this hour of the shop's day; from 20 to 8 is over midnight."""
    hour, first, end = datetime_of(now_us).astimezone(DHAKA).hour, profile.ask_from_hour, profile.ask_to_hour
    return first <= hour < end if first < end else hour >= first or hour < end


def _page(tx: Tx, after: int) -> list[_Found]:
    return tx.rows(_UNASKED, after=after)


def _ask(tx: Tx, clock: Clock, case_id: int, reaches: Reaches) -> bool:
    case = rows.lock_with_order(tx, case_id)
    stand = stand_of(tx, clock, case)
    profile = load_profile(tx)
    waits = case.state == NEEDS_US and case.asked_attempt < case.attempts and not case.to_courier
    wanted = profile.asks_customers and case.kind in ASKED_BY_ITSELF and case.kind not in profile.unasked_kinds
    if not waits or not wanted or stand.order is None or _ASK.why(stand):
        return False
    if not reaches(tx, stand.order.email, stand.order.phone):
        return _leave(tx, stand, UNREACHABLE)
    if not leaves_time(stand):
        words = OVERDUE if courier_waits_until(stand) is None else TOO_LATE
        return _leave(tx, stand, words.format(until=said(case.due_at)))
    write_act(tx, Context(RULE, clock), case_id, _ASK, Nothing(), None)
    return True


def _leave(tx: Tx, stand: Stand, words: str) -> bool:
    """The case stays with the staff, who read why, once for this attempt."""
    case = stand.case
    happened = moves.Happened(f"case/{case.id}/unasked/{case.attempts}", words, stand.now_us, RULE)
    if not moves.note(tx, case, "unasked", happened, asked_attempt=case.attempts):
        return False
    event_id = audit.record(
        tx, key=happened.key, order_id=case.order_id, action="case_unasked", actor=RULE.name, actor_kind=RULE.kind,
        note=words, now_us=stand.now_us,
    )  # fmt: skip
    data = {"number": stand.order.number if stand.order is not None else "", "words": words}
    telling = Telling("staff", "case_unasked", "", data)
    tell(tx, [telling], order_id=case.order_id, event_id=event_id, now_us=stand.now_us)
    return True


def _take_back(tx: Tx, clock: Clock, case_id: int, why: str) -> bool:
    case = rows.lock_with_order(tx, case_id)
    if case.state != ASKED_CUSTOMER:
        return False
    return hand_back(tx, case, NOT_SENT.format(why=why), clock.now_us())
