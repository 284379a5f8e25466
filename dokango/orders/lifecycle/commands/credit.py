"""What can be asked about a customer's credit on an order."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dokango.orders.lifecycle.commands.command import Amount, Command


class PayWithCredit(Command):
    """The customer's credit pays what is due, or a part of it."""

    action = "pay_with_credit"
    amount_poisha: Annotated[Amount | None, Field(description="Left out: as much as is due and is there.")] = None


class KeepAsCredit(Command):
    """What is due back stays with the shop, for the customer's next order."""

    action = "keep_as_credit"
    amount_poisha: Annotated[Amount | None, Field(description="Left out: all that is due back.")] = None
