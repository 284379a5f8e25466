"""Parcels handed over by hand: to a courier that the owner keeps by name, or to anybody whose name is typed."""

from __future__ import annotations

from dokango.couriers import manual
from dokango.couriers.carriers import Carrier, carriers_in_use
from dokango.couriers.choosing.choose import NO_RULE, Choice
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind import parcel_limits
from dokango.couriers.kind.parcel_limits import collectable
from dokango.couriers.registry import account_part
from dokango.db import Database, Tx
from dokango.errors import NotFound
from dokango.orders.book import rows
from dokango.orders.lifecycle.commands import Ship
from dokango.orders.lifecycle.once import perform_once
from dokango.orders.lifecycle.perform import Context, Done, perform
from dokango.orders.parcels.choosing import choice_of, note_choice
from dokango.orders.parcels.draft import Draft, ParcelEdits, looked_over, parcel_of


def carrier_of(tx: Tx, key: str) -> Carrier | None:
    """The courier in use that the books call `key`; None for any other."""
    return next((one for one in carriers_in_use(tx) if one.key == key), None)


def draft_by_hand(tx: Tx, key: str, number: str, edits: ParcelEdits | None = None) -> Draft:
    """The parcel as it would be handed over, looked over. Raises InvalidInput, and NotFound for one not in use."""
    if carrier_of(tx, key) is None:
        raise NotFound("courier", key)
    order = rows.by_number(tx, number)
    parcel = parcel_of(order, rows.lines_of(tx, order.id), f"manual-{number}", edits)
    checked = looked_over(parcel_limits.check(parcel, manual.LIMITS), parcel, order.due_poisha)
    return Draft(parcel, checked, order.due_poisha, {})


def ship_of(carrier: Carrier, edits: ParcelEdits | None = None, tracking_code: str = "") -> Ship:
    """The command that hands a parcel to a courier, with what was changed of it."""
    said = edits or ParcelEdits()
    return Ship(
        courier=manual.KEY, carrier=carrier.name, tracking_code=tracking_code,
        cod_poisha=None if said.cod_poisha is None else collectable(said.cod_poisha),
        note=said.note, name=said.recipient_name, phone=said.recipient_phone,
        alternative_phone=said.alternative_phone or None, address=said.recipient_address, weight_g=said.weight_g,
    )  # fmt: skip


def hand_over(
    tx: Tx, context: Context, number: str, command: Ship, choice: Choice = NO_RULE, *, once: bool = False
) -> Done:
    """Take the step, and keep on the trail when the rule's `choice` was another. Raises as `perform`.

    `once`: the very same click again changes nothing.
    """
    done = (perform_once if once else perform)(tx, context, number, command)
    if done.event_id:
        order = rows.by_number(tx, number)
        note_choice(tx, context, order, choice, account_part(command.courier, command.carrier), command.carrier)
    return done


def ship_by_hand(
    desk: CourierDesk, db: Database, context: Context, number: str, command: Ship, *, once: bool = False
) -> Done:
    """The same, the rule asked first. It reads and writes: outside transactions."""
    choice = choice_of(desk, db, number)
    return db.write(lambda tx: hand_over(tx, context, number, command, choice, once=once))
