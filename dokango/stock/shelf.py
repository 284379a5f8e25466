"""What is on the shelf now, SKU by SKU."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from dokango.catalogue.models import Product, Variant
from dokango.db import Statement, Tx, table_of
from dokango.money import share_half_up
from dokango.stock.models import Level

_L = table_of(Level)
_V = table_of(Variant)
_P = table_of(Product)
_SHELF = (
    select(
        _V.c.sku, _P.c.title, _V.c.title.label("variant_title"),
        func.coalesce(_L.c.on_hand, 0).label("on_hand"),
        func.coalesce(_L.c.reserved, 0).label("reserved"),
        func.coalesce(_L.c.value_poisha, 0).label("value_poisha"),
    )
    .select_from(_V.join(_P, _P.c.id == _V.c.product_id).outerjoin(_L, _L.c.variant_id == _V.c.id))
    .where(_V.c.tracks_stock == 1)
    .order_by(_V.c.sku)
)  # fmt: skip
_ALL = Statement(_SHELF)


@dataclass(frozen=True, slots=True)
class OnShelf:
    """One SKU: units, and what all of them cost together."""

    sku: str
    title: str
    on_hand: int
    reserved: int
    value_poisha: int

    @property
    def available(self) -> int:
        """What can still be promised."""
        return self.on_hand - self.reserved

    @property
    def unit_cost_poisha(self) -> int:
        """The average cost of one, rounded half up; 0 when the shelf is empty."""
        return share_half_up(self.value_poisha, 1, self.on_hand) if self.on_hand else 0


def shelf(tx: Tx, skus: Collection[str] | None = None) -> list[OnShelf]:
    """Every SKU that is stocked, or those of `skus`, by SKU."""
    rows: list[Any] = tx.rows(_ALL) if skus is None else tx.rows(_SHELF.where(_V.c.sku.in_(sorted(skus))))
    return [
        OnShelf(
            row.sku, " · ".join(part for part in (row.title, row.variant_title) if part), int(row.on_hand),
            int(row.reserved), int(row.value_poisha),
        )
        for row in rows
    ]  # fmt: skip
