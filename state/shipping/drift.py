"""Saying that a courier was told what it did not know."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango import process
from dokango.orders import Context
from dokango.orders.parcels.drift import say_told
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
