"""Handing a parcel to a courier without an API: who carries it and, when there is one, the tracking code."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango import process
from dokango.couriers import manual
from dokango.errors import DokangoError, InvalidInput
from dokango.orders import Context, perform_once
from dokango.orders.lifecycle.commands import Ship
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import find
from dokango.people.permissions import Permission
from state.kit.dialog import Overlay
from state.kit.feedback import done
from state.kit.payload import texts
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.shipping.lists import ShippingState

NO_ERRORS = {"carrier": "", "tracking_code": ""}


class HandoverState(Overlay, rx.State):
    """One parcel about to be handed over."""

    is_open: bool = False
    number: str = ""
    errors: dict[str, str] = NO_ERRORS
    failure: str = ""
    _version: int = 0

    @rx.event
    @allow(Permission.SHIP)
    async def open(self, number: str) -> None:
        """Ask who takes it."""
        actor = current_actor()
        situation = await read(lambda tx: situation_of(tx, actor, process.clock(), str(number)[:20]))
        find("ship", situation)
        self.number, self._version = situation.order.number, situation.order.version
        self.errors, self.failure, self.is_open = dict(NO_ERRORS), "", True

    @rx.event
    @allow(Permission.SHIP)
    async def show(self, is_open: bool) -> None:
        """Close the dialog; nothing was changed."""
        self.is_open = bool(is_open) and bool(self.number)

    @rx.event
    @allow(Permission.SHIP)
    async def hand_over(self, form: dict[str, Any]) -> Any:
        """Ship it; what was typed stays when it is refused."""
        self.errors, self.failure = dict(NO_ERRORS), ""
        number, context = self.number, Context(current_actor(), process.clock(), self._version)
        typed = texts(form)
        try:
            command = Ship(
                courier=manual.KEY, carrier=typed.get("carrier", ""), tracking_code=typed.get("tracking_code", "")
            )
            await write(lambda tx: perform_once(tx, context, number, command))
        except InvalidInput as error:
            self.errors = {**NO_ERRORS, **error.fields}
            return None
        except DokangoError as error:
            self.failure = str(error)
            return None
        self.is_open = False
        await (await self.get_state(ShippingState))._read()
        return done(f"#{number} is with {command.carrier}.")
