"""The round of the table of waits: an order that stood too long is told of once, for each time it came to stand there.

Every order has a transaction of its own under its lock, and what was told is known by its key: a round that is broken
off, two at once, or a clock set back tell nobody twice and forget nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, Table, bindparam, func, select, text

from dokango import audit, topics
from dokango.audit import Event
from dokango.clock import Clock
from dokango.db import Database, Statement, Tx, table_of, typed
from dokango.notify.outbox import Telling, tell
from dokango.orders.book import rows as orders
from dokango.orders.book.rows import ORDER, OrderRow
from dokango.orders.cases import rows as cases
from dokango.orders.cases.moves import HOUR_US, Happened, about_order, close, open_case
from dokango.orders.cases.rows import CASE, EVENT
from dokango.orders.customer.instructions import payment_instructions
from dokango.orders.customer.message import TEMPLATE
from dokango.orders.waits.table import WAITS, Wait
from dokango.people.actor import RULE
from dokango.shop.profile import Profile, load_profile

EVERY_S = 60.0
MOST_AT_ONCE = 200
REMINDED = "remind_payment"
GONE_ON = "it has gone on"
_E = table_of(Event)
_KEY = Statement(select(_E.c.id).where(_E.c.key == bindparam("key")))


class _Stands(NamedTuple):
    id: int
    number: str
    since: int


class _Over(NamedTuple):
    id: int


def watch(db: Database, clock: Clock) -> int:
    """One round; of how many orders somebody was told, and how many cases ended by themselves."""
    profile = db.read(load_profile)
    over = [row.id for wait in WAITS if wait.case for row in db.read(partial(_over, wait=wait))]
    ended = sum(db.write(partial(_end, case_id=case_id, now_us=clock.now_us())) for case_id in over)
    return ended + sum(_tell_all(db, clock, wait, profile) for wait in WAITS if wait.hours(profile))


def key_of(wait: Wait, order_id: int, since_us: int) -> str:
    """What is told once: this wait of this order, since then."""
    return f"wait/{wait.key}/{order_id}/{since_us}"


def _tell_all(db: Database, clock: Clock, wait: Wait, profile: Profile) -> int:
    done, after, before = 0, 0, clock.now_us() - wait.hours(profile) * HOUR_US
    while found := db.read(partial(_page, wait=wait, after=after, before=before)):
        known = db.read(partial(_known, keys=[key_of(wait, row.id, row.since) for row in found]))
        for row in found:
            if key_of(wait, row.id, row.since) not in known:
                done += db.write(partial(_tell, clock=clock, wait=wait, number=row.number))
        after = found[-1].id
    return done


def _page(tx: Tx, wait: Wait, after: int, before: int) -> list[_Stands]:
    return tx.rows(_too_long(wait), after=after, before=before)


# Of each wait once: rounds come every minute, and to put a statement together takes longer than to run it.
@cache
def _too_long(wait: Wait) -> Statement[_Stands]:
    before: BindParameter[int] = bindparam("before")
    wanted = _stand_there(wait).where(
        ORDER.c.id > bindparam("after"), ORDER.c.placed_at <= before, _since(wait) <= before
    )
    return typed(_Stands, wanted.order_by(ORDER.c.id).limit(MOST_AT_ONCE))


@cache
def _one(wait: Wait) -> Statement[_Stands]:
    return typed(_Stands, _stand_there(wait).where(ORDER.c.id == bindparam("order_id")))


def _stand_there(wait: Wait) -> Select[tuple[int, str, int]]:
    return select(ORDER.c.id, ORDER.c.number, _since(wait).label("since")).where(text(wait.where))


def _since(wait: Wait) -> ColumnElement[int]:
    if not wait.began_by:
        return ORDER.c.changed_at
    began = select(func.max(_E.c.happened_at)).where(_E.c.order_id == ORDER.c.id, _E.c.action.in_(wait.began_by))
    return began.correlate(ORDER).scalar_subquery()


class _Key(NamedTuple):
    key: str


def _known(tx: Tx, keys: Sequence[str]) -> set[str]:
    asked = {f"key{place}": key for place, key in enumerate(keys)}
    return {row.key for table in (_E, EVENT) for row in tx.rows(_among(table, len(keys)), **asked)}


@cache
def _among(table: Table, many: int) -> Statement[_Key]:
    asked: list[BindParameter[str]] = [bindparam(f"key{place}") for place in range(many)]
    return typed(_Key, select(table.c.key).where(table.c.key.in_(asked)))


def _tell(tx: Tx, clock: Clock, wait: Wait, number: str) -> bool:
    order, profile, now_us = orders.lock(tx, number), load_profile(tx), clock.now_us()
    hours = wait.hours(profile)
    stands = tx.one(_one(wait), order_id=order.id)
    if stands is None or not hours or stands.since > now_us - hours * HOUR_US:
        return False
    key = key_of(wait, order.id, stands.since)
    if not wait.case:
        return _remind(tx, order, profile, key, now_us)
    if cases.event_by_key(tx, key) is not None:
        return False
    open_case(tx, about_order(order.id), wait.case, Happened(key, wait.words.format(hours=hours), now_us, RULE))
    return True


def _remind(tx: Tx, order: OrderRow, profile: Profile, key: str, now_us: int) -> bool:
    words = payment_instructions(order, profile)
    if not words or tx.value(_KEY, key=key):
        return False
    event_id = audit.record(
        tx, key=key, order_id=order.id, action=REMINDED, actor=RULE.name, actor_kind=RULE.kind, note=words,
        now_us=now_us,
    )  # fmt: skip
    data = {"number": order.number, "name": order.name, "token": order.token, "locale": order.locale, "text": words}
    telling = Telling("customer", TEMPLATE, order.email or order.phone, data, order.phone)
    tell(tx, [telling], order_id=order.id, event_id=event_id, now_us=now_us)
    tx.changed(topics.ORDERS)
    tx.changed(topics.of_order(order.number))
    return True


def _over(tx: Tx, wait: Wait) -> list[_Over]:
    """The open cases of a wait whose order does not stand there any more."""
    return tx.rows(_ended(wait))


@cache
def _ended(wait: Wait) -> Statement[_Over]:
    stand = select(ORDER.c.id).where(text(wait.where))
    wanted = select(CASE.c.id).where(
        CASE.c.kind == wait.case, CASE.c.closed_at.is_(None), CASE.c.order_id.not_in(stand)
    )
    return typed(_Over, wanted)


def _end(tx: Tx, case_id: int, now_us: int) -> bool:
    case = cases.lock_with_order(tx, case_id)
    return close(tx, case, GONE_ON, Happened(f"case/{case.id}/closed", GONE_ON, now_us, RULE))
