"""What can be asked of goods that come back, or never will."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dokango.money import MOST_POISHA
from dokango.orders.lifecycle.commands.command import Command, Quantity, Reason, Words
from dokango.plain_model import PlainModel

Condition = Literal["resell", "damaged", "missing", "wrong"]


class ReturnedLine(PlainModel):
    """So many of a SKU that came back, fit for the shelf again or not."""

    model_config = Command.model_config
    sku: str
    quantity: Quantity
    restock: bool = True


class ReceiveReturn(Command):
    """Goods are back: the whole parcel (`restock`), or for a delivered order the `lines` that came.

    An undelivered parcel may wait to be looked at (`inspect_later`, then `inspect`). `keep_advance` false gives back
    all that was paid before, also what the buyer was told would stay when the parcel is refused. What was not kept of a
    parcel is taken in first; the price of other goods lowers what customer or courier still owe of the order, and the
    rest is due back: all of it when `customer_paid` the rider for them. `collected_poisha`: what the rider of an
    undelivered parcel took of the customer all the same (mostly the charge of the way): its courier owes it, and it
    stays with the shop, also when the parcel is sent again.
    """

    action = "receive_return"
    restock: bool | None = None
    inspect_later: bool = False
    keep_advance: bool = True
    lines: Annotated[tuple[ReturnedLine, ...] | None, Field(strict=False, max_length=200)] = None
    include_delivery: bool = False
    customer_paid: bool = False
    collected_poisha: Annotated[int, Field(ge=0, le=MOST_POISHA)] = 0
    reason: Words = ""


class LoseParcel(Command):
    """The courier has lost the parcel: its goods are written off at cost, and what was paid is due back.

    Nothing stays of a payment before; the order can be sent again.
    """

    action = "lose_parcel"
    reason: Reason


class InspectedLine(PlainModel):
    """So many of a SKU that were found in one condition."""

    model_config = Command.model_config
    sku: str
    quantity: Quantity
    condition: Condition


class Inspect(Command):
    """What was found in a parcel that came back: fit to resell, damaged, missing, or goods that are not ours (wrong).

    What is fit goes back to the shelf, the rest is written off at cost. What is not named waits on.
    """

    action = "inspect"
    lines: Annotated[tuple[InspectedLine, ...], Field(strict=False, min_length=1, max_length=400)]
    note: Words = ""


class SendAgain(Command):
    """A parcel that came back is sent once more: the same order, packed anew, with what is on the shelf."""

    action = "send_again"
    note: Words = ""
