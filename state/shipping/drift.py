"""Telling a courier what it does not know of an order, by its API, or saying that a person did."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.couriers.process_desk import courier_desk
from dokango.orders import Context
from dokango.orders.parcels.drift import say_told
from dokango.orders.parcels.tell_changes import tell_changes
from dokango.people.permissions import Permission
from state.kit.feedback import done
from state.kit.payload import words
from state.kit.seen import seen_by
from state.kit.session import allow, current_actor
from state.kit.work import write


class DriftState(rx.State):
    """Nothing is kept here: the order's page and the parcel's drawer show what differs."""

    @rx.event
    @allow(Permission.SHIP)
    async def tell(self, number: str, version: int, field: str) -> Any:
        """Somebody told the courier of one field."""
        seen, name = seen_by(number, version), words(field, 40)
        context = Context(current_actor(), process.clock(), seen.version)
        await write(lambda tx: say_told(tx, context, seen.number, name))
        return done(f"The courier of #{seen.number} was told.")

    @rx.event
    @allow(Permission.SHIP)
    async def tell_now(self, number: str, version: int) -> Any:
        """Tell the courier by its API all that it takes."""
        seen = seen_by(number, version)
        context = Context(current_actor(), process.clock(), seen.version)
        desk, db = courier_desk(), process.database()
        told = await anyio.to_thread.run_sync(lambda: tell_changes(desk, db, context, seen.number))
        return done(f"#{seen.number}: {told.sentence}")
