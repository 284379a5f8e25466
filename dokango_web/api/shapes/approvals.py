"""What is answered of money that waits for a second person."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dokango_web.api.shapes.base import Shape


class ApprovalShape(Shape):
    """A payment or refund that another person is to approve; nothing of it is booked meanwhile."""

    id: int
    order: str
    version: int = Field(description="The order's, as it stands now: send it with `approve`.")
    kind: Literal["payment", "refund", "reversal"]
    method: str
    transaction_id: str | None = Field(description="Of a payment: kept for this order meanwhile.")
    amount_poisha: int
    asked_by: str
    asked_at: str
    own: bool = Field(description="Whether the caller, or who made its key, asked for it: they may not approve.")


class ApprovalsShape(Shape):
    """A page of approvals, the oldest first; `next_cursor` leads to the next, null on the last."""

    waiting: int = Field(description="How many wait in all.")
    approvals: list[ApprovalShape]
    next_cursor: str | None
