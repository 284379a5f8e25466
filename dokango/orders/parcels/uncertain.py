"""Bookings of unknown outcome: looked up again over some minutes, then settled by a person.

Nothing found does not prove that nothing was booked: a slow request can land after we have gone. So a look-up never
frees the order for another booking; only a person does, and even then the same invoice is refused twice by the courier,
and who can be asked for it is asked some days longer.
"""

from __future__ import annotations

from dokango import audit, topics
from dokango.clock import US_PER_S, Clock
from dokango.courier_errors import CourierRefused, CourierUnavailable, CourierUncertain
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import Can, FindsBookings, RefusesRepeats
from dokango.couriers.kind.base import Booking, ParcelName
from dokango.couriers.parcels import asking, shipments
from dokango.couriers.parcels.pace import first_look_us
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import can
from dokango.db import Database, Tx
from dokango.errors import InvalidInput, NotFound, Refused
from dokango.jobs.queue import enqueue
from dokango.orders.book import rows
from dokango.orders.cases.moves import close_kinds
from dokango.orders.lifecycle.perform import Context, refuse_stale
from dokango.orders.parcels.book import SETTLE_BOOKING, UNCERTAIN, Outcome, payload_of, record_booking, record_failure
from dokango.people.actor import SYSTEM
from dokango.people.permissions import Permission
from dokango.text import plain

LOOK_AGAIN_S = (60, 120, 240, 480)  # after each look that found nothing; then a person is asked
LONGEST_ID = 60
UNSETTLED = ("requested", UNCERTAIN)
SOUGHT = (*UNSETTLED, "refused")  # a person said that it never landed: a slow request may land after that


def look_again(desk: CourierDesk, db: Database, clock: Clock, shipment_id: int, look: int) -> None:
    """The job: ask whether an unsettled booking landed; the next look is queued when they show nothing yet."""
    row, number = db.read(lambda tx: _row(tx, shipment_id))
    if row.booking not in UNSETTLED:
        return
    context = Context(SYSTEM, clock)
    if row.booking == "requested":
        # Whoever asked has died between the row and the answer: from here on it is as uncertain as a time-out.
        lost = CourierUncertain(row.courier, f"{row.carrier}'s answer was lost when the site stopped.")
        db.write(lambda tx: record_failure(tx, context, number, shipment_id, lost))
    courier = desk.courier(row.courier)
    if not isinstance(courier, FindsBookings):
        return  # only its webhook, or a person, can tell
    try:
        landed = look_once(desk, db, clock, shipment_id)
    except CourierUnavailable:
        landed = False
    if not landed and look <= len(LOOK_AGAIN_S):
        db.write(lambda tx: _queue_look(tx, clock, row, look))


def look_once(desk: CourierDesk, db: Database, clock: Clock, shipment_id: int) -> bool:
    """Ask for a booking that is not known by our name, and record it when they have it; whether they do.

    Raises CourierUnavailable. False for a courier that cannot be asked.
    """
    row, number = db.read(lambda tx: _row(tx, shipment_id))
    courier = desk.courier(row.courier)
    if row.booking not in SOUGHT or not isinstance(courier, FindsBookings):
        return False
    try:
        found = courier.find_booking(row.invoice)
    except CourierRefused:
        found = None
    if found is None:
        return False
    booking = found
    db.write(lambda tx: record_booking(tx, Context(SYSTEM, clock), number, shipment_id, booking))
    return True


def try_again(desk: CourierDesk, db: Database, context: Context, number: str) -> Outcome:
    """A person asks: send the very same parcel again. They refuse an invoice that they know, so none is booked twice.

    Raises Refused unless a booking is uncertain, and for a courier that would book the same invoice twice;
    CourierRefused when they refuse for another reason (it then stays uncertain: a refusal of the second try says
    nothing about the first), CourierUnavailable likewise.
    """
    row = db.read(lambda tx: _unsettled(tx, context, number))
    courier = desk.courier(row.courier)
    if not isinstance(courier, RefusesRepeats):
        raise Refused("ship", f"{row.carrier} would book the parcel twice. Look for {row.invoice} in its own panel.")
    try:
        booking = courier.send(payload_of(row))
    except CourierRefused as refusal:
        if not courier.took_it_before(refusal):
            raise
        found = courier.find_booking(row.invoice) if isinstance(courier, FindsBookings) else None
        booking = found or Booking("", raw=refusal.raw)
    return db.write(lambda tx: record_booking(tx, context, number, row.id, booking))


def settle_with_id(
    desk: CourierDesk, db: Database, context: Context, number: str, consignment_id: str, tracking_code: str = ""
) -> Outcome:
    """A person found the parcel in the courier's own panel and enters its id. They are asked whether they know it.

    Raises InvalidInput for an id that they do not know, CourierUnavailable when they cannot be asked.
    """
    row = db.read(lambda tx: _unsettled(tx, context, number))
    consignment_id, tracking_code = plain(consignment_id), plain(tracking_code)
    if not consignment_id.isascii() or not consignment_id.isalnum() or len(consignment_id) > LONGEST_ID:
        raise InvalidInput({"consignment_id": "Type the consignment id as the courier shows it, for example 1424107."})
    if len(tracking_code) > LONGEST_ID:
        raise InvalidInput({"tracking_code": f"A tracking code has at most {LONGEST_ID} characters."})
    try:
        reading = desk.courier(row.courier).status(ParcelName(consignment_id=consignment_id))
    except NotFound as missing:
        raise InvalidInput({"consignment_id": f"{row.carrier} knows no parcel {consignment_id}."}) from missing
    owner = db.read(lambda tx: shipments.named(tx, row.courier, consignment_id, ""))
    if owner is not None and owner.id != row.id:
        raise InvalidInput({"consignment_id": f"Parcel {consignment_id} belongs to another order."})
    booking = Booking(
        consignment_id, tracking_code, raw_status=reading.raw, status=reading.status, return_leg=reading.return_leg
    )
    return db.write(lambda tx: record_booking(tx, context, number, row.id, booking))


def never_landed(desk: CourierDesk, db: Database, context: Context, number: str) -> str:
    """A person has looked at the courier's panel: it has no such parcel. The order may be booked again; a sentence.

    A courier that can be asked is asked first: what it has it has, whatever was seen. Raises Refused.
    """
    row = db.read(lambda tx: _unsettled(tx, context, number))
    try:
        if look_once(desk, db, context.clock, row.id):
            return f"{row.carrier} has parcel {row.invoice} after all."
    except CourierUnavailable:
        pass  # the person's word counts
    db.write(lambda tx: _free(tx, context, number, row.id))
    return f"#{number} can be sent again."


def _free(tx: Tx, context: Context, number: str, shipment_id: int) -> None:
    order = rows.lock(tx, number)
    row = shipments.by_id(tx, shipment_id)
    if row.booking != UNCERTAIN:
        raise Refused("ship", "The booking was settled meanwhile. Look again.")
    now_us = context.clock.now_us()
    words = f"{context.actor.name}: {row.carrier} has no parcel {row.invoice}"
    shipments.mark_refused(tx, shipment_id, words, row.answer)
    if can(row.courier, Can.FIND_BOOKING):
        asking.ask_at(tx, shipment_id, first_look_us(now_us))
    audit.record(
        tx, key=f"shipment/{shipment_id}/never-landed", order_id=order.id, action="booking_refused",
        actor=context.actor.name, actor_kind=context.actor.kind, note=words, now_us=now_us,
    )  # fmt: skip
    close_kinds(tx, order.id, ("booking_uncertain",), "never booked", by=context.actor, now_us=now_us)
    tx.changed(topics.ORDERS, topics.of_order(number))


def _unsettled(tx: Tx, context: Context, number: str) -> ParcelRow:
    context.actor.require(Permission.SHIP)
    order = rows.by_number(tx, number)
    refuse_stale(tx, context, order)
    live = shipments.live_of(tx, order.id)
    if live is None or live.booking != UNCERTAIN:
        raise Refused("ship", f"Order #{number} has no booking of unknown outcome.")
    return live


def _row(tx: Tx, shipment_id: int) -> tuple[ParcelRow, str]:
    row = shipments.by_id(tx, shipment_id)
    return row, rows.number_of(tx, row.order_id)


def _queue_look(tx: Tx, clock: Clock, row: ParcelRow, look: int) -> None:
    now_us = clock.now_us()
    enqueue(
        tx, SETTLE_BOOKING, f"{SETTLE_BOOKING}/{row.id}/{look + 1}", {"shipment_id": row.id, "look": look + 1},
        now_us=now_us, due_us=now_us + LOOK_AGAIN_S[look - 1] * US_PER_S, order_id=row.order_id,
    )  # fmt: skip
