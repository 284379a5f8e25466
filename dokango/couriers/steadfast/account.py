"""Steadfast beyond single parcels: return requests, payouts, police stations and a buyer's record."""

from __future__ import annotations

from urllib.parse import quote

from dokango.courier_errors import CourierUncertain
from dokango.couriers.kind.base import BuyerRecord, ParcelName, Payout, PayoutLine, PoliceStation, ReturnRequest
from dokango.couriers.line import reading
from dokango.couriers.line.http import Wire
from dokango.couriers.line.reading import Json
from dokango.couriers.steadfast.keys import KEY, NAME
from dokango.errors import InvalidInput

LONGEST_REASON = 500
SHORT = 0.4  # of the usual patience: what only helps to decide is not waited for


class Account:
    """The calls about the account; `wire` carries the keys."""

    wire: Wire

    def ask_back(self, parcel: ParcelName, reason: str) -> ReturnRequest:
        """Ask a parcel back: the only way to stop one. Raises CourierRefused when it is delivered or returning."""
        if not reason.strip() or len(reason) > LONGEST_REASON:
            raise InvalidInput({"reason": f"Say why, in at most {LONGEST_REASON} characters."})
        names = {
            "consignment_id": parcel.consignment_id,
            "tracking_code": parcel.tracking_code,
            "invoice": parcel.invoice,
        }
        known = next(((name, value) for name, value in names.items() if value), None)
        if known is None:
            raise InvalidInput({"parcel": "The parcel has no id yet. Wait until the booking is settled."})
        answer = self.wire.post("/create_return_request", {known[0]: known[1], "reason": reason.strip()})
        made = _return_request(_inside(answer.body))
        if not made.id:
            raise CourierUncertain(KEY, f"{NAME} took the return request without a number.", answer.raw)
        return made

    def return_requests(self, page: int = 1) -> list[ReturnRequest]:
        """Ten a page, newest first."""
        body = self.wire.get("/get_return_requests", {"page": str(page)}).body
        return [_return_request(row) for row in _listed(body, "return_requests")]

    def return_request(self, request_id: str) -> ReturnRequest:
        """One return request; raises NotFound."""
        return _return_request(_inside(self.wire.get(f"/get_return_request/{quote(request_id, safe='')}").body))

    def payouts(self, page: int = 1) -> list[Payout]:
        """Ten a page."""
        body = self.wire.get("/payments", {"page": str(page)}).body
        return [_payout(row) for row in _listed(body, "payments")]

    def payout(self, payment_id: str) -> Payout:
        """One payout with its parcels; raises NotFound."""
        return _payout(_inside(self.wire.get(f"/payments/{quote(payment_id, safe='')}").body))

    def police_stations(self) -> list[PoliceStation]:
        """Every thana they deliver to; keep the answer, it rarely changes."""
        body = self.wire.get("/police_stations").body
        found = [
            PoliceStation(
                reading.text(row.get("name") or row.get("police_station")),
                reading.text(
                    reading.mapping(row.get("district")).get("name")
                    if isinstance(row.get("district"), dict)
                    else row.get("district") or row.get("district_name")
                ),
            )
            for row in _listed(body, "police_stations")
        ]
        return [station for station in found if station.name]

    def buyer_record(self, phone: str) -> BuyerRecord:
        """Their record of a phone (11 digits)."""
        body = reading.mapping(self.wire.get(f"/fraud_check/score/{quote(phone, safe='')}", patience=SHORT).body)
        percent = {name: _percent(body.get(f"{name}_ratio")) for name in ("delivery", "cancellation", "return")}
        return BuyerRecord(
            reading.text(body.get("phone")) or phone,
            percent["delivery"],
            percent["cancellation"],
            percent["return"],
            reading.text(body.get("volume_band")),
            reading.number(body.get("total_reports")) or 0,
        )


def _percent(value: object) -> int | None:
    hundredths = reading.poisha(value)
    return None if hundredths is None else (hundredths + 50) // 100


def _listed(body: object, name: str) -> list[dict[str, object]]:
    """The list in a bare array, under its own name, or under `data` (once or, as Laravel pages do, twice)."""
    if isinstance(body, list):
        return reading.rows(body)
    found = reading.mapping(body)
    inner = found.get(name, found.get("data"))
    return _listed(inner, name) if isinstance(inner, dict) else reading.rows(inner)


def _inside(body: object) -> dict[str, object]:
    """The object itself, bare or in an envelope."""
    found = reading.mapping(body)
    for name in ("payment", "return_request", "data"):
        if isinstance(found.get(name), dict):
            return reading.mapping(found[name])
    return found


def _return_request(row: Json) -> ReturnRequest:
    return ReturnRequest(
        reading.text(row.get("id")),
        reading.text(row.get("consignment_id")),
        reading.text(row.get("invoice")),
        reading.text(row.get("reason")),
        reading.text(row.get("status")),
        reading.time_us(row.get("created_at")),
    )


def _payout(row: Json) -> Payout:
    return Payout(
        id=reading.text(row.get("payment_id") or row.get("id")),
        amount_poisha=reading.poisha(row.get("amount")),
        total_poisha=reading.poisha(row.get("total")),
        charges_poisha=reading.poisha(row.get("charges")),
        due_bills_poisha=reading.poisha(row.get("due_bills")),
        paid_bills_poisha=reading.poisha(row.get("paid_bills")),
        method=reading.text(row.get("method")),
        status_label=reading.text(row.get("status_label")),
        created_at_us=reading.time_us(row.get("created_at")),
        paid_at_us=reading.time_us(row.get("paid_at")),
        parcels=tuple(_payout_line(line) for line in reading.rows(row.get("consignments"))),
    )


def _payout_line(row: Json) -> PayoutLine:
    amount = next((row[name] for name in ("cod_amount", "amount", "total") if name in row), None)
    charge = next((row[name] for name in ("delivery_charge", "charge", "charges") if name in row), None)
    return PayoutLine(
        reading.text(row.get("invoice")),
        reading.text(row.get("consignment_id") or row.get("id")),
        reading.poisha(amount),
        reading.poisha(charge),
        " ".join(reading.text(row.get(name)) for name in ("type", "status", "delivery_status", "note"))[:200].strip(),
    )
