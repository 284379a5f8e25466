"""Handing a parcel to a courier without an API: who carries it and, when there is one, the tracking code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango import process
from dokango.orders import Context, perform_once
from dokango.orders.lifecycle.commands import Ship
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import find
from dokango.people.permissions import Permission
from state.kit.dialog import Dialog
from state.kit.feedback import done
from state.kit.form import ORDER, Form, sends
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.orders.typed import ship_of
from state.shipping.lists import ShippingState

NO_ERRORS = {"carrier": "", "tracking_code": ""}


class HandoverState(Dialog, Form, rx.State):
    """One parcel about to be handed over."""

    number: str = ""
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS
    version: int = 0

    @rx.event
    @allow(Permission.SHIP)
    async def open(self, number: str) -> None:
        """Ask who takes it."""
        actor = current_actor()
        situation = await read(lambda tx: situation_of(tx, actor, process.clock(), str(number)[:20]))
        find("ship", situation)
        self._anew()
        self.number, self.version, self.is_open = situation.order.number, situation.order.version, True

    @rx.event
    @allow(Permission.SHIP)
    @sends(lambda _, typed: ship_of(typed), over=ORDER)
    async def hand_over(self, command: Ship) -> Any:
        """Ship it."""
        number, context = self._shown_for.number, Context(current_actor(), process.clock(), self._shown_for.version)
        await write(lambda tx: perform_once(tx, context, number, command))
        self.is_open = False
        await (await self.get_state(ShippingState))._read()
        return done(f"#{number} is with {command.carrier}.")
