"""What is on the shelf of each SKU, and which movements explain it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from dokango.audit import Event
from dokango.catalogue.models import Product, Variant
from dokango.db import Statement, Tx, table_of
from dokango.errors import NotFound
from dokango.money import share_half_up
from dokango.orders.book.models import Order
from dokango.reports.inventory import titled
from dokango.stock.models import Level, Movement

_V, _PRODUCT = table_of(Variant), table_of(Product)
_L, _M = table_of(Level), table_of(Movement)
_E, _O = table_of(Event), table_of(Order)
_on_hand, _reserved = func.coalesce(_L.c.on_hand, 0), func.coalesce(_L.c.reserved, 0)
_SHELF = (
    select(
        _V.c.id, _V.c.sku, _PRODUCT.c.title, _V.c.title.label("variant_title"), _V.c.low_stock_level,
        _on_hand.label("on_hand"), _reserved.label("reserved"),
        func.coalesce(_L.c.value_poisha, 0).label("value_poisha"),
    )
    .select_from(_V.join(_PRODUCT, _PRODUCT.c.id == _V.c.product_id).outerjoin(_L, _L.c.variant_id == _V.c.id))
    .where(_V.c.tracks_stock == 1)
)  # fmt: skip
# What is not sold any more is shown only while some of it is left.
_LISTED = or_((_V.c.active == 1) & (_PRODUCT.c.active == 1), _on_hand > 0)
_LOW = (_V.c.active == 1) & (_PRODUCT.c.active == 1) & (_on_hand - _reserved <= _V.c.low_stock_level)
_BY_SKU = Statement(_SHELF.where(_V.c.sku == bindparam("sku")))
_TOTALS = Statement(
    select(
        func.coalesce(func.sum(_L.c.on_hand), 0).label("units"),
        func.coalesce(func.sum(_L.c.value_poisha), 0).label("value_poisha"),
    )
)
_LOW_COUNT = Statement(
    select(func.count())
    .select_from(_V.join(_PRODUCT, _PRODUCT.c.id == _V.c.product_id).outerjoin(_L, _L.c.variant_id == _V.c.id))
    .where(_V.c.tracks_stock == 1, _LOW)
)
PAGE = 25
KINDS = {
    "received": "Received",
    "reserved": "Promised to an order",
    "released": "Free again",
    "sold": "Sold",
    "returned": "Came back",
    "written_off": "Written off",
    "lost": "Came back unfit for sale",
    "counted": "Counted",
}


@dataclass(frozen=True, slots=True)
class Shelved:
    """One SKU as it stands. `value_poisha` is the cost of all that is on hand, `unit_cost_poisha` its average."""

    sku: str
    title: str
    on_hand: int
    reserved: int
    low_stock_level: int
    value_poisha: int

    @property
    def available(self) -> int:
        """What can still be promised."""
        return self.on_hand - self.reserved

    @property
    def unit_cost_poisha(self) -> int:
        """The average cost of one, rounded half up; 0 when there is none."""
        return share_half_up(self.value_poisha, 1, self.on_hand) if self.on_hand else 0

    @property
    def level(self) -> str:
        """ "out", "low" or "good"."""
        if self.available <= 0:
            return "out"
        return "low" if self.available <= self.low_stock_level else "good"


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """One page by SKU; `has_more` says whether another follows its last SKU (or comes before its first)."""

    rows: tuple[Shelved, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement of a SKU, with who caused it and the order it belongs to, if any."""

    id: int
    kind: str
    quantity: int
    on_hand_delta: int
    reserved_delta: int
    value_delta_poisha: int
    order: str | None
    actor: str
    note: str
    happened_at: int


def shelf(
    tx: Tx, *, typed: str = "", low_only: bool = False, after: str = "", before: str = "", limit: int = PAGE
) -> ShelfPage:
    """SKUs in their order, from the one after `after` (or the page that ends before `before`), narrowed by words."""
    wanted = _SHELF.where(_LOW if low_only else _LISTED)
    for word in typed.split()[:6]:
        pattern = f"%{_escaped(word.lower())}%"
        wanted = wanted.where(
            or_(*[func.lower(c).like(pattern, escape="\\") for c in (_V.c.sku, _PRODUCT.c.title, _V.c.title)])
        )
    if before:
        wanted = wanted.where(_V.c.sku < before).order_by(_V.c.sku.desc())
    else:
        wanted = wanted.where(_V.c.sku > after).order_by(_V.c.sku)
    rows = tx.rows(wanted.limit(limit + 1))
    page = [_shelved(row) for row in rows[:limit]]
    return ShelfPage(tuple(reversed(page) if before else page), len(rows) > limit)


def shelved(tx: Tx, sku: str) -> Shelved:
    """One SKU; raises NotFound."""
    return _shelved(_found(tx, sku))


def movements(tx: Tx, sku: str, *, before_id: int | None = None, limit: int = PAGE) -> tuple[Moved, ...]:
    """The movements of a SKU, newest first, from before `before_id` on; raises NotFound."""
    of_sku = [_M.c.variant_id == _found(tx, sku).id]
    if before_id is not None:
        of_sku.append(_M.c.id < before_id)
    rows = tx.rows(
        select(
            _M.c.id, _M.c.kind, _M.c.quantity, _M.c.on_hand_delta, _M.c.reserved_delta, _M.c.value_delta_poisha,
            _O.c.number, _E.c.actor, _E.c.note, _M.c.happened_at,
        )
        .select_from(_M.join(_E, _E.c.id == _M.c.event_id).outerjoin(_O, _O.c.id == _M.c.order_id))
        .where(*of_sku)
        .order_by(_M.c.id.desc())
        .limit(limit)
    )  # fmt: skip
    return tuple(Moved(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class ShelfTotals:
    """All that is on hand, what it cost, and how many SKUs are low or sold out."""

    units: int
    value_poisha: int
    low: int


def shelf_totals(tx: Tx) -> ShelfTotals:
    """The figures over the table."""
    row = tx.only(_TOTALS)
    return ShelfTotals(int(row.units), int(row.value_poisha), int(tx.value(_LOW_COUNT)))


def _found(tx: Tx, sku: str) -> Any:
    row = tx.one(_BY_SKU, sku=sku)
    if row is None:
        raise NotFound("SKU with stock", sku[:120])
    return row


def _shelved(row: Any) -> Shelved:
    return Shelved(
        row.sku, titled(row.title, row.variant_title), row.on_hand, row.reserved, row.low_stock_level, row.value_poisha
    )


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
