"""What is on the shelf of each SKU: all of it, a page of it, one, and what it is worth together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select

from dokango.catalogue.finding import Condition, anywhere, each_word
from dokango.catalogue.models import Product, Variant
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import NotFound
from dokango.money import share_half_up
from dokango.paging import ROWS, Page, Paged
from dokango.stock.models import Level

_V, _PRODUCT, _L = table_of(Variant), table_of(Product), table_of(Level)
_on_hand, _reserved = func.coalesce(_L.c.on_hand, 0), func.coalesce(_L.c.reserved, 0)


class LevelRow(NamedTuple):
    """A SKU with its level, as it is read."""

    sku: str
    title: str
    variant_title: str
    low_stock_level: int
    on_hand: int
    reserved: int
    value_poisha: int


class _Sums(NamedTuple):
    units: int
    value_poisha: int


_SHELVES = _V.join(_PRODUCT, _PRODUCT.c.id == _V.c.product_id).outerjoin(_L, _L.c.variant_id == _V.c.id)
_SHELF = (
    select(
        _V.c.sku, _PRODUCT.c.title, _V.c.title.label("variant_title"), _V.c.low_stock_level,
        _on_hand.label("on_hand"), _reserved.label("reserved"),
        func.coalesce(_L.c.value_poisha, 0).label("value_poisha"),
    )
    .select_from(_SHELVES)
    .where(_V.c.tracks_stock == 1)
)  # fmt: skip
# What is not sold any more is shown only while some of it is left.
_LISTED = or_((_V.c.active == 1) & (_PRODUCT.c.active == 1), _on_hand > 0)
_LOW = (_V.c.active == 1) & (_PRODUCT.c.active == 1) & (_on_hand - _reserved <= _V.c.low_stock_level)
_ALL = typed(LevelRow, _SHELF.order_by(_V.c.sku))
_BY_SKU = typed(LevelRow, _SHELF.where(_V.c.sku == bindparam("sku")))
_TOTALS = typed(
    _Sums,
    select(
        func.coalesce(func.sum(_L.c.on_hand), 0).label("units"),
        func.coalesce(func.sum(_L.c.value_poisha), 0).label("value_poisha"),
    ),
)
_LOW_COUNT = Statement(select(func.count()).select_from(_SHELVES).where(_V.c.tracks_stock == 1, _LOW))


@dataclass(frozen=True, slots=True)
class OnShelf:
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


def shelf(tx: Tx, skus: Collection[str] | None = None) -> list[OnShelf]:
    """Every SKU that is stocked, or those of `skus`, by SKU."""
    wanted = typed(LevelRow, _SHELF.where(_V.c.sku.in_(sorted(skus))).order_by(_V.c.sku)) if skus is not None else _ALL
    return [_on_shelf(row) for row in tx.rows(wanted)]


def shelf_page(tx: Tx, *, words: str = "", low_only: bool = False, cursor: str = "", size: int = ROWS) -> Page[OnShelf]:
    """A page of SKUs in their order, narrowed by words; raises NotOurCursor."""
    wanted = _SHELF.where(_LOW if low_only else _LISTED, *each_word(words, _has))
    page = Paged(LevelRow, wanted, by=(_V.c.sku,)).page(tx, cursor, size)
    return page.of(map(_on_shelf, page.rows))


def shelved(tx: Tx, sku: str) -> OnShelf:
    """One SKU; raises NotFound."""
    row = tx.one(_BY_SKU, sku=sku)
    if row is None:
        raise NotFound("SKU with stock", sku[:120])
    return _on_shelf(row)


@dataclass(frozen=True, slots=True)
class ShelfTotals:
    """All that is on hand, what it cost, and how many SKUs are low or sold out."""

    units: int
    value_poisha: int
    low: int


def shelf_totals(tx: Tx) -> ShelfTotals:
    """The figures over the table."""
    row = tx.only(_TOTALS)
    return ShelfTotals(int(row.units), int(row.value_poisha), low_count(tx))


def low_count(tx: Tx) -> int:
    """How many SKUs `shelf_page(low_only=True)` lists: what is sold and low or out, also what never came in."""
    return int(tx.value(_LOW_COUNT))


def titled(title: str, variant_title: str) -> str:
    """The product's name with the variant's: "Jamdani sari · Red"."""
    return f"{title} · {variant_title}" if variant_title and variant_title != title else title


def _on_shelf(row: LevelRow) -> OnShelf:
    return OnShelf(
        row.sku, titled(row.title, row.variant_title), int(row.on_hand), int(row.reserved), row.low_stock_level,
        int(row.value_poisha),
    )  # fmt: skip


def _has(word: str) -> Condition:
    return anywhere(_V.c.words, word) | anywhere(_PRODUCT.c.words, word)
