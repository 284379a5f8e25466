"""What an action would write."""

from __future__ import annotations

from pydantic import Field

from dokango_web.api.shapes.base import Shape
from dokango_web.api.shapes.ledger import PostingShape


class MovementShape(Shape):
    """So many of a SKU, moved in one way."""

    sku: str
    kind: str
    quantity: int
    value_poisha: int = Field(description="What the shelf is worth less or more.")


class PreviewShape(Shape):
    """All that would be written into stock and books, and what would be open on the order then."""

    movements: list[MovementShape]
    postings: list[PostingShape]
    due_poisha: int
    courier_due_poisha: int
    refund_due_poisha: int
