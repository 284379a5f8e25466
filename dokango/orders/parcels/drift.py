"""Drift: what differs between an order now and what the courier of its parcel was told, field by field.

What staff changed on purpose as they sent it differs too, and is told apart from what changed since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dokango import audit, topics
from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.parcel_limits import clean, collectable
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import can, changed_by_api, is_by_api
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.money import taka
from dokango.orders.book import rows
from dokango.orders.book.rows import OrderRow
from dokango.orders.book.weight import goods_weight_g
from dokango.orders.lifecycle.order_says import UNTOLD, Said, order_says
from dokango.orders.lifecycle.perform import Context, refuse_stale
from dokango.people.permissions import Permission

LABELS = {
    "recipient_name": "Name",
    "recipient_phone": "Phone",
    "recipient_address": "Address",
    "collects": "To collect",
    "note": "Note",
    "weight_g": "Weight",
    "alternative_phone": "Second phone",
    "recipient_email": "E-mail",
    "hub_pickup": "Collected at a hub",
}
_ON_THE_WAY = ("confirmed", "shipped")
_NEED_NOT_BE_TOLD = ("weight_g", *UNTOLD)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs; both values in words. `since`: the order changed after the parcel was sent.

    `to_do` is a sentence for staff, `to_copy` what they can tell the courier in its own panel; `by_api`: its API takes
    the change (`tell_changes`).
    """

    field: str
    label: str
    told: str
    now: str
    since: bool
    to_do: str
    to_copy: str
    by_api: bool = False


def differences(tx: Tx, order: OrderRow, parcel: ParcelRow | None) -> list[Difference]:
    """What differs of a parcel on its way, or about to be; nothing once the order has ended."""
    if parcel is None or parcel.live != 1 or order.status not in _ON_THE_WAY:
        return []
    now = order_says(order, goods_weight_g(tx, order.id))
    found = [_difference(parcel, name, now, *pair) for name, pair in _told(parcel).items() if name in now]
    return [one for one in (*found, _amount(order, parcel)) if one is not None]


def note_told(tx: Tx, order: OrderRow, parcel: ParcelRow, fields: Iterable[str]) -> None:
    """The courier knows these fields as the order says them now."""
    now = order_says(order, goods_weight_g(tx, order.id))
    told = _told(parcel) | {name: (now[name], now[name]) for name in fields if name in now}
    shipments.change(tx, parcel.id, told=json.dumps({name: list(pair) for name, pair in told.items()}))


def note_sent(tx: Tx, parcel: ParcelRow, sent: Mapping[str, str]) -> None:
    """The courier knows these fields as they were sent to it; what the order says since then differs again."""
    told = _told(parcel) | {name: (value, value) for name, value in sent.items()}
    shipments.change(tx, parcel.id, told=json.dumps({name: list(pair) for name, pair in told.items()}))


def note_heard(tx: Tx, order: OrderRow, parcel: ParcelRow, words: str) -> None:
    """The courier was told `words`: of what stands in them as the order says it now, it knows."""
    now = order_says(order, 0)
    note_told(tx, order, parcel, [name for name in _told(parcel) if now.get(name) and str(now[name]) in words])


def say_told(tx: Tx, context: Context, number: str, field: str) -> None:
    """Somebody told the courier of one field by phone, or in its panel. Raises InvalidInput when nothing differs."""
    context.actor.require(Permission.SHIP)
    order = rows.lock(tx, number)
    refuse_stale(tx, context, order)
    parcel = shipments.live_of(tx, order.id)
    found = next((one for one in differences(tx, order, parcel) if one.field == field), None)
    if parcel is None or found is None or field not in _told(parcel):
        raise InvalidInput({"field": "The courier was told the same as the order says. Nothing was changed."})
    note_told(tx, order, parcel, [field])
    now_us = context.clock.now_us()
    audit.record(
        tx, key=f"shipment/{parcel.id}/told/{field}/{now_us}", order_id=order.id, action="courier_told",
        actor=context.actor.name, actor_kind=context.actor.kind, now_us=now_us,
        note=f"{found.label}: {found.told or 'nothing'} → {found.now or 'nothing'}", data={"field": field},
    )  # fmt: skip
    tx.changed(topics.ORDERS, topics.of_order(number))


def _told(parcel: ParcelRow) -> dict[str, tuple[str | int, str | int]]:
    """By field: what the courier was told, and what the order said then."""
    return {name: (told, said) for name, (told, said) in json.loads(parcel.told).items()}


def _difference(parcel: ParcelRow, name: str, now: Said, told: str | int, said: str | int) -> Difference | None:
    """Weights are told as they were weighed, packing and all: they differ only when the goods changed since. What a
    courier need not be told differs only where it was."""
    is_same = said == now[name] if name == "weight_g" else _plain(told) == _plain(now[name])
    is_same = is_same or (name in _NEED_NOT_BE_TOLD and not told)
    if is_same:
        return None
    return _told_apart(
        parcel, name, _words(name, told), _words(name, now[name]), since=_plain(said) != _plain(now[name])
    )


def _amount(order: OrderRow, parcel: ParcelRow) -> Difference | None:
    """What the rider collects beside what is due; while it is open whether they were asked for less, that is said
    elsewhere."""
    told, due = shipments.told_poisha(parcel), collectable(order.due_poisha)
    if told == due or parcel.asked_cod_poisha is not None:
        return None
    return _told_apart(parcel, "collects", taka(told), taka(due), since=False)


def _told_apart(parcel: ParcelRow, field: str, told: str, now: str, *, since: bool) -> Difference:
    label = LABELS[field]
    if not since:
        return Difference(field, label, told, now, since, "It was changed as it was sent. Nothing to do.", "")
    name = parcel.carrier or "the courier"
    called = parcel.tracking_code or parcel.consignment_id or parcel.invoice
    to_copy = f"Parcel {called}: {label.lower()} is now {now or 'empty'} (was {told or 'empty'})."
    by_api = parcel.booking == "booked" and field in changed_by_api(parcel.courier)
    return Difference(field, label, told, now, since, _to_do(parcel, name, by_api=by_api), to_copy, by_api)


def _to_do(parcel: ParcelRow, name: str, *, by_api: bool) -> str:
    if parcel.booking != "booked":
        return "Settle the booking first; then tell the courier."
    if by_api:
        return f"{name} can be told of it here."
    if can(parcel.courier, Can.ASK_BACK):
        return f"{name} changes no booked parcel by itself: call them, or ask it back and send it again."
    return f"Tell {name} by phone." if not is_by_api(parcel.courier) else f"Tell {name} in its panel, or call them."


def _plain(value: str | int) -> str:
    return clean(str(value))


def _words(name: str, value: str | int) -> str:
    if name == "weight_g":
        return f"{value} g" if value else ""
    return ("yes" if value else "no") if name == "hub_pickup" else str(value)
