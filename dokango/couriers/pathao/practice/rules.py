"""What POST /orders accepts, as the contract has it: numbers as such and as text, a sentence for each wrong one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from dokango.couriers.line import reading
from dokango.couriers.pathao.practice import places

_PHONE = re.compile(r"01[0-9]{9}")
_TEXTS = {"recipient_name": (3, 100), "recipient_address": (10, 220)}
MOST_AMOUNT = 10_000_000
Errors = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A parcel as it will be kept."""

    store_id: int
    merchant_order_id: str
    recipient_name: str
    recipient_phone: str
    recipient_address: str
    amount: int
    fee: int
    details: str


def read_order(body: object, active_stores: set[int], *, places_needed: bool) -> tuple[Wanted, Errors]:
    """What was asked, and what is wrong with it by field."""
    given, errors = reading.mapping(body), Errors()
    store_id = _whole(given, "store_id", errors)
    if "store_id" not in errors and store_id not in active_stores:
        errors["store_id"] = ["Wrong Store selected."]
    texts = {name: _text(given, name, *bounds, errors) for name, bounds in _TEXTS.items()}
    phone = _phone(given, "recipient_phone", errors, required=True)
    _phone(given, "recipient_secondary_phone", errors, required=False)
    _one_of(given, "delivery_type", (48, 12), errors)
    _one_of(given, "item_type", (1, 2, 3), errors)
    _whole(given, "item_quantity", errors)
    weight = _number(given, "item_weight", 0.5, 10, errors)
    amount = _number(given, "amount_to_collect", 0, MOST_AMOUNT, errors)
    city = _placed(given, errors, needed=places_needed)
    more = ("item_description", "special_instruction", "item_quantity", "recipient_city", "recipient_zone")
    details = json.dumps({name: given[name] for name in more if given.get(name)}, ensure_ascii=False)
    fee = price_of(city or 1, weight)
    return Wanted(
        store_id, reading.text(given.get("merchant_order_id")), texts["recipient_name"], phone,
        texts["recipient_address"], int(amount), fee, details,
    ), errors  # fmt: skip


def price_of(city_id: int, weight: float) -> int:
    """Taka for a parcel: inside Dhaka less, and more for each kilogram begun after the first half."""
    return (70 if city_id == 1 else 120) + 20 * max(0, int(-(-(weight - 0.5) // 1)))


def _placed(given: reading.Json, errors: Errors, *, needed: bool) -> int | None:
    """The city's id; None where it is left out."""
    ids = {}
    for name in ("city", "zone", "area"):
        field = f"recipient_{name}"
        if field in given or (needed and name != "area"):
            ids[name] = _whole(given, field, errors)
    if "city" in ids and "recipient_city" not in errors and ids["city"] not in places.CITIES:
        errors["recipient_city"] = ["The selected recipient city is invalid."]
    if "zone" in ids and "recipient_zone" not in errors and places.city_of(ids["zone"]) != ids.get("city"):
        errors["recipient_zone"] = ["The selected recipient zone is invalid."]
    return ids.get("city")


def _text(given: reading.Json, name: str, least: int, most: int, errors: Errors) -> str:
    words = reading.text(given.get(name), 1_000).strip()
    if not words:
        errors[name] = [f"The {_label(name)} field is required."]
    elif not least <= len(words) <= most:
        errors[name] = [f"The {_label(name)} must be between {least} and {most} characters."]
    return words


def _phone(given: reading.Json, name: str, errors: Errors, *, required: bool) -> str:
    phone = reading.text(given.get(name))
    if (phone or required) and not _PHONE.fullmatch(phone):
        errors[name] = [f"The {_label(name)} must be 11 digits and begin with 01."]
    return phone


def _one_of(given: reading.Json, name: str, allowed: tuple[int, ...], errors: Errors) -> None:
    if _whole(given, name, errors) not in allowed and name not in errors:
        errors[name] = [f"The selected {_label(name)} is invalid."]


def _whole(given: reading.Json, name: str, errors: Errors) -> int:
    number = _number(given, name, 1, 10**12, errors)
    if name not in errors and number != int(number):
        errors[name] = [f"The {_label(name)} must be an integer."]
    return int(number)


def _number(given: reading.Json, name: str, least: float, most: float, errors: Errors) -> float:
    value = given.get(name)
    if value is None or value == "":
        errors[name] = [f"The {_label(name)} field is required."]
        return 0.0
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else -1.0
    except (ValueError, OverflowError):
        number = -1.0
    if not least <= number <= most:
        errors[name] = [f"The {_label(name)} must be a number between {least:g} and {most:g}."]
        return 0.0
    return number


def _label(name: str) -> str:
    return name.replace("_", " ")
