"""Handing a parcel over from the order's page, the owner's rule asked first: who chose otherwise is kept."""

from __future__ import annotations

from collections.abc import Callable

import anyio.to_thread

from dokango import process
from dokango.couriers.process_desk import courier_desk
from dokango.db import Tx
from dokango.orders import Context, Done
from dokango.orders.lifecycle.commands import Ship
from dokango.orders.parcels.by_hand import hand_over
from dokango.orders.parcels.choosing import choice_of

Take = Callable[[Tx, Context, str], Done]


async def handing_over(command: Ship, number: str) -> Take:
    """The step, as it is taken in a transaction."""
    choice = await anyio.to_thread.run_sync(lambda: choice_of(courier_desk(), process.database(), number))
    return lambda tx, context, known: hand_over(tx, context, known, command, choice, once=True)
