"""Stock: levels, kept beside the movements that explain them."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import SQLModel

from dokango.db.columns import check, row_id, strict, text, whole


class Level(SQLModel, table=True):
    """How many of a variant are on the shelf, how many of those are promised, and what all of them cost."""

    __tablename__ = "stock_level"
    __table_args__ = strict(
        check("on_hand >= 0", "stock_level_on_hand_not_negative"),
        check("reserved >= 0", "stock_level_reserved_not_negative"),
        check("reserved <= on_hand", "stock_level_never_oversold"),
        check("value_poisha >= 0", "stock_level_value_not_negative"),
        check("on_hand > 0 OR value_poisha = 0", "stock_level_nothing_is_worth_nothing"),
    )

    variant_id: int = whole(primary_key=True, foreign_key="variant.id")
    on_hand: int = whole(0)
    reserved: int = whole(0)
    value_poisha: int = whole(0)


class Movement(SQLModel, table=True):
    """One change of a level, under the event that caused it. Only ever inserted."""

    __tablename__ = "stock_movement"
    __table_args__ = strict(
        Index("stock_movement_variant", "variant_id", "id"),
        Index("stock_movement_order", "order_id"),
        Index("stock_movement_time", "happened_at", "variant_id", "on_hand_delta", "value_delta_poisha"),
    )

    id: int | None = row_id()
    key: str = text(unique=True)
    event_id: int = whole(foreign_key="event.id")
    variant_id: int = whole(foreign_key="variant.id")
    order_id: int | None = whole(None, foreign_key="order.id")
    kind: str = text()  # received, reserved, released, sold, unsold, returned, written_off, lost, counted
    quantity: int = whole()
    on_hand_delta: int = whole(0)
    reserved_delta: int = whole(0)
    value_delta_poisha: int = whole(0)
    happened_at: int = whole()
    written_at: int = whole()
