"""What people do at the shelf: receive goods at a cost, and count them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from pydantic import ConfigDict, Field
from sqlalchemy import bindparam, select

from dokango import audit
from dokango.catalogue.models import Variant
from dokango.clock import Clock
from dokango.db import Tx, table_of, typed
from dokango.errors import InvalidInput
from dokango.ledger import accounts
from dokango.ledger.entries import Happening, NewPosting, post
from dokango.money import MOST_POISHA
from dokango.payments.methods import pockets
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango.stock.levels import Move, Moved, move_all

MOST_UNITS = 1_000_000

_V = table_of(Variant)


class _Named(NamedTuple):
    id: int
    sku: str
    title: str
    tracks_stock: int


_BY_SKU = typed(_Named, select(_V.c.id, _V.c.sku, _V.c.title, _V.c.tracks_stock).where(_V.c.sku == bindparam("sku")))

_STRICT = ConfigDict(strict=True, extra="forbid", frozen=True)
Sku = Annotated[str, Field(min_length=1, max_length=120)]


class ReceivedLine(PlainModel):
    """So many of a SKU, at so much each."""

    model_config = _STRICT
    sku: Sku
    quantity: int = Field(ge=1, le=MOST_UNITS)
    unit_cost_poisha: int = Field(ge=0, le=MOST_POISHA // MOST_UNITS)


class Receipt(PlainModel):
    """Goods from a supplier, owed to them or paid from one of our pockets."""

    model_config = _STRICT
    lines: tuple[ReceivedLine, ...] = Field(min_length=1, max_length=500, strict=False)
    supplier: str = Field(default="", max_length=120)
    reference: str = Field(default="", max_length=120)
    paid_from: str | None = None


class CountedLine(PlainModel):
    """What was found of a SKU."""

    model_config = _STRICT
    sku: Sku
    counted: int = Field(ge=0, le=MOST_UNITS)


class Count(PlainModel):
    """A count of the shelf, with the reason for it."""

    model_config = _STRICT
    lines: tuple[CountedLine, ...] = Field(min_length=1, max_length=500, strict=False)
    reason: str = Field(min_length=1, max_length=300)


def receive(tx: Tx, actor: Actor, clock: Clock, receipt: Receipt, *, key: str) -> int:
    """Take goods in: on hand and value grow, the supplier (or a pocket) is credited. Returns the event's id.

    `key` names this receipt; raises InvalidInput for an unknown SKU or pocket, NotAllowed.
    """
    actor.require(Permission.RECEIVE_STOCK)
    credit = _paid_from(receipt.paid_from)
    variants = _tracked(tx, [line.sku for line in receipt.lines])
    moves = [
        Move(variants[line.sku], "received", line.quantity, line.quantity * line.unit_cost_poisha, sku=line.sku)
        for line in receipt.lines
    ]
    note = " · ".join(part for part in (receipt.supplier, receipt.reference) if part)
    happening = _open(tx, actor, clock, "receive_stock", key, note)
    cost = sum(moved.value_delta_poisha for moved in move_all(tx, happening, moves))
    post(tx, happening, [NewPosting(accounts.INVENTORY, credit, cost)])
    return happening.event_id


def count(tx: Tx, actor: Actor, clock: Clock, counted: Count, *, key: str) -> int:
    """Set levels to what was found: what is missing is written off, what is over reduces the write-offs.

    Raises Refused when fewer were found than are promised to orders, InvalidInput for an unknown or repeated SKU.
    """
    actor.require(Permission.COUNT_STOCK)
    skus = [line.sku for line in counted.lines]
    if len(set(skus)) < len(skus):
        raise InvalidInput({"lines": "A SKU stands twice in this count. Count each once."})
    variants = _tracked(tx, skus)
    moves = [Move(variants[line.sku], "counted", line.counted, sku=line.sku) for line in counted.lines]
    happening = _open(tx, actor, clock, "count_stock", key, counted.reason)
    post(tx, happening, _count_postings(move_all(tx, happening, moves)))
    return happening.event_id


def _paid_from(key: str | None) -> str:
    """The account that pays for goods: a pocket's, or what is owed to suppliers."""
    if key is None:
        return accounts.PAYABLE_SUPPLIERS
    pocket = pockets().get(key.removeprefix("cash:"))  # the account's name is as good as the pocket's
    if pocket is None:
        known = ", ".join(pockets())
        raise InvalidInput({"paid_from": f"Pay from one of {known}, or leave it out to owe the supplier."})
    return pocket.account


def _count_postings(moved: Sequence[Moved]) -> list[NewPosting]:
    lost = sum(-m.value_delta_poisha for m in moved if m.value_delta_poisha < 0)
    found = sum(m.value_delta_poisha for m in moved if m.value_delta_poisha > 0)
    return [
        NewPosting(accounts.WRITE_OFF, accounts.INVENTORY, lost),
        NewPosting(accounts.INVENTORY, accounts.WRITE_OFF, found),
    ]


def _open(tx: Tx, actor: Actor, clock: Clock, action: str, key: str, note: str) -> Happening:
    now_us = clock.now_us()
    event_key = f"{action}/{key}"
    event_id = audit.record(
        tx, key=event_key, action=action, actor=actor.name, actor_kind=actor.kind, now_us=now_us, note=note
    )
    return Happening(event_id, event_key, None, now_us, now_us)


def _tracked(tx: Tx, skus: Sequence[str]) -> dict[str, int]:
    """SKU → variant id; raises InvalidInput naming each line that cannot be stocked."""
    found: dict[str, int] = {}
    wrong: dict[str, str] = {}
    for position, sku in enumerate(skus):
        row = tx.one(_BY_SKU, sku=sku)
        if row is None:
            wrong[f"lines.{position}.sku"] = f"There is no SKU {sku}. Check its spelling, or add the product first."
        elif not row.tracks_stock:
            wrong[f"lines.{position}.sku"] = f"{sku} is sold without stock, so none can be received or counted."
        else:
            found[sku] = row.id
    if wrong:
        raise InvalidInput(wrong)
    return found
