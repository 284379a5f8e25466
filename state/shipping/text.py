"""Orders and parcels as the shipping page shows them: plain words, ready for a cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dokango.clock import age_words, said, said_day
from dokango.couriers.kind.parcel_limits import collectable
from dokango.couriers.parcels.shipments import ParcelRow, told_poisha
from dokango.couriers.registry import COURIERS, is_by_api
from dokango.couriers.tracking_links import web_link
from dokango.money import taka
from dokango.orders.parcels.lists import Listed
from dokango.people.phones import said_phone
from dokango.text import how_many, said_once

Row = dict[str, str]
NOBODY: Mapping[str, int] = {}


def row_in_words(listed: Listed, now_us: int, silent: Mapping[str, int] = NOBODY) -> Row:
    """One row of the list; `silent`: since when the couriers that do not answer now have not."""
    order, parcel = listed.order, listed.parcel
    troubles = [parcel.problem] if parcel is not None and parcel.problem else []
    return {
        "id": str(order.id),
        "number": str(order.number),
        "version": str(order.version),
        "name": order.name,
        "phone": order.phone,
        "phone_shown": said_phone(order.phone),
        "place": ", ".join(said_once((order.area, order.district))),
        "items": how_many(order.units, "item"),
        "collect": collect_words(order.due_poisha, parcel),
        "age": age_words(order.placed_at, now_us),
        "exact": said(order.placed_at),
        "work": order.status,
        "trouble": " ".join(dict.fromkeys([*troubles, *listed.waits])),
        "fresh": "",
        **parcel_words(parcel, now_us, silent),
    }


def parcel_words(parcel: Any, now_us: int, silent: Mapping[str, int] = NOBODY) -> Row:
    """The columns of a row that speak of the parcel; empty without one."""
    if parcel is None:
        names = ("courier", "badge", "raw", "code", "link", "expected", "asked", "by_api", "booking")
        return dict.fromkeys(names, "")
    booked = parcel.booking == "booked"
    return {
        "courier": parcel.carrier or parcel.courier,
        "badge": parcel.status if booked else parcel.booking,
        "raw": parcel.raw_status,
        "code": code_words(parcel),
        "link": web_link(parcel.tracking_link),
        "expected": expected_words(parcel).rpartition(" ")[0],
        "asked": confirmed_words(parcel, now_us, silent),
        "by_api": "1" if is_by_api(parcel.courier) else "",
        "booking": parcel.booking,
    }


def confirmed_words(parcel: ParcelRow, now_us: int, silent: Mapping[str, int] = NOBODY) -> str:
    """When its courier last said where the parcel is, and that it says nothing now."""
    confirmed_at = parcel.synced_at or parcel.booked_at
    if not is_by_api(parcel.courier) or parcel.booking != "booked" or confirmed_at is None:
        return ""
    age = age_words(confirmed_at, now_us)
    words = "confirmed just now" if age == "now" else f"confirmed {age} ago"
    return f"{words}; no answer since {said(silent[parcel.courier])}" if parcel.courier in silent else words


def sent_words(courier: str, sent: Mapping[str, Any]) -> list[Row]:
    """What the courier reads, field by field, in the words of its row; nothing while something stops it."""
    labels = COURIERS[courier].sent_labels if courier in COURIERS else {}
    return [{"label": label, "value": str(sent[name])} for name, label in labels.items() if name in sent]


def code_words(parcel: Any) -> str:
    """What to call the parcel by: its code, else the courier's id."""
    if parcel.tracking_code:
        return str(parcel.tracking_code)
    return f"id {parcel.consignment_id}" if parcel.consignment_id else ""


def expected_words(parcel: Any) -> str:
    """The day it should arrive, by which half of them do, and whether it is late."""
    if not parcel.estimated_delivery:
        return ""
    said = said_day(date.fromisoformat(parcel.estimated_delivery))
    usual = f", usually by {said_day(date.fromisoformat(parcel.usual_delivery))}" if parcel.usual_delivery else ""
    return f"{said}, late" if parcel.late_at is not None else f"{said}{usual}"


def collect_words(due_poisha: int, parcel: ParcelRow | None = None) -> str:
    """What the rider collects: what the courier was told, before there is a `parcel` what is due."""
    if parcel is not None and parcel.asked_cod_poisha is not None:
        return f"{taka(told_poisha(parcel))}, should be {taka(parcel.asked_cod_poisha)}"
    collects = told_poisha(parcel) if parcel is not None else collectable(due_poisha)
    return taka(collects) if collects else "Nothing" if due_poisha else "Prepaid"
