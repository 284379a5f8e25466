"""What the storefront shows of the catalogue: listed products, and one product with its variants and what is left."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, select

from dokango.catalogue.categories import in_category, several
from dokango.catalogue.finding import LONGEST_SEARCH as LONGEST_SEARCH
from dokango.catalogue.finding import Condition, anywhere, at_the_start, each_piece
from dokango.catalogue.models import Product, Variant
from dokango.db import Tx, table_of, typed
from dokango.errors import NotFound
from dokango.language import ENGLISH, written
from dokango.paging import CARDS, Page, Paged
from dokango.stock.models import Level
from dokango.text import storable

_FEW = 3  # so few left are said even where no low-stock level is set

_P, _V, _L = table_of(Product), table_of(Variant), table_of(Level)


class _InTwoLanguages(NamedTuple):
    category: str
    category_bn: str


_CATEGORIES = typed(
    _InTwoLanguages,
    select(_P.c.category, _P.c.category_bn)
    .where(_P.c.active == 1, _P.c.category != "")
    .group_by(_P.c.category, _P.c.category_bn),
)
_VARIANTS = (
    select(
        _V.c.product_id, _V.c.sku, _V.c.title, _V.c.title_bn, _V.c.attributes, _V.c.price_poisha,
        _V.c.regular_price_poisha, _V.c.image, _V.c.tracks_stock, _V.c.low_stock_level,
        (func.coalesce(_L.c.on_hand, 0) - func.coalesce(_L.c.reserved, 0)).label("free"),
    )
    .select_from(_V.outerjoin(_L, _L.c.variant_id == _V.c.id))
    .where(_V.c.active == 1)
    .order_by(_V.c.product_id, _V.c.position, _V.c.id)
)  # fmt: skip


class _Sold(NamedTuple):
    product_id: int
    sku: str
    title: str
    title_bn: str
    attributes: str
    price_poisha: int
    regular_price_poisha: int | None
    image: str
    tracks_stock: int
    low_stock_level: int
    free: int


class _Shown(NamedTuple):
    id: int
    slug: str
    title: str
    title_bn: str
    category: str
    category_bn: str
    images: str
    description: str
    description_bn: str


_LISTED = select(*(_P.c[name] for name in _Shown._fields)).where(_P.c.active == 1)
_BY_SLUG = typed(_Shown, _LISTED.where(_P.c.slug == bindparam("slug")))


@dataclass(frozen=True, slots=True)
class VariantView:
    """One thing to choose. `available` is None where it never runs out."""

    sku: str
    title: str
    title_bn: str
    attributes: dict[str, str]
    price_poisha: int
    regular_price_poisha: int | None
    image: str
    available: int | None
    low_stock_level: int

    @property
    def sold_out(self) -> bool:
        """None left."""
        return self.available is not None and self.available <= 0

    @property
    def few(self) -> bool:
        """Some left, but few."""
        return self.available is not None and 0 < self.available <= max(self.low_stock_level, _FEW)

    @property
    def reduced(self) -> bool:
        """Sold for less than its regular price."""
        return self.regular_price_poisha is not None and self.regular_price_poisha > self.price_poisha

    def titled(self, locale: str) -> str:
        """What it is called in the reader's language; its SKU where it has no words."""
        return written(locale, self.title, self.title_bn) or self.sku


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product as a customer sees it: never its cost, its stock value or where it was imported from."""

    id: int
    slug: str
    title: str
    title_bn: str
    category: str
    category_bn: str
    images: tuple[str, ...]
    description: str
    description_bn: str
    variants: tuple[VariantView, ...]

    @property
    def from_poisha(self) -> int:
        """The price of its cheapest variant."""
        return min(v.price_poisha for v in self.variants)

    @property
    def has_prices(self) -> bool:
        """Whether its variants differ in price."""
        return len({v.price_poisha for v in self.variants}) > 1

    @property
    def sold_out(self) -> bool:
        """No variant can be had."""
        return all(v.sold_out for v in self.variants)

    def titled(self, locale: str) -> str:
        """Its title in the reader's language, where the shop has written one."""
        return written(locale, self.title, self.title_bn)

    def described(self, locale: str) -> str:
        """Its description in the reader's language, where the shop has written one."""
        return written(locale, self.description, self.description_bn)


def shelf(
    tx: Tx, *, typed: str = "", category: str = "", cursor: str = "", size: int = CARDS, for_staff: bool = False
) -> Page[ProductView]:
    """A page of what is sold, newest first, perhaps of one category or found by every word of `typed`.

    Titles and category are looked into, and the beginning of a SKU; `for_staff` any part of a variant's SKU and name.
    Raises NotOurCursor.
    """
    query = _LISTED.where(_sellable(), *each_piece(typed, _named_or_in_a_sku if for_staff else _named))
    if category:
        query = query.where(in_category(_P.c.category, category))
    page = Paged(_Shown, query, by=(_P.c.id,), descending=True).page(tx, cursor, size)
    return page.of(_with_variants(tx, page.rows))


def by_slug(tx: Tx, slug: str) -> ProductView:
    """One product with its variants; raises NotFound for what is not, or no longer, sold."""
    row = tx.one(_BY_SLUG, slug=storable(slug))
    found = _with_variants(tx, [row]) if row is not None else ()
    if not found:
        raise NotFound("product", slug[:80])
    return found[0]


def of_skus(tx: Tx, skus: Collection[str]) -> tuple[ProductView, ...]:
    """The products that are sold under any of `skus`, with all their variants."""
    return _with_variants(tx, tx.rows(typed(_Shown, _LISTED.where(_has_variant(_V.c.sku.in_(sorted(skus)))))))


def categories(tx: Tx, locale: str = ENGLISH) -> list[tuple[str, str]]:
    """The categories that have something on sale, each with its words in the reader's language, sorted by these."""
    said: dict[str, str] = {}
    for row in tx.rows(_CATEGORIES):
        for name, bangla in zip_longest(several(row.category), several(row.category_bn), fillvalue=""):
            said[name] = said.get(name, "") or bangla
    named = [(name, written(locale, name, bangla)) for name, bangla in said.items() if name]
    return sorted(named, key=lambda one: (one[1], one[0]))


def _sellable() -> ColumnElement[bool]:
    return select(_V.c.id).where(_V.c.product_id == _P.c.id, _V.c.active == 1).exists()


def _named(words: list[str]) -> Condition:
    return anywhere(_P.c.words, *words) | _has_variant(at_the_start(_V.c.words, words))


def _named_or_in_a_sku(words: list[str]) -> Condition:
    return anywhere(_P.c.words, *words) | _has_variant(anywhere(_V.c.words, *words))


def _has_variant(is_meant: Condition) -> Condition:
    return select(_V.c.id).where(_V.c.product_id == _P.c.id, _V.c.active == 1, is_meant).exists()


def _with_variants(tx: Tx, rows: Sequence[_Shown]) -> tuple[ProductView, ...]:
    variants: dict[int, list[VariantView]] = {row.id: [] for row in rows}
    if rows:
        query = _VARIANTS.where(_V.c.product_id.in_(list(variants)))
        for row in tx.rows(typed(_Sold, query)):
            variants[row.product_id].append(_variant(row))
    return tuple(
        ProductView(
            row.id, row.slug, row.title, row.title_bn, row.category, row.category_bn,
            _images(row.images, variants[row.id]), row.description, row.description_bn, tuple(variants[row.id]),
        )
        for row in rows
        if variants[row.id]
    )  # fmt: skip


def _variant(row: _Sold) -> VariantView:
    attributes = {str(k): str(v) for k, v in json.loads(row.attributes or "{}").items()}
    title = row.title or " · ".join(attributes.values())
    available = max(0, row.free) if row.tracks_stock else None
    return VariantView(
        row.sku, title, row.title_bn, attributes, row.price_poisha, row.regular_price_poisha, row.image, available,
        row.low_stock_level,
    )  # fmt: skip


def _images(images: str, variants: Sequence[VariantView]) -> tuple[str, ...]:
    listed = [str(url) for url in json.loads(images or "[]")]
    return tuple(dict.fromkeys([*listed, *(v.image for v in variants if v.image)]))
