"""One payment of a wallet for several orders of one buyer: each gets its part, the rest is kept as credit or nobody's.

All of it happens in one transaction, or nothing; the TrxID is taken once, and by no single order.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal, NamedTuple

from pydantic import ConfigDict, Field

from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.money import MOST_POISHA
from dokango.orders.book import rows
from dokango.orders.lifecycle.commands import VerifyPayment
from dokango.orders.lifecycle.perform import Context, Done, perform
from dokango.payments import evidence
from dokango.payments.nobodys import By, KeepForCustomer, keep_for_customer
from dokango.payments.parts import standing
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel

MOST_PARTS = 20


class Part(PlainModel):
    """What of the payment one order gets; `version` is the order's as it was seen."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)
    order: Annotated[str, Field(min_length=1, max_length=20)]
    amount_poisha: Annotated[int, Field(ge=1, le=MOST_POISHA)]
    version: int | None = None


class SharePayment(PlainModel):
    """The parts of a payment, and what becomes of the rest: it stays nobody's, or is the buyer's credit."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    parts: Annotated[tuple[Part, ...], Field(strict=False, min_length=1, max_length=MOST_PARTS)]
    rest: Literal["nobodys", "credit"] = "nobodys"


class Shared(NamedTuple):
    """Each order as its part left it, and what of the rest became credit, in poisha."""

    orders: tuple[Done, ...]
    credit_poisha: int


def share_payment(tx: Tx, context: Context, evidence_id: int, form: SharePayment) -> Shared:
    """Book the parts of a wallet's line. Raises what verifying a payment raises, and NothingLeft for too much."""
    context.actor.require(Permission.VERIFY_PAYMENT)
    line = evidence.by_id(tx, evidence_id)
    phone = _one_buyer(tx, form)
    done = []
    for part in sorted(form.parts, key=lambda part: part.order):
        command = VerifyPayment(
            method=line.method, transaction_id=line.trx_id, amount_poisha=part.amount_poisha, part=True,
            sender=line.sender if len(line.sender) == len(phone) else None,
        )  # fmt: skip
        done.append(perform(tx, replace(context, version=part.version), part.order, command))
    stands = standing(tx, line.method, line.trx_id)
    credit = 0
    if form.rest == "credit" and stands is not None and stands.left_poisha:
        by = By(context.actor, context.clock)
        credit = keep_for_customer(tx, by, evidence_id, KeepForCustomer(phone=phone)).amount_poisha
    return Shared(tuple(done), credit)


def _one_buyer(tx: Tx, form: SharePayment) -> str:
    """The phone of the orders' one buyer. Raises InvalidInput for an order named twice, or of another buyer."""
    first = rows.by_number(tx, form.parts[0].order)
    seen: set[str] = set()
    for position, part in enumerate(form.parts):
        order = rows.by_number(tx, part.order)
        if order.number in seen:
            raise InvalidInput({f"parts.{position}.order": f"Order #{order.number} is named twice."})
        if order.phone != first.phone:
            raise InvalidInput(
                {f"parts.{position}.order": f"Order #{order.number} is another buyer's: {order.name}. One payment is "
                 "shared by the orders of one buyer."}
            )  # fmt: skip
        seen.add(order.number)
    return first.phone
