"""Ask a courier to bring a parcel back: the only way to stop one, and only before it is delivered."""

from __future__ import annotations

from dokango import audit, topics
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import AsksBack, Can
from dokango.couriers.kind.base import ReturnRequest
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import COURIERS, can
from dokango.db import Database, Tx
from dokango.errors import Refused
from dokango.orders.book import rows
from dokango.orders.lifecycle.perform import Context, refuse_stale
from dokango.orders.parcels.asked_back import keep_ask
from dokango.orders.parcels.news import name_of
from dokango.people.permissions import Permission
from dokango.text import plain


def ask_parcel_back(desk: CourierDesk, db: Database, context: Context, number: str, reason: str) -> ReturnRequest:
    """Open a return request at the courier. The order stays shipped until the parcel is here.

    Raises Refused, InvalidInput, CourierRefused (delivered, or asked back already), CourierUnavailable,
    CourierUncertain (look at the courier's list before asking again).
    """
    row = db.read(lambda tx: _parcel(tx, context, number))
    courier = desk.courier(row.courier)
    if not isinstance(courier, AsksBack):
        raise Refused("ask_back", f"{row.carrier} brings no parcel back on request. Call them.")
    made = courier.ask_back(name_of(row), plain(reason, lines=True))
    db.write(lambda tx: _note(tx, context, number, row, made))
    return made


def _parcel(tx: Tx, context: Context, number: str) -> ParcelRow:
    context.actor.require(Permission.SHIP)
    order = rows.by_number(tx, number)
    refuse_stale(tx, context, order)
    live = shipments.live_of(tx, order.id)
    if order.status != "shipped" or live is None or not can_ask_back(live.courier):
        raise Refused("ask_back", f"Only a parcel that {_who_can()} carries can be asked back.")
    return live


def can_ask_back(courier: str) -> bool:
    """Whether a courier brings a parcel back when asked."""
    return can(courier, Can.ASK_BACK)


def _who_can() -> str:
    return " or ".join(kind.name for kind in COURIERS.values() if Can.ASK_BACK in kind.can) or "nobody"


def _note(tx: Tx, context: Context, number: str, row: ParcelRow, made: ReturnRequest) -> None:
    audit.record(
        tx, key=f"shipment/{row.id}/asked-back/{made.id}", order_id=row.order_id, action="ask_back",
        actor=context.actor.name, actor_kind=context.actor.kind, now_us=context.clock.now_us(), note=made.reason,
        data={"return_request": made.id, "status": made.status},
    )  # fmt: skip
    keep_ask(tx, row, made, context.clock.now_us())
    tx.changed(topics.ORDERS, topics.of_order(number))
