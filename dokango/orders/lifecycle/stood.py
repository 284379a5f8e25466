"""What a step changes that may be undone, as it stood before: kept on the step's own event, which never changes.

Movements and postings need no keeping: they have rows of their own. All else that a step overwrites is in here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.couriers.parcels import shipments
from dokango.db import Tx, table_of, typed
from dokango.orders.book import rows
from dokango.orders.book.models import PackTick
from dokango.orders.book.rows import Columns, OrderRow
from dokango.orders.cases import rows as cases
from dokango.orders.lifecycle.decision import (
    AddLines,
    AnyOrder,
    ClearTicks,
    DecideClaim,
    Decision,
    GoOnWithCase,
    NewOrder,
    SetShipment,
)
from dokango.orders.lifecycle.edit_writes import ChangeLines
from dokango.orders.lifecycle.undo_writes import Stood, Value
from dokango.orders.lifecycle.undoable import is_undoable
from dokango.people.actor import Actor

BY_A_PERSON = ("staff", "api_key")
TOGETHER = "together_with"  # of an event's data: what was done in the same breath, and is undone with it
_PASSES = ("version", "changed_at")
_TICK = table_of(PackTick)


class _Tick(NamedTuple):
    item: str
    quantity: int
    by: str
    ticked_at: int


_TICKS = typed(
    _Tick,
    select(_TICK.c.item, _TICK.c.quantity, _TICK.c.by, _TICK.c.ticked_at)
    .where(_TICK.c.order_id == bindparam("order_id"))
    .order_by(_TICK.c.id),
)


def may_be_undone(action: str, actor: Actor) -> bool:
    """Whether a step of this kind, taken by `actor`, is one that people undo: their own."""
    return is_undoable(action) and actor.kind in BY_A_PERSON


def stood(tx: Tx, order: AnyOrder, decision: Decision, columns: Columns) -> Stood:
    """What `decision` and `columns` are about to overwrite of `order`: each column with its value before and after."""
    if isinstance(order, NewOrder):
        return {}
    kinds = {type(one) for one in decision.writes}
    found: Stood = {"columns": _columns(order, columns)}
    if "status" in found["columns"] or GoOnWithCase in kinds:
        found["cases"] = [
            {"id": case.id, "state": case.state, "next_act": case.next_act, "due_at": case.due_at}
            for case in cases.open_of(tx, order.id)
        ]
    if DecideClaim in kinds and (claim := rows.waiting_claim(tx, order.id)) is not None:
        found["claim"] = claim.id
    if kinds & {ChangeLines, AddLines}:
        found["lines"] = [line._asdict() for line in rows.lines_of(tx, order.id)]
    if ClearTicks in kinds:
        found["ticks"] = [tick._asdict() for tick in tx.rows(_TICKS, order_id=order.id)]
    for one in decision.writes:
        if isinstance(one, SetShipment):
            found["parcel"] = _parcel(tx, order.id, one.values)
    return found


def _columns(order: OrderRow, columns: Columns) -> dict[str, tuple[Value, Value]]:
    known = ((name, getattr(order, name), value) for name, value in columns.items() if name not in _PASSES)
    return {name: (was, value) for name, was, value in known if was != value}


def _parcel(tx: Tx, order_id: int, values: Iterable[str]) -> dict[str, Value]:
    parcel = shipments.live_of(tx, order_id)
    return {} if parcel is None else {name: getattr(parcel, name) for name in values}
