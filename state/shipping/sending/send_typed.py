"""What the dialogs that send parcels hold, read: of one parcel every field, of many what is the same for all."""

from __future__ import annotations

from collections.abc import Mapping

from dokango.errors import InvalidInput
from dokango.money import parse_taka, typed_taka
from dokango.numbers import whole_number
from dokango.orders.lifecycle.commands import MOST_GRAMS
from dokango.orders.parcels.draft import Draft, ParcelEdits
from state.kit.form import Typed
from state.shipping.sending.area_text import AREA
from state.shipping.sending.drafting import kind_of

FIELDS = (
    "recipient_name", "recipient_phone", "recipient_address", "collects", "note", "item_description",
    "alternative_phone", "recipient_email", "weight", "delivery", "tracking_code",
)  # fmt: skip
HOME, HUB = "home", "hub"  # where the customer gets it
DELIVERIES = ((HOME, "To the door"), (HUB, "Collected at the courier's hub"))
EMAILS = (("no", "No"), ("yes", "Yes, of those who gave one"))
FOR_ALL = {"delivery": HOME, "weight": "", "emails": "no"}
LONGEST_AREA = 60


def taken_by(courier: str) -> list[str]:
    """The fields beside those of every parcel that a courier has a use for."""
    return sorted(kind_of(courier).takes)


def values_of(drafted: Draft) -> dict[str, str]:
    """The dialog's fields, filled; the customer's e-mail goes to a courier only when somebody says so."""
    parcel = drafted.parcel
    return {
        "recipient_name": parcel.recipient_name,
        "recipient_phone": parcel.recipient_phone,
        "recipient_address": parcel.recipient_address,
        "collects": typed_taka(parcel.cod_poisha),
        "note": parcel.note,
        "item_description": parcel.item_description,
        "alternative_phone": parcel.alternative_phone,
        "recipient_email": parcel.recipient_email,
        "weight": str(parcel.weight_g or ""),
        "delivery": HUB if parcel.hub_pickup else HOME,
        "tracking_code": "",
    }


def edits_of(values: Mapping[str, str], areas: dict[str, str]) -> ParcelEdits:
    """What the fields hold; raises InvalidInput for an amount or a weight that is none."""
    return ParcelEdits(
        recipient_name=values["recipient_name"],
        recipient_phone=values["recipient_phone"],
        recipient_address=values["recipient_address"],
        cod_poisha=parse_taka(values["collects"] or "0", "collects"),
        note=values["note"],
        item_description=values["item_description"],
        alternative_phone=values["alternative_phone"],
        recipient_email=values["recipient_email"],
        weight_g=_grams(values["weight"]),
        hub_pickup=values["delivery"] == HUB,
        areas=areas or None,
    )


def edits_for_all(values: Mapping[str, str]) -> ParcelEdits:
    """What is the same for many parcels; raises InvalidInput for a weight that is none."""
    return ParcelEdits(
        weight_g=_grams(values["weight"]), hub_pickup=values["delivery"] == HUB, tell_email=values["emails"] == "yes"
    )


def areas_typed(typed: Typed) -> dict[str, str]:
    """The places as the form shows them, guessed ones too: what was seen is what is sent."""
    found = {name.removeprefix(AREA): place for name, place in typed.items() if name.startswith(AREA)}
    return {name: place[:LONGEST_AREA] for name, place in found.items()}


def _grams(typed: str) -> int | None:
    try:
        return whole_number(typed, "weight", 1, MOST_GRAMS) if typed else None
    except InvalidInput as error:
        raise InvalidInput(
            {"weight": f"The weight in grams, 1 to {MOST_GRAMS:,}; empty where nobody knows."}
        ) from error
