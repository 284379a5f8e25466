"""Steadfast (portal.packzy.com): booking, recovery after a time-out, and status.

There is no call to cancel or to edit a parcel, and no sandbox: every booking with live keys is a real parcel.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from dokango.couriers import parcel_limits, reading
from dokango.couriers.base import Booking, BulkResult, Checked, Parcel, ParcelName
from dokango.couriers.http import Answer
from dokango.couriers.line import Line
from dokango.couriers.reading import Json
from dokango.couriers.status import StatusReading, read_status
from dokango.couriers.steadfast.account import Account
from dokango.couriers.steadfast.keys import KEY, NAME, SteadfastKeys
from dokango.errors import (
    CourierRefused,
    CourierUnavailable,
    CourierUncertain,
    InvalidInput,
    NotFound,
)
from dokango.money import POISHA_PER_TAKA, taka

MOST_IN_BULK = 500
LIMITS = parcel_limits.Limits(
    invoice=100,
    name=100,
    address=490,
    address_warn=250,
    note=480,
    description=255,
    cod_poisha=1_000_000 * POISHA_PER_TAKA,
)


class Steadfast(Account):
    """The courier, as `dokango.couriers.base.Courier` wants it, with all that its row says it can do."""

    key = KEY
    name = NAME

    def __init__(self, keys: SteadfastKeys, line: Line) -> None:
        headers = {"Api-Key": keys.api_key, "Secret-Key": keys.secret_key}
        self.wire = line.wire(KEY, NAME, keys.base_url, headers)

    def check(self, parcel: Parcel) -> Checked:
        """Look a parcel over by the rules of POST /create_order, without calling."""
        return parcel_limits.check(parcel, LIMITS)

    def payload(self, parcel: Parcel) -> dict[str, object]:
        """The body of POST /create_order, exactly as sent; raises InvalidInput when `check` finds errors."""
        found = self.check(parcel)
        if found.errors:
            raise InvalidInput(found.errors)
        optional = {
            "note": parcel_limits.clean(parcel.note),
            "item_description": parcel_limits.clean(parcel.item_description),
            "alternative_phone": parcel.alternative_phone,
            "recipient_email": parcel.recipient_email,
        }
        return {
            "invoice": parcel.invoice,
            "recipient_name": parcel_limits.clean(parcel.recipient_name),
            "recipient_phone": parcel.recipient_phone,
            "recipient_address": parcel_limits.clean(parcel.recipient_address),
            "cod_amount": parcel_limits.whole_taka(parcel.cod_poisha),
            **{name: value for name, value in optional.items() if value},
            "total_lot": parcel.total_lot,
            "delivery_type": int(parcel.hub_pickup),
        }

    def book(self, parcel: Parcel) -> Booking:
        """Book one parcel; raises InvalidInput before anything is sent, then as `send`."""
        return self.send(self.payload(parcel))

    def send(self, payload: Mapping[str, object]) -> Booking:
        """POST /create_order. After CourierUncertain look with `find_booking` before sending the same again."""
        answer = self.wire.post("/create_order", dict(payload))
        found = reading.mapping(answer.body).get("consignment")
        booking = _booking(reading.mapping(found), answer.raw)
        if booking is None:
            raise CourierUncertain(KEY, f"{NAME} said yes without naming the parcel.", answer.raw)
        return booking

    def took_it_before(self, refusal: CourierRefused) -> bool:
        """Whether the invoice is taken: after a time-out that says that the first try landed."""
        return invoice_taken(refusal)

    def book_many(self, parcels: Sequence[Parcel]) -> list[BulkResult]:
        """Book up to 500 in one call; a result for each, in the order of `parcels`.

        What `check` refuses is not sent and comes back as its own row of CourierRefused.
        """
        if len(parcels) > MOST_IN_BULK:
            raise InvalidInput({"parcels": f"At most {MOST_IN_BULK} parcels go in one call."})
        refused = {p.invoice: self.check(p).errors for p in parcels}
        sent = [p for p in parcels if not refused[p.invoice]]
        answered = self._send_many(sent) if sent else {}
        return [
            answered[p.invoice] if p.invoice in answered else _not_sent(p.invoice, refused[p.invoice]) for p in parcels
        ]

    def find_booking(self, invoice: str) -> Booking | None:
        """Ask trackings_by_invoice; it may lag, so None proves nothing. The code and link do not come along."""
        try:
            answer = self.wire.get(f"/trackings_by_invoice/{_segment(invoice)}")
        except NotFound:
            return None
        for event in reading.rows(reading.mapping(answer.body).get("tracking")):
            consignment_id = reading.text(event.get("consignment_id"))
            if consignment_id:
                return Booking(consignment_id, raw=answer.raw)
        return None

    def status(self, parcel: ParcelName) -> StatusReading:
        """Where the parcel is, the return leg too when its id is known. Raises NotFound."""
        body = reading.mapping(self._status_answer(parcel).body)
        if "delivery_status" not in body and "return_status" not in body:
            raise NotFound(f"parcel at {NAME} called", parcel.invoice or parcel.consignment_id)
        beside = body.get("return_status")
        return read_status(
            body.get("delivery_status"), reading.mapping(beside).get("status") if isinstance(beside, dict) else beside
        )

    def _status_answer(self, parcel: ParcelName) -> Answer:
        try:
            return self.wire.get(_status_path(parcel))
        except NotFound:
            # The call with the return leg is the younger one: an account may lack it and know the parcel all the same.
            if not parcel.consignment_id:
                raise
            return self.wire.get(f"/status_by_cid/{_segment(parcel.consignment_id)}")

    def balance_poisha(self) -> int:
        """GET /get_balance, in poisha: the best check of the keys."""
        answer = self.wire.get("/get_balance")
        balance = reading.poisha(reading.mapping(answer.body).get("current_balance"))
        if balance is None:
            raise CourierUnavailable(KEY, f"{NAME} answered without a balance. Check its address in Settings.")
        return balance

    def prove_keys(self) -> str:
        """The balance, in a sentence."""
        return f"It holds {taka(self.balance_poisha())} for you."

    def ping(self) -> None:
        """GET /ping: the address answers. Proves nothing about the keys."""
        self.wire.get("/ping")

    def _send_many(self, parcels: Sequence[Parcel]) -> dict[str, BulkResult]:
        body = {"data": [self.payload(parcel) for parcel in parcels]}
        answer = self.wire.post("/create_order/bulk-order/extended", body)
        found = _bulk_rows(answer)
        named = {reading.text(row.get("invoice")): row for row in found}
        in_order = len(found) == len(parcels)
        return {
            parcel.invoice: _bulk_result(
                parcel.invoice, named.get(parcel.invoice) or (found[position] if in_order else {}), answer.raw
            )
            for position, parcel in enumerate(parcels)
        }


def _segment(name: str) -> str:
    return quote(name, safe="")


def _status_path(parcel: ParcelName) -> str:
    if parcel.consignment_id:
        return f"/status_with_return_status_by_cid/{_segment(parcel.consignment_id)}"
    if parcel.tracking_code:
        return f"/status_by_trackingcode/{_segment(parcel.tracking_code)}"
    return f"/status_by_invoice/{_segment(parcel.invoice)}"


def _booking(row: Json, raw: str) -> Booking | None:
    consignment_id = reading.text(row.get("consignment_id"))
    if not consignment_id:
        return None
    status = read_status(row.get("status") if row.get("status") != "success" else "in_review")
    return Booking(
        consignment_id,
        reading.text(row.get("tracking_code")),
        _web_link(row.get("tracking_link")),
        status.raw,
        status.status,
        raw,
    )


def _web_link(value: object) -> str:
    """The link as they sent it, when it is one that a browser may follow."""
    link = reading.text(value)
    return link if link.startswith(("https://", "http://")) else ""


def _bulk_rows(answer: Answer) -> list[dict[str, object]]:
    found = answer.body if isinstance(answer.body, list) else reading.mapping(answer.body).get("data")
    return reading.rows(found)


def _bulk_result(invoice: str, row: Json, raw: str) -> BulkResult:
    booking = _booking(row, json.dumps(row, ensure_ascii=False))
    if booking is not None:
        return BulkResult(invoice, booking)
    status = reading.text(row.get("status")).lower()
    why = reading.reasons(row.get("error") or row.get("errors"))
    if why or status == "error":
        words = " ".join(dict.fromkeys(map(said, why.values()))) or "without a reason"
        return BulkResult(
            invoice, error=CourierRefused(KEY, f"{NAME} refused: {words}", json.dumps(row, ensure_ascii=False), why)
        )
    return BulkResult(invoice, error=CourierUncertain(KEY, f"{NAME} did not say what became of this parcel.", raw))


def said(reason: str) -> str:
    """Their codes as words: THIS_INVOICE_ALREADY_EXISTS → "This invoice already exists."."""
    if reason and reason.upper() == reason and "_" in reason:
        return reason.replace("_", " ").capitalize() + "."
    return reason


def _not_sent(invoice: str, errors: dict[str, str]) -> BulkResult:
    words = " ".join(errors.values())
    return BulkResult(invoice, error=CourierRefused(KEY, f"Not sent. {words}", fields=errors))


def invoice_taken(refusal: CourierRefused) -> bool:
    """They have a parcel under this invoice: after a time-out it says that the first try landed."""
    words = f"{refusal} {refusal.raw}".lower().replace("_", " ")
    return "invoice" in words and ("already been taken" in words or "already exist" in words)
