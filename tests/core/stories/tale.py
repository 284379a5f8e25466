"""One order of a story: what was agreed, what its parcels really did, and what people say of it when they are asked."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import COURIERS, account_part
from dokango.orders import Done
from dokango.orders.book.rows import OrderRow
from tests.core.stories.reckoning import Reckoned
from tests.core.stories.vocabulary import BACK, DELIVERED, LOST, PART
from tests.small_shop import SHELF

CUSTOMER_HAS_IT, HERE, GONE, IN_PART, OUT = "the customer has it", "it is here", "it is gone", "a part", "out"
_WHERE = {DELIVERED: CUSTOMER_HAS_IT, BACK: HERE, LOST: GONE, PART: IN_PART}


@dataclass
class Journey:
    """One real parcel: the words still to come, and how it ends."""

    consignment_id: str
    end: str
    words: list[str]
    phone: str = ""
    ended: bool = False
    turned: bool = False  # it was thought over where it goes since another parcel took over

    @property
    def where(self) -> str:
        """Where it really is."""
        return _WHERE[self.end] if self.ended else OUT


@dataclass
class Tale:
    """An order. What people answer about it is decided once: asked again after a kill they say the same."""

    order: Done
    courier: str
    lines: dict[str, int]
    phone: str
    is_cod: bool
    chance: random.Random
    said: dict[str, Any] = field(default_factory=dict)

    def answer(self, question: str, possible: list[Any]) -> Any:
        """The same each time it is asked."""
        if question not in self.said:
            self.said[question] = self.chance.choice(possible)
        return self.said[question]

    def kept(self, question: str) -> dict[str, int]:
        """How many of each SKU a customer keeps of it: some, not all where that can be."""
        if question not in self.said:
            kept = {sku: self.chance.randint(0, units) for sku, units in self.lines.items()}
            if not any(kept.values()):
                kept[next(iter(kept))] = 1
            self.said[question] = kept
        found: dict[str, int] = self.said[question]
        return found

    def collected_in_part(self, order: OrderRow) -> int:
        """What the rider takes for what is kept, in poisha."""
        if "collected" not in self.said:
            price = sum(SHELF[sku][1] * units for sku, units in self.kept("kept").items()) + order.delivery_poisha
            self.said["collected"] = max(0, price - (order.total_poisha - order.due_poisha))
        return int(self.said["collected"])

    def found(self, question: str) -> dict[str, str]:
        """In which condition each SKU of it comes back."""
        if question not in self.said:
            self.said[question] = {
                sku: self.chance.choice(["resell", "resell", "damaged", "missing", "wrong"]) for sku in self.lines
            }
        found: dict[str, str] = self.said[question]
        return found

    def reckoned(self, events: list[tuple[str, dict[str, Any]]], delivery: int, parcel: ParcelRow | None) -> Reckoned:
        """What books and shelf must say, from the bare steps that the order took, in their order, and what was said."""
        model = Reckoned(self.lines, delivery, _account_part(self, parcel))
        model.took = parcel.cod_poisha if parcel is not None else None
        tries = 0
        for action, data in events:
            if action == "send_again":
                tries += 1
            _STEPS.get(action, _nothing)(self, model, data, tries)
        return model


def _account_part(tale: Tale, parcel: ParcelRow | None) -> str:
    return account_part(parcel.courier, parcel.carrier) if parcel is not None else tale.courier


def _verify(tale: Tale, model: Reckoned, data: dict[str, Any], tries: int) -> None:
    model.verify_payment(int(tale.said["early"]) if tale.is_cod else model.due)


def _paid_out(tale: Tale, model: Reckoned, data: dict[str, Any], tries: int) -> None:
    held, charge = model.books[model.holder], int(data.get("charge_poisha") or 0)
    model.is_paid_oddly = model.is_paid_oddly or tale.said.get("paid out", held) != held
    model.pay_out(held - charge, charge)


def _nothing(tale: Tale, model: Reckoned, data: dict[str, Any], tries: int) -> None:
    """The step moves neither money nor goods."""


def _delivered(tale: Tale, model: Reckoned, data: dict[str, Any], tries: int) -> None:
    if data["by"] == COURIERS[tale.courier].name:  # its own word: it has the cash, whoever else had a parcel
        model.courier, model.carrier = tale.courier, str(data["by"])
    if model.ships > 1 and model.took is not None:  # of several parcels only what this one's rider was told counts
        model.told[model.carrier] = model.took
    model.deliver()


def _part(tale: Tale, model: Reckoned, data: dict[str, Any], tries: int) -> None:
    model.deliver_part(tale.kept("kept"), tale.said["collected"])


def _back(tale: Tale, model: Reckoned, data: dict[str, Any], tries: int) -> None:
    if model.collected_part is not None:
        away = {sku: units - tale.kept("kept")[sku] for sku, units in tale.lines.items()}
        if not tale.said["rest fit"]:
            model.lose(away)
        return
    model.come_back()
    if tale.said[f"look later {tries}"] == "now" and not tale.said[f"fit {tries}"]:
        model.lose(tale.lines)


def _inspected(tale: Tale, model: Reckoned, data: dict[str, Any], tries: int) -> None:
    conditions = tale.found(f"found {tries}")
    model.lose({sku: units for sku, units in tale.lines.items() if conditions[sku] != "resell"})


def _lost(tale: Tale, model: Reckoned, data: dict[str, Any], tries: int) -> None:
    model.come_back()
    model.lose(tale.lines)


_STEPS = {
    "place": lambda tale, model, data, tries: model.place(),
    "verify_payment": _verify,
    "ship": lambda tale, model, data, tries: model.ship(str(data["carrier"])),
    "deliver": _delivered,
    "deliver_part": _part,
    "receive_return": _back,
    "inspect": _inspected,
    "lose_parcel": _lost,
    "send_again": lambda tale, model, data, tries: model.send_again(),
    "pay_out": _paid_out,
    "refund": lambda tale, model, data, tries: model.refund_paid(int(data["amount_poisha"])),
}
