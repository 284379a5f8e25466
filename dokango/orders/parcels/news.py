"""What a courier says about a parcel, asked outside the transaction and applied inside it.

Older news never undoes newer, and nothing undoes a final word; a courier that contradicts itself, or us, is shown to a
person. Delivered is the only word that moves an order by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dokango import audit, topics
from dokango.clock import Clock
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.base import ParcelName
from dokango.couriers.kind.status import (
    MEANINGS,
    CarrierStatus,
    Effect,
    ReturnLeg,
    StatusReading,
    Where,
    goods_come_back,
)
from dokango.couriers.parcels import asking, shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import is_by_api
from dokango.db import Database, Tx
from dokango.errors import Refused
from dokango.notify.outbox import Telling, tell
from dokango.orders.book import rows
from dokango.orders.book.rows import OrderRow
from dokango.orders.cases import by_courier
from dokango.orders.cases.moves import Happened, about_parcel, open_case
from dokango.orders.lifecycle.commands import Deliver, Ship
from dokango.orders.lifecycle.decision import Situation
from dokango.orders.lifecycle.expected import keep_expected
from dokango.orders.lifecycle.perform import Context, perform, refuse_stale
from dokango.orders.lifecycle.table import allowed, find
from dokango.orders.parcels import cancelled
from dokango.people.actor import Actor
from dokango.people.permissions import Permission, Role
from dokango.shop.profile import load_profile

CONTRADICTION = "courier_contradiction"
_RETURNED_LEGS = (ReturnLeg.NONE, ReturnLeg.PROCESSING, ReturnLeg.RIDER_ASSIGNED, ReturnLeg.RECEIVED)


@dataclass(frozen=True, slots=True)
class Synced:
    """What a look at the courier brought: the status in words, and whether it was news."""

    number: str
    words: str
    changed: bool


def sync_order(desk: CourierDesk, db: Database, context: Context, number: str) -> Synced:
    """Ask the courier about the order's live parcel and apply the answer. Outside transactions and event loops only.

    Raises NotAllowed, NotFound, StaleVersion, Refused (nothing to ask about), CourierUnavailable.
    """
    row = db.read(lambda tx: _parcel_to_ask(tx, context, number))
    asked_at = context.clock.now_us()
    reading = desk.courier(row.courier).status(name_of(row))
    return db.write(lambda tx: apply_reading(tx, context.clock, row.id, reading, asked_at))


def sync_shipment(desk: CourierDesk, db: Database, clock: Clock, shipment_id: int) -> Synced | None:
    """The same for one parcel, superseded ones too; None when there is nothing to ask about (yet)."""
    row = db.read(lambda tx: shipments.by_id(tx, shipment_id))
    if row.booking not in ("booked", "superseded"):
        return None
    asked_at = clock.now_us()
    reading = desk.courier(row.courier).status(name_of(row))
    return db.write(lambda tx: apply_reading(tx, clock, shipment_id, reading, asked_at))


def name_of(row: ParcelRow) -> ParcelName:
    """By which names to ask for a parcel."""
    return ParcelName(row.invoice, row.consignment_id, row.tracking_code)


def apply_reading(tx: Tx, clock: Clock, shipment_id: int, reading: StatusReading, asked_at: int) -> Synced:
    """Let the order and its parcel follow what the courier said at `asked_at`."""
    number = rows.number_of(tx, shipments.by_id(tx, shipment_id).order_id)
    order = rows.lock(tx, number)
    row = shipments.by_id(tx, shipment_id)
    reading = _as_it_ended(row, reading)
    news = _News(tx, clock, order, row, reading)
    unchanged = Synced(number, MEANINGS[shipments.status_of(row)].words, False)
    if row.synced_at is not None and asked_at <= row.synced_at:
        return unchanged
    if reading.charge_poisha is not None and row.live == 1 and order.status == "shipped":
        keep_expected(tx, order.id, order.district, reading.charge_poisha)
    if (row.status, row.return_leg) == (reading.status.value, reading.return_leg.value):
        asking.note_confirmed(tx, row, reading, asked_at, same=True)
        return unchanged
    if not _may_follow(row, reading):
        asking.note_confirmed(tx, row, reading, asked_at, same=False)
        news.contradict()
        return unchanged
    news.keep(asked_at)
    if not cancelled.hear(tx, clock, row, reading, news.actor):
        news.act(asked_at)
    tx.changed(topics.ORDERS, topics.of_order(number))
    return Synced(number, reading.meaning.words, True)


def _as_it_ended(row: ParcelRow, reading: StatusReading) -> StatusReading:
    """News of the way back say where the goods are, and not always how the delivery ended: that stands."""
    before = shipments.status_of(row)
    goes_back = goods_come_back(before.value) and before is not CarrierStatus.RETURNING
    if reading.return_leg is ReturnLeg.NONE or not goes_back:
        return reading
    return replace(reading, status=before)


def _may_follow(row: ParcelRow, reading: StatusReading) -> bool:
    """A final word stands; under it only the way back goes on, and never backwards."""
    before = shipments.status_of(row)
    if not MEANINGS[before].final:
        return True
    leg = ReturnLeg(row.return_leg)
    return before is reading.status and _RETURNED_LEGS.index(reading.return_leg) >= _RETURNED_LEGS.index(leg)


class _News:
    """One reading on its way into one order."""

    def __init__(self, tx: Tx, clock: Clock, order: OrderRow, row: ParcelRow, reading: StatusReading) -> None:
        self.tx, self.order, self.row, self.reading = tx, order, row, reading
        self.clock, self.now_us = clock, clock.now_us()
        self.actor = Actor(0, row.carrier or row.courier, Role.SYSTEM)

    def keep(self, asked_at: int) -> None:
        """The parcel's row, a line on the timeline, and a word to staff where somebody should look."""
        meaning, was = self.reading.meaning, MEANINGS[shipments.status_of(self.row)]
        turns = self.row.live == 1 and meaning.where is Where.BACK and was.where is not Where.BACK
        problem = f"{meaning.words}. {meaning.ask}" if meaning.effect is Effect.PROBLEM else self._staffs_problem()
        asking.note_reading(self.tx, self.row, self.reading, asked_at, problem)
        leg = self.reading.return_leg
        back = f", return: {leg.value.replace('_', ' ')}" if leg else ""
        event_id = audit.record(
            self.tx, key=f"shipment/{self.row.id}/news/{asked_at}", order_id=self.order.id,
            action="turn_back" if turns else "sync",
            actor=self.actor.name, actor_kind=self.actor.kind, now_us=self.now_us,
            note=f"{was.words} → {meaning.words}{back}", data={"raw_status": self.reading.raw},
        )  # fmt: skip
        if meaning.effect is Effect.PROBLEM:
            data = {"number": self.order.number, "words": problem}
            tell(
                self.tx, [Telling("staff", "delivery_problem", "", data)],
                order_id=self.order.id, event_id=event_id, now_us=self.now_us,
            )  # fmt: skip

    def act(self, asked_at: int) -> None:
        """Deliver, or let the cases follow; a parcel that counts no more only reports a delivery."""
        if self.reading.meaning.effect is Effect.DELIVERED:
            self._deliver()
        elif self.row.live == 1 or self.row.booking == "superseded":
            follow = by_courier.follow if self.row.live == 1 else by_courier.follow_back
            key = f"shipment/{self.row.id}/news/{asked_at}"
            follow(self.tx, self.row, self.reading, self._happened(key, self.reading.meaning.words))

    def contradict(self) -> None:
        """They take back a final word: it stands, and a person is told, once. Mere late news is passed over."""
        if shipments.status_of(self.row) is self.reading.status or self._goes_back_already():
            return  # its list of words ends before the way back does
        if not (self.reading.meaning.final or self.reading.meaning.effect is Effect.RESOLUTION):
            return
        before = MEANINGS[shipments.status_of(self.row)].words.lower()
        words = f"{self.actor.name} said “{before}” and now says “{self.reading.raw}”. The first word stands. Ask them."
        if self.row.live == 1 or self.order.status == "delivered":
            self._ask(CONTRADICTION, words, self.reading.status.value)

    def _goes_back_already(self) -> bool:
        return self.reading.status is CarrierStatus.RETURNING and goods_come_back(self.row.status)

    def _deliver(self) -> None:
        if self.order.status == "delivered":
            return
        if self.row.live != 1 and self.row.booking == "booked":
            words = f"{self.actor.name} says that parcel {self.row.invoice}, which came back, was delivered. Ask them."
            self._ask(CONTRADICTION, words, "delivered")
            return
        try:
            self._count_again()
            perform(self.tx, Context(self.actor, self.clock), self.order.number, Deliver())
        except Refused:
            words = f"{self.actor.name} says delivered, but the order is {self.order.status}. Find out which is true."
            self._ask(CONTRADICTION, words, "delivered")

    def _count_again(self) -> None:
        """A parcel that another took over was handed over after all: it counts, its courier has the cash, and the other
        one is asked back. Raises Refused while the other is being booked, and where the order can go no further."""
        if self.row.live == 1 or self.order.status not in ("confirmed", "shipped"):
            return
        other = shipments.live_of(self.tx, self.order.id)
        if other is not None and other.booking != "booked":
            raise Refused("deliver", "Another parcel is being booked.")
        shipments.take_over(self.tx, self.row.id, other.id if other is not None else None)
        if other is not None:
            words = f"{self.actor.name} delivered parcel {self.row.invoice} after all. Ask {other.invoice} back."
            happened = self._happened(f"shipment/{other.id}/two_parcels", words)
            open_case(self.tx, about_parcel(other), "two_parcels", happened)
        if self.order.status == "confirmed":
            row = self.row
            ship = Ship(courier=row.courier, tracking_code=row.tracking_code, shipment_id=row.id)
            perform(self.tx, Context(self.actor, self.clock), self.order.number, ship)

    def _ask(self, kind: str, words: str, detail: str = "") -> None:
        key = "/".join(part for part in (f"shipment/{self.row.id}", kind, detail) if part)
        open_case(self.tx, about_parcel(self.row), kind, self._happened(key, words))

    def _happened(self, key: str, words: str) -> Happened:
        return Happened(key, words, self.now_us, self.actor)

    def _staffs_problem(self) -> str:
        """The problem goes with the status that raised it; what staff noted themselves stays."""
        was = MEANINGS[shipments.status_of(self.row)]
        raised_by_status = f"{was.words}. {was.ask}" == self.row.problem
        return "" if raised_by_status else self.row.problem


def _parcel_to_ask(tx: Tx, context: Context, number: str) -> ParcelRow:
    context.actor.require(Permission.SHIP)
    order = rows.by_number(tx, number)
    refuse_stale(tx, context, order)
    situation = Situation(order, load_profile(tx), context.actor, context.clock.now_us())
    find("sync", situation)
    possible = [action for action in allowed(situation) if action != "sync"]
    live = shipments.live_of(tx, order.id)
    if live is None or live.booking != "booked":
        raise Refused("sync", "There is no booked parcel to ask about.", possible)
    if not is_by_api(live.courier):
        words = f"{live.carrier} has no API to ask. Mark the order delivered when you hear of it."
        raise Refused("sync", words, possible)
    return live
