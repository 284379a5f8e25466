"""What the practice RedX says of parcels: to who asks, and to the shop by itself."""

from __future__ import annotations

from dokango.clock import DHAKA, datetime_of
from dokango.couriers.practice.store import Row
from dokango.couriers.redx.practice import places
from dokango.couriers.redx.practice.parcels import STATUSES

# What its webhook tells of; nothing comes when a parcel is booked, picked up or cancelled.
TOLD = frozenset(
    (
        "ready-for-delivery", "delivery-in-progress", "delivered", "agent-hold", "agent-returning", "returned",
        "agent-area-change",
    )
)  # fmt: skip
_STRANGE = ("Status is changed", "স্ট্যাটাস বদলেছে")


def info(parcel: Row, pickup: Row, *, as_text: bool) -> dict[str, object]:
    """A parcel as GET /parcel/info has it; its value is always text."""
    shown: dict[str, object] = {name: parcel[name] for name in (
        "tracking_id", "customer_name", "customer_phone", "customer_address", "delivery_area", "delivery_area_id",
        "charge", "cash_collection_amount", "parcel_weight", "merchant_invoice_id", "status", "instruction",
    )}  # fmt: skip
    if as_text:
        shown |= {name: str(parcel[name]) for name in ("charge", "cash_collection_amount", "parcel_weight")}
    return shown | {
        "created_at": utc(parcel.whole("created_at")), "delivery_type": "regular", "value": parcel["value"],
        "pickup_location": {name: store(pickup)[name] for name in ("id", "name", "address", "area_name", "area_id")},
    }  # fmt: skip


def store(row: Row) -> dict[str, object]:
    """A store; its phone comes with the country's number."""
    place = places.AREAS[row.whole("area_id")]
    return {
        "id": row["id"], "name": row["name"], "address": row["address"], "area_name": place.name,
        "area_id": row["area_id"], "phone": f"88{row.text('phone')}",
    }  # fmt: skip


def track(events: list[Row], parcel: Row) -> list[dict[str, object]]:
    """Sentences without a status, the oldest first; one at least."""
    rows = [(event.text("status"), event.whole("at")) for event in events]
    found: list[dict[str, object]] = []
    for status, at in rows or [("pickup-pending", parcel.whole("created_at"))]:
        english, bangla = STATUSES.get(status, _STRANGE)
        found.append({"message_en": english, "message_bn": bangla, "time": utc(at)})
    return found


def notice(parcel: Row, *, named: bool, timestamp: str) -> dict[str, object]:
    """What is told about a parcel as it now stands; `named`: with our invoice."""
    at, status = parcel.whole("updated_at"), parcel.text("status")
    times = {"utc": utc(at), "dhaka": f"{datetime_of(at).astimezone(DHAKA):%Y-%m-%d %H:%M:%S}", "ms": at // 1_000}
    english, bangla = STATUSES.get(status, _STRANGE)
    return {
        "tracking_number": parcel["tracking_id"], "timestamp": times[timestamp], "status": status,
        "message_en": english, "message_bn": bangla,
        **({"invoice_number": parcel["merchant_invoice_id"]} if named else {}),
    }  # fmt: skip


def utc(at_us: int) -> str:
    """A time as its API writes it."""
    return datetime_of(at_us).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at_us // 1_000 % 1_000:03}Z"
