"""Parcels that were asked back, and what became of each: the courier's own request, followed until it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from dokango.clock import US_PER_S
from dokango.couriers.kind.base import ReturnRequest
from dokango.couriers.kind.status import fold
from dokango.couriers.models import ReturnAsk
from dokango.db import Statement, Tx, Upsert, table_of, typed

_A = table_of(ReturnAsk)
ENDED = frozenset(("completed", "cancelled", "rejected", "declined"))
AGAIN_S = 1_800
_UNDER_WAY_S = 4 * 3_600  # once it is on its way
_WORDS = {
    "pending": "waits for the courier's answer",
    "approved": "the courier brings it back",
    "processing": "on its way back",
    "completed": "done",
    "cancelled": "not brought back",
    "rejected": "refused by the courier",
    "declined": "refused by the courier",
}


class Asked(NamedTuple):
    """One request to bring a parcel back; `status` is the courier's word."""

    id: int
    shipment_id: int
    courier: str
    request_id: str
    status: str
    reason: str
    asked_at: int
    changed_at: int
    closed_at: int | None


_COLUMNS = tuple(_A.c[name] for name in Asked._fields)
_KEEP = Upsert(
    _A,
    (
        "shipment_id", "courier", "request_id", "status", "reason", "asked_at", "changed_at", "ask_at",
    ),
    returning="id",
)  # fmt: skip
_OF = typed(Asked, select(*_COLUMNS).where(_A.c.shipment_id == bindparam("shipment")).order_by(_A.c.id))
_OF_ID = typed(
    Asked, select(*_COLUMNS).where(_A.c.courier == bindparam("key"), _A.c.request_id == bindparam("request"))
)
_DUE = typed(
    Asked,
    select(*_COLUMNS)
    .where(_A.c.courier == bindparam("key"), _A.c.closed_at.is_(None), _A.c.ask_at <= bindparam("now"))
    .order_by(_A.c.ask_at)
    .limit(bindparam("most")),
)
_TAKE = Statement(
    update(_A)
    .where(_A.c.id == bindparam("row"), _A.c.closed_at.is_(None), _A.c.ask_at <= bindparam("now"))
    .values(ask_at=bindparam("next_at"))
)
_CHANGE = Statement(
    update(_A)
    .where(_A.c.id == bindparam("row"))
    .values(
        status=bindparam("word"), changed_at=bindparam("at"), ask_at=bindparam("next_at"),
        closed_at=bindparam("closed"),
    )
)  # fmt: skip


def keep(tx: Tx, shipment_id: int, courier: str, made: ReturnRequest, now_us: int) -> bool:
    """A request that was made, by us or in the courier's panel; whether it is new. One without a number is not kept."""
    if not made.id:
        return False
    asked_at = made.created_at_us or now_us
    return (
        tx.value(
            _KEEP, shipment_id=shipment_id, courier=courier, request_id=made.id, status=made.status,
            reason=made.reason, asked_at=asked_at, changed_at=now_us, ask_at=now_us + AGAIN_S * US_PER_S,
        )
        is not None
    )  # fmt: skip


def of_parcels(tx: Tx, shipment_ids: Sequence[int]) -> list[Asked]:
    """Every request for these parcels, the first first."""
    return [asked for shipment_id in shipment_ids for asked in tx.rows(_OF, shipment=shipment_id)]


def named(tx: Tx, courier: str, request_id: str) -> Asked | None:
    """The request that a courier calls so, or None."""
    return tx.one(_OF_ID, key=courier, request=request_id)


def take_due(tx: Tx, courier: str, now_us: int, most: int) -> list[Asked]:
    """Those to be asked about now; another worker does not get the same."""
    next_us = now_us + AGAIN_S * US_PER_S
    due = tx.rows(_DUE, key=courier, now=now_us, most=most)
    return [asked for asked in due if tx.run(_TAKE, row=asked.id, now=now_us, next_at=next_us)]


def anything_due(tx: Tx, courier: str, now_us: int) -> bool:
    """Whether it is worth opening a write transaction."""
    return tx.one(_DUE, key=courier, now=now_us, most=1) is not None


def note(tx: Tx, asked: Asked, status: str, now_us: int) -> bool:
    """The courier says so; whether that is news. An ended one stays as it ended."""
    word = fold(status)
    if not word or word == fold(asked.status) or asked.closed_at is not None:
        return False
    wait_s = _UNDER_WAY_S if word == "processing" else AGAIN_S
    closed = now_us if word in ENDED else None
    tx.run(_CHANGE, row=asked.id, word=status, at=now_us, next_at=now_us + wait_s * US_PER_S, closed=closed)
    return True


def said_status(status: str) -> str:
    """What a status means for the shop; one that we do not know is said as it came."""
    return _WORDS.get(fold(status), status or "no word yet")
