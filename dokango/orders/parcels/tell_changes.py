"""Tell a courier by its API what its parcel's order says otherwise now: a row first, then the call, then what it knows.

What it answers for is recorded as told after the answer, and differs no more. What nobody knows waits as a case, and is
not told again unless a person says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from dokango.clock import US_PER_S, Clock
from dokango.courier_errors import CourierError, CourierUncertain
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import Can, Changes
from dokango.couriers.kind.base import ParcelChanges
from dokango.couriers.parcels import requests, shipments
from dokango.couriers.parcels.requests import ASKED, CHANGE, DONE, REFUSED, UNCERTAIN, RequestRow
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import can, changed_by_api
from dokango.db import Database, Tx
from dokango.errors import InvalidInput, NotFound, Refused
from dokango.jobs.queue import Payload, enqueue
from dokango.orders.book import rows
from dokango.orders.book.weight import goods_weight_g
from dokango.orders.cases.moves import Happened, about_parcel, close_kinds, open_case
from dokango.orders.lifecycle.order_says import order_says
from dokango.orders.lifecycle.perform import Context, refuse_stale
from dokango.orders.parcels.cancelled import note
from dokango.orders.parcels.drift import LABELS, differences, note_sent
from dokango.orders.parcels.news import name_of
from dokango.people.actor import SYSTEM
from dokango.people.permissions import Permission

SETTLE_CHANGE = "settle_change"  # the job that sees to a change whose answer was lost with the process
LOST_AFTER_S = 60
_KIND = ("change_uncertain",)


@dataclass(frozen=True, slots=True)
class Told:
    """What the courier was told: `fields` of a parcel; `known` is False while nobody knows whether it took them.

    `left`: what differs still, which a person tells.
    """

    fields: tuple[str, ...]
    known: bool
    left: tuple[str, ...]
    sentence: str


def tell_changes(desk: CourierDesk, db: Database, context: Context, number: str) -> Told:
    """Tell it all that its API takes. It waits for the courier: never inside a transaction.

    Raises NotAllowed, NotFound, StaleVersion, Refused (nobody was told); CourierRefused, CourierUnavailable and
    InvalidInput (it took nothing, with its words).
    """
    courier = desk.courier(_carrier(db, number))
    if not isinstance(courier, Changes):
        raise Refused("tell_changes", "It takes no changes by its API. Copy the words and tell it.")
    takes = changed_by_api(courier.key)
    row, request, left = db.write(lambda tx: _ask(tx, context, number, takes))
    sent: dict[str, str] = json.loads(request.sent)
    try:
        words = courier.change(name_of(row), ParcelChanges(**sent))
    except CourierUncertain as error:
        why = str(error)
        db.write(lambda tx: _uncertain(tx, context, request.id, why))
        return Told(tuple(sent), False, left, f"{why} Nobody knows whether it took the change; ask it, then say so.")
    except (CourierError, InvalidInput, NotFound) as error:
        why = str(error)
        db.write(lambda tx: _refused(tx, context, row, request.id, why))
        raise
    db.write(lambda tx: _took(tx, context, request.id, words))
    rest = f" Still to be told: {_labels(left)}." if left else ""
    return Told(tuple(sent), True, left, f"{row.carrier} was told: {_labels(tuple(sent))}.{rest}")


def look_at_change(desk: CourierDesk, db: Database, clock: Clock, payload: Payload) -> None:
    """The job: whoever told the courier has died before its answer: nobody knows whether it took the change."""
    request_id = int(payload["request_id"])

    def lost(tx: Tx) -> None:
        request = requests.by_id(tx, request_id)
        if request.state == ASKED:
            _uncertain(tx, Context(SYSTEM, clock), request_id, "The answer was lost when the site stopped.")

    db.write(lost)


def say_taken(tx: Tx, context: Context, shipment_id: int, *, taken: bool) -> None:
    """A person knows whether the courier took what it was told. Raises NotAllowed, Refused."""
    context.actor.require(Permission.SHIP)
    request = requests.open_of(tx, shipment_id, CHANGE)
    if request is None:
        raise Refused("tell_changes", "It is known what the courier was told.")
    if taken:
        _took(tx, context, request.id, f"{context.actor.name}: it has them")
    else:
        _refused(
            tx, context, shipments.by_id(tx, shipment_id), request.id, f"{context.actor.name}: it has not got them"
        )


def _carrier(db: Database, number: str) -> str:
    def found(tx: Tx) -> str:
        live = shipments.live_of(tx, rows.by_number(tx, number).id)
        if live is None or live.booking != "booked" or not can(live.courier, Can.CHANGE):
            who = live.carrier or live.courier if live is not None else "Nobody"
            raise Refused("tell_changes", f"{who} takes no changes by an API. Copy the words and tell them.")
        return live.courier

    return db.read(found)


def _ask(tx: Tx, context: Context, number: str, takes: frozenset[str]) -> tuple[ParcelRow, RequestRow, tuple[str, ...]]:
    context.actor.require(Permission.SHIP)
    order = rows.lock(tx, number)
    refuse_stale(tx, context, order)
    row = shipments.live_of(tx, order.id)
    since = [one.field for one in differences(tx, order, row) if one.since]
    now = order_says(order, goods_weight_g(tx, order.id))
    sent = {field: str(now[field]) for field in since if field in takes}
    if row is None or not sent:
        what = f"{_labels(tuple(since))}: a person tells it." if since else "It knows what the order says."
        raise Refused("tell_changes", f"There is nothing that its API takes. {what}")
    now_us, before = context.clock.now_us(), requests.open_of(tx, row.id, CHANGE)
    if before is not None and before.state == ASKED:
        raise Refused("tell_changes", f"{row.carrier} is being told just now. Look again in a minute.")
    if before is not None:
        requests.settle(tx, before.id, REFUSED, f"{context.actor.name} told it again", now_us)
    request_id = requests.ask(tx, row.id, CHANGE, reason="", by=context.actor.name, now_us=now_us, sent=sent)
    enqueue(
        tx, SETTLE_CHANGE, f"{SETTLE_CHANGE}/{request_id}", {"request_id": request_id}, now_us=now_us,
        due_us=now_us + LOST_AFTER_S * US_PER_S, order_id=order.id,
    )  # fmt: skip
    return row, requests.by_id(tx, request_id), tuple(field for field in since if field not in takes)


def _took(tx: Tx, context: Context, request_id: int, words: str) -> None:
    """It knows what was sent, whatever the order says by now."""
    request, row = _locked(tx, request_id)
    if request.open is None:
        return
    now_us, sent = context.clock.now_us(), json.loads(request.sent)
    note_sent(tx, row, sent)
    requests.settle(tx, request_id, DONE, words, now_us)
    close_kinds(tx, row.order_id, _KIND, "the courier took it", by=context.actor, now_us=now_us)
    said = "; ".join(f"{LABELS[field]}: {value}" for field, value in sent.items())
    note(tx, context, row, request_id, "courier_told", f"{said} ({words})" if words else said)


def _refused(tx: Tx, context: Context, row: ParcelRow, request_id: int, why: str) -> None:
    request, _ = _locked(tx, request_id)
    if request.open is None:
        return
    now_us = context.clock.now_us()
    requests.settle(tx, request_id, REFUSED, why, now_us)
    close_kinds(tx, row.order_id, _KIND, "the courier has not got it", by=context.actor, now_us=now_us)
    note(tx, context, row, request_id, "change_refused", why)


def _uncertain(tx: Tx, context: Context, request_id: int, why: str) -> None:
    request, row = _locked(tx, request_id)
    if request.open is None:
        return
    requests.go_on(tx, request_id, UNCERTAIN, why)
    what = _labels(tuple(json.loads(request.sent)))
    words = f"{row.carrier} may or may not know of the change of parcel {row.invoice}: {what}."
    happened = Happened(f"parcel-request/{request_id}/{UNCERTAIN}", words, context.clock.now_us(), context.actor)
    open_case(tx, about_parcel(row), _KIND[0], happened)


def _locked(tx: Tx, request_id: int) -> tuple[RequestRow, ParcelRow]:
    row = shipments.by_id(tx, requests.by_id(tx, request_id).shipment_id)
    rows.lock(tx, rows.number_of(tx, row.order_id))
    return requests.by_id(tx, request_id), shipments.by_id(tx, row.id)


def _labels(fields: tuple[str, ...]) -> str:
    return ", ".join(LABELS[field].lower() for field in fields)
