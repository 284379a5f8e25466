"""What POST /create_order accepts, as the contract has it, in the words that the courier uses."""

from __future__ import annotations

import json
import re

_INVOICE = re.compile(r"[A-Za-z0-9_-]{1,100}")
_PHONE = re.compile(r"01[0-9]{9}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}\.[^@\s.]{1,63}")
_SWALLOWED = str.maketrans(dict.fromkeys("{};<>", " "))
_CUT_AT = {"recipient_name": 100, "recipient_address": 490, "note": 480, "item_description": 255}
_REQUIRED = ("invoice", "recipient_name", "recipient_phone", "recipient_address", "cod_amount")
MOST_COD = 1_000_000

Errors = dict[str, list[str]]


def read_parcel(body: object) -> tuple[dict[str, object], Errors]:
    """The parcel as it will be kept, over-long text cut silently as theirs does, and what is wrong with it."""
    given = body if isinstance(body, dict) else {}
    errors: Errors = {}
    for name in _REQUIRED:
        if _blank(given.get(name)):
            errors[name] = [f"The {_label(name)} field is required."]
    texts = {name: _kept(name, given.get(name)) for name in ("invoice", "recipient_phone", *_CUT_AT)}
    if "invoice" not in errors and not _INVOICE.fullmatch(texts["invoice"]):
        errors["invoice"] = ["The invoice may only contain letters, numbers, dashes and underscores."]
    for name in ("recipient_phone", "alternative_phone"):
        phone = _text(given.get(name))
        if name not in errors and phone and not _PHONE.fullmatch(phone):
            errors[name] = [f"The {_label(name)} must be 11 digits."]
    email = _text(given.get("recipient_email"))
    if email and not _EMAIL.fullmatch(email):
        errors["recipient_email"] = ["The recipient email must be a valid email address."]
    if given.get("delivery_type", 0) not in (0, 1, "0", "1", None):
        errors["delivery_type"] = ["The selected delivery type is invalid."]
    cod_amount = _cod(given.get("cod_amount"), errors)
    extra = ("alternative_phone", "recipient_email", "item_description", "total_lot", "delivery_type")
    details = json.dumps({name: given[name] for name in extra if not _blank(given.get(name))})
    return {**texts, "cod_amount": cod_amount, "details": details}, errors


def _cod(value: object, errors: Errors) -> int:
    if "cod_amount" in errors:
        return 0
    try:
        amount = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else -1.0
    except (ValueError, OverflowError):
        amount = -1.0
    if not 0 <= amount <= MOST_COD:
        errors["cod_amount"] = [f"The cod amount must be a number between 0 and {MOST_COD}."]
        return 0
    return round(amount)


def _kept(name: str, value: object) -> str:
    return _text(value).translate(_SWALLOWED)[: _CUT_AT.get(name, 1_000)].strip()


def _text(value: object) -> str:
    known = isinstance(value, int | float | str) and not isinstance(value, bool)
    # half a surrogate pair is legal in JSON and in no database
    return str(value).encode(errors="replace").decode().strip() if known else ""


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _label(name: str) -> str:
    return name.replace("_", " ")
