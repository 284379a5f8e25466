"""How much of a SKU is kept from the shelf by orders that nobody has confirmed."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, select, text

from dokango.catalogue.models import Variant
from dokango.db import Tx, table_of, typed
from dokango.orders.book.queues import UNCONFIRMED_LINES
from dokango.orders.book.rows import LINE

_V = table_of(Variant)


class _Kept(NamedTuple):
    sku: str
    units: int


_KEPT = (
    select(_V.c.sku, func.sum(LINE.c.quantity).label("units"))
    .join(LINE, LINE.c.variant_id == _V.c.id)
    .where(text(UNCONFIRMED_LINES))
    .group_by(_V.c.sku)
)


def unconfirmed_units(tx: Tx, skus: Collection[str]) -> dict[str, int]:
    """Units by SKU, of those of `skus` that any pending order has. Reads the index of unconfirmed lines alone."""
    if not skus:
        return {}
    rows = tx.rows(typed(_Kept, _KEPT.where(_V.c.sku.in_(sorted(skus)))))
    return {row.sku: int(row.units) for row in rows}
