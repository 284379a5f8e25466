"""RedX's row in COURIERS."""

from __future__ import annotations

from pathlib import Path

from dokango.clock import Clock
from dokango.couriers.kind import WEIGHT, CaseRule, CourierKind, Keys, Practice
from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.base import ParcelName
from dokango.couriers.practice.server import PracticeServer
from dokango.couriers.redx.client import RedX
from dokango.couriers.redx.keys import FIELDS, KEY, NAME, PATHS, redx_keys
from dokango.couriers.redx.practice.app import open_practice
from dokango.couriers.redx.tariff import TARIFF
from dokango.couriers.redx.webhook import WEBHOOK


def _open_practice(file: Path | None, clock: Clock, keys: Keys) -> PracticeServer:
    return open_practice(file, clock, redx_keys(keys))


def _words(parcel: ParcelName, answer: str) -> str:
    return f"Parcel {parcel.consignment_id} (invoice {parcel.invoice}): {answer}"


REDX = CourierKind(
    KEY,
    NAME,
    connect=lambda line, keys: RedX(redx_keys(keys), line),
    fields=FIELDS,
    keys_hint=(
        "The access token from RedX's merchant panel, for developers; the sandbox has its own. Tokens are kept "
        "encrypted and never shown again."
    ),
    can=frozenset((Can.AREAS, Can.CANCEL, Can.CHANGE, Can.PRICE, Can.TELL_WAY)),
    takes=frozenset((WEIGHT,)),
    changes=frozenset(("recipient_address",)),  # the only property beside the status that the contract names
    webhook=WEBHOOK,
    practice=Practice(f"http://practice-redx{PATHS}", "practice-redx.sqlite3", _open_practice),
    tariff=TARIFF,
    sent_labels={
        "merchant_invoice_id": "Parcel name",
        "customer_name": "Recipient",
        "customer_phone": "Phone",
        "customer_address": "Address",
        "delivery_area": "Area",
        "cash_collection_amount": "Rider collects (৳)",
        "parcel_weight": "Weight (g)",
        "value": "Worth (৳)",
        "instruction": "Note",
    },
    cases=CaseRule(panel="RedX's merchant panel", words=_words),
)
