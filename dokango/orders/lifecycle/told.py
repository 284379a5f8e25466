"""What a program says of a parcel when it ships an order: other words than the order's, and what the rider collects."""

from __future__ import annotations

from dokango.couriers import manual
from dokango.couriers.kind import parcel_limits
from dokango.couriers.kind.base import Parcel
from dokango.couriers.kind.parcel_limits import collectable
from dokango.errors import InvalidInput
from dokango.money import POISHA_PER_TAKA, taka
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.commands import Ship
from dokango.people.phones import normalise_phone

# What a parcel calls the fields of the command: its sentences are said under the names that were asked by.
ASKED_AS = {
    "recipient_name": "name",
    "recipient_phone": "phone",
    "recipient_address": "address",
    "collects": "cod_poisha",
}
_PARCEL_HAS = {"name": "recipient_name", "phone": "recipient_phone", "address": "recipient_address"}
_GIVEN = ("cod_poisha", "note", "name", "phone", "alternative_phone", "address", "weight_g", "hub_pickup", "areas")


def given_of(command: Ship) -> dict[str, object]:
    """What the command says, by the names of a parcel's fields; phones as they are kept.

    Raises InvalidInput for what is no phone, and for an amount that is not whole taka: riders carry no coins.
    """
    given = {name: value for name in _GIVEN if (value := getattr(command, name)) is not None}
    wrong: dict[str, str] = {}
    for name in ("phone", "alternative_phone"):
        try:
            given |= {name: normalise_phone(str(given[name]), name)} if given.get(name) else {}
        except InvalidInput as error:
            wrong |= error.fields
    if (command.cod_poisha or 0) % POISHA_PER_TAKA:
        near = collectable(command.cod_poisha or 0)
        wrong["cod_poisha"] = f"Riders collect whole taka. Say {near} for {taka(near)}."
    if wrong:
        raise InvalidInput(wrong)
    return {_PARCEL_HAS.get(name, name): value for name, value in given.items()}


def told_by_hand(order: OrderRow, command: Ship) -> tuple[int, dict[str, object]]:
    """What a courier without an API is told: the amount to collect in poisha, and what was said beside it.

    Raises InvalidInput under the command's names.
    """
    given = given_of(command)
    parcel = Parcel(
        f"manual-{order.number}",
        str(given.get("recipient_name", order.name)),
        str(given.get("recipient_phone", order.phone)),
        str(given.get("recipient_address", order.address_line)),
        collectable(order.due_poisha) if command.cod_poisha is None else command.cod_poisha,
        note=command.note or "",
    )
    errors = parcel_limits.check(parcel, manual.LIMITS).errors
    named = {field: sentence for field, sentence in errors.items() if field in given}
    if named:
        raise InvalidInput(as_asked(named))
    return parcel.cod_poisha, {name: value for name, value in given.items() if name not in ("cod_poisha", "areas")}


def as_asked(fields: dict[str, str]) -> dict[str, str]:
    """Sentences about a parcel under the command's names."""
    return {ASKED_AS.get(field, field): sentence for field, sentence in fields.items()}
