"""Money that belongs to customers, as the API tells it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dokango_web.api.shapes.base import Shape


class SettledShape(Shape):
    """How much was given back, kept or paid out, and whose it was."""

    amount_poisha: int
    phone: str | None


class SharedOrderShape(Shape):
    """An order as its part left it."""

    number: str
    money: str
    version: int


class SharedShape(Shape):
    """The orders that got a part, and what of the rest became credit."""

    orders: list[SharedOrderShape]
    credit_poisha: int


class CreditShape(Shape):
    """A customer's credit."""

    phone: str
    credit_poisha: int


class OwedRowShape(Shape):
    """What one customer is owed: a refund of an order, or credit (`order` is null)."""

    kind: Literal["refund_due", "credit"]
    phone: str
    order: str | None
    amount_poisha: int
    since: str
    days: int


class OwedBandShape(Shape):
    """What is owed of one kind in one band of age."""

    kind: Literal["refund_due", "credit"]
    band: str
    amount_poisha: int
    count: int


class OwedShape(Shape):
    """All that customers are owed."""

    rows: list[OwedRowShape]
    bands: list[OwedBandShape]
    total_poisha: int = Field(description="As the books owe it: the sum of the rows.")
