"""An order as it is asked for: strict shapes, in which nothing stands that the server knows itself (prices, totals)."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from dokango.orders.lifecycle.commands.command import MOST_LINES as MOST_LINES
from dokango.plain_model import PlainModel

MOST_OF_ONE = 1_000

_STRICT = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)


class Buyer(PlainModel):
    """Who orders."""

    model_config = _STRICT
    name: Annotated[str, Field(min_length=1, max_length=100)]
    phone: Annotated[str, Field(min_length=1, max_length=40)]
    email: Annotated[str, Field(max_length=200)] | None = None


class Address(PlainModel):
    """Where it goes."""

    model_config = _STRICT
    MANY_LINES = frozenset(("line",))
    line: Annotated[str, Field(min_length=3, max_length=400)]
    area: Annotated[str, Field(max_length=100)] = ""
    city: Annotated[str, Field(max_length=100)] = ""
    district: Annotated[str, Field(min_length=1, max_length=60)]


class WantedLine(PlainModel):
    """So many of a SKU. The price is the server's."""

    model_config = _STRICT
    sku: Annotated[str, Field(min_length=1, max_length=120)]
    quantity: Annotated[int, Field(ge=1, le=MOST_OF_ONE)]


class PaymentChoice(PlainModel):
    """How it will be paid; a wallet's TrxID may come now or later, also that of what is asked in advance."""

    model_config = _STRICT
    method: Annotated[str, Field(max_length=40)]
    advance_by: Annotated[
        str | None,
        Field(max_length=40, description="Of an order paid on delivery: the wallet whose TrxID this is."),
    ] = None
    transaction_id: Annotated[str, Field(max_length=80)] | None = None
    sender: Annotated[str, Field(max_length=40)] | None = None


class Expected(PlainModel):
    """What was on the screen when it was asked for; where it is another now, nothing is placed (409)."""

    model_config = _STRICT
    total_poisha: Annotated[int, Field(ge=0)] | None = None
    advance_poisha: Annotated[int, Field(ge=0)] | None = None


class PlaceOrder(PlainModel):
    """An order as it is asked for."""

    model_config = _STRICT
    MANY_LINES = frozenset(("note",))
    customer: Buyer
    address: Address
    lines: Annotated[tuple[WantedLine, ...], Field(min_length=1, max_length=MOST_LINES, strict=False)]
    payment: PaymentChoice
    note: Annotated[str, Field(max_length=1_000)] | None = None
    without_advance: Annotated[
        str | None,
        Field(min_length=1, max_length=300, description="Why nothing is asked in advance, although the rule asks."),
    ] = None
    expected: Expected = Expected()
