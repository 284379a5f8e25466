"""The whole catalogue, products with their variants."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from dokango.catalogue.models import Product, Variant
from dokango.db import Tx, table_of, typed

_P = table_of(Product)
_V = table_of(Variant)
_PRODUCTS = select(_P.c.id, _P.c.slug, _P.c.title, _P.c.category, _P.c.active).order_by(_P.c.id)
_VARIANTS = select(
    _V.c.product_id, _V.c.sku, _V.c.title, _V.c.attributes, _V.c.price_poisha, _V.c.active, _V.c.tracks_stock
).order_by(_V.c.product_id, _V.c.position, _V.c.id)


class ListedProduct(NamedTuple):
    """A product's own columns."""

    id: int
    slug: str
    title: str
    category: str
    active: int


class ListedVariant(NamedTuple):
    """A variant's; `attributes` is JSON."""

    product_id: int
    sku: str
    title: str
    attributes: str
    price_poisha: int
    active: int
    tracks_stock: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A product row and its variants' rows, in their order."""

    product: ListedProduct
    variants: tuple[ListedVariant, ...]


def products(tx: Tx, product_id: int | None = None) -> list[Listed]:
    """Every product, also those that are no longer sold; or the one with that row id."""
    wanted, choices = _PRODUCTS, _VARIANTS
    if product_id is not None:
        wanted, choices = wanted.where(_P.c.id == product_id), choices.where(_V.c.product_id == product_id)
    variants: dict[int, list[ListedVariant]] = defaultdict(list)
    for variant in tx.rows(typed(ListedVariant, choices)):
        variants[variant.product_id].append(variant)
    return [Listed(product, tuple(variants[product.id])) for product in tx.rows(typed(ListedProduct, wanted))]
