"""The calls of Steadfast's contract, each a function of what it is given."""

from __future__ import annotations

import json

from dokango.couriers.line import reading
from dokango.couriers.practice import calls
from dokango.couriers.practice.calls import Answer
from dokango.couriers.practice.store import Row
from dokango.couriers.steadfast.practice import account, parcels
from dokango.couriers.steadfast.practice.courier import PracticeCourier

Call = calls.Call[PracticeCourier]
Deed = calls.Deed[PracticeCourier]
MOST_IN_BULK = 500
_CREATED = "Consignment has been created successfully."
_UNKNOWN: Answer = (404, {"status": 404, "message": "Consignment not found."})


def ping(call: Call) -> Answer:
    """GET /ping."""
    return 200, {"status": 200, "message": "pong"}


def get_balance(call: Call) -> Answer:
    """GET /get_balance."""
    return 200, {"status": 200, "current_balance": account.balance(call.practice.store)}


def create_order(call: Call) -> Answer:
    """POST /create_order."""
    made, errors = parcels.create(call.practice.store, call.body)
    if made is None:
        first = next(iter(errors.values()))[0]
        return 400, {"status": 400, "message": first, "errors": errors}
    return 200, {"status": 200, "message": _CREATED, "consignment": parcels.shown(made)}


def bulk_order(call: Call) -> Answer:
    """POST /create_order/bulk-order: a bare array, errors as a list inside a string."""
    found = _bulk(call)
    if isinstance(found, str):
        return 400, {"status": 400, "message": found}
    return 200, [row | {"error": json.dumps(_codes(row["error"]))} if "error" in row else row for row in found]


def bulk_order_extended(call: Call) -> Answer:
    """POST /create_order/bulk-order/extended: the same with readable errors."""
    found = _bulk(call)
    return (400, {"status": 400, "message": found}) if isinstance(found, str) else (200, {"status": 200, "data": found})


def status_by(kind: str) -> Deed:
    """GET /status_by_cid, _invoice and _trackingcode."""

    def deed(call: Call) -> Answer:
        parcel = parcels.find(call.practice.store, kind, call.name)
        return (200, {"status": 200, "delivery_status": parcel["status"]}) if parcel else _UNKNOWN

    return deed


def status_with_return(call: Call) -> Answer:
    """GET /status_with_return_status_by_cid/{id}."""
    parcel = parcels.find(call.practice.store, "cid", call.name)
    if parcel is None:
        return _UNKNOWN
    return 200, {
        "status": 200,
        "delivery_status": parcel["status"],
        "return_status": parcel["return_status"] or None,
    }


def trackings_by_invoice(call: Call) -> Answer:
    """GET /trackings_by_invoice/{invoice}."""
    store = call.practice.store
    parcel = parcels.find(store, "invoice", call.name)
    return 200, {"status": 200, "tracking": parcels.trackings(store, parcel.whole("consignment_id")) if parcel else []}


def create_return_request(call: Call) -> Answer:
    """POST /create_return_request."""
    given = reading.mapping(call.body)
    store = call.practice.store
    kinds = {"consignment_id": "cid", "invoice": "invoice", "tracking_code": "trackingcode"}
    named = next(((kind, str(given[name])) for name, kind in kinds.items() if given.get(name)), None)
    parcel = parcels.find(store, *named) if named else None
    if parcel is None:
        return 404 if named else 422, {"message": "Consignment not found."}
    reason = given.get("reason") or ""
    if not isinstance(reason, str) or len(reason) > 500:
        return 422, {
            "message": "The reason must not be longer than 500 characters.",
            "errors": {"reason": ["Too long."]},
        }
    made = parcels.ask_back(store, parcel, reason)
    return (422, {"message": made}) if isinstance(made, str) else (201, _request(made))


def get_return_requests(call: Call) -> Answer:
    """GET /get_return_requests?page=N."""
    found = call.practice.store.rows(
        "SELECT * FROM return_request ORDER BY id DESC LIMIT 10 OFFSET ?", (call.page - 1) * 10
    )
    return 200, {"status": 200, "data": [_request(row) for row in found], "current_page": call.page}


def get_return_request(call: Call) -> Answer:
    """GET /get_return_request/{id}."""
    found = call.practice.store.one("SELECT * FROM return_request WHERE CAST(id AS TEXT) = ?", call.name)
    return (200, _request(found)) if found else (404, {"message": "Return request not found."})


def payments(call: Call) -> Answer:
    """GET /payments?page=N; their status is 1 here."""
    return 200, {"status": 1, "payments": account.payments(call.practice.store, call.page)}


def payment(call: Call) -> Answer:
    """GET /payments/{id}."""
    found = account.payment(call.practice.store, call.name)
    return (200, {"status": 1, **found}) if found else (404, {"status": 404, "message": "Payment not found."})


def police_stations(call: Call) -> Answer:
    """GET /police_stations."""
    return 200, {"status": 200, "police_stations": account.police_stations()}


def fraud_check(call: Call) -> Answer:
    """GET /fraud_check/score/{phone}."""
    return 200, account.buyer(call.practice.store, call.name)


def _bulk(call: Call) -> list[dict[str, object]] | str:
    data = call.body.get("data") if isinstance(call.body, dict) else call.body
    if isinstance(data, str):
        try:
            data = json.loads(data)
        except ValueError:
            data = None
    if not isinstance(data, list) or not data:
        return "The data field is required."
    if len(data) > MOST_IN_BULK:
        return f"The data may not have more than {MOST_IN_BULK} items."
    with call.practice.store.writing():
        return [_bulk_row(item, *parcels.create(call.practice.store, item)) for item in data]


def _bulk_row(item: object, made: Row | None, errors: dict[str, list[str]]) -> dict[str, object]:
    names = ("invoice", "recipient_name", "recipient_address", "recipient_phone", "cod_amount", "note")
    given = item if isinstance(item, dict) else {}
    if made is None:
        said = [words for found in errors.values() for words in found]
        nothing = {"consignment_id": None, "tracking_code": None, "status": "error"}
        return {**{name: given.get(name) for name in names}, **nothing, "error": said}
    more = ("consignment_id", "tracking_code", "tracking_link")
    return {**{name: made[name] for name in (*names, *more)}, "status": "success"}


def _codes(words: object) -> list[str]:
    said = words if isinstance(words, list) else []
    return ["THIS_INVOICE_ALREADY_EXISTS" if word == parcels.TAKEN else str(word) for word in said]


def _request(row: Row) -> dict[str, object]:
    times = {name: parcels.zulu(row.whole(name)) for name in ("created_at", "updated_at")}
    return {**row, "user_id": 1, **times}
