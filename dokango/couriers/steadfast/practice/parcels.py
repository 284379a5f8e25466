"""Parcels of the practice courier: booked, looked up, moved, asked back."""

from __future__ import annotations

import json
import secrets

from dokango.clock import DHAKA, datetime_of
from dokango.couriers.kind.status import fold
from dokango.couriers.practice.store import Row, Store
from dokango.couriers.steadfast.practice.rules import Errors, read_parcel

TAKEN = "The invoice has already been taken."
DELIVERY_CHARGE = 115
_RETURN = "_return_"
_ENDED = ("delivered", "partial_delivered")
_BY = {
    "cid": "SELECT * FROM parcel WHERE CAST(consignment_id AS TEXT) = ?",
    "invoice": "SELECT * FROM parcel WHERE invoice = ?",
    "trackingcode": "SELECT * FROM parcel WHERE tracking_code = ?",
}


def create(store: Store, body: object) -> tuple[Row | None, Errors]:
    """Book a parcel, or say what is wrong with it."""
    parcel, errors = read_parcel(body)
    with store.writing():
        if "invoice" not in errors and find(store, "invoice", str(parcel["invoice"])):
            errors["invoice"] = [TAKEN]
        if errors:
            return None, errors
        now = store.now_us()
        parcel.pop("item_description")
        values = {
            **parcel,
            "note": parcel["note"] or None,
            "tracking_code": secrets.token_hex(4).upper(),
            "tracking_link": f"https://steadfast.com.bd/t/{secrets.token_hex(4)}",
            "created_at": now,
            "updated_at": now,
        }
        consignment_id = store.insert("parcel", values)
        _track(store, consignment_id, "Consignment has been created by the sender.")
        return find(store, "cid", str(consignment_id)), {}


def find(store: Store, by: str, value: str) -> Row | None:
    """A parcel by `cid`, `invoice` or `trackingcode`."""
    return store.one(_BY[by], value)


def newest(store: Store, most: int) -> list[Row]:
    """The latest bookings."""
    return store.rows("SELECT * FROM parcel ORDER BY consignment_id DESC LIMIT ?", most)


def move(store: Store, consignment_id: str, status: str, collected: int | None = None) -> Row | None:
    """Set where a parcel is; any word is taken, as theirs come and go. None when there is no such parcel."""
    with store.writing():
        parcel = find(store, "cid", consignment_id)
        if parcel is None:
            return None
        base, leg, _ = status.partition(_RETURN)
        store.run(
            "UPDATE parcel SET status = ?, return_status = ?, collected = coalesce(?, collected), updated_at = ?"
            " WHERE consignment_id = ?",
            base if leg else status,
            status if leg else "",
            collected,
            store.now_us(),
            parcel["consignment_id"],
        )
        _track(store, parcel.whole("consignment_id"), f"Consignment status has been updated as {said(status)}")
        if collected is not None:
            words = f"Amount has been changed from {parcel['cod_amount']} to {collected}"
            _track(store, parcel.whole("consignment_id"), words)
        return find(store, "cid", consignment_id)


def trackings(store: Store, consignment_id: int) -> list[dict[str, object]]:
    """The history of a parcel, oldest first, as the API shows it."""
    found = store.rows("SELECT * FROM tracking WHERE consignment_id = ? ORDER BY id", consignment_id)
    return [
        {
            "consignment_id": row["consignment_id"],
            "tracking_type": row["type"],
            "text": row["text"],
            "created_at": zulu(row.whole("created_at")),
        }
        for row in found
    ]


def ask_back(store: Store, parcel: Row, reason: str) -> Row | str:
    """Open a return request; a sentence when there can be none."""
    with store.writing():
        if parcel["status"] in _ENDED:
            return "This consignment is already delivered."
        if parcel["return_status"] or parcel["status"] == "cancelled":
            return "This consignment is already returning."
        if store.one(
            "SELECT 1 FROM return_request WHERE consignment_id = ? AND status IN ('pending', 'approved', 'processing')",
            parcel["consignment_id"],
        ):
            return "A return request is already open for this consignment."
        now = store.now_us()
        values = {
            "consignment_id": parcel["consignment_id"],
            "reason": reason,
            "created_at": now,
            "updated_at": now,
        }
        made = store.insert("return_request", values)
        return store.one("SELECT * FROM return_request WHERE id = ?", made) or Row()


def said(status: str) -> str:
    """A status as their messages spell it: "Cancelled"."""
    return status.replace("_", " ").title()


def zulu(at_us: int) -> str:
    """As theirs come in answers: 2026-09-20T07:05:31.000000Z."""
    return datetime_of(at_us).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def local(at_us: int) -> str:
    """As theirs come in webhooks and payouts: Dhaka's time without saying so."""
    return datetime_of(at_us).astimezone(DHAKA).strftime("%Y-%m-%d %H:%M:%S")


def shown(parcel: Row) -> dict[str, object]:
    """A parcel as `consignment` of an answer."""
    names = ("consignment_id", "invoice", "tracking_code", "tracking_link", "recipient_name", "recipient_phone")
    more = ("recipient_address", "cod_amount", "status", "note")
    return {
        **{name: parcel[name] for name in (*names, *more)},
        **json.loads(parcel.text("details")),
        "created_at": zulu(parcel.whole("created_at")),
        "updated_at": zulu(parcel.whole("updated_at")),
    }


def _track(store: Store, consignment_id: int, words: str) -> None:
    values = {"consignment_id": consignment_id, "type": 1, "text": words, "created_at": store.now_us()}
    store.insert("tracking", values)


def adopt(
    store: Store,
    *,
    consignment_id: int,
    invoice: str,
    tracking_code: str,
    tracking_link: str,
    cod_amount: int,
    status: str,
    created_at: int,
) -> bool:
    """Take in a parcel that was booked elsewhere, unless one of its names is known; whether it was new."""
    known = store.one(
        "SELECT 1 FROM parcel WHERE consignment_id = ? OR invoice = ? OR tracking_code = ?",
        consignment_id, invoice, tracking_code or f"ADOPTED{consignment_id}",
    )  # fmt: skip
    if known:
        return False
    base, leg, _ = fold(status).partition(_RETURN)
    values = {
        "consignment_id": consignment_id, "invoice": invoice, "tracking_link": tracking_link,
        "tracking_code": tracking_code or f"ADOPTED{consignment_id}", "cod_amount": cod_amount,
        "recipient_name": "", "recipient_phone": "", "recipient_address": "", "status": base or "in_review",
        "return_status": fold(status) if leg else "", "created_at": created_at, "updated_at": created_at,
    }  # fmt: skip
    store.insert("parcel", values)
    _track(store, consignment_id, "Consignment has been created by the sender.")
    return True
