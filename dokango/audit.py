"""The audit trail: one event for each thing that happened, with who, when, and what changed. Only ever inserted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, FromClause, Index, bindparam, func, insert, select
from sqlalchemy import text as sa_text
from sqlmodel import SQLModel

from dokango.db import table_of
from dokango.db.columns import row_id, strict, text, whole
from dokango.db.statement import Statement, typed
from dokango.db.tx import Tx

_OF_THE_SHOP = sa_text("order_id IS NULL")
_UNDOES = sa_text("undoes IS NOT NULL")


class Event(SQLModel, table=True):
    """One happening. `key` is unique: each happening is written once. `happened_at` may lie before `written_at`.

    `undoes` names the event that this one took back; each is taken back once.
    """

    __table_args__ = strict(
        Index("event_order", "order_id", "id"),
        Index("event_undoes", "undoes", unique=True, sqlite_where=_UNDOES, postgresql_where=_UNDOES),
        Index("event_action", "action", "happened_at"),
        Index("event_of_the_shop", "id", sqlite_where=_OF_THE_SHOP, postgresql_where=_OF_THE_SHOP),
    )

    id: int | None = row_id()
    key: str = text(unique=True)
    order_id: int | None = whole(None, foreign_key="order.id")
    action: str = text()
    actor: str = text()
    actor_kind: str = text()  # staff, customer, api_key, system, rule
    from_status: str | None = text(None)
    to_status: str | None = text(None)
    note: str = text("")
    data: str = text("{}")
    happened_at: int = whole()
    written_at: int = whole()
    undoes: int | None = whole(None, foreign_key="event.id")


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: dumps() makes one a call
_T = table_of(Event)
_INSERT = Statement(
    insert(_T).returning(_T.c.id),
    columns=[
        "key",
        "order_id",
        "action",
        "actor",
        "actor_kind",
        "from_status",
        "to_status",
        "note",
        "data",
        "happened_at",
        "written_at",
        "undoes",
    ],
)


_SAID_AFTER = {"customer": "customer", "api_key": "API key", "system": "automatic", "rule": "rule of the shop"}


def said_actor(actor: str, kind: str) -> str:
    """Who acted, for people: a name of the staff's alone, any other's with what they are.

    Names are what somebody typed: a customer called "Owner" reads "Owner · customer".
    """
    return f"{actor} · {_SAID_AFTER[kind]}" if kind in _SAID_AFTER else actor


class EventRow(NamedTuple):
    """One happening of an order's timeline; `data` is JSON."""

    id: int
    action: str
    actor: str
    actor_kind: str
    from_status: str | None
    to_status: str | None
    note: str
    data: str
    happened_at: int
    undoes: int | None


class _Came(NamedTuple):
    order_id: int | None
    data: str


class LastEvent(NamedTuple):
    """Who did what last, and when."""

    action: str
    actor: str
    actor_kind: str
    happened_at: int


_OF_ORDER = typed(
    EventRow,
    select(
        _T.c.id,
        _T.c.action,
        _T.c.actor,
        _T.c.actor_kind,
        _T.c.from_status,
        _T.c.to_status,
        _T.c.note,
        _T.c.data,
        _T.c.happened_at,
        _T.c.undoes,
    )
    .where(_T.c.order_id == bindparam("order_id"))
    .order_by(_T.c.id),
)
_LAST_OF_ORDER = typed(
    LastEvent,
    select(_T.c.action, _T.c.actor, _T.c.actor_kind, _T.c.happened_at)
    .where(_T.c.order_id == bindparam("order_id"))
    .order_by(_T.c.id.desc())
    .limit(1),
)


_UNDOING = _T.alias()
_TIMES_UNDONE = Statement(
    select(func.count())
    .select_from(_T.join(_UNDOING, _UNDOING.c.undoes == _T.c.id))
    .where(_T.c.order_id == bindparam("order_id"), _T.c.action == bindparam("action"))
)


def record(
    tx: Tx,
    *,
    key: str,
    action: str,
    actor: str,
    actor_kind: str,
    now_us: int,
    order_id: int | None = None,
    from_status: str | None = None,
    to_status: str | None = None,
    note: str = "",
    data: Mapping[str, object] | None = None,
    happened_at: int | None = None,
    undoes: int | None = None,
) -> int:
    """Write one event and return its id, under which movements and postings of the same happening are kept."""
    event_id = int(
        tx.value(
            _INSERT, key=key, order_id=order_id, action=action, actor=actor, actor_kind=actor_kind,
            from_status=from_status, to_status=to_status, note=note,
            data=_as_json(dict(data)) if data else "{}",
            happened_at=now_us if happened_at is None else happened_at, written_at=now_us, undoes=undoes,
        )
    )  # fmt: skip
    tx.recorded(event_id)
    return event_id


def of_order(tx: Tx, order_id: int) -> list[EventRow]:
    """An order's events, oldest first."""
    return tx.rows(_OF_ORDER, order_id=order_id)


def stands(event: FromClause) -> ColumnElement[bool]:
    """Whether `event` (a table of events, or an alias of it) was not taken back later; an undoing itself stands."""
    later = _T.alias()
    return ~select(later.c.id).where(later.c.undoes == event.c.id).exists()


def standing(events: Sequence[EventRow]) -> list[EventRow]:
    """The events of one order that count: without what was taken back, and without the taking back."""
    undone = {event.undoes for event in events}
    return [event for event in events if event.undoes is None and event.id not in undone]


def times_undone(tx: Tx, order_id: int, action: str) -> int:
    """How often an order's steps of this kind were taken back."""
    return int(tx.value(_TIMES_UNDONE, order_id=order_id, action=action))


def reasons_of(tx: Tx, order_ids: Sequence[int], to_status: str) -> dict[int, str]:
    """Why each of the orders last came to `to_status`, by its id, where a reason was given."""
    wanted = (
        select(_T.c.order_id, _T.c.data)
        .where(_T.c.order_id.in_(list(order_ids)), _T.c.to_status == to_status)
        .order_by(_T.c.id)
    )
    given = {row.order_id or 0: json.loads(row.data).get("reason", "") for row in tx.rows(typed(_Came, wanted))}
    return {order_id: str(reason) for order_id, reason in given.items() if reason}


def last_of_order(tx: Tx, order_id: int) -> LastEvent:
    """The latest event of an order, which has its placing at least."""
    return tx.only(_LAST_OF_ORDER, order_id=order_id)
