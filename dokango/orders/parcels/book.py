"""Hand a packed order to a courier's API: a row first, then the call outside any transaction, then what came of it.

requested → booked (the order is shipped), refused (it stays confirmed, and says why) or uncertain (nothing more is
booked for it until a look-up or a person settles it; see `dokango.orders.parcels.uncertain`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from dokango import audit, topics
from dokango.clock import US_PER_S, Clock
from dokango.courier_errors import CourierError, CourierUncertain
from dokango.couriers import area_lists
from dokango.couriers.choosing.choose import NO_RULE, Choice
from dokango.couriers.desk import CourierDesk
from dokango.couriers.inbox import find_owner
from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.base import Booking, Courier
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.delivery_days import expected
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import COURIERS, can
from dokango.db import Database, Tx
from dokango.errors import Refused
from dokango.jobs.queue import enqueue
from dokango.notify.outbox import Telling, tell
from dokango.orders.book import rows, search
from dokango.orders.book.rows import OrderRow
from dokango.orders.book.weight import goods_weight_g
from dokango.orders.cases.moves import Happened, about_parcel, close_kinds, open_case
from dokango.orders.lifecycle.commands import Ship
from dokango.orders.lifecycle.decision import Situation
from dokango.orders.lifecycle.expected import keep_expected
from dokango.orders.lifecycle.order_says import order_says, told_beside
from dokango.orders.lifecycle.perform import Context, perform, refuse_stale
from dokango.orders.lifecycle.table import find
from dokango.orders.parcels.choosing import choice_of, note_choice
from dokango.orders.parcels.draft import (
    Draft,
    ParcelEdits,
    areas_of,
    chosen_areas,
    look_over,
    parcel_of,
    place_of,
    require_sendable,
)
from dokango.orders.parcels.news import apply_reading
from dokango.people.permissions import Permission
from dokango.shop.profile import Profile, load_profile

SETTLE_BOOKING = "settle_booking"
FIRST_LOOK_S = 60
BOOKED, UNCERTAIN = "booked", "uncertain"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a booking stands: `booked` (the order is shipped) or `uncertain`, with a sentence for people."""

    number: str
    booking: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The row of a parcel about to be sent, and exactly what is sent. `already_booked`: nothing is sent any more."""

    shipment_id: int
    invoice: str
    payload: dict[str, object]
    already_booked: bool = False


def draft(tx: Tx, desk: CourierDesk, number: str, courier_key: str, edits: ParcelEdits | None = None) -> Draft:
    """The parcel as it would be sent, looked over; nothing is called or written. Raises InvalidInput, NotFound."""
    return drafted(tx, desk.courier(courier_key), number, edits)


def drafted(tx: Tx, courier: Courier, number: str, edits: ParcelEdits | None = None) -> Draft:
    """The same for a courier at hand."""
    order = rows.by_number(tx, number)
    profile = load_profile(tx)
    invoice = shipments.next_invoice(tx, order.id, invoice_base(profile, number))
    areas = areas_of(tx, courier, order, edits)
    parcel = parcel_of(order, rows.lines_of(tx, order.id), invoice, edits, areas)
    checked = look_over(courier, parcel, order.due_poisha)
    return Draft(parcel, checked, order.due_poisha, {} if checked.errors else courier.payload(parcel), areas)


def load_areas(
    desk: CourierDesk,
    db: Database,
    clock: Clock,
    number: str,
    courier_key: str,
    edits: ParcelEdits | None = None,
    *,
    optional: bool = False,
) -> None:
    """Fetch the courier's lists of places that this parcel is chosen from, where they are missing or a week old.

    `optional`: also those that a parcel can go without. It may wait for the courier: never inside a transaction or on
    an event loop. Raises NotFound, and CourierUnavailable where a list that was never fetched cannot be.
    """
    courier = desk.courier(courier_key)
    if can(courier_key, Can.AREAS):
        place = place_of(db.read(lambda tx: rows.by_number(tx, number)))
        area_lists.load(db, clock, courier, place, chosen_areas(edits), optional=optional)


def ship_by_courier(
    desk: CourierDesk,
    db: Database,
    context: Context,
    number: str,
    courier_key: str,
    edits: ParcelEdits | None = None,
) -> Outcome:
    """Book the parcel and ship the order. It waits for the courier: never inside a transaction or on an event loop.

    Raises NotAllowed, NotFound, StaleVersion, Refused, InvalidInput (nothing was sent); CourierRefused and
    CourierUnavailable (certainly not booked, the order is as before, another try takes a new invoice).
    """
    courier = desk.courier(courier_key)
    context.actor.require(Permission.SHIP)
    load_areas(desk, db, context.clock, number, courier_key, edits)
    choice = choice_of(desk, db, number)
    asked = db.write(lambda tx: ask(tx, courier, context, number, edits, choice))
    if asked.already_booked:
        return db.write(lambda tx: ship_booked(tx, context, number, asked.shipment_id))
    try:
        booking = courier.send(asked.payload)
    except CourierError as error:
        failure = error
        db.write(lambda tx: record_failure(tx, context, number, asked.shipment_id, failure))
        if isinstance(error, CourierUncertain):
            return Outcome(number, UNCERTAIN, str(error))
        raise
    return db.write(lambda tx: record_booking(tx, context, number, asked.shipment_id, booking))


def invoice_base(profile: Profile, number: str) -> str:
    """Our name for an order's first parcel: "DG-1042"."""
    return f"{profile.invoice_prefix}-{number}" if profile.invoice_prefix else number


def record_booking(tx: Tx, context: Context, number: str, shipment_id: int, booking: Booking) -> Outcome:
    """The courier has the parcel: keep what it answered, ship the order, and let it follow what is said of the parcel.

    Twice is once, and brings the names that were not known the first time.
    """
    order = rows.lock(tx, number)
    row = shipments.by_id(tx, shipment_id)
    now_us = context.clock.now_us()
    if row.booking != "requested":  # else the answer came at once, and nothing can have been told that matters
        find_owner(tx, row.courier, booking.consignment_id, order.id, row.requested_at, now_us)
    if row.booking == BOOKED:
        shipments.keep_names(tx, row, booking)
        search.add_words(tx, order.id, [booking.tracking_code, booking.consignment_id])
        return Outcome(number, BOOKED, f"{row.carrier} has the parcel already.")
    if order.shipment_id not in (None, shipment_id):
        return _second_parcel(tx, context, order, row, booking)
    shipments.mark_booked(tx, shipment_id, booking, now_us)
    close_kinds(tx, order.id, ("booking_uncertain",), "it was booked", by=context.actor, now_us=now_us)
    search.add_words(tx, order.id, [booking.tracking_code, booking.consignment_id])
    outcome = ship_booked(tx, context, number, shipment_id)
    if booking.charge_poisha is not None:
        keep_expected(tx, order.id, order.district, booking.charge_poisha)
    if booking.news is not None:
        apply_reading(tx, context.clock, shipment_id, booking.news, now_us)
    return outcome


def record_failure(tx: Tx, context: Context, number: str, shipment_id: int, failure: CourierError) -> None:
    """Keep why nothing was booked, or that nobody knows whether it was."""
    order = rows.lock(tx, number)
    row = shipments.by_id(tx, shipment_id)
    if row.booking not in ("requested", UNCERTAIN):
        return
    uncertain, now_us = isinstance(failure, CourierUncertain), context.clock.now_us()
    if uncertain:
        shipments.mark_uncertain(tx, shipment_id, str(failure), failure.raw, now_us)
    else:
        shipments.mark_refused(tx, shipment_id, str(failure), failure.raw)
    word = UNCERTAIN if uncertain else "refused"
    event_id = audit.record(
        tx, key=f"shipment/{shipment_id}/{word}/{now_us}", order_id=order.id, action=f"booking_{word}",
        actor=context.actor.name, actor_kind=context.actor.kind, note=str(failure), now_us=now_us,
        data={"courier": row.courier, "invoice": row.invoice},
    )  # fmt: skip
    if uncertain:
        words = f"{row.carrier} may or may not have parcel {row.invoice}. Nothing more is booked until that is known."
        key = f"shipment/{shipment_id}/uncertain"
        open_case(tx, about_parcel(row), "booking_uncertain", Happened(key, words, now_us, context.actor))
        tell(
            tx, [Telling("staff", "booking_uncertain", "", {"number": number, "courier": row.carrier})],
            order_id=order.id, event_id=event_id, now_us=now_us,
        )  # fmt: skip
    tx.changed(topics.ORDERS, topics.of_order(number))


def ask(
    tx: Tx,
    courier: Courier,
    context: Context,
    number: str,
    edits: ParcelEdits | None,
    choice: Choice = NO_RULE,
) -> Asked:
    """What can be refused is refused here; then the row is written, and a look-up queued in case we die.

    `choice`: what the owner's rule says, kept on the trail where another courier takes it. Raises as
    `ship_by_courier`, before anything is sent.
    """
    context.actor.require(Permission.SHIP)
    order = rows.lock(tx, number)
    refuse_stale(tx, context, order)
    profile, now_us = load_profile(tx), context.clock.now_us()
    find("ship", Situation(order, profile, context.actor, now_us))
    live = shipments.live_of(tx, order.id)
    if live is not None:
        return Asked(live.id, live.invoice, {}, already_booked=True)
    invoice = shipments.next_invoice(tx, order.id, invoice_base(profile, number))
    areas = areas_of(tx, courier, order, edits)
    parcel = parcel_of(order, rows.lines_of(tx, order.id), invoice, edits, areas)
    require_sendable(look_over(courier, parcel, order.due_poisha))
    payload = courier.payload(parcel)
    days = profile.delivery_days(order.district)
    shipment_id = shipments.request(
        tx, order_id=order.id, courier=courier.key, carrier=courier.name, invoice=invoice, payload=payload,
        cod_poisha=parcel.cod_poisha, now_us=now_us, weight_g=parcel.weight_g,
        expected=expected(tx, courier.key, courier.name, order.district, now_us, days),
        told=told_beside(order_says(order, goods_weight_g(tx, order.id)), asdict(parcel), _takes(courier.key)),
    )  # fmt: skip
    enqueue(
        tx, SETTLE_BOOKING, f"{SETTLE_BOOKING}/{shipment_id}/1", {"shipment_id": shipment_id, "look": 1},
        now_us=now_us, due_us=now_us + FIRST_LOOK_S * US_PER_S, order_id=order.id,
    )  # fmt: skip
    note_choice(tx, context, order, choice, courier.key, courier.name)
    tx.changed(topics.ORDERS, topics.of_order(number))
    return Asked(shipment_id, invoice, payload)


def _takes(courier_key: str) -> frozenset[str]:
    kind = COURIERS.get(courier_key)
    return kind.takes if kind is not None else frozenset()


def ship_booked(tx: Tx, context: Context, number: str, shipment_id: int) -> Outcome:
    """Take the lifecycle's step. What stands against it now (a hold meanwhile) is said; the parcel stays booked."""
    row = shipments.by_id(tx, shipment_id)
    command = Ship(courier=row.courier, tracking_code=row.tracking_code, shipment_id=shipment_id)
    try:
        perform(tx, replace(context, version=None), number, command)
    except Refused as refusal:
        words = f"{row.carrier} has the parcel, but the order could not be shipped: {refusal}"
        happened = Happened(f"shipment/{shipment_id}/not-shipped", words, context.clock.now_us(), context.actor)
        open_case(tx, about_parcel(row), "booked_not_shipped", happened)
        return Outcome(number, BOOKED, words)
    code = row.tracking_code or row.consignment_id or "id not known yet"
    return Outcome(number, BOOKED, f"{row.carrier} has the parcel: {code}.")


def _second_parcel(tx: Tx, context: Context, order: OrderRow, row: ParcelRow, booking: Booking) -> Outcome:
    """A booking thought lost turned up after another one was made: it is kept beside it, and a person is told."""
    shipments.mark_second(tx, row.id, booking, context.clock.now_us())
    search.add_words(tx, order.id, [booking.tracking_code, booking.consignment_id])
    words = f"{row.carrier} has two parcels of this order: {row.invoice} turned up late. Ask one of them back."
    happened = Happened(f"shipment/{row.id}/second", words, context.clock.now_us(), context.actor)
    open_case(tx, about_parcel(row), "two_parcels", happened)
    return Outcome(order.number, BOOKED, words)


def payload_of(row: ParcelRow) -> dict[str, object]:
    """Exactly what was sent, for sending it again."""
    found: dict[str, object] = json.loads(row.payload)
    return found
