"""What is asked for, as the catalogue has it now: prices are the server's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.catalogue.models import Product, Variant
from dokango.db import Tx, table_of, typed
from dokango.errors import InvalidInput
from dokango.orders.lifecycle.decision import NewLine
from dokango.orders.placing.request import MOST_OF_ONE, WantedLine

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


_VARIANT = typed(
    VariantRow,
    select(
        _V.c.id, _V.c.sku, _V.c.price_poisha, _V.c.tracks_stock, _V.c.image, _V.c.title.label("variant_title"),
        _PRODUCT.c.title, _PRODUCT.c.images,
    )
    .join(_PRODUCT, _PRODUCT.c.id == _V.c.product_id)
    .where(_V.c.sku == bindparam("sku"), _V.c.active == 1, _PRODUCT.c.active == 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Priced:
    """One SKU of an order, as the catalogue has it now."""

    variant: VariantRow
    quantity: int

    @property
    def amount_poisha(self) -> int:
        """Price × quantity."""
        return self.variant.price_poisha * self.quantity

    @property
    def line(self) -> NewLine:
        """Its order line, sold at today's price."""
        variant = self.variant
        return NewLine(
            variant_id=variant.id, sku=variant.sku, title=variant.title, variant_title=variant.variant_title,
            image=_picture(variant), tracks_stock=variant.tracks_stock, quantity=self.quantity,
            unit_price_poisha=variant.price_poisha,
        )  # fmt: skip


def price(tx: Tx, lines: Sequence[WantedLine]) -> list[Priced]:
    """The lines as the catalogue prices them now, one a SKU, sorted; raises InvalidInput for what is not sold here."""
    quantities: dict[str, int] = {}
    wrong: dict[str, str] = {}
    found: dict[str, VariantRow] = {}
    for position, line in enumerate(lines):
        quantities[line.sku] = quantities.get(line.sku, 0) + line.quantity
        variant = found.get(line.sku) or tx.one(_VARIANT, sku=line.sku)
        if variant is None:
            wrong[f"lines.{position}.sku"] = f"“{line.sku}” is not sold here (any more). Take it out of the order."
            continue
        found[line.sku] = variant
        if quantities[line.sku] > MOST_OF_ONE:
            wrong[f"lines.{position}.quantity"] = f"At most {MOST_OF_ONE} of one item. Call the shop for more."
    if wrong:
        raise InvalidInput(wrong)
    return [Priced(found[sku], quantities[sku]) for sku in sorted(quantities)]


def _picture(variant: VariantRow) -> str:
    """The variant's own picture, else its product's first."""
    if variant.image or variant.images == "[]":
        return variant.image
    return str(json.loads(variant.images)[0])
