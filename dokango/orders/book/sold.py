"""What is sold here now, by SKU: its words, its price and its picture, as a line of an order is made of them."""

from __future__ import annotations

import json
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.catalogue.models import Product, Variant
from dokango.db import Tx, table_of, typed

_V, _PRODUCT = table_of(Variant), table_of(Product)


class VariantRow(NamedTuple):
    """A SKU that is sold, with its product's title and pictures (a JSON list)."""

    id: int
    sku: str
    price_poisha: int
    tracks_stock: int
    image: str
    variant_title: str
    title: str
    images: str

    @property
    def picture(self) -> str:
        """The variant's own picture, else its product's first."""
        if self.image or self.images == "[]":
            return self.image
        return str(json.loads(self.images)[0])


_VARIANT = typed(
    VariantRow,
    select(
        _V.c.id, _V.c.sku, _V.c.price_poisha, _V.c.tracks_stock, _V.c.image, _V.c.title.label("variant_title"),
        _PRODUCT.c.title, _PRODUCT.c.images,
    )
    .join(_PRODUCT, _PRODUCT.c.id == _V.c.product_id)
    .where(_V.c.sku == bindparam("sku"), _V.c.active == 1, _PRODUCT.c.active == 1),
)  # fmt: skip


def sold(tx: Tx, sku: str) -> VariantRow | None:
    """The SKU as the catalogue has it now; None when it is not sold (any more)."""
    return tx.one(_VARIANT, sku=sku)
