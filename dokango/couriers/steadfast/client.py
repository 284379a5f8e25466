"""Steadfast (portal.packzy.com): booking, recovery after a time-out, and status.

There is no call to cancel or to edit a parcel, and no sandbox: every booking with live keys is a real parcel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from dokango.courier_errors import CourierRefused, CourierUnavailable, CourierUncertain
from dokango.couriers.kind import parcel_limits
from dokango.couriers.kind.base import Booking, BulkResult, Checked, Parcel, ParcelName, WayStep
from dokango.couriers.kind.status import StatusReading, read_status
from dokango.couriers.line import Line, reading
from dokango.couriers.line.http import Answer
from dokango.couriers.steadfast.account import Account
from dokango.couriers.steadfast.booking import booking_of, bulk_results, invoice_taken
from dokango.couriers.steadfast.keys import KEY, NAME, SteadfastKeys
from dokango.errors import InvalidInput, NotFound
from dokango.money import POISHA_PER_TAKA, taka

BULK_PATIENCE = 5.0  # times as long as for one parcel: they look at each of up to 500
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
    """The courier, as `dokango.couriers.kind.base.Courier` wants it, with all that its row says it can do."""

    key = KEY
    name = NAME
    most_in_a_call = 500

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
        booking = booking_of(reading.mapping(found), answer.raw)
        if booking is None:
            raise CourierUncertain(KEY, f"{NAME} said yes without naming the parcel.", answer.raw)
        return booking

    def took_it_before(self, refusal: CourierRefused) -> bool:
        """Whether the invoice is taken: after a time-out that says that the first try landed."""
        return invoice_taken(refusal)

    def send_many(self, payloads: Sequence[Mapping[str, object]]) -> list[BulkResult]:
        """POST /create_order/bulk-order/extended: up to 500 in one call; a result for each, in their order."""
        if len(payloads) > self.most_in_a_call:
            raise InvalidInput({"parcels": f"At most {self.most_in_a_call} parcels go in one call."})
        body = {"data": [dict(payload) for payload in payloads]}
        answer = self.wire.post("/create_order/bulk-order/extended", body, patience=BULK_PATIENCE)
        return bulk_results([str(payload["invoice"]) for payload in payloads], answer)

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

    def way(self, parcel: ParcelName) -> list[WayStep]:
        """GET /trackings_by_invoice: sentences with their times, the oldest first. Raises NotFound."""
        answer = self.wire.get(f"/trackings_by_invoice/{_segment(parcel.invoice)}")
        steps = [
            WayStep(reading.time_us(event.get("created_at")), reading.text(event.get("text")))
            for event in reading.rows(reading.mapping(answer.body).get("tracking"))
        ]
        return sorted((step for step in steps if step.words), key=lambda step: step.at_us or 0)

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


def _segment(name: str) -> str:
    return quote(name, safe="")


def _status_path(parcel: ParcelName) -> str:
    if parcel.consignment_id:
        return f"/status_with_return_status_by_cid/{_segment(parcel.consignment_id)}"
    if parcel.tracking_code:
        return f"/status_by_trackingcode/{_segment(parcel.tracking_code)}"
    return f"/status_by_invoice/{_segment(parcel.invoice)}"
