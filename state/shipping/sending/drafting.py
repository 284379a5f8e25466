"""Drafting and sending a parcel, whoever takes it: a courier that is called, or one that the owner keeps by name."""

from __future__ import annotations

from dokango import process
from dokango.couriers.kind import CourierKind
from dokango.couriers.manual import MANUAL
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import COURIERS, is_by_api
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.orders import Context
from dokango.orders.parcels import book
from dokango.orders.parcels.book import BOOKED, Outcome
from dokango.orders.parcels.by_hand import carrier_of, draft_by_hand, ship_by_hand, ship_of
from dokango.orders.parcels.draft import Draft, ParcelEdits


def kind_of(courier: str) -> CourierKind:
    """The row of who takes it; of one by name what stands for all that are followed by hand."""
    return COURIERS[courier] if is_by_api(courier) else MANUAL


def drafted(tx: Tx, courier: str, number: str, edits: ParcelEdits | None = None) -> Draft:
    """The parcel as it would go. Raises InvalidInput, NotFound."""
    if is_by_api(courier):
        return book.draft(tx, courier_desk(), number, courier, edits)
    return draft_by_hand(tx, courier, number, edits)


def sent(context: Context, courier: str, number: str, edits: ParcelEdits, tracking_code: str = "") -> Outcome:
    """Send it. It may wait for the courier: never on an event loop. Raises as `ship_by_courier` and `perform`."""
    desk, db = courier_desk(), process.database()
    if is_by_api(courier):
        return book.ship_by_courier(desk, db, context, number, courier, edits)
    carrier = db.read(lambda tx: carrier_of(tx, courier))
    if carrier is None:
        raise NotFound("courier", courier)
    ship_by_hand(desk, db, context, number, ship_of(carrier, edits, tracking_code), once=context.version is not None)
    return Outcome(number, BOOKED, f"{carrier.name} has the parcel.")
