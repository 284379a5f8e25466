"""Hand many packed orders to one courier: through its bulk call where it has one, else one after the other.

Each order is its own: its row before the call, its own transaction for what came of it, a result that is said as soon
as it is known. A booking of unknown outcome among them is sent again as it was, under the same name, to a courier that
refuses repeats: what it has it refuses, and so it is settled without a second parcel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dokango.clock import Clock
from dokango.courier_errors import CourierError, CourierRefused, CourierUncertain
from dokango.couriers.choosing.choose import Choice
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import BooksMany, FindsBookings, RefusesRepeats
from dokango.couriers.kind.base import Booking, BulkResult, Courier
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Database, Tx
from dokango.errors import DokangoError
from dokango.orders.book import rows
from dokango.orders.lifecycle.perform import Context, refuse_stale
from dokango.orders.parcels import book
from dokango.orders.parcels.book import (
    UNCERTAIN,
    Asked,
    Outcome,
    load_areas,
    payload_of,
    record_booking,
    record_failure,
)
from dokango.orders.parcels.choosing import choice_of
from dokango.orders.parcels.draft import ParcelEdits
from dokango.people.actor import Actor
from dokango.people.permissions import Permission

# Less than couriers take: what one lost answer leaves open is that many, and people see how far it has come.
MOST_IN_A_CALL = 100
FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order to send, and the version of it that was looked over (None: whichever it is)."""

    number: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class _InHand:
    """A parcel about to be sent; `again` when an earlier try of the same may have landed."""

    wanted: Wanted
    asked: Asked
    again: bool


Heard = Callable[[Outcome], None]


def ship_many(
    desk: CourierDesk,
    db: Database,
    clock: Clock,
    actor: Actor,
    courier_key: str,
    wanted: Sequence[Wanted],
    heard: Heard,
    *,
    edits: ParcelEdits | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Book the parcels of `wanted` and ship the orders; each outcome is `heard` as soon as it is known.

    `stopped` is asked before each call; what is not sent by then is not heard of. It waits for the courier: never
    inside a transaction or on an event loop. Raises NotFound and CourierUnavailable for a courier that cannot be
    called at all; what befalls one order is an Outcome of it.
    """
    courier = desk.courier(courier_key)
    sending = _Sending(desk, db, clock, actor, courier, heard, edits)
    at_once = min(courier.most_in_a_call, MOST_IN_A_CALL) if isinstance(courier, BooksMany) else 1
    for start in range(0, len(wanted), at_once):
        if stopped():
            return
        sending.send(wanted[start : start + at_once])


def settled_by_sending(tx: Tx, courier: Courier, order_id: int) -> ParcelRow | None:
    """The order's booking of unknown outcome with this courier, where sending it again settles it; else None."""
    live = shipments.live_of(tx, order_id)
    is_open = live is not None and live.booking == UNCERTAIN and live.courier == courier.key
    return live if is_open and isinstance(courier, RefusesRepeats) else None


class _Sending:
    """Many parcels on their way to one courier."""

    def __init__(
        self, desk: CourierDesk, db: Database, clock: Clock, actor: Actor, courier: Courier, heard: Heard,
        edits: ParcelEdits | None,
    ) -> None:  # fmt: skip
        self._desk, self._db, self._clock, self._actor, self._courier = desk, db, clock, actor, courier
        self._heard, self._edits = heard, edits

    def send(self, wanted: Sequence[Wanted]) -> None:
        """One call of the courier, and what is written before and after it."""
        in_hand = [found for one in wanted if (found := self._begin(one)) is not None]
        if in_hand:
            for one, result in zip(in_hand, self._called([one.asked for one in in_hand]), strict=True):
                self._end(one, result)

    def _begin(self, wanted: Wanted) -> _InHand | None:
        """The order's row; None when there is nothing to send, and then why was heard."""
        context, number = self._context(wanted), wanted.number
        try:
            load_areas(self._desk, self._db, self._clock, number, self._courier.key, self._edits)
            choice = choice_of(self._desk, self._db, number)
            again, asked = self._db.write(lambda tx: self._asked(tx, context, number, choice))
            if asked.already_booked:
                self._heard(self._db.write(lambda tx: book.ship_booked(tx, context, number, asked.shipment_id)))
                return None
        except DokangoError as refusal:
            self._heard(Outcome(number, FAILED, str(refusal)))
            return None
        return _InHand(wanted, asked, again)

    def _asked(self, tx: Tx, context: Context, number: str, choice: Choice) -> tuple[bool, Asked]:
        context.actor.require(Permission.SHIP)
        order = rows.lock(tx, number)
        refuse_stale(tx, context, order)
        lost = settled_by_sending(tx, self._courier, order.id)
        if lost is not None:
            return True, Asked(lost.id, lost.invoice, payload_of(lost))
        return False, book.ask(tx, self._courier, context, number, self._edits, choice)

    def _called(self, asked: Sequence[Asked]) -> list[BulkResult]:
        """What the courier says of each; what befell the whole call befell each of them."""
        try:
            if isinstance(self._courier, BooksMany):
                return self._courier.send_many([one.payload for one in asked])
            return [BulkResult(one.invoice, self._courier.send(one.payload)) for one in asked]
        except CourierError as failure:
            return [BulkResult(one.invoice, error=failure) for one in asked]

    def _end(self, one: _InHand, result: BulkResult) -> None:
        try:
            outcome = self._outcome(one, result)
        except DokangoError as failure:  # they could not be asked for the first try: it stays as open as it was
            outcome = Outcome(one.wanted.number, UNCERTAIN, str(failure))
        self._heard(outcome)

    def _outcome(self, one: _InHand, result: BulkResult) -> Outcome:
        number, context, shipment_id = one.wanted.number, self._context(one.wanted), one.asked.shipment_id
        booking, failure = result.booking or self._landed_before(one, result), result.error
        if booking is not None:
            found = booking
            return self._db.write(lambda tx: record_booking(tx, context, number, shipment_id, found))
        assert failure is not None  # noqa: S101  one of both is always set
        if one.again:  # what is said of a second try says nothing about the first
            return Outcome(number, UNCERTAIN, str(failure))
        self._db.write(lambda tx: record_failure(tx, context, number, shipment_id, failure))
        return Outcome(number, UNCERTAIN if isinstance(failure, CourierUncertain) else FAILED, str(failure))

    def _landed_before(self, one: _InHand, result: BulkResult) -> Booking | None:
        """The parcel of the first try, when the second is refused because they have it."""
        refusal, courier = result.error, self._courier
        if not one.again or not isinstance(refusal, CourierRefused) or not isinstance(courier, RefusesRepeats):
            return None
        if not courier.took_it_before(refusal):
            return None
        found = courier.find_booking(one.asked.invoice) if isinstance(courier, FindsBookings) else None
        return found or Booking("", raw=refusal.raw)

    def _context(self, wanted: Wanted) -> Context:
        return Context(self._actor, self._clock, wanted.version)
