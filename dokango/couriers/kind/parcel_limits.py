"""Look a parcel over before it is sent: couriers cut over-long text silently and every booking is a real parcel."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dokango.couriers.kind.base import Checked, Parcel
from dokango.money import POISHA_PER_TAKA, taka
from dokango.people.emails import is_email

_SWALLOWED = str.maketrans(dict.fromkeys("{};<>", " "))
_INVOICE = re.compile(r"[A-Za-z0-9_-]+")
_PHONE = re.compile(r"01\d{9}")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Limits:
    """Lengths in characters, COD in poisha."""

    invoice: int
    name: int
    address: int
    address_warn: int
    note: int
    description: int
    cod_poisha: int


def clean(words: str) -> str:
    """One line, with what the courier would blank out already blank, so that we keep exactly what they print."""
    return _BLANKS.sub(" ", words.translate(_SWALLOWED)).strip()


def whole_taka(cod_poisha: int) -> int:
    """The taka that the rider collects, rounded half up: couriers take whole taka only."""
    return (cod_poisha + POISHA_PER_TAKA // 2) // POISHA_PER_TAKA


def collectable(cod_poisha: int) -> int:
    """The same in poisha: what a rider can be told to take at the door."""
    return whole_taka(cod_poisha) * POISHA_PER_TAKA


def check(parcel: Parcel, limits: Limits) -> Checked:
    """One sentence a field: errors stop the parcel, warnings are said before it goes."""
    errors: dict[str, str] = {}
    if not _INVOICE.fullmatch(parcel.invoice) or len(parcel.invoice) > limits.invoice:
        errors["invoice"] = f"The parcel's name may hold A–Z, 0–9, - and _ only, at most {limits.invoice} of them."
    for field, label, value, most in (
        ("recipient_name", "The name", parcel.recipient_name, limits.name),
        ("recipient_address", "The address", parcel.recipient_address, limits.address),
    ):
        _check_text(errors, field, label, value, most, required=True)
    _check_text(errors, "note", "The note", parcel.note, limits.note)
    _check_text(errors, "item_description", "The description", parcel.item_description, limits.description)
    _check_phones(errors, parcel)
    if not 0 <= parcel.cod_poisha <= limits.cod_poisha:
        errors["collects"] = f"The amount to collect must be between ৳0 and {taka(limits.cod_poisha)}."
    if parcel.recipient_email and not is_email(parcel.recipient_email):
        errors["recipient_email"] = "This is not an e-mail address. Correct it or leave it empty."
    if not 1 <= parcel.total_lot <= 1_000:
        errors["total_lot"] = "The number of packets must be between 1 and 1,000."
    return Checked(errors, _warnings(parcel, limits, errors))


def _check_text(
    errors: dict[str, str], field: str, label: str, value: str, most: int, *, required: bool = False
) -> None:
    length = len(clean(value))
    if required and not length:
        errors[field] = f"{label} is missing. The rider cannot deliver without it."
    elif length > most:
        errors[field] = f"{label} has {length} characters; the courier cuts it at {most}. Shorten it."


def _check_phones(errors: dict[str, str], parcel: Parcel) -> None:
    rule = "must be 11 digits that begin with 01, for example 01711000000."
    if not (parcel.recipient_phone.isascii() and _PHONE.fullmatch(parcel.recipient_phone)):
        errors["recipient_phone"] = f"The phone {rule}"
    second = parcel.alternative_phone
    if second and not (second.isascii() and _PHONE.fullmatch(second)):
        errors["alternative_phone"] = f"The second phone {rule}"


def _warnings(parcel: Parcel, limits: Limits, errors: dict[str, str]) -> dict[str, str]:
    warnings: dict[str, str] = {}
    length = len(clean(parcel.recipient_address))
    if length > limits.address_warn and "recipient_address" not in errors:
        warnings["recipient_address"] = (
            f"The address has {length} characters; labels may be cut at {limits.address_warn}. "
            "Put what matters to the rider first."
        )
    elif 0 < length < 10:
        warnings["recipient_address"] = "This address is very short. Will the rider find it?"
    if parcel.cod_poisha % POISHA_PER_TAKA and "collects" not in errors:
        sent = taka(collectable(parcel.cod_poisha))
        warnings["collects"] = f"{taka(parcel.cod_poisha)} is sent as {sent}: the courier collects whole taka."
    typed = (parcel.recipient_name, parcel.recipient_address, parcel.note, parcel.item_description)
    if any(set(words) & set("{};<>") for words in typed):
        warnings["text"] = "The signs { } ; < > are sent as spaces: the courier does not print them."
    return warnings
