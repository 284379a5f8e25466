"""How many days does the stock last at the pace it sold lately?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from dokango.catalogue.models import Product, Variant
from dokango.db import Tx, table_of, typed
from dokango.money import grouped
from dokango.reports.kit.periods import Period
from dokango.reports.kit.places import Line, sku_url
from dokango.reports.kit.snapshot import Snapshot
from dokango.stock.models import Level, Movement
from dokango.stock.shelf import titled

PACE_DAYS = 30  # how fast goods sell is told from the latest days
MOST_LINES = 6
_V, _PRODUCT = table_of(Variant), table_of(Product)
_L, _M = table_of(Level), table_of(Movement)
_sold = (
    select(
        _M.c.variant_id,
        func.sum(-_M.c.on_hand_delta).label("units"),
        func.sum(-_M.c.value_delta_poisha).label("cost_poisha"),
    )
    .where(
        _M.c.kind.in_(("sold", "unsold")), _M.c.happened_at >= bindparam("since"), _M.c.happened_at < bindparam("until")
    )
    .group_by(_M.c.variant_id)
    .subquery()
)


class _Paced(NamedTuple):
    sku: str
    title: str
    variant_title: str
    available: int
    value_poisha: int
    units: int | None
    cost_poisha: int | None


_PACE = typed(
    _Paced,
    select(
        _V.c.sku, _PRODUCT.c.title, _V.c.title.label("variant_title"),
        (_L.c.on_hand - _L.c.reserved).label("available"), _L.c.value_poisha, _sold.c.units, _sold.c.cost_poisha,
    )
    .select_from(
        _L.join(_V, _V.c.id == _L.c.variant_id)
        .join(_PRODUCT, _PRODUCT.c.id == _V.c.product_id)
        .outerjoin(_sold, _sold.c.variant_id == _L.c.variant_id)
    )
    .order_by(_V.c.sku),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cover:
    """One SKU: what is available, how many sold in the period, and the days it lasts (None: none sold)."""

    sku: str
    title: str
    available: int
    sold: int
    days: int | None


@dataclass(frozen=True, slots=True)
class CoverReport:
    """By SKU, the shortest first; `days` of the whole stock, by value (None: nothing sold)."""

    rows: tuple[Cover, ...]
    days: int | None


def days_of_cover(tx: Tx, span: Period) -> CoverReport:
    """At the pace of `span`."""
    found = tx.rows(_PACE, since=span.since_us, until=span.until_us)
    rows = [
        Cover(
            row.sku, titled(row.title, row.variant_title), row.available, int(row.units or 0),
            _days(row.available, int(row.units or 0), span.days),
        )
        for row in found
    ]  # fmt: skip
    rows.sort(key=lambda cover: (cover.days is None, cover.days or 0, cover.sku))
    value, cost = sum(row.value_poisha for row in found), sum(int(row.cost_poisha or 0) for row in found)
    return CoverReport(tuple(rows), _days(value, cost, span.days))


def cover_lately(seen: Snapshot) -> CoverReport:
    """At the pace of the snapshot's latest days."""
    span = seen.span
    return days_of_cover(seen.tx, Period(max(span.first, span.last - timedelta(days=PACE_DAYS - 1)), span.last))


def lines(seen: Snapshot) -> list[Line]:
    """The list, the shortest first."""
    return [
        Line(c.title, f"{grouped(c.days)} days", sku_url(c.sku), f"{c.available} left, {c.sold} sold")
        for c in seen.the(cover_lately).rows[:MOST_LINES]
        if c.days is not None
    ]


def _days(left: int, gone: int, days: int) -> int | None:
    return left * days // gone if gone > 0 else None
