"""What is asked when a payment was booked by mistake."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dokango.orders.lifecycle.commands.command import Command, Reason


class ReversePayment(Command):
    """A payment that was booked on this order by mistake is taken back, whole: what it paid is due again, and its
    TrxID is free for the right order. Both stay on record.

    Not once money of the order was given back, kept, or paid out by its courier.
    """

    action = "reverse_payment"
    payment: Annotated[int, Field(ge=1, le=2**53, description="Its `id` among the order's `payments`.")]
    reason: Reason
