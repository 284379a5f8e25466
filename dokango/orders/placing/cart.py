"""A cart: only SKUs and quantities come from the browser; what they cost and whether they can be had is asked here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from dokango.catalogue.models import Product, Variant
from dokango.db import Tx, table_of, typed
from dokango.language import written
from dokango.orders.placing.request import MOST_LINES, MOST_OF_ONE
from dokango.shop.profile import load_profile
from dokango.stock.models import Level
from dokango.text import storable

_P, _V, _L = table_of(Product), table_of(Variant), table_of(Level)
_SKU_LENGTH = 120


class SoldRow(NamedTuple):
    """A SKU that is sold, with its product's words and pictures (a JSON list) and what is `free` of it on the shelf."""

    sku: str
    variant_title: str
    variant_title_bn: str
    price_poisha: int
    tracks_stock: int
    image: str
    title: str
    title_bn: str
    slug: str
    images: str
    free: int


@dataclass(frozen=True, slots=True)
class CartLine:
    """One SKU of a cart as the shop has it now. `available` is None where it never runs out; `sold`: not gone.

    `most` is how many the owner lets one order take off the shelf; 0 is no limit.
    """

    sku: str
    quantity: int
    sold: bool
    title: str = ""
    title_bn: str = ""
    variant_title: str = ""
    variant_title_bn: str = ""
    slug: str = ""
    image: str = ""
    price_poisha: int = 0
    available: int | None = None
    most: int = 0

    def titled(self, locale: str) -> str:
        """The product's title in the reader's language."""
        return written(locale, self.title, self.title_bn)

    def variant_titled(self, locale: str) -> str:
        """What the variant is called in the reader's language."""
        return written(locale, self.variant_title, self.variant_title_bn)

    @property
    def amount_poisha(self) -> int:
        """Price × quantity."""
        return self.price_poisha * self.quantity

    @property
    def trouble(self) -> str:
        """gone, sold_out, short, many, or "" when it can be ordered so."""
        if not self.sold:
            return "gone"
        if self.available is None:
            return ""
        if self.available < self.quantity:
            return "sold_out" if self.available <= 0 else "short"
        return "many" if 0 < self.most < self.quantity else ""


@dataclass(frozen=True, slots=True)
class Cart:
    """The lines in the order they were put in, and what they come to."""

    lines: tuple[CartLine, ...]

    @property
    def subtotal_poisha(self) -> int:
        """All that is still sold here, at today's prices."""
        return sum(line.amount_poisha for line in self.lines)

    @property
    def orderable(self) -> bool:
        """Something is in it, and nothing of it is short."""
        return bool(self.lines) and not any(line.trouble for line in self.lines)


def read_cart(kept: str) -> dict[str, int]:
    """SKU → quantity from what a browser kept; anything odd in it is left out, for a browser can say anything."""
    try:
        found = json.loads(kept) if len(kept) < 20_000 else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    fit = {
        sku: quantity
        for sku, quantity in found.items()
        if 0 < len(sku) <= _SKU_LENGTH and storable(sku) == sku and is_quantity(quantity)
    }
    return dict(list(fit.items())[:MOST_LINES])


def write_cart(wanted: Mapping[str, int]) -> str:
    """The text that `read_cart` reads."""
    return json.dumps(wanted, ensure_ascii=False, separators=(",", ":"))


def is_quantity(value: object) -> bool:
    """A whole number from 1 to the most of one item; true and 1.0 are none."""
    return type(value) is int and 1 <= value <= MOST_OF_ONE


def price_cart(tx: Tx, wanted: Mapping[str, int]) -> Cart:
    """Each line at the catalogue's present price with what is left of it; what is not sold any more is marked."""
    found: dict[str, SoldRow] = {}
    if wanted:
        query = (
            select(
                _V.c.sku, _V.c.title.label("variant_title"), _V.c.title_bn.label("variant_title_bn"),
                _V.c.price_poisha, _V.c.tracks_stock, _V.c.image,
                _P.c.title, _P.c.title_bn, _P.c.slug, _P.c.images,
                (func.coalesce(_L.c.on_hand, 0) - func.coalesce(_L.c.reserved, 0)).label("free"),
            )
            .select_from(_V.join(_P, _P.c.id == _V.c.product_id).outerjoin(_L, _L.c.variant_id == _V.c.id))
            .where(_V.c.sku.in_(list(wanted)), _V.c.active == 1, _P.c.active == 1)
        )  # fmt: skip
        found = {row.sku: row for row in tx.rows(typed(SoldRow, query))}
    most = load_profile(tx).web_units_most
    return Cart(tuple(_line(sku, quantity, most, found.get(sku)) for sku, quantity in wanted.items()))


def _line(sku: str, quantity: int, most: int, row: SoldRow | None) -> CartLine:
    if row is None:
        return CartLine(sku, quantity, sold=False)
    images = json.loads(row.images or "[]")
    return CartLine(
        sku, quantity, True, row.title, row.title_bn, row.variant_title, row.variant_title_bn, row.slug,
        row.image or (str(images[0]) if images else ""), row.price_poisha,
        max(0, row.free) if row.tracks_stock else None, most,
    )  # fmt: skip
