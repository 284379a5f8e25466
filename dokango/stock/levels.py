"""Moving stock: each kind of movement is one guarded statement on the level and one row that explains it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import BindParameter, bindparam, insert, select, update

from dokango import topics
from dokango.catalogue.models import Product, Variant
from dokango.db import Statement, Tx, Upsert, table_of, typed
from dokango.errors import InsufficientStock, Refused, Shortage
from dokango.ledger.entries import Happening
from dokango.money import share_half_up
from dokango.stock.models import Level, Movement

_L = table_of(Level)
_M = table_of(Movement)
_V = table_of(Variant)
_PRODUCT = table_of(Product)


@dataclass(frozen=True, slots=True)
class Move:
    """`quantity` of a variant moved in one way; `value_poisha` is the cost that comes in with it, if any does."""

    variant_id: int
    kind: str
    quantity: int
    value_poisha: int = 0
    sku: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: the changes of the level, value as a positive cost in `cost_poisha` when goods left."""

    move: Move
    on_hand_delta: int = 0
    reserved_delta: int = 0
    value_delta_poisha: int = 0

    @property
    def cost_poisha(self) -> int:
        """The cost that moved, whichever way."""
        return abs(self.value_delta_poisha)


_q: BindParameter[int] = bindparam("quantity")
_value: BindParameter[int] = bindparam("value")
_here = _L.c.variant_id == bindparam("variant")
_RESERVE = Statement(update(_L).where(_here, _L.c.on_hand - _L.c.reserved >= _q).values(reserved=_L.c.reserved + _q))
_RELEASE = Statement(update(_L).where(_here).values(reserved=_L.c.reserved - _q))


class _Level(NamedTuple):
    on_hand: int
    reserved: int
    value_poisha: int


_LEVEL = typed(_Level, select(_L.c.on_hand, _L.c.reserved, _L.c.value_poisha).where(_here).with_for_update())
_TAKE = Statement(
    update(_L)
    .where(_here)
    .values(
        on_hand=_L.c.on_hand - _q,
        reserved=_L.c.reserved - bindparam("reserved_part"),
        value_poisha=_L.c.value_poisha - _value,
    )
)
_PUT = Upsert(
    _L,
    {"variant_id": bindparam("variant"), "on_hand": _q, "reserved": 0, "value_poisha": _value},
    unique=["variant_id"],
    change={"on_hand": _L.c.on_hand + _q, "value_poisha": _L.c.value_poisha + _value},
)
_INSERT = Statement(
    insert(_M),
    columns=[
        "key", "event_id", "variant_id", "order_id", "kind", "quantity",
        "on_hand_delta", "reserved_delta", "value_delta_poisha", "happened_at", "written_at",
    ],
)  # fmt: skip


class _Moved(NamedTuple):
    variant_id: int
    kind: str
    quantity: int
    value_delta_poisha: int
    sku: str
    title: str


_OPPOSITE = {"reserved": "released", "released": "reserved", "sold": "unsold"}
_OF_EVENT = typed(
    _Moved,
    select(_M.c.variant_id, _M.c.kind, _M.c.quantity, _M.c.value_delta_poisha, _V.c.sku, _PRODUCT.c.title)
    .select_from(_M.join(_V, _V.c.id == _M.c.variant_id).join(_PRODUCT, _PRODUCT.c.id == _V.c.product_id))
    .where(_M.c.event_id == bindparam("event_id"))
    .order_by(_M.c.id),
)


class _LastCost(NamedTuple):
    value_delta_poisha: int
    on_hand_delta: int


_LAST_COST = typed(
    _LastCost,
    select(_M.c.value_delta_poisha, _M.c.on_hand_delta)
    .where(_M.c.variant_id == bindparam("variant"), _M.c.on_hand_delta > 0, _M.c.value_delta_poisha > 0)
    .order_by(_M.c.id.desc())
    .limit(1),
)


def move_all(tx: Tx, happening: Happening, moves: Sequence[Move]) -> list[Moved]:
    """Apply `moves` under `happening`, in the order of variants so that two commands never wait for each other.

    Raises InsufficientStock, naming every item that is short, before anything of the command stays.
    """
    ordered = sorted(moves, key=lambda m: (m.variant_id, m.kind))
    short = [move for move in ordered if move.kind == "reserved" and not _reserved(tx, move)]
    if short:
        raise InsufficientStock([Shortage(m.sku, m.quantity, available(tx, m.variant_id), m.title) for m in short])
    moved = [_APPLY[move.kind](tx, move) for move in ordered]
    _write(tx, happening, moved)
    if moved:
        tx.changed(topics.STOCK, *(topics.of_sku(move.sku) for move in ordered))
    return moved


def opposite_moves(tx: Tx, event_id: int) -> list[Move]:
    """What takes back all that an event moved: each movement's opposite, at the value that it had."""
    return [
        Move(row.variant_id, _OPPOSITE[row.kind], row.quantity, abs(row.value_delta_poisha), row.sku, row.title)
        for row in tx.rows(_OF_EVENT, event_id=event_id)
    ]


def available(tx: Tx, variant_id: int) -> int:
    """How many can be promised now."""
    level = tx.one(_LEVEL, variant=variant_id)
    return 0 if level is None else level.on_hand - level.reserved


def _reserved(tx: Tx, move: Move) -> bool:
    return tx.run(_RESERVE, variant=move.variant_id, quantity=move.quantity) == 1


def _reserve(tx: Tx, move: Move) -> Moved:
    return Moved(move, reserved_delta=move.quantity)


def _release(tx: Tx, move: Move) -> Moved:
    tx.run(_RELEASE, variant=move.variant_id, quantity=move.quantity)
    return Moved(move, reserved_delta=-move.quantity)


def _leave(tx: Tx, move: Move) -> Moved:
    """Reserved goods leave for good, at average cost; the last unit takes the rest."""
    level = tx.only(_LEVEL, variant=move.variant_id)
    value = share_half_up(level.value_poisha, move.quantity, level.on_hand)
    tx.run(_TAKE, variant=move.variant_id, quantity=move.quantity, reserved_part=move.quantity, value=value)
    return Moved(move, -move.quantity, -move.quantity, -value)


def _come(tx: Tx, move: Move) -> Moved:
    tx.run(_PUT, variant=move.variant_id, quantity=move.quantity, value=move.value_poisha)
    return Moved(move, move.quantity, 0, move.value_poisha)


def _unleave(tx: Tx, move: Move) -> Moved:
    """What was said to have left stands on the shelf after all, promised to the same order, at the cost it left at."""
    value = {"quantity": move.quantity, "value": move.value_poisha}
    tx.run(_PUT, variant=move.variant_id, **value)
    tx.run(_RESERVE, variant=move.variant_id, quantity=move.quantity)
    return Moved(move, move.quantity, move.quantity, move.value_poisha)


def _lose(tx: Tx, move: Move) -> Moved:
    """Sold goods that come back unfit for sale: they never reach the shelf."""
    return Moved(move)


def _count(tx: Tx, move: Move) -> Moved:
    """Set on hand to what was counted (`quantity`); surplus comes in at average cost, else at the last one known."""
    level = tx.only(_LEVEL, variant=move.variant_id)
    on_hand, reserved, value = (level.on_hand, level.reserved, level.value_poisha) if level else (0, 0, 0)
    difference = move.quantity - on_hand
    if move.quantity < reserved:
        raise Refused(
            "count",
            f"{move.sku}: {move.quantity} counted, but {reserved} are promised to orders. "
            "Cancel or change those orders first; the count was not taken.",
        )
    if difference < 0:
        lost = share_half_up(value, -difference, on_hand)
        tx.run(_TAKE, variant=move.variant_id, quantity=-difference, reserved_part=0, value=lost)
        return Moved(move, difference, 0, -lost)
    gained = difference * _unit_cost(tx, move.variant_id, on_hand, value)
    tx.run(_PUT, variant=move.variant_id, quantity=difference, value=gained)
    return Moved(move, difference, 0, gained)


def _unit_cost(tx: Tx, variant_id: int, on_hand: int, value_poisha: int) -> int:
    if on_hand:
        return share_half_up(value_poisha, 1, on_hand)
    last = tx.one(_LAST_COST, variant=variant_id)
    return 0 if last is None else share_half_up(last.value_delta_poisha, 1, last.on_hand_delta)


_APPLY = {
    "reserved": _reserve,
    "released": _release,
    "sold": _leave,
    "unsold": _unleave,
    "written_off": _leave,
    "received": _come,
    "returned": _come,
    "lost": _lose,
    "counted": _count,
}


def _write(tx: Tx, happening: Happening, moved: Iterable[Moved]) -> None:
    tx.insert_many(
        _INSERT,
        [
            {
                "key": f"{happening.key}/{number}",
                "event_id": happening.event_id,
                "variant_id": m.move.variant_id,
                "order_id": happening.order_id,
                "kind": m.move.kind,
                "quantity": m.move.quantity,
                "on_hand_delta": m.on_hand_delta,
                "reserved_delta": m.reserved_delta,
                "value_delta_poisha": m.value_delta_poisha,
                "happened_at": happening.happened_at,
                "written_at": happening.written_at,
            }
            for number, m in enumerate(moved, start=1)
        ],
    )
