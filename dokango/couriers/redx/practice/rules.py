"""What POST /parcel accepts, as the contract has it: numbers as such and as text, a sentence for each wrong one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dokango.couriers.line import reading
from dokango.couriers.redx.practice import places

_PHONE = re.compile(r"01[0-9]{9}")
MOST_AMOUNT, MOST_WEIGHT_G = 10_000_000, 100_000
Errors = dict[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A parcel as it will be kept."""

    merchant_invoice_id: str
    customer_name: str
    customer_phone: str
    customer_address: str
    delivery_area: str
    delivery_area_id: int
    pickup_store_id: int
    cash_collection_amount: int
    parcel_weight: int
    value: str
    charge: int
    instruction: str


def read_parcel(body: object, stores: set[int], *, name_must_match: bool) -> tuple[Wanted, Errors]:
    """What was asked, and what is wrong with it by field."""
    given, errors = reading.mapping(body), Errors()
    names = ("customer_name", "customer_address", "delivery_area")
    texts = {name: reading.text(given.get(name), 1_000).strip() for name in names}
    errors |= {name: f"{name} is required" for name, words in texts.items() if not words}
    phone = reading.text(given.get("customer_phone"))
    if not _PHONE.fullmatch(phone):
        errors["customer_phone"] = "customer_phone must be 11 digits and begin with 01"
    area_id = _whole(given, "delivery_area_id", 1, 10**9, errors)
    place = places.AREAS.get(area_id)
    if place is None:
        errors.setdefault("delivery_area_id", "delivery_area_id is not valid")
    elif name_must_match and texts["delivery_area"] != place.name:
        errors.setdefault("delivery_area", "delivery_area does not match delivery_area_id")
    weight = _whole(given, "parcel_weight", 1, MOST_WEIGHT_G, errors)
    value = _whole(given, "value", 0, MOST_AMOUNT, errors)
    store = _store(given, stores, errors)
    if str(given.get("is_closed_box", "false")).lower() not in ("true", "false"):
        errors["is_closed_box"] = "is_closed_box must be a boolean"
    return Wanted(
        reading.text(given.get("merchant_invoice_id")), texts["customer_name"], phone, texts["customer_address"],
        texts["delivery_area"], area_id, store, _whole(given, "cash_collection_amount", 0, MOST_AMOUNT, errors), weight,
        str(value), places.charge_of(place.zone if place else 7, weight), reading.text(given.get("instruction"), 1_000),
    ), errors  # fmt: skip


def _store(given: reading.Json, stores: set[int], errors: Errors) -> int:
    if given.get("pickup_store_id") in (None, ""):
        return min(stores)
    store = _whole(given, "pickup_store_id", 1, 10**9, errors)
    if store not in stores:
        errors.setdefault("pickup_store_id", "pickup_store_id is not valid")
    return store


def _whole(given: reading.Json, name: str, least: int, most: int, errors: Errors) -> int:
    """A whole number, or text that is one; half a kilogram (0.5) is no number of grams."""
    hundredths = reading.poisha(given.get(name))
    if hundredths is None:
        errors[name] = f"{name} is required"
        return 0
    if hundredths % 100 or not 100 * least <= hundredths <= 100 * most:
        errors[name] = f"{name} must be a whole number between {least} and {most}"
        return 0
    return hundredths // 100
