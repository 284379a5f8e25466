"""What lies on the shelf and what is it worth, now or at any moment before?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from dokango.catalogue.models import Product, Variant
from dokango.db import Tx, table_of, typed
from dokango.money import taka
from dokango.reports.kit.figures import lying_figure, short_taka
from dokango.reports.kit.places import Figure, Line, sku_url
from dokango.reports.kit.snapshot import Snapshot
from dokango.stock.models import Level, Movement
from dokango.stock.shelf import titled

_V, _PRODUCT = table_of(Variant), table_of(Product)
_L, _M = table_of(Level), table_of(Movement)
_NAMED = (_V.c.sku, _PRODUCT.c.title, _V.c.title.label("variant_title"))


class _Stocked(NamedTuple):
    sku: str
    title: str
    variant_title: str
    on_hand: int
    value_poisha: int


MOST_PRODUCTS, MOST_LINES = 10, 60  # of the chart, of the table behind it
_NOW = typed(
    _Stocked,
    select(*_NAMED, _L.c.on_hand, _L.c.value_poisha)
    .select_from(_L.join(_V, _V.c.id == _L.c.variant_id).join(_PRODUCT, _PRODUCT.c.id == _V.c.product_id))
    .order_by(_V.c.sku),
)
_moved = (
    select(
        _M.c.variant_id,
        func.sum(_M.c.on_hand_delta).label("on_hand"),
        func.sum(_M.c.value_delta_poisha).label("value_poisha"),
    )
    .where(_M.c.happened_at <= bindparam("at"))
    .group_by(_M.c.variant_id)
    .subquery()
)
_THEN = typed(
    _Stocked,
    select(*_NAMED, _moved.c.on_hand, _moved.c.value_poisha)
    .select_from(_moved.join(_V, _V.c.id == _moved.c.variant_id).join(_PRODUCT, _PRODUCT.c.id == _V.c.product_id))
    .order_by(_V.c.sku),
)


@dataclass(frozen=True, slots=True)
class Held:
    """One SKU: units on hand and what they cost."""

    sku: str
    title: str
    on_hand: int
    value_poisha: int
    product: str = field(default="", compare=False)  # the title that all its variants share


@dataclass(frozen=True, slots=True)
class InventoryReport:
    """Every SKU that was ever stocked, by SKU, and their sum (its sku is "")."""

    rows: tuple[Held, ...]
    totals: Held


def inventory_at(tx: Tx, at_us: int | None = None) -> InventoryReport:
    """Stock as it stood at `at_us` (that instant included), from movements; without it, the levels as they stand."""
    found = tx.rows(_NOW) if at_us is None else tx.rows(_THEN, at=at_us)
    rows = tuple(
        Held(row.sku, titled(row.title, row.variant_title), int(row.on_hand), int(row.value_poisha), row.title)
        for row in found
    )
    return InventoryReport(rows, Held("", "", sum(r.on_hand for r in rows), sum(r.value_poisha for r in rows)))


def figure(seen: Snapshot) -> Figure:
    """The chart: the products that hold the most value, and all others together."""
    held = value_by_product(seen.the(_seen))
    bars = held[:MOST_PRODUCTS]
    rest = sum(value for _, value in held[MOST_PRODUCTS:])
    if rest:
        bars.append((f"{len(held) - MOST_PRODUCTS} others", rest))
    return lying_figure(
        [(title, value, short_taka(value), f"{title}: {taka(value)} of stock") for title, value in bars]
    )


def lines(seen: Snapshot) -> list[Line]:
    """The table behind it, SKU by SKU."""
    most = sorted(seen.the(_seen).rows, key=lambda row: -row.value_poisha)[:MOST_LINES]
    return [
        Line(row.title, taka(row.value_poisha, exact=True), sku_url(row.sku), f"{row.on_hand} on hand")
        for row in most
        if row.value_poisha
    ]


def value_by_product(report: InventoryReport) -> list[tuple[str, int]]:
    """(product, poisha) with all its variants together, the most first; products without stock are left out."""
    values: dict[str, int] = {}
    for row in report.rows:
        values[row.product] = values.get(row.product, 0) + row.value_poisha
    return sorted(((product, value) for product, value in values.items() if value), key=lambda pair: -pair[1])


def _seen(seen: Snapshot) -> InventoryReport:
    return inventory_at(seen.tx)
