"""Which movements explain what is on the shelf of a SKU? With the orders they belong to, so it stands above these."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.audit import Event
from dokango.catalogue.models import Variant
from dokango.db import Statement, Tx, table_of
from dokango.errors import NotFound
from dokango.orders.book.models import Order
from dokango.paging import ROWS, Page, Paged
from dokango.stock.models import Movement

_V, _M, _E, _O = table_of(Variant), table_of(Movement), table_of(Event), table_of(Order)
_STOCKED = Statement(select(_V.c.id).where(_V.c.sku == bindparam("sku"), _V.c.tracks_stock == 1))
KINDS = {
    "received": "Received",
    "reserved": "Promised to an order",
    "released": "Free again",
    "sold": "Sold",
    "returned": "Came back",
    "unsold": "Delivery undone",
    "written_off": "Written off",
    "lost": "Came back unfit for sale",
    "counted": "Counted",
}


class Moved(NamedTuple):
    """One movement of a SKU, with who caused it and the order it belongs to, if any."""

    id: int
    kind: str
    quantity: int
    on_hand_delta: int
    reserved_delta: int
    value_delta_poisha: int
    order: str | None
    actor: str
    actor_kind: str
    note: str
    happened_at: int


_OF_SKU = (
    select(
        _M.c.id, _M.c.kind, _M.c.quantity, _M.c.on_hand_delta, _M.c.reserved_delta, _M.c.value_delta_poisha,
        _O.c.number.label("order"), _E.c.actor, _E.c.actor_kind, _E.c.note, _M.c.happened_at,
    )
    .select_from(_M.join(_E, _E.c.id == _M.c.event_id).outerjoin(_O, _O.c.id == _M.c.order_id))
    .where(_M.c.variant_id == bindparam("variant"))
)  # fmt: skip
_MOVED = Paged(Moved, _OF_SKU, by=(_M.c.id,), descending=True)


def movements(tx: Tx, sku: str, cursor: str = "", size: int = ROWS) -> Page[Moved]:
    """A page of a SKU's movements, newest first; raises NotFound, NotOurCursor."""
    variant = tx.value(_STOCKED, sku=sku)
    if variant is None:
        raise NotFound("SKU with stock", sku[:120])
    return _MOVED.page(tx, cursor, size, variant=variant)
