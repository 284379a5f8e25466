"""Steadfast's row in COURIERS."""

from __future__ import annotations

from pathlib import Path

from dokango.clock import Clock
from dokango.couriers.kind import EMAIL, HUB, SECOND_PHONE, CaseRule, CourierKind, Keys, Practice
from dokango.couriers.kind.abilities import Can
from dokango.couriers.practice.server import PracticeServer
from dokango.couriers.steadfast.client import Steadfast
from dokango.couriers.steadfast.keys import FIELDS, KEY, NAME, steadfast_keys
from dokango.couriers.steadfast.practice.app import open_practice_courier
from dokango.couriers.steadfast.tariff import TARIFF
from dokango.couriers.steadfast.webhook import WEBHOOK


def _open_practice(file: Path | None, clock: Clock, keys: Keys) -> PracticeServer:
    return open_practice_courier(file, clock, keys.get("api_key", ""), keys.get("secret_key", ""))


STEADFAST = CourierKind(
    KEY,
    NAME,
    connect=lambda line, keys: Steadfast(steadfast_keys(keys), line),
    fields=FIELDS,
    keys_hint="Both from Steadfast's panel, under API. They are kept encrypted and never shown again.",
    can=frozenset(
        (
            Can.BOOK_MANY,
            Can.FIND_BOOKING,
            Can.REFUSE_REPEATS,
            Can.ASK_BACK,
            Can.FOLLOW_ASKS,
            Can.BALANCE,
            Can.PAYOUTS,
            Can.POLICE_STATIONS,
            Can.BUYER_RECORD,
            Can.TELL_WAY,
        )
    ),
    takes=frozenset((SECOND_PHONE, EMAIL, HUB)),
    webhook=WEBHOOK,
    cases=CaseRule(phone="09678045045"),
    practice=Practice("http://practice-courier/api/v1", "practice-courier.sqlite3", _open_practice),
    tariff=TARIFF,
    sent_labels={
        "invoice": "Parcel name",
        "recipient_name": "Recipient",
        "recipient_phone": "Phone",
        "alternative_phone": "Second phone",
        "recipient_email": "E-mail",
        "recipient_address": "Address",
        "cod_amount": "Rider collects (৳)",
        "note": "Note",
        "item_description": "Items",
        "delivery_type": "Collected at a hub (1) or delivered (0)",
    },
)
