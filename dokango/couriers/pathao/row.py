"""Pathao's row in COURIERS."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from dokango.clock import US_PER_S, Clock, day_of, day_start_us
from dokango.couriers.kind import SECOND_PHONE, WEIGHT, CaseRule, CourierKind, Keys, Practice
from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.base import ParcelName
from dokango.couriers.pathao.client import Pathao
from dokango.couriers.pathao.keys import FIELDS, KEY, NAME, PATHS, pathao_keys
from dokango.couriers.pathao.practice.app import open_practice
from dokango.couriers.pathao.tariff import TARIFF
from dokango.couriers.pathao.webhook import WEBHOOK
from dokango.couriers.practice.server import PracticeServer

# What a rider came away with; a parcel that is lost, partly delivered or never picked up is settled otherwise.
ANSWERED_THERE = frozenset(
    ("refused", "not_home", "no_answer", "address", "another_day", "held_at_hub", "unknown", "noted")
)
ANSWER_HOUR = 18


def _open_practice(file: Path | None, clock: Clock, keys: Keys) -> PracticeServer:
    return open_practice(file, clock, pathao_keys(keys))


def answer_by(kind: str, opened_us: int) -> int | None:
    """Until 18:00 of the next day the merchant says in the panel what becomes of a parcel marked for return."""
    if kind not in ANSWERED_THERE:
        return None
    return day_start_us(day_of(opened_us) + timedelta(days=1)) + ANSWER_HOUR * 3_600 * US_PER_S


def _words(parcel: ParcelName, answer: str) -> str:
    return f"Consignment {parcel.consignment_id} (order {parcel.invoice}): {answer}"


PATHAO = CourierKind(
    KEY,
    NAME,
    connect=lambda line, keys: Pathao(pathao_keys(keys), line),
    fields=FIELDS,
    keys_hint=(
        "Client id and secret from Pathao's merchant panel, under Developers API. Secrets are kept encrypted and never "
        "shown again."
    ),
    can=frozenset((Can.AREAS, Can.PRICE)),
    takes=frozenset((SECOND_PHONE, WEIGHT)),
    webhook=WEBHOOK,
    practice=Practice(f"http://practice-pathao{PATHS}", "practice-pathao.sqlite3", _open_practice),
    tariff=TARIFF,
    sent_labels={
        "merchant_order_id": "Parcel name",
        "recipient_name": "Recipient",
        "recipient_phone": "Phone",
        "recipient_address": "Address",
        "amount_to_collect": "Rider collects (৳)",
        "item_weight": "Weight (kg)",
        "special_instruction": "Note",
        "item_description": "Items",
    },
    cases=CaseRule(
        answer_by, panel="Pathao's merchant panel, under Return Requested", words=_words, stops_returns=True
    ),
)
