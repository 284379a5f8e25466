"""Cancel a booked parcel with its courier, while it is not picked up: a row first, then the call, then what came of it.

asked → done (the order waits to be shipped again), refused (nothing changed) or, when it was accepted and is not done
yet, or when nobody knows, a case: the courier's word (asked or told by its webhook) or a person settles it. It is never
asked for a second time without somebody saying so.
"""

from __future__ import annotations

from dataclasses import dataclass

from dokango.clock import US_PER_S, Clock
from dokango.courier_errors import CourierError, CourierRefused, CourierUncertain
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import Can, Cancels
from dokango.couriers.kind.status import Where, where_is
from dokango.couriers.parcels import requests, shipments
from dokango.couriers.parcels.requests import ACCEPTED, ASKED, CANCEL, REFUSED, UNCERTAIN, RequestRow
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import COURIERS, can
from dokango.db import Database, Tx
from dokango.errors import InvalidInput, NotFound, Refused
from dokango.jobs.queue import Payload, enqueue
from dokango.orders.book import rows
from dokango.orders.cases.kinds import ASKED_COURIER, NEEDS_US
from dokango.orders.cases.moves import Happened, about_parcel, open_case
from dokango.orders.lifecycle.perform import Context, refuse_stale
from dokango.orders.parcels.cancelled import may_be_cancelled, note
from dokango.orders.parcels.news import name_of, sync_shipment
from dokango.people.actor import SYSTEM
from dokango.people.permissions import Permission
from dokango.text import plain

SETTLE_CANCEL = "settle_cancel"  # the job that asks what came of it
LOOK_AGAIN_S = (60, 120, 240, 480)
CANCELLED, WAITS = "cancelled", "waits"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the cancelling stands: `cancelled`, or `waits` while it is not known; with a sentence for people."""

    number: str
    stands: str
    sentence: str


def why_not(row: ParcelRow | None) -> str:
    """Why the courier's API cannot be asked to cancel the parcel; "" when it can."""
    why = may_be_cancelled(row)
    if why or row is None:
        return why
    if not can(row.courier, Can.CANCEL):
        return f"{row.carrier or row.courier} cancels nothing by its API."
    return "" if where_is(row.status) is Where.BOOKED else f"{row.carrier} has picked it up: ask it back instead."


def words_to_copy(row: ParcelRow) -> str:
    """What a courier is told by phone or in its panel."""
    called = row.consignment_id or row.tracking_code or row.invoice
    answer = f"Please cancel parcel {called}: it was not picked up, and is not to be."
    courier = COURIERS.get(row.courier)
    return courier.cases.words(name_of(row), answer) if courier is not None else answer


def cancel_booking(desk: CourierDesk, db: Database, context: Context, number: str, reason: str) -> Outcome:
    """Ask the courier to cancel the order's parcel. It waits for the courier: never inside a transaction.

    Raises NotAllowed, NotFound, StaleVersion, Refused (nobody was asked); CourierRefused, CourierUnavailable and
    InvalidInput (nothing was changed, with their words).
    """
    row, request_id = db.write(lambda tx: _ask(tx, context, number, reason))
    try:
        words = _call(desk, row, reason)
    except CourierUncertain as error:
        why = str(error)
        db.write(lambda tx: _wait(tx, context, row.id, request_id, UNCERTAIN, why))
        return Outcome(
            number, WAITS, f"{why} Nobody knows whether it is cancelled; it is not asked for again by itself."
        )
    except (CourierError, InvalidInput, NotFound) as error:
        why = str(error)
        db.write(lambda tx: _refuse(tx, context, row, request_id, why))
        raise
    _look(desk, db, context.clock, row.id)
    left = db.write(lambda tx: _wait(tx, context, row.id, request_id, ACCEPTED, words))
    if left.open is None:
        return _ended(number, row, left)
    return Outcome(number, WAITS, f"{row.carrier} was asked to cancel it and has not said yet that it did.")


def look_at_cancel(desk: CourierDesk, db: Database, clock: Clock, payload: Payload) -> None:
    """The job: what came of a request to cancel. Whoever asked may have died before the answer: nobody knows then."""
    request_id, look = int(payload["request_id"]), int(payload["look"])
    request = db.read(lambda tx: requests.by_id(tx, request_id))
    if request.open is None:
        return
    _look(desk, db, clock, request.shipment_id)
    if db.write(lambda tx: _still_open(tx, clock, request_id)) and look <= len(LOOK_AGAIN_S):
        db.write(
            lambda tx: _queue(tx, clock.now_us(), request.shipment_id, request_id, look + 1, LOOK_AGAIN_S[look - 1])
        )


def _call(desk: CourierDesk, row: ParcelRow, reason: str) -> str:
    courier = desk.courier(row.courier)
    if not isinstance(courier, Cancels):
        raise Refused("cancel_booking", f"{row.carrier} cancels nothing by its API.")
    return courier.cancel(name_of(row), plain(reason))


def _look(desk: CourierDesk, db: Database, clock: Clock, shipment_id: int) -> None:
    """Ask where the parcel is: `cancelled.hear` settles what that says. No answer is no news."""
    try:
        sync_shipment(desk, db, clock, shipment_id)
    except (CourierError, NotFound):
        return


def _ask(tx: Tx, context: Context, number: str, reason: str) -> tuple[ParcelRow, int]:
    context.actor.require(Permission.SHIP)
    order = rows.lock(tx, number)
    refuse_stale(tx, context, order)
    row = shipments.live_of(tx, order.id)
    why = why_not(row) if order.status == "shipped" else f"Order #{number} is not with a courier."
    if why or row is None:
        raise Refused("cancel_booking", why)
    if requests.open_of(tx, row.id, CANCEL) is not None:
        raise Refused("cancel_booking", f"{row.carrier} was asked already. Say first what came of it.")
    now_us = context.clock.now_us()
    request_id = requests.ask(tx, row.id, CANCEL, reason=plain(reason)[:300], by=context.actor.name, now_us=now_us)
    note(tx, context, row, request_id, "cancel_asked", f"{row.carrier}: {plain(reason)}")
    _queue(tx, now_us, row.id, request_id, 1, LOOK_AGAIN_S[0])
    return row, request_id


def _wait(tx: Tx, context: Context, shipment_id: int, request_id: int, state: str, words: str) -> RequestRow:
    """It is accepted and not done, or nobody knows: a case waits for the courier's word or a person's."""
    row = shipments.by_id(tx, shipment_id)
    rows.lock(tx, rows.number_of(tx, row.order_id))
    request = requests.by_id(tx, request_id)
    if request.open is None:
        return request
    requests.go_on(tx, request_id, state, words)
    uncertain = state == UNCERTAIN
    said = (
        f"{row.carrier} may or may not have cancelled parcel {row.invoice}."
        if uncertain
        else (f"{row.carrier} was asked to cancel parcel {row.invoice} and said: {words}")
    )
    open_case(
        tx, about_parcel(row), "cancel_uncertain" if uncertain else "cancel_asked",
        Happened(f"parcel-request/{request_id}/{state}", said, context.clock.now_us(), context.actor),
        state=NEEDS_US if uncertain else ASKED_COURIER,
    )  # fmt: skip
    if uncertain:
        note(tx, context, row, request_id, "cancel_uncertain", words)
    return requests.by_id(tx, request_id)


def _refuse(tx: Tx, context: Context, row: ParcelRow, request_id: int, why: str) -> None:
    rows.lock(tx, rows.number_of(tx, row.order_id))
    requests.settle(tx, request_id, REFUSED, why, context.clock.now_us())
    note(tx, context, row, request_id, "cancel_refused", f"{row.carrier}: {why}")


def _still_open(tx: Tx, clock: Clock, request_id: int) -> bool:
    """Whether it is still to be known; an order that went on without it needs it no more."""
    request = requests.by_id(tx, request_id)
    row = shipments.by_id(tx, request.shipment_id)
    order = rows.lock(tx, rows.number_of(tx, row.order_id))
    request = requests.by_id(tx, request_id)
    if request.open is None:
        return False
    if row.live != 1 or order.status != "shipped":
        requests.settle(tx, request_id, REFUSED, f"The order is {order.status}.", clock.now_us())
        return False
    if request.state == ASKED:
        lost = f"{row.carrier}'s answer was lost when the site stopped."
        _wait(tx, Context(SYSTEM, clock), row.id, request_id, UNCERTAIN, lost)
    return True


def _queue(tx: Tx, now_us: int, shipment_id: int, request_id: int, look: int, wait_s: int) -> None:
    enqueue(
        tx, SETTLE_CANCEL, f"{SETTLE_CANCEL}/{request_id}/{look}", {"request_id": request_id, "look": look},
        now_us=now_us, due_us=now_us + wait_s * US_PER_S, order_id=shipments.by_id(tx, shipment_id).order_id,
    )  # fmt: skip


def _ended(number: str, row: ParcelRow, request: RequestRow) -> Outcome:
    """The courier's word settled it while it was asked for."""
    if request.state == REFUSED:
        raise CourierRefused(row.courier, request.answer)
    return Outcome(number, CANCELLED, f"{row.carrier} cancelled it. #{number} waits to be shipped again.")
