"""The storefront's checkout: what a form says becomes an order, once, however often it is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.orders.book import idempotency, rows
from dokango.orders.lifecycle.perform import Context
from dokango.orders.placing.place import place
from dokango.orders.placing.request import PlaceOrder
from dokango.payments.methods import METHODS, claimable, is_paid_on_delivery
from dokango.payments.trx_ids import normalise
from dokango.people.districts import district_of
from dokango.people.emails import is_email
from dokango.people.phones import normalise_phone
from dokango.text import plain

_SCOPE = "checkout"
LONGEST_FIELD = 2_000  # twice what the longest field may hold: longer is cut before anything reads it
_LONGEST_AMOUNT, _NO_AMOUNT = 16, 10**15
_OPTIONAL = ("sender", "trx_id")
# pydantic's place of a failure → the form's field
_FIELDS = {
    "customer.name": "Type your name, at most 100 letters.",
    "customer.phone": "Type 11 digits beginning with 01, for example 01711-000000.",
    "customer.email": "This is not an e-mail address. Correct it, or leave it empty.",
    "address.line": "Type house, road and place, 3 to 400 letters.",
    "address.area": "Type at most 100 letters.",
    "address.district": "Choose your district from the list.",
    "payment.method": "Choose one of the ways to pay shown here.",
    "payment.advance_by": "Choose by what the advance was sent.",
    "payment.transaction_id": "Copy the TrxID alone, not the whole message.",
    "payment.sender": "Type the 11 digits it was sent from, or leave it empty.",
    "note": "Type at most 1,000 letters.",
    "lines": "Put something into the cart first.",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """An order that stands, with the secret of its tracking link; `again` when the key had placed it before."""

    number: str
    token: str
    again: bool


def wanted_of(form: Mapping[str, str], lines: Mapping[str, int]) -> PlaceOrder:
    """The order that a checkout form and a cart ask for; raises InvalidInput with a sentence a field, all at once.

    What stood on the screen comes with it: nothing in advance unless the form says otherwise.
    """
    wrong: dict[str, str] = {}
    typed = {name: plain(str(value)[:LONGEST_FIELD], lines=True) for name, value in form.items()}
    district = typed.get("district", "")
    try:
        district = district_of(district)
    except InvalidInput as error:
        wrong.update(error.fields)
    if typed.get("email") and not is_email(typed["email"]):
        wrong["customer.email"] = _FIELDS["customer.email"]
    if typed.get("method", "") not in METHODS:
        wrong["payment.method"] = _FIELDS["payment.method"]
    payment = _payment(typed)
    if payment["advance_by"] is not None and payment["advance_by"] not in claimable():
        wrong["payment.advance_by"] = _FIELDS["payment.advance_by"]
    asked = {
        "customer": {
            "name": typed.get("name", ""),
            "phone": typed.get("phone", ""),
            "email": typed.get("email") or None,
        },
        "address": {"line": typed.get("line", ""), "area": typed.get("area", ""), "district": district},
        "lines": [{"sku": sku, "quantity": quantity} for sku, quantity in lines.items()],
        "payment": payment,
        "note": typed.get("note") or None,
        "expected": {"advance_poisha": seen_poisha(typed.get("advance", "0"))},
    }
    try:
        wanted = PlaceOrder.model_validate(asked)
    except ValidationError as error:
        wrong.update(_sentences(error))
        raise InvalidInput(wrong) from None
    if wrong:
        raise InvalidInput(wrong)
    return wanted


def still_wrong(name: str, typed: str) -> bool:
    """Whether the field `name` of a customer's form, typed anew, still cannot be used."""
    typed = plain(typed[:LONGEST_FIELD])
    checks = {
        "phone": normalise_phone, "sender": normalise_phone, "trx_id": normalise, "transaction_id": normalise,
    }  # fmt: skip
    try:
        if name in checks:
            checks[name](typed) if typed or name not in _OPTIONAL else None
        else:
            wanted_of({name: typed}, {})
    except InvalidInput as error:
        fields = {field.rpartition(".")[2] for field in error.fields}
        return name in fields or name in checks
    return False


def place_once(
    tx: Tx,
    context: Context,
    key: str,
    wanted: PlaceOrder,
    *,
    locale: str,
    channel: str = "storefront",
    network: str = "",
) -> Placed:
    """Place `wanted` under `key`; the same key and order again answer with the order that stands.

    Raises InvalidInput, InsufficientStock, WebLimit, IdempotencyKeyReused (the key has placed another order).
    """
    body = wanted.model_dump_json().encode()
    before = idempotency.answered(tx, _SCOPE, key, body)
    if before is not None:
        return _from_answer(before.body, again=True)
    done = place(tx, context, wanted, channel=channel, locale=locale, network=network)
    placed = Placed(done.number, rows.by_number(tx, done.number).token, again=False)
    answer = json.dumps({"number": placed.number, "token": placed.token})
    idempotency.remember(tx, _SCOPE, key, body, idempotency.Answer(done.order_id, 201, answer), context.clock.now_us())
    return placed


def placed_before(tx: Tx, key: str) -> Placed | None:
    """The order that `key` has placed, if it has; for a form whose answer was lost on the way."""
    found = idempotency.answer_of(tx, _SCOPE, key)
    return _from_answer(found.body, again=True) if found else None


def _payment(typed: Mapping[str, str]) -> dict[str, str | None]:
    """What is typed of a payment counts only while something is paid before, all of it or an advance."""
    method = typed.get("method", "")
    trx_id, sender = typed.get("trx_id") or None, typed.get("sender") or None
    before = is_paid_on_delivery(method) and typed.get("advance", "0") != "0"
    claims = before or not is_paid_on_delivery(method)
    return {
        "method": method,
        "advance_by": typed.get("advance_by", "") if before and trx_id else None,
        "transaction_id": trx_id if claims else None,
        "sender": sender if claims and trx_id else None,
    }


def seen_poisha(typed: str) -> int:
    """An amount that the page itself put into its form; what nobody's page says fits no order."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < _LONGEST_AMOUNT else _NO_AMOUNT


def _sentences(error: ValidationError) -> dict[str, str]:
    wrong: dict[str, str] = {}
    for failure in error.errors():
        place_of = ".".join(str(part) for part in failure["loc"])
        field = next((name for name in _FIELDS if place_of == name or place_of.startswith(f"{name}.")), place_of)
        wrong[field] = _FIELDS.get(field, str(failure["msg"]))
    return wrong


def _from_answer(body: str, *, again: bool) -> Placed:
    kept = json.loads(body)
    return Placed(kept["number"], kept["token"], again)
