"""Parcels of the practice Pathao: booked, looked up, moved, paid out."""

from __future__ import annotations

import secrets
import string

from dokango.clock import DHAKA, datetime_of
from dokango.couriers.kind.status import fold
from dokango.couriers.pathao.practice.rules import Wanted
from dokango.couriers.practice.server import KnownParcel
from dokango.couriers.practice.store import Row, Store
from dokango.money import POISHA_PER_TAKA

# By the event: the order_status that goes with it. What is not here keeps the status that stood.
STATUSES = {
    "created": "Pending",
    "updated": "Pending",
    "pickup-requested": "Pickup_Requested",
    "assigned-for-pickup": "Assigned_for_Pickup",
    "picked": "Picked",
    "pickup-failed": "Pickup_Failed",
    "pickup-cancelled": "Pickup_Cancelled",
    "at-the-sorting-hub": "At_the_Sorting_HUB",
    "in-transit": "In_Transit",
    "received-at-last-mile-hub": "Received_at_Last_Mile_HUB",
    "assigned-for-delivery": "Assigned_for_Delivery",
    "delivered": "Delivered",
    "partial-delivery": "Partial_Delivery",
    "delivery-failed": "Delivery_Failed",
    "on-hold": "On_Hold",
    "returned": "Return",
    "paid-return": "paid_return",
    "exchanged": "exchange",
    "paid": "",
    "return-id-created": "",
    "return-in-transit": "",
    "returned-to-merchant": "",
}
RETURN_TYPES = {
    "returned": "return", "paid-return": "paid-return", "exchanged": "exchange", "partial-delivery": "partial-delivery",
}  # fmt: skip
_EVENT_OF = {fold(word): event for event, status in STATUSES.items() for word in (event, status) if word}
_UNPAID = "SELECT * FROM parcel WHERE invoice_id IS NULL AND status IN ('Delivered', 'Partial_Delivery') ORDER BY id"
_LETTERS = string.ascii_uppercase + string.digits


def book(store: Store, wanted: Wanted) -> Row:
    """A new parcel, also under a merchant_order_id that is known."""
    now = store.now_us()
    day = datetime_of(now).astimezone(DHAKA).strftime("%d%m%y")
    values = {
        "consignment_id": f"DL{day}{''.join(secrets.choice(_LETTERS) for _ in range(6))}",
        "merchant_order_id": wanted.merchant_order_id, "store_id": wanted.store_id,
        "recipient_name": wanted.recipient_name, "recipient_phone": wanted.recipient_phone,
        "recipient_address": wanted.recipient_address, "amount": wanted.amount, "fee": wanted.fee,
        "details": wanted.details, "created_at": now, "updated_at": now,
    }  # fmt: skip
    with store.writing():
        store.insert("parcel", values)
        return _happened(store, str(values["consignment_id"]), "created")


def find(store: Store, consignment_id: str) -> Row | None:
    """A parcel by their id."""
    return store.one("SELECT * FROM parcel WHERE consignment_id = ?", consignment_id)


def named(store: Store, merchant_order_id: str) -> list[Row]:
    """The parcels under one of our names."""
    return store.rows("SELECT * FROM parcel WHERE merchant_order_id = ? ORDER BY id", merchant_order_id)


def newest(store: Store, most: int) -> list[Row]:
    """The latest bookings."""
    return store.rows("SELECT * FROM parcel ORDER BY id DESC LIMIT ?", most)


def move(store: Store, consignment_id: str, word: str, collected: int | None = None) -> Row | None:
    """Let an event befall a parcel: by its name, by its status, or a word that nobody knows. None without a parcel."""
    event = _EVENT_OF.get(fold(word), word)
    with store.writing():
        parcel = find(store, consignment_id)
        if parcel is None:
            return None
        status = STATUSES.get(event, word) or parcel.text("status")
        kind = RETURN_TYPES.get(event) or parcel.text("return_type")
        store.run(
            "UPDATE parcel SET status = ?, event = ?, return_type = ?, collected = coalesce(?, collected),"
            " updated_at = ? WHERE consignment_id = ?",
            status, event, kind, collected, store.now_us(), consignment_id,
        )  # fmt: skip
        return _happened(store, consignment_id, event)


def pay_out(store: Store) -> tuple[Row, list[Row]] | None:
    """Pay everything collected so far: the payout, and its parcels as they now stand. None when nothing was."""
    with store.writing():
        due = store.rows(_UNPAID)
        if not due:
            return None
        now = store.now_us()
        number = store.insert("payout", {"invoice_id": "", "amount": sum(map(collected, due)), "created_at": now})
        invoice_id = f"{datetime_of(now).astimezone(DHAKA):%d%m%y}IBW{number:05}"
        store.run("UPDATE payout SET invoice_id = ? WHERE id = ?", invoice_id, number)
        for parcel in due:
            store.run("UPDATE parcel SET invoice_id = ? WHERE id = ?", invoice_id, parcel["id"])
        made = store.one("SELECT * FROM payout WHERE id = ?", number) or Row()
        return made, [moved for p in due if (moved := move(store, p.text("consignment_id"), "paid")) is not None]


def collected(parcel: Row) -> int:
    """Taka that the rider took."""
    return parcel.whole("amount" if parcel["collected"] is None else "collected")


def history(store: Store, consignment_id: str) -> list[Row]:
    """What befell a parcel, the first first."""
    return store.rows("SELECT event, at FROM happened WHERE consignment_id = ? ORDER BY id", consignment_id)


def adopt(store: Store, row: KnownParcel) -> bool:
    """Take in a parcel that the shop says this courier has; whether it was new."""
    if not row.consignment_id or find(store, row.consignment_id) is not None:
        return False
    event = _EVENT_OF.get(fold(row.raw_status), "created")
    values = {
        "consignment_id": row.consignment_id, "merchant_order_id": row.invoice, "store_id": 4101,
        "recipient_name": "", "recipient_phone": "", "recipient_address": "",
        "amount": row.cod_poisha // POISHA_PER_TAKA, "fee": 0, "status": STATUSES[event] or "Pending", "event": event,
        "created_at": row.requested_at, "updated_at": row.requested_at,
    }  # fmt: skip
    store.insert("parcel", values)
    return True


def _happened(store: Store, consignment_id: str, event: str) -> Row:
    store.insert("happened", {"consignment_id": consignment_id, "event": event, "at": store.now_us()})
    return find(store, consignment_id) or Row()
