"""How the cancelling of a booking ends: the courier says it by a status, or a person who looked in its panel does."""

from __future__ import annotations

from dataclasses import replace

from dokango import audit, topics
from dokango.clock import Clock
from dokango.couriers.kind.status import CarrierStatus, Effect, StatusReading, Where
from dokango.couriers.parcels import asking, requests, shipments
from dokango.couriers.parcels.requests import CANCEL, DONE, REFUSED, RequestRow
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Tx
from dokango.errors import Refused
from dokango.orders.book import rows
from dokango.orders.cases import rows as cases
from dokango.orders.cases.kinds import CANCELLING
from dokango.orders.cases.moves import Happened, about_parcel, close, close_kinds, open_case
from dokango.orders.lifecycle.commands import SendElsewhere
from dokango.orders.lifecycle.perform import Context, perform, refuse_stale
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.text import plain

OUTCOME = "the booking is cancelled"
LONGEST_REASON = 200
_GONE = (
    CarrierStatus.OUT_FOR_DELIVERY, CarrierStatus.DELIVERED, CarrierStatus.DELIVERED_APPROVAL_PENDING,
    CarrierStatus.PARTIAL_DELIVERED, CarrierStatus.PARTIAL_DELIVERED_APPROVAL_PENDING, CarrierStatus.EXCHANGED,
    CarrierStatus.CANCELLED, CarrierStatus.RETURNING, CarrierStatus.PAID_RETURN, CarrierStatus.DELIVERY_FAILED,
    CarrierStatus.CANCELLED_APPROVAL_PENDING, CarrierStatus.EXCEPTIONAL,
)  # fmt: skip
_TELLS_NOTHING = (CarrierStatus.UNKNOWN, CarrierStatus.UNKNOWN_APPROVAL_PENDING)


def hear(tx: Tx, clock: Clock, row: ParcelRow, reading: StatusReading, courier: Actor) -> bool:
    """News of a live parcel that its courier was asked to cancel; whether the parcel ends with it.

    Cancelled: the order waits to be shipped again. Picked up all the same: the request is refused, and a person told.
    """
    request = requests.open_of(tx, row.id, CANCEL) if row.live == 1 else None
    if request is None:
        return False
    if reading.status is CarrierStatus.PICKUP_CANCELLED:
        order = rows.by_number(tx, rows.number_of(tx, row.order_id))
        if order.status != "shipped":
            return False
        _end(tx, Context(courier, clock), order.number, row, request.reason, request)
        asking.ask_at(tx, row.id, None)
        return True
    if reading.meaning.where is not Where.BOOKED and reading.status not in _TELLS_NOTHING:
        words = f"{courier.name} has the parcel all the same: {reading.meaning.words}."
        _refused(tx, Context(courier, clock), row, request, words)
        if reading.meaning.effect is Effect.NONE:
            key = f"parcel-request/{request.id}/all-the-same"
            ask = f"{words} Ask it back, or let it go on."
            open_case(tx, about_parcel(row), "noted", Happened(key, ask, clock.now_us(), courier))
    return False


def may_be_cancelled(row: ParcelRow | None) -> str:
    """Why the booking of an order's live parcel cannot be said to be cancelled; "" when it can."""
    if row is None or row.live != 1 or row.booking != "booked":
        return "There is no booked parcel to cancel."
    if shipments.status_of(row) in _GONE:
        return f"{row.carrier or row.courier} has the parcel on its way: it can only come back."
    return ""


def say_cancelled(tx: Tx, context: Context, number: str, reason: str) -> str:
    """A person knows that the courier cancelled the parcel, and that its goods are here; a sentence.

    Raises NotAllowed, NotFound, StaleVersion, Refused.
    """
    row, request = _live(tx, context, number)
    why = may_be_cancelled(row)
    if why:
        raise Refused("cancel_booking", why)
    _end(tx, context, number, row, reason or (request.reason if request else ""), request)
    return f"#{number} waits to be shipped again."


def say_not_cancelled(tx: Tx, context: Context, number: str) -> str:
    """A person knows that the courier did not cancel it: the parcel goes on; a sentence. Raises as `say_cancelled`."""
    row, request = _live(tx, context, number)
    if request is None:
        raise Refused("cancel_booking", "Nobody asked to cancel this parcel, or it is known what came of it.")
    _refused(tx, context, row, request, f"{context.actor.name}: {row.carrier} did not cancel it.")
    return f"The parcel of #{number} goes on."


def _live(tx: Tx, context: Context, number: str) -> tuple[ParcelRow, RequestRow | None]:
    context.actor.require(Permission.SHIP)
    order = rows.lock(tx, number)
    refuse_stale(tx, context, order)
    row = shipments.live_of(tx, order.id)
    if order.status != "shipped" or row is None:
        raise Refused("cancel_booking", f"Order #{number} is not with a courier.")
    return row, requests.open_of(tx, row.id, CANCEL)


def _end(tx: Tx, context: Context, number: str, row: ParcelRow, reason: str, request: RequestRow | None) -> None:
    """The order's step, and all that waited for this parcel waits no more; nobody charges for what was not carried."""
    now_us = context.clock.now_us()
    words = f"{OUTCOME}: {plain(reason)[:LONGEST_REASON]}".rstrip(": ")
    perform(tx, replace(context, version=None), number, SendElsewhere(reason=words))
    shipments.change(tx, row.id, expected_charge_poisha=None, expected_back_poisha=None)
    if request is not None:
        requests.settle(tx, request.id, DONE, words, now_us)
    for case in cases.open_of(tx, row.order_id):
        if case.shipment_id == row.id:
            close(tx, case, OUTCOME, Happened(f"case/{case.id}/closed", words, now_us, context.actor))


def _refused(tx: Tx, context: Context, row: ParcelRow, request: RequestRow, words: str) -> None:
    now_us = context.clock.now_us()
    requests.settle(tx, request.id, REFUSED, words, now_us)
    close_kinds(tx, row.order_id, CANCELLING, "not cancelled", by=context.actor, now_us=now_us)
    note(tx, context, row, request.id, "cancel_refused", words)


def note(tx: Tx, context: Context, row: ParcelRow, request_id: int, action: str, words: str) -> None:
    """One line on the order's timeline, once for each way that a request goes."""
    audit.record(
        tx, key=f"parcel-request/{request_id}/{action}", order_id=row.order_id, action=action,
        actor=context.actor.name, actor_kind=context.actor.kind, now_us=context.clock.now_us(), note=words,
        data={"invoice": row.invoice},
    )  # fmt: skip
    tx.changed(topics.ORDERS, topics.of_order(rows.number_of(tx, row.order_id)))
