"""The catalogue."""

from __future__ import annotations

from typing import Any

from dokango_web.api.shapes.base import Shape


class VariantShape(Shape):
    """One thing to choose."""

    sku: str
    title: str
    attributes: dict[str, Any]
    price_poisha: int
    active: bool
    tracks_stock: bool


class ProductShape(Shape):
    """A product with its variants."""

    slug: str
    title: str
    category: str
    active: bool
    variants: list[VariantShape]


class ProductsShape(Shape):
    """The catalogue."""

    products: list[ProductShape]
