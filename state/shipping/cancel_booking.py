"""The dialog that cancels a booking with its courier, or says what came of that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.couriers.parcels import shipments
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import COURIERS
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.orders import Context
from dokango.orders.book import rows
from dokango.orders.parcels.cancel_booking import cancel_booking, words_to_copy
from dokango.orders.parcels.cancelled import say_cancelled, say_not_cancelled
from dokango.orders.parcels.cancelling import Cancelling, cancelling_of
from dokango.people.permissions import Permission
from state.kit.dialog import Dialog
from state.kit.feedback import done, warned
from state.kit.form import ORDER, Form, Typed, as_typed, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import read, write

NO_ERRORS = {"reason": ""}


def reason_of(typed: Typed) -> str:
    """Why it is cancelled; raises InvalidInput without words."""
    if not typed.get("reason"):
        raise InvalidInput({"reason": "Say why: it stays in the order's history."})
    return typed["reason"]


class CancelBookingState(Dialog, Form, rx.State):
    """One order's parcel. `how` is one of `Cancelling`; `to_copy` are words for a courier that cannot be called."""

    number: str = ""
    version: int = 0
    how: str = Cancelling.NONE.value
    carrier: str = ""
    panel: str = ""
    to_copy: str = ""
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS

    @rx.event
    @allow(Permission.SHIP)
    async def open(self, number: str) -> Any:
        """Ask about the parcel as it is now."""
        self.is_open = False
        self._anew()
        self.number = words(number, 20)
        await read(self._look)
        if self.how == Cancelling.NONE.value:
            return warned(f"The parcel of #{self.number} cannot be cancelled any more.")
        self.is_open = True
        return None

    @rx.event
    @allow(Permission.SHIP)
    @sends(lambda _, typed: reason_of(typed), over=ORDER)
    async def cancel(self, reason: str) -> Any:
        """Ask the courier."""
        seen = self._shown_for
        context = Context(current_actor(), process.clock(), seen.version)
        desk, db = courier_desk(), process.database()
        asked = await anyio.to_thread.run_sync(lambda: cancel_booking(desk, db, context, seen.number, reason))
        self.is_open = False
        return done(f"#{seen.number}: {asked.sentence}")

    @rx.event
    @allow(Permission.SHIP)
    @sends(lambda _, typed: reason_of(typed), over=ORDER)
    async def they_cancelled(self, reason: str) -> Any:
        """Somebody knows that the courier did."""
        seen = self._shown_for
        context = Context(current_actor(), process.clock(), seen.version)
        said = await write(lambda tx: say_cancelled(tx, context, seen.number, reason))
        self.is_open = False
        return done(said)

    @rx.event
    @allow(Permission.SHIP)
    @sends(as_typed, over=ORDER)
    async def not_cancelled(self, _: Typed) -> Any:
        """Somebody knows that the courier did not."""
        seen = self._shown_for
        context = Context(current_actor(), process.clock(), seen.version)
        said = await write(lambda tx: say_not_cancelled(tx, context, seen.number))
        self.is_open = False
        return done(said)

    def _look(self, tx: Tx) -> None:
        order = rows.by_number(tx, self.number)
        parcel = shipments.live_of(tx, order.id)
        self.version, self.how = order.version, cancelling_of(tx, order, parcel).value
        self.carrier = (parcel.carrier or parcel.courier) if parcel is not None else ""
        kind = COURIERS.get(parcel.courier) if parcel is not None else None
        self.panel = kind.cases.panel if kind is not None else ""
        self.to_copy = words_to_copy(parcel) if parcel is not None else ""
