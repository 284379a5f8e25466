"""Tell a courier by its API that the rider collects another amount; what cannot be told that way, a person tells."""

from __future__ import annotations

from dokango.clock import Clock
from dokango.courier_errors import CourierRefused, CourierUncertain
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import ChangesCod
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Database, Tx
from dokango.errors import InvalidInput, NotFound, Refused
from dokango.jobs.queue import Payload
from dokango.orders.book import rows
from dokango.orders.cases import amounts
from dokango.orders.cases.moves import Happened
from dokango.orders.lifecycle.commands import SayCollects
from dokango.orders.lifecycle.perform import Context, perform
from dokango.orders.parcels.news import name_of
from dokango.people.actor import SYSTEM


def tell_amount(desk: CourierDesk, db: Database, clock: Clock, payload: Payload) -> None:
    """Have the rider collect what is asked for now, however often that changed; nothing when somebody knows already.

    Raises CourierUnavailable: the job is tried again.
    """
    row = db.read(lambda tx: shipments.by_id(tx, int(payload["shipment_id"])))
    should = row.asked_cod_poisha
    if should is None or row.live != 1 or _is_delivered(db, row):
        return
    key = str(payload["key"])
    courier = desk.courier(row.courier)
    try:
        if not isinstance(courier, ChangesCod):
            raise Refused("tell_amount", f"{row.carrier} takes no other amount by its API.")
        words = courier.change_cod(name_of(row), should)
    except (CourierRefused, CourierUncertain, InvalidInput, NotFound, Refused) as error:
        why = Happened(f"{key}/by-hand", str(error), clock.now_us())
        db.write(lambda tx: amounts.tell_by_hand(tx, row, why))
        return
    db.write(lambda tx: _told(tx, clock, row, should, words))


def _is_delivered(db: Database, row: ParcelRow) -> bool:
    """The rider has taken something by then: somebody says what."""
    return db.read(lambda tx: rows.by_number(tx, rows.number_of(tx, row.order_id))).status == "delivered"


def _told(tx: Tx, clock: Clock, row: ParcelRow, should_poisha: int, words: str) -> None:
    number = rows.number_of(tx, row.order_id)
    rows.lock(tx, number)
    now = shipments.by_id(tx, row.id)
    if now.asked_cod_poisha != should_poisha or now.live != 1 or rows.by_number(tx, number).status == "delivered":
        return  # another amount is asked for meanwhile, by a job of its own; or somebody has said what happened
    perform(tx, Context(SYSTEM, clock), number, SayCollects(collects_poisha=should_poisha, note=words[:500]))
