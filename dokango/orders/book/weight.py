"""What an order's goods weigh."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from dokango.catalogue.models import Variant
from dokango.db import Statement, Tx, table_of
from dokango.orders.book.models import OrderLine

_L, _V = table_of(OrderLine), table_of(Variant)
_WEIGHT = Statement(
    select(func.coalesce(func.sum(_L.c.quantity * _V.c.weight_g), 0))
    .join(_V, _V.c.id == _L.c.variant_id)
    .where(_L.c.order_id == bindparam("order_id"))
)


def goods_weight_g(tx: Tx, order_id: int) -> int:
    """What an order's goods weigh together, in grams; 0 where nobody said it of any."""
    return int(tx.value(_WEIGHT, order_id=order_id))
