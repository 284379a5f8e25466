"""What an order's parcel would be: pre-filled from the order, changed by staff, looked over before it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import ConfigDict, Field

from dokango.couriers.area_lists import AreaChoice, choices
from dokango.couriers.kind.areas import Address
from dokango.couriers.kind.base import Checked, Courier, Parcel
from dokango.couriers.kind.parcel_limits import clean, collectable
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.money import MOST_POISHA, taka
from dokango.orders.book.rows import LineRow, OrderRow
from dokango.orders.lifecycle.commands import MOST_GRAMS, Areas, Ship
from dokango.orders.lifecycle.order_says import address_of, note_of, shortened
from dokango.orders.lifecycle.told import given_of
from dokango.people.phones import normalise_phone
from dokango.plain_model import PlainModel

DESCRIPTION_LENGTH = 255
Words = Annotated[str, Field(max_length=2_000)]


class ParcelEdits(PlainModel):
    """What staff changed of the pre-filled parcel; None keeps what the order says."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    MANY_LINES = frozenset(("recipient_address", "note"))
    recipient_name: Words | None = None
    recipient_phone: Words | None = None
    recipient_address: Words | None = None
    cod_poisha: Annotated[int, Field(ge=0, le=MOST_POISHA)] | None = None
    note: Words | None = None
    item_description: Words | None = None
    alternative_phone: Words | None = None
    recipient_email: Words | None = None
    tell_email: bool = False  # of each order its own, where none is said
    weight_g: Annotated[int, Field(ge=1, le=MOST_GRAMS)] | None = None
    hub_pickup: bool | None = None
    areas: Areas | None = None


def edits_of(command: Ship) -> ParcelEdits:
    """What a command says of the parcel; raises InvalidInput under the command's names."""
    return ParcelEdits.model_validate(given_of(command))


@dataclass(frozen=True, slots=True)
class Draft:
    """A parcel ready to be looked at: what stops it, what should be said before, and `sent`, exactly what would go.

    `areas`: the places that the courier wants to be told, with what can be chosen.
    """

    parcel: Parcel
    checked: Checked
    due_poisha: int
    sent: dict[str, object]
    areas: list[AreaChoice] = field(default_factory=list)


def areas_of(tx: Tx, courier: Courier, order: OrderRow, edits: ParcelEdits | None) -> list[AreaChoice]:
    """The places of an order's parcel, by what staff chose, else by its address."""
    return choices(tx, courier, place_of(order), chosen_areas(edits))


def place_of(order: OrderRow) -> Address:
    """Where the order goes."""
    return Address(order.district, order.area, order.city, order.address_line)


def chosen_areas(edits: ParcelEdits | None) -> dict[str, str]:
    """The places that staff chose, by level."""
    return dict(edits.areas or {}) if edits else {}


def parcel_of(
    order: OrderRow,
    lines: tuple[LineRow, ...],
    invoice: str,
    edits: ParcelEdits | None = None,
    areas: Sequence[AreaChoice] = (),
) -> Parcel:
    """The parcel of an order; raises InvalidInput for a phone that is none."""
    changed = edits or ParcelEdits()
    phone = order.phone if changed.recipient_phone is None else changed.recipient_phone
    second = changed.alternative_phone
    return Parcel(
        invoice=invoice,
        recipient_name=_chosen(changed.recipient_name, order.name),
        recipient_phone=normalise_phone(phone, "recipient_phone"),
        recipient_address=_chosen(changed.recipient_address, address_of(order)),
        cod_poisha=order.due_poisha if changed.cod_poisha is None else changed.cod_poisha,
        note=_chosen(changed.note, note_of(order)),
        item_description=_chosen(changed.item_description, describe(lines)),
        alternative_phone=normalise_phone(second, "alternative_phone") if second else "",
        recipient_email=_chosen(changed.recipient_email, order.email if changed.tell_email else ""),
        total_lot=1,
        weight_g=changed.weight_g or 0,
        hub_pickup=bool(changed.hub_pickup),
        value_poisha=order.total_poisha,
        areas={choice.level.name: choice.chosen for choice in areas if choice.chosen is not None},
    )


def look_over(courier: Courier, parcel: Parcel, due_poisha: int) -> Checked:
    """The courier's rules, and what is odd about the money."""
    return looked_over(courier.check(parcel), parcel, due_poisha)


def looked_over(checked: Checked, parcel: Parcel, due_poisha: int) -> Checked:
    """What was found, with what is odd about the money."""
    warnings = dict(checked.warnings)
    if parcel.cod_poisha != due_poisha and "collects" not in checked.errors:
        sent = taka(collectable(parcel.cod_poisha))
        warnings["collects"] = f"The rider will collect {sent}, although {taka(due_poisha)} is due on the order."
    return Checked(checked.errors, warnings)


def require_sendable(checked: Checked) -> None:
    """Raises InvalidInput with a sentence a field when the parcel cannot go as it is."""
    if checked.errors:
        raise InvalidInput(checked.errors)


def describe(lines: tuple[LineRow, ...]) -> str:
    """The items in short: "2 × Jamdani sari (Red), 1 × Honey"."""
    words = [
        f"{line.quantity} × {line.title}" + (f" ({line.variant_title})" if line.variant_title else "") for line in lines
    ]
    return shortened(clean(", ".join(words)), DESCRIPTION_LENGTH)


def _chosen(edited: str | None, own: str) -> str:
    return own if edited is None else edited
