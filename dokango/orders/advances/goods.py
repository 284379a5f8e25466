"""Goods as the rule names them: a SKU, or the address of a product for all of its variants."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select

from dokango.catalogue.models import Product, Variant
from dokango.db import Statement, Tx, table_of, typed

_V, _P = table_of(Variant), table_of(Product)


class _Named(NamedTuple):
    sku: str
    slug: str


_joined = select(_V.c.sku, _P.c.slug).join(_P, _P.c.id == _V.c.product_id)
_KNOWN = Statement(
    select(func.count())
    .select_from(_V.join(_P, _P.c.id == _V.c.product_id))
    .where(or_(func.lower(_V.c.sku) == bindparam("name"), func.lower(_P.c.slug) == bindparam("name")))
)


def goods_of(tx: Tx, skus: Collection[str]) -> frozenset[str]:
    """The SKUs and the addresses of their products, folded as `named` folds what the owner typed."""
    rows = tx.rows(typed(_Named, _joined.where(_V.c.sku.in_(sorted(skus))))) if skus else []
    return frozenset(named(one) for row in rows for one in (row.sku, row.slug))


def named(one: str) -> str:
    """A SKU or an address, however it is typed."""
    return one.strip().lower()


def unknown_goods(tx: Tx, names: Sequence[str]) -> list[str]:
    """Those that are neither."""
    return [one for one in names if not tx.value(_KNOWN, name=named(one))]
