"""Couriers without an API: staff write down who took the parcel and, when there is one, the tracking code."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.couriers.kind import SECOND_PHONE, CourierKind
from dokango.couriers.kind.parcel_limits import Limits
from dokango.errors import InvalidInput
from dokango.money import MOST_POISHA
from dokango.text import plain

KEY = "manual"
MANUAL = CourierKind(
    KEY,
    "Another courier",
    takes=frozenset({SECOND_PHONE}),
    sent_labels={
        "recipient_name": "Recipient",
        "recipient_phone": "Phone",
        "alternative_phone": "Second phone",
        "recipient_address": "Address",
        "note": "Note",
        "weight_g": "Weight (g)",
        "hub_pickup": "Collected at a hub",
    },
)
LIMITS = Limits(
    invoice=100, name=100, address=490, address_warn=250, note=480, description=255, cod_poisha=MOST_POISHA
)  # fmt: skip
LONGEST_CARRIER = 60
LONGEST_CODE = 80


@dataclass(frozen=True, slots=True)
class ManualHandover:
    """Who took the parcel; `carrier` names the ledger's account as well."""

    carrier: str
    tracking_code: str


def handover(carrier: str, tracking_code: str = "") -> ManualHandover:
    """Check what staff typed; raises InvalidInput with a sentence a field."""
    errors: dict[str, str] = {}
    carrier, code = plain(carrier), plain(tracking_code)
    if not carrier:
        errors["carrier"] = "Say who takes the parcel, for example Sundarban or own rider."
    elif len(carrier) > LONGEST_CARRIER:
        errors["carrier"] = f"The carrier's name may have up to {LONGEST_CARRIER} characters."
    if len(code) > LONGEST_CODE:
        errors["tracking_code"] = f"The tracking code may have up to {LONGEST_CODE} characters."
    if errors:
        raise InvalidInput(errors)
    return ManualHandover(carrier, code)
