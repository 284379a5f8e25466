"""The shelf."""

from __future__ import annotations

from dokango_web.api.shapes.base import Shape


class StockLineShape(Shape):
    """One SKU on the shelf; cost and value are null for roles that may not see cost."""

    sku: str
    title: str
    on_hand: int
    reserved: int
    available: int
    unit_cost_poisha: int | None
    value_poisha: int | None


class StockShape(Shape):
    """The shelf."""

    stock: list[StockLineShape]
