"""Putting a product into the catalogue by hand or by a program."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite

from dokango import audit, topics
from dokango.catalogue.models import Product, Variant
from dokango.clock import Clock
from dokango.db import Statement, Tx
from dokango.errors import AlreadyExists, InvalidInput
from dokango.money import MOST_POISHA
from dokango.people.actor import Actor
from dokango.people.permissions import Permission

_STRICT = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)
_P = Product.__table__  # type: ignore[attr-defined]
_V = Variant.__table__  # type: ignore[attr-defined]
MOST_VARIANTS = 200
_Word = Annotated[str, Field(min_length=1, max_length=80)]


class NewVariant(BaseModel):
    """One thing to choose, by its SKU."""

    model_config = _STRICT
    sku: Annotated[str, Field(min_length=1, max_length=120)]
    title: Annotated[str, Field(max_length=120)] = ""
    attributes: Annotated[dict[_Word, _Word], Field(max_length=10)] = Field(default_factory=dict)
    price_poisha: Annotated[int, Field(ge=0, le=MOST_POISHA // 1_000)]


class NewProduct(BaseModel):
    """A product as it is entered; it is on sale at once, and out of stock until goods are received."""

    model_config = _STRICT
    title: Annotated[str, Field(min_length=1, max_length=200)]
    category: Annotated[str, Field(max_length=120)] = ""
    description: Annotated[str, Field(max_length=5_000)] = ""
    variants: Annotated[tuple[NewVariant, ...], Field(min_length=1, max_length=MOST_VARIANTS, strict=False)]


def _insert(table: Any, unique: str, *columns: str) -> dict[str, Statement]:
    return {
        name: Statement(
            dialect.insert(table)
            .values({column: bindparam(column) for column in columns})
            .on_conflict_do_nothing(index_elements=[unique])
            .returning(table.c.id)
        )
        for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
    }


_ADD_PRODUCT = _insert(
    _P, "slug", "slug", "title", "title_bn", "description", "category", "images", "active", "created_at"
)
_ADD_VARIANT = _insert(
    _V, "sku", "product_id", "sku", "title", "attributes", "price_poisha", "image", "weight_g", "low_stock_level",
    "tracks_stock", "active", "position",
)  # fmt: skip


def add_product(tx: Tx, actor: Actor, clock: Clock, wanted: NewProduct) -> int:
    """Add a product with its variants; returns its row id.

    Raises NotAllowed, InvalidInput for a SKU given twice, AlreadyExists for one that is in the catalogue.
    """
    actor.require(Permission.EDIT_PRODUCTS)
    skus = [variant.sku for variant in wanted.variants]
    twice = {f"variants.{i}.sku": f"{sku} stands twice here." for i, sku in enumerate(skus) if sku in skus[:i]}
    if twice:
        raise InvalidInput(twice)
    now_us = clock.now_us()
    product_id = _add(tx, wanted, now_us)
    for position, variant in enumerate(wanted.variants):
        added = tx.value(
            _ADD_VARIANT[tx.dialect], product_id=product_id, sku=variant.sku, title=variant.title,
            attributes=json.dumps(variant.attributes, ensure_ascii=False), price_poisha=variant.price_poisha, image="",
            weight_g=0, low_stock_level=0, tracks_stock=1, active=1, position=position,
        )  # fmt: skip
        if added is None:
            raise AlreadyExists("product with the SKU", variant.sku)
    audit.record(
        tx, key=f"product/{product_id}/added", action="product_added", actor=actor.name, actor_kind=actor.kind,
        now_us=now_us, note=f"{wanted.title} ({', '.join(skus[:5])})",
    )  # fmt: skip
    tx.changed(topics.CATALOGUE, topics.STOCK)
    return product_id


def _add(tx: Tx, wanted: NewProduct, now_us: int) -> int:
    """The product's row, under the first slug of its title that is free."""
    base = slug_of(wanted.title)
    for number in range(1, 1_000):
        product_id = tx.value(
            _ADD_PRODUCT[tx.dialect], slug=base if number == 1 else f"{base}-{number}", title=wanted.title, title_bn="",
            description=wanted.description, category=wanted.category, images="[]", active=1, created_at=now_us,
        )  # fmt: skip
        if product_id is not None:
            return int(product_id)
    raise AlreadyExists("product called", wanted.title)


def slug_of(title: str) -> str:
    """A title in the letters of an address: "Dhakai jamdani" → "dhakai-jamdani"; "product" when none are left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] or "product"
