"""What Steadfast answers to a booking, read: one parcel, each row of many, and a refusal that says it landed before."""

from __future__ import annotations

import json
from collections.abc import Sequence

from dokango.courier_errors import CourierRefused, CourierUncertain
from dokango.couriers.kind.base import Booking, BulkResult
from dokango.couriers.kind.status import fold, read_status
from dokango.couriers.line import reading
from dokango.couriers.line.http import Answer
from dokango.couriers.line.reading import Json
from dokango.couriers.steadfast.keys import KEY, NAME


def booking_of(row: Json, raw: str) -> Booking | None:
    """The parcel that `row` names; None when it names none."""
    consignment_id = reading.text(row.get("consignment_id"))
    if not consignment_id:
        return None
    word = row.get("status")
    # a row of many says that the call went well, and not where the parcel is
    status = read_status(word if isinstance(word, str) and fold(word) != "success" else "in_review")
    return Booking(
        consignment_id,
        reading.text(row.get("tracking_code")),
        _web_link(row.get("tracking_link")),
        status.raw,
        status.status,
        raw,
    )


def bulk_results(invoices: Sequence[str], answer: Answer) -> list[BulkResult]:
    """The fate of each of `invoices`. A row counts by the invoice that it names, in whatever case.

    Where it names none it counts by its place, if there are as many rows as parcels.
    """
    found = _rows(answer.body)
    named = {reading.text(row.get("invoice")).casefold(): row for row in found}
    in_order = len(found) == len(invoices)
    results = []
    for place, invoice in enumerate(invoices):
        row = named.get(invoice.casefold())
        if row is None and in_order and not reading.text(found[place].get("invoice")):
            row = found[place]
        results.append(_result(invoice, row or {}, answer.raw))
    return results


def invoice_taken(refusal: CourierRefused) -> bool:
    """They have a parcel under this invoice: after a time-out it says that the first try landed."""
    words = f"{refusal} {refusal.raw}".lower().replace("_", " ")
    return "invoice" in words and ("already been taken" in words or "already exist" in words)


def _rows(body: object) -> list[dict[str, object]]:
    """A bare array, `data` of an envelope, or an object whose keys are the places: PHP writes some lists so."""
    inside = reading.unwrapped(body.get("data", body) if isinstance(body, dict) else body)
    if isinstance(inside, dict):
        inside = list(inside.values())
    return reading.rows(inside)


def _result(invoice: str, row: Json, raw: str) -> BulkResult:
    kept = json.dumps(row, ensure_ascii=False)
    booking = booking_of(row, kept)
    if booking is not None:
        return BulkResult(invoice, booking)
    status = reading.text(row.get("status")).lower()
    why = reading.reasons(row.get("error") or row.get("errors") or row.get("message"))
    if why or status == "error":
        words = " ".join(dict.fromkeys(map(_said, why.values()))) or "without a reason"
        return BulkResult(invoice, error=CourierRefused(KEY, f"{NAME} refused: {words}", kept, why))
    return BulkResult(invoice, error=CourierUncertain(KEY, f"{NAME} did not say what became of this parcel.", raw))


def _said(reason: str) -> str:
    """Their codes as words: THIS_INVOICE_ALREADY_EXISTS → "This invoice already exists."."""
    if reason and reason.upper() == reason and "_" in reason:
        return reason.replace("_", " ").capitalize() + "."
    return reason


def _web_link(value: object) -> str:
    """The link as they sent it, when it is one that a browser may follow."""
    link = reading.text(value)
    return link if link.startswith(("https://", "http://")) else ""
