"""The catalogue as staff browse it: newest first, found by the words of all its names, with price and stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from dokango.catalogue.categories import several
from dokango.catalogue.finding import Condition, anywhere, each_word
from dokango.catalogue.models import Product, Variant
from dokango.db import Tx, table_of, typed
from dokango.errors import NotFound
from dokango.paging import Page, Paged
from dokango.stock.models import Level


class _Category(NamedTuple):
    category: str


_P, _V, _L = table_of(Product), table_of(Variant), table_of(Level)
_VARIANTS = (
    select(*_V.c, func.coalesce(_L.c.on_hand - _L.c.reserved, 0).label("available"))
    .select_from(_V.outerjoin(_L, _L.c.variant_id == _V.c.id))
    .order_by(_V.c.product_id, _V.c.position, _V.c.id)
)


class VariantRow(NamedTuple):
    """All columns of a variant, and how many of it are free."""

    id: int
    product_id: int
    sku: str
    title: str
    title_bn: str
    attributes: str
    price_poisha: int
    regular_price_poisha: int | None
    words: str
    image: str
    weight_g: int
    low_stock_level: int
    tracks_stock: int
    active: int
    position: int
    available: int


_OF_PRODUCT = typed(VariantRow, _VARIANTS.where(_V.c.product_id == bindparam("product")))


# The names a browser proposes while one types a SKU; whoever has more SKUs types on.
_MOST_PROPOSED = 500


class StockedSku(NamedTuple):
    """What a browser proposes while somebody types a SKU."""

    sku: str
    title: str
    variant_title: str


_STOCKED = typed(
    StockedSku,
    select(_V.c.sku, _P.c.title, _V.c.title.label("variant_title"))
    .join(_P, _P.c.id == _V.c.product_id)
    .where(_V.c.tracks_stock == 1, _V.c.active == 1)
    .order_by(_V.c.sku)
    .limit(_MOST_PROPOSED),
)
_CATEGORIES = typed(_Category, select(_P.c.category).group_by(_P.c.category).order_by(func.min(_P.c.id).desc()))


class ProductRow(NamedTuple):
    """A product as it is kept; `images` are a JSON list of URLs."""

    id: int
    slug: str
    title: str
    title_bn: str
    description: str
    description_bn: str
    category: str
    category_bn: str
    images: str
    active: int
    source_ref: str | None
    created_at: int


_PRODUCTS = select(*(_P.c[name] for name in ProductRow._fields))
_PRODUCT = typed(ProductRow, _PRODUCTS.where(_P.c.id == bindparam("id")))


class NamedProduct(NamedTuple):
    """What a product is called."""

    id: int
    title: str
    title_bn: str


@dataclass(frozen=True, slots=True)
class Browsed:
    """A product's row with its variants' rows, each with `available`."""

    product: ProductRow
    variants: tuple[VariantRow, ...]


def browse(tx: Tx, words: str = "", cursor: str = "") -> Page[Browsed]:
    """A page of the products that `words` find, newest first; raises NotOurCursor."""
    found = _PRODUCTS.where(*each_word(words, _has))
    page = Paged(ProductRow, found, by=(_P.c.id,), descending=True).page(tx, cursor)
    variants = _variants_of(tx, [row.id for row in page.rows])
    return page.of(Browsed(row, tuple(variants[row.id])) for row in page.rows)


def named(tx: Tx, words: str, most: int) -> list[NamedProduct]:
    """At most `most` products that `words` find, newest first: their names alone."""
    query = select(_P.c.id, _P.c.title, _P.c.title_bn).where(*each_word(words, _has)).order_by(_P.c.id.desc())
    return tx.rows(typed(NamedProduct, query.limit(most))) if words.strip() else []


def one_product(tx: Tx, product_id: int) -> Browsed:
    """One product with all its variants; raises NotFound."""
    row = tx.one(_PRODUCT, id=product_id)
    if row is None:
        raise NotFound("product", product_id)
    return Browsed(row, tuple(tx.rows(_OF_PRODUCT, product=product_id)))


def categories_in_use(tx: Tx) -> list[str]:
    """Every category that a product has, sold or not, the oldest spelling last."""
    return [name for row in tx.rows(_CATEGORIES) for name in several(row.category)]


def stocked_skus(tx: Tx) -> list[StockedSku]:
    """SKU, title and variant of what is kept on the shelf, by SKU: to be proposed while somebody types."""
    return tx.rows(_STOCKED)


def _has(word: str) -> Condition:
    return anywhere(_P.c.words, word) | _P.c.id.in_(select(_V.c.product_id).where(anywhere(_V.c.words, word)))


def _variants_of(tx: Tx, product_ids: Sequence[int]) -> dict[int, list[VariantRow]]:
    found: dict[int, list[VariantRow]] = defaultdict(list)
    if product_ids:
        for row in tx.rows(typed(VariantRow, _VARIANTS.where(_V.c.product_id.in_(product_ids)))):
            found[row.product_id].append(row)
    return found
