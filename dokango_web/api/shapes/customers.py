"""Customers, as the API tells of them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dokango_web.api.shapes.base import Shape
from dokango_web.api.shapes.orders import Money, Status


class RecordShape(Shape):
    """How a customer's orders ended: `undelivered` never reached them, `returned` came back after delivery."""

    orders: int
    open: int
    delivered: int
    undelivered: int
    returned: int
    cancelled: int
    back_per_cent: int | None = Field(description="Of a hundred parcels that ended; null before any has.")


class CustomersMoneyShape(Shape):
    """What a customer ordered and paid, and who owes whom: they `due_poisha`, the shop the last two."""

    ordered_poisha: int
    paid_poisha: int
    refunded_poisha: int
    due_poisha: int
    refund_due_poisha: int
    credit_poisha: int


class BlockedShape(Shape):
    """Since when a customer is blocked, by whom and why. Never told to the customer."""

    at: str
    by: str
    reason: str


class CustomerShape(Shape):
    """A customer, by the number that they are known by."""

    phone: str
    international: str
    name: str
    last_at: str | None
    labels: list[str]
    record: RecordShape
    money: CustomersMoneyShape
    blocked: BlockedShape | None


class CustomersShape(Shape):
    """A page of customers, who was heard of last first."""

    customers: list[CustomerShape]
    next_cursor: str | None


class CustomerNoteShape(Shape):
    """What was written down of a customer, or done to them."""

    kind: Literal["note", "labels", "block", "unblock", "consent", "merge", "separate"]
    words: str
    by: str
    at: str


class CustomersOrderShape(Shape):
    """One of a customer's orders."""

    number: str
    status: Status
    money: Money
    phone: str
    total_poisha: int
    paid_poisha: int
    due_poisha: int
    refund_due_poisha: int
    placed_at: str


class CustomerPageShape(CustomerShape):
    """All of one customer: every number of theirs, the newest notes, and a page of their orders."""

    phones: list[str]
    notes: list[CustomerNoteShape]
    orders: list[CustomersOrderShape]
    next_cursor: str | None
