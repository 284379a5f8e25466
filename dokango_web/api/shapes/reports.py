"""The owner's figures."""

from __future__ import annotations

from dokango_web.api.shapes.base import Shape


class ProfitRowShape(Shape):
    """A day or a month."""

    period: str
    revenue_poisha: int
    cogs_poisha: int
    expenses_poisha: int
    profit_poisha: int


class ProfitTotalsShape(Shape):
    """All periods together."""

    revenue_poisha: int
    cogs_poisha: int
    expenses_poisha: int
    profit_poisha: int


class ProfitShape(Shape):
    """Profit and loss by period."""

    rows: list[ProfitRowShape]
    totals: ProfitTotalsShape


class InventoryRowShape(Shape):
    """What one SKU was worth."""

    sku: str
    on_hand: int
    value_poisha: int


class InventoryTotalsShape(Shape):
    """The whole shelf."""

    on_hand: int
    value_poisha: int


class InventoryShape(Shape):
    """Inventory valuation at a time."""

    rows: list[InventoryRowShape]
    totals: InventoryTotalsShape
