"""Products and their variants: what a customer can choose, each variant with its own SKU and price."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import SQLModel

from dokango.db.columns import check, flag, row_id, strict, text, whole


class Product(SQLModel, table=True):
    """What is sold, as people speak of it. `source_ref` is its id where it was imported from."""

    __table_args__ = strict(flag("active", "product"), Index("product_listed", "active", "id"))

    id: int | None = row_id()
    slug: str = text(unique=True)
    title: str = text()
    title_bn: str = text("")
    description: str = text("")
    category: str = text("")
    category_bn: str = text(sa_column_kwargs={"server_default": ""})  # in the places of the English ones
    description_bn: str = text(sa_column_kwargs={"server_default": ""})
    images: str = text("[]")  # JSON list of URLs
    active: int = whole(1)
    words: str = text(sa_column_kwargs={"server_default": ""})  # folded, to be found by (finding.py)
    source_ref: str | None = text(None, unique=True)
    created_at: int = whole()


class Variant(SQLModel, table=True):
    """One thing on the shelf. `tracks_stock` is 0 for virtual goods, which never run out."""

    __table_args__ = strict(
        check("price_poisha >= 0", "variant_price_not_negative"),
        check("weight_g >= 0", "variant_weight_not_negative"),
        check("low_stock_level >= 0", "variant_low_stock_not_negative"),
        flag("tracks_stock", "variant"),
        flag("active", "variant"),
        Index("variant_of_product", "product_id", "position"),
    )

    id: int | None = row_id()
    product_id: int = whole(foreign_key="product.id")
    sku: str = text(unique=True)
    title: str = text("")
    title_bn: str = text(sa_column_kwargs={"server_default": ""})
    attributes: str = text("{}")  # JSON object: {"Size": "M"}
    price_poisha: int = whole()
    regular_price_poisha: int | None = whole(None)
    words: str = text(sa_column_kwargs={"server_default": ""})  # folded, to be found by (finding.py)
    image: str = text("")
    weight_g: int = whole(0)
    low_stock_level: int = whole(0)
    tracks_stock: int = whole(1)
    active: int = whole(1)
    position: int = whole(0)
