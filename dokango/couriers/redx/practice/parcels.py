"""Parcels of the practice RedX: booked, looked up, moved, cancelled, paid out."""

from __future__ import annotations

import secrets
import string
from dataclasses import asdict

from dokango.clock import DHAKA, US_PER_S, datetime_of
from dokango.couriers.kind.status import fold
from dokango.couriers.practice.server import KnownParcel
from dokango.couriers.practice.store import Row, Store
from dokango.couriers.redx.practice.rules import Wanted
from dokango.money import POISHA_PER_TAKA

# Each status with its sentences in the track, English and Bangla.
STATUSES: dict[str, tuple[str, str]] = {
    "pickup-pending": ("Parcel is created successfully", "পার্সেল তৈরি হয়েছে"),
    "pickup-processing": ("Pickup is being arranged", "পিকআপের ব্যবস্থা হচ্ছে"),
    "ready-for-delivery": ("Parcel is received at the hub", "পার্সেল হাবে পৌঁছেছে"),
    "delivery-in-progress": ("Parcel is out for delivery", "পার্সেল ডেলিভারির পথে"),
    "agent-hold": ("Parcel is on hold", "পার্সেল স্থগিত আছে"),
    "agent-area-change": ("Area of the parcel is changed", "পার্সেলের এলাকা বদলেছে"),
    "delivered": ("Parcel is delivered", "পার্সেল ডেলিভারি হয়েছে"),
    "agent-returning": ("Parcel is being returned", "পার্সেল ফেরত যাচ্ছে"),
    "returned": ("Parcel is returned to the merchant", "পার্সেল মার্চেন্টের কাছে ফেরত গেছে"),
    "cancelled": ("Parcel is cancelled", "পার্সেল বাতিল হয়েছে"),
}
NOT_PICKED_UP = ("pickup-pending", "pickup-processing")
CANCELS_AFTER_S = 5
_BY_WORD = {fold(status): status for status in STATUSES}
_LETTERS = string.ascii_uppercase + string.digits
_UNPAID = "SELECT * FROM parcel WHERE paid_in IS NULL AND status = 'delivered' ORDER BY id"


def book(store: Store, wanted: Wanted) -> Row:
    """A new parcel, also under an invoice that is known."""
    now = store.now_us()
    day = datetime_of(now).astimezone(DHAKA)
    tracking_id = f"{day:%y}A{day.month}{day.day}{''.join(secrets.choice(_LETTERS) for _ in range(6))}"
    values = {"tracking_id": tracking_id, **asdict(wanted), "created_at": now, "updated_at": now}
    with store.writing():
        store.insert("parcel", values)
        return _happened(store, tracking_id, "pickup-pending")


def find(store: Store, tracking_id: str) -> Row | None:
    """A parcel by their id; one that was to be cancelled by now is."""
    found = store.one("SELECT * FROM parcel WHERE tracking_id = ?", tracking_id)
    if found is None or not found["cancels_at"] or found.whole("cancels_at") > store.now_us():
        return found
    return move(store, tracking_id, "cancelled") if found["status"] in NOT_PICKED_UP else found


def newest(store: Store, most: int) -> list[Row]:
    """The latest bookings."""
    return store.rows("SELECT * FROM parcel ORDER BY id DESC LIMIT ?", most)


def move(store: Store, tracking_id: str, word: str, collected: int | None = None) -> Row | None:
    """Let a parcel have a status, also one that nobody knows. None without a parcel."""
    status = _BY_WORD.get(fold(word), word)
    with store.writing():
        if store.one("SELECT 1 FROM parcel WHERE tracking_id = ?", tracking_id) is None:
            return None
        store.run(
            "UPDATE parcel SET status = ?, collected = coalesce(?, collected), cancels_at = NULL, updated_at = ?"
            " WHERE tracking_id = ?",
            status, collected, store.now_us(), tracking_id,
        )  # fmt: skip
        return _happened(store, tracking_id, status)


def cancel(store: Store, parcel: Row, *, at_once: bool) -> None:
    """What was not picked up is cancelled, now or in some seconds."""
    if at_once:
        move(store, parcel.text("tracking_id"), "cancelled")
        return
    at = store.now_us() + CANCELS_AFTER_S * US_PER_S
    store.run("UPDATE parcel SET cancels_at = ? WHERE id = ?", at, parcel["id"])


def pay_out(store: Store) -> Row | None:
    """Pay everything collected so far; None when nothing was."""
    with store.writing():
        due = store.rows(_UNPAID)
        if not due:
            return None
        number = store.insert("payout", {"amount": sum(map(collected, due)), "created_at": store.now_us()})
        for parcel in due:
            store.run("UPDATE parcel SET paid_in = ? WHERE id = ?", number, parcel["id"])
        return store.one("SELECT * FROM payout WHERE id = ?", number)


def collected(parcel: Row) -> int:
    """Taka that the rider took."""
    return parcel.whole("cash_collection_amount" if parcel["collected"] is None else "collected")


def history(store: Store, tracking_id: str) -> list[Row]:
    """What befell a parcel, the first first."""
    return store.rows("SELECT status, at FROM happened WHERE tracking_id = ? ORDER BY id", tracking_id)


def adopt(store: Store, row: KnownParcel) -> bool:
    """Take in a parcel that the shop says this courier has; whether it was new."""
    if not row.consignment_id or find(store, row.consignment_id) is not None:
        return False
    values = {
        "tracking_id": row.consignment_id, "merchant_invoice_id": row.invoice, "customer_name": "",
        "customer_phone": "", "customer_address": "", "delivery_area": "Dhanmondi", "delivery_area_id": 2,
        "pickup_store_id": 1, "cash_collection_amount": row.cod_poisha // POISHA_PER_TAKA, "parcel_weight": 500,
        "value": str(row.cod_poisha // POISHA_PER_TAKA), "charge": 60,
        "status": _BY_WORD.get(fold(row.raw_status), "pickup-pending"), "created_at": row.requested_at,
        "updated_at": row.requested_at,
    }  # fmt: skip
    store.insert("parcel", values)
    return True


def _happened(store: Store, tracking_id: str, status: str) -> Row:
    store.insert("happened", {"tracking_id": tracking_id, "status": status, "at": store.now_us()})
    return store.one("SELECT * FROM parcel WHERE tracking_id = ?", tracking_id) or Row()
