"""What can be changed of an order until it is shipped: all of it, each part as it should be from now on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dokango.money import MOST_POISHA
from dokango.orders.lifecycle.commands.command import MOST_LINES, Command, Quantity, Words
from dokango.plain_model import PlainModel

Off = Annotated[int | None, Field(ge=0, le=MOST_POISHA, description="Off, in poisha. Left out, it stays as it is.")]
PerCent = Annotated[int | None, Field(ge=0, le=100, description="Off, in per cent of it; instead of an amount.")]
UnitPrice = Annotated[int | None, Field(ge=0, le=MOST_POISHA, description="Left out: as sold; of a new item today's.")]
ShortText = Annotated[str, Field(max_length=100)]


class EditedLine(PlainModel):
    """One SKU as it should be: so many, at this price, with this off the line."""

    model_config = Command.model_config
    sku: Annotated[str, Field(min_length=1, max_length=120)]
    quantity: Quantity
    unit_price_poisha: UnitPrice = None
    discount_poisha: Off = None
    discount_percent: PerCent = None


class Edit(Command):
    """Change an order until it is shipped. What is left out stays. `lines` are all its lines from then on: what is not
    named is taken out. Another price or discount wants a `reason`.

    Goods are reserved and free again by the difference (409 with `items` when something is short), what is due or due
    back follows, and the customer is told what changed. A packed order whose lines change is packed anew.
    """

    action = "edit"
    MANY_LINES = frozenset(("reason", "note", "line"))
    lines: Annotated[tuple[EditedLine, ...] | None, Field(strict=False, min_length=1, max_length=MOST_LINES)] = None
    discount_poisha: Off = None
    discount_percent: PerCent = None
    delivery_poisha: Annotated[int | None, Field(ge=0, le=MOST_POISHA)] = None
    payment_method: Annotated[str | None, Field(max_length=40)] = None
    name: Annotated[str | None, Field(min_length=1, max_length=100)] = None
    phone: Annotated[str | None, Field(max_length=40)] = None
    line: Annotated[str | None, Field(min_length=1, max_length=400)] = None
    area: ShortText | None = None
    city: ShortText | None = None
    district: Annotated[str | None, Field(max_length=60)] = None
    note: Annotated[str | None, Field(max_length=1_000)] = None
    reason: Words = ""
    answers_wish: Annotated[Literal["whole", "part"] | None, Field(
        description="This does what the customer asked for, or a part of it. Left out, that waits on.",
    )] = None  # fmt: skip
