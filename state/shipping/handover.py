"""Handing a parcel to a courier without an API: who carries it and, when there is one, the tracking code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.couriers.carriers import carriers_in_use
from dokango.couriers.process_desk import courier_desk
from dokango.orders import Context
from dokango.orders.lifecycle.commands import Ship
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import find
from dokango.orders.parcels.by_hand import ship_by_hand
from dokango.people.permissions import Permission
from state.kit.dialog import Dialog
from state.kit.feedback import done
from state.kit.form import ORDER, Form, sends
from state.kit.session import allow, current_actor
from state.kit.work import read
from state.orders.typed import ship_of
from state.shipping.lists import ShippingState

NO_ERRORS = {"carrier": "", "tracking_code": ""}


class HandoverState(Dialog, Form, rx.State):
    """One parcel about to be handed over."""

    number: str = ""
    known: list[str] = []  # the couriers that the owner keeps by name
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS
    version: int = 0

    @rx.event
    @allow(Permission.SHIP)
    async def open(self, number: str) -> None:
        """Ask who takes it."""
        actor = current_actor()
        situation = await read(lambda tx: situation_of(tx, actor, process.clock(), str(number)[:20]))
        self.known = [one.name for one in await read(carriers_in_use)]
        find("ship", situation)
        self._anew()
        self.number, self.version, self.is_open = situation.order.number, situation.order.version, True

    @rx.event
    @allow(Permission.SHIP)
    @sends(lambda _, typed: ship_of(typed), over=ORDER)
    async def hand_over(self, command: Ship) -> Any:
        """Ship it."""
        number, context = self._shown_for.number, Context(current_actor(), process.clock(), self._shown_for.version)
        await anyio.to_thread.run_sync(
            lambda: ship_by_hand(courier_desk(), process.database(), context, number, command, once=True)
        )
        self.is_open = False
        await (await self.get_state(ShippingState))._read()
        return done(f"#{number} is with {command.carrier}.")
