"""What can be said of a parcel at its customer's door: what was kept of it, and what the rider took."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dokango.money import MOST_POISHA
from dokango.orders.lifecycle.commands.command import MOST_PIECES, Command, Reason, Words
from dokango.plain_model import PlainModel


class KeptLine(PlainModel):
    """How many of a SKU the customer kept; the others come back."""

    model_config = Command.model_config
    sku: str
    kept: Annotated[int, Field(ge=0, le=MOST_PIECES)]


class DeliverPart(Command):
    """The customer kept a part of the parcel: of every line how many, and what the rider collected, in whole taka. The
    others come back (`receive_return` takes them in); their sale is reversed at once, the delivery charge stays."""

    action = "deliver_part"
    lines: Annotated[tuple[KeptLine, ...], Field(strict=False, min_length=1, max_length=200)]
    collected_poisha: Annotated[int, Field(ge=0, le=MOST_POISHA)]
    note: Words = ""


class SayCollects(Command):
    """What the rider collects, in whole taka: of a parcel on its way what the courier was told now, of a delivered
    one what was taken at the door. What is above the due is due back to the customer when it is delivered."""

    action = "say_collects"
    collects_poisha: Annotated[int, Field(ge=0, le=MOST_POISHA)]
    note: Words = ""


class LowerCod(Command):
    """The rider collects less than was agreed, in whole taka: the difference is a discount, for a reason. The courier
    is told by its API where that can be, else by somebody, in words that a case holds."""

    action = "lower_cod"
    collects_poisha: Annotated[int, Field(ge=0, le=MOST_POISHA)]
    reason: Reason
