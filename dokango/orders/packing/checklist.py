"""The packing bench: what was gathered and checked of an order, kept until it is packed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select

from dokango import topics
from dokango.clock import Clock
from dokango.db import Statement, Tx, Upsert, table_of, typed
from dokango.errors import InvalidInput, Refused
from dokango.orders.before.checklist import CHECKLIST, open_of
from dokango.orders.book import rows
from dokango.orders.book.models import PackTick
from dokango.orders.book.rows import LineRow, OrderRow
from dokango.orders.packing.lists import BenchLine
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.text import how_many, plain

_TICK = table_of(PackTick)
SKU = "sku/"  # before a SKU, so that no SKU is taken for a line of the checklist


class _Ticked(NamedTuple):
    item: str
    quantity: int


_PUT = Upsert(
    _TICK,
    ["order_id", "item", "quantity", "by", "ticked_at"],
    unique=["order_id", "item"],
    change={key: bindparam(key) for key in ("quantity", "by", "ticked_at")},
)
_TICKS = typed(_Ticked, select(_TICK.c.item, _TICK.c.quantity).where(_TICK.c.order_id == bindparam("order_id")))
_DROP = Statement(delete(_TICK).where(_TICK.c.order_id == bindparam("order_id"), _TICK.c.item == bindparam("item")))


@dataclass(frozen=True, slots=True)
class Scanned:
    """One item more in the box: `done` of `wanted`."""

    sku: str
    title: str
    done: int
    wanted: int


def ticks_of(tx: Tx, order_id: int) -> dict[str, int]:
    """What is ticked and counted of an order: {a key of CHECKLIST, or SKU + sku: quantity}."""
    return {row.item: row.quantity for row in tx.rows(_TICKS, order_id=order_id)}


def tick(tx: Tx, actor: Actor, clock: Clock, number: str, key: str, on: bool) -> None:
    """Tick a line of CHECKLIST, or take the tick back. Raises NotAllowed, NotFound, InvalidInput, Refused."""
    order = _open(tx, actor, number)
    if key not in {check.key for check in CHECKLIST}:
        raise InvalidInput({"check": "The checklist has no such line. Reload the page."})
    _keep(tx, actor, clock, order, key, int(on))


def count(tx: Tx, actor: Actor, clock: Clock, number: str, sku: str, quantity: int) -> None:
    """Say how many of a SKU lie in the box (0 to what was ordered). Raises as `tick` does."""
    order = _open(tx, actor, number)
    line = _line(rows.lines_of(tx, order.id), sku)
    if line is None or not 0 <= quantity <= line.quantity:
        raise InvalidInput({"sku": f"Order #{number} wants {line.quantity if line else 0} of {sku[:40]}."})
    _keep(tx, actor, clock, order, SKU + line.sku, quantity)


def scan(tx: Tx, actor: Actor, clock: Clock, number: str, code: str) -> Scanned:
    """One piece was scanned into the box.

    Raises InvalidInput when it does not belong there, or there are enough of it already; else as `tick` does.
    """
    order = _open(tx, actor, number)
    line = _line(rows.lines_of(tx, order.id), code)
    if line is None:
        raise InvalidInput({"code": f"{code[:60]} is not in order #{number}. Put it back."})
    done = ticks_of(tx, order.id).get(SKU + line.sku, 0)
    if done >= line.quantity:
        raise InvalidInput({"code": f"{line.title}: all {line.quantity} are in already. Put this one back."})
    _keep(tx, actor, clock, order, SKU + line.sku, done + 1)
    return Scanned(line.sku, line.title, done + 1, line.quantity)


def what_is_left(lines: Sequence[BenchLine], ticks: dict[str, int], *, asked: bool = True) -> list[str]:
    """What must still be done before the parcel is finished, in words; empty when it is.

    `asked`: whether the shop asks for the checklist; scanning proves the items in any case.
    """
    missing = sum(line.quantity - min(line.quantity, ticks.get(SKU + line.sku, 0)) for line in lines)
    left = [f"{how_many(missing, 'item')} to scan or tick"] if missing else []
    checks = len(open_of(ticks)) if asked else 0
    return [*left, f"{how_many(checks, 'check')} open"] if checks else left


def _open(tx: Tx, actor: Actor, number: str) -> OrderRow:
    """The order, locked, while it is being packed."""
    actor.require(Permission.PACK)
    order = rows.lock(tx, number)
    if order.status != "confirmed" or order.packed:
        state = "packed" if order.packed and order.status == "confirmed" else order.status
        raise Refused("pack", f"Order #{number} is {state}: nothing is left to tick.")
    return order


def _keep(tx: Tx, actor: Actor, clock: Clock, order: OrderRow, item: str, quantity: int) -> None:
    if quantity:
        tx.run(_PUT, order_id=order.id, item=item, quantity=quantity, by=actor.name, ticked_at=clock.now_us())
    else:
        tx.run(_DROP, order_id=order.id, item=item)
    tx.changed(topics.PACKING, topics.of_order(order.number))


def _line(lines: Sequence[LineRow], code: str) -> LineRow | None:
    wanted = plain(code).casefold()
    return next((line for line in lines if line.sku.casefold() == wanted), None)
