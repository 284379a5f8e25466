"""The dialog that sends a parcel by a courier's API: pre-filled, editable, looked over, and settled in words after."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.couriers.process_desk import courier_desk
from dokango.db import Tx
from dokango.errors import DokangoError, InvalidInput
from dokango.money import parse_taka, taka, typed_taka
from dokango.orders import Context
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import find
from dokango.orders.parcels import book
from dokango.orders.parcels.book import BOOKED
from dokango.orders.parcels.draft import Draft, ParcelEdits
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from state.kit.dialog import Overlay
from state.kit.feedback import done, warned
from state.kit.payload import texts
from state.kit.session import allow, current_actor
from state.kit.work import read
from state.shipping.couriers import CouriersState, name_of
from state.shipping.lists import ShippingState
from state.shipping.text import sent_words

FIELDS = ("recipient_name", "recipient_phone", "recipient_address", "cod", "note", "item_description")
LONGEST_FIELD = 2_000


class SendState(Overlay, rx.State):
    """One parcel about to be sent."""

    is_open: bool = False
    number: str = ""
    courier: str = ""
    courier_name: str = ""
    practising: bool = False
    values: dict[str, str] = dict.fromkeys(FIELDS, "")
    errors: dict[str, str] = dict.fromkeys(FIELDS, "")
    warnings: list[str] = []
    sent: list[dict[str, str]] = []
    due: str = ""
    failure: str = ""
    pending: bool = False
    _version: int = 0

    @rx.event
    @allow(Permission.SHIP)
    async def open(self, number: str) -> Any:
        """Pre-fill the dialog from the order as it is now."""
        number = str(number)[:20]
        actor = current_actor()
        courier = await (await self.get_state(CouriersState))._chosen(self.courier)
        order, drafted = await read(lambda tx: _sendable(tx, actor, number, courier))
        self.number, self._version = order.number, order.version
        self.values = _values(drafted)
        await self._take(courier)
        self.failure, self.pending = "", False
        self._show(drafted)
        self.is_open = True

    @rx.event
    @allow(Permission.SHIP)
    async def choose(self, courier: str) -> None:
        """Send it by another courier; what was typed stays and is looked over by its rules."""
        known = [key for key, _ in (await self.get_state(CouriersState)).choices]
        if str(courier) in known and self.is_open and not self.pending:
            await self._take(str(courier))
            await self._look_over()

    @rx.event
    @allow(Permission.SHIP)
    async def edit(self, field: str, value: str) -> None:
        """Look the parcel over again after one field was left."""
        if field not in FIELDS or not self.is_open:
            return
        self.values = {**self.values, **texts({field: value}, LONGEST_FIELD)}
        await self._look_over()

    @rx.event
    @allow(Permission.SHIP)
    async def show(self, is_open: bool) -> None:
        """Close the dialog; nothing was sent."""
        if not self.pending:
            self.is_open = bool(is_open) and bool(self.number)

    @rx.event(background=True)
    @allow(Permission.SHIP)
    async def send(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Send what the form holds; it stays open, with all that was typed, unless the courier has the parcel."""
        actor, typed = current_actor(), texts(form, LONGEST_FIELD)
        async with self:
            if self.pending or not self.is_open:
                return
            self.values = {**self.values, **{name: typed[name] for name in FIELDS if name in typed}}
            if not await self._look_over():
                return
            self.pending, self.failure = True, ""
            number, courier, edits = self.number, self.courier, _edits(self.values)
            context = Context(actor, process.clock(), self._version)
        failure, outcome = "", None
        try:
            outcome = await anyio.to_thread.run_sync(
                lambda: book.ship_by_courier(courier_desk(), process.database(), context, number, courier, edits)
            )
        except DokangoError as error:
            failure = str(error)
        finally:
            async with self:
                self.pending, self.failure = False, failure
                self.is_open = outcome is None
                await (await self.get_state(ShippingState))._read()
        if outcome is not None:
            yield (done if outcome.booking == BOOKED else warned)(f"#{number}: {outcome.sentence}")

    async def _take(self, courier: str) -> None:
        self.courier, self.courier_name = courier, name_of(courier)
        self.practising = await anyio.to_thread.run_sync(lambda: courier_desk().no_real_parcels(courier))

    async def _look_over(self) -> bool:
        """Check the values as they stand; whether the parcel could go."""
        number, courier = self.number, self.courier
        try:
            edits = _edits(self.values)
            drafted = await read(lambda tx: book.draft(tx, courier_desk(), number, courier, edits))
        except InvalidInput as error:
            self.errors = {**dict.fromkeys(FIELDS, ""), **error.fields}
            return False
        self._show(drafted)
        return not drafted.checked.errors

    def _show(self, drafted: Draft) -> None:
        self.errors = {**dict.fromkeys(FIELDS, ""), **drafted.checked.errors}
        self.warnings = list(drafted.checked.warnings.values())
        self.due = taka(drafted.due_poisha)
        self.sent = sent_words(self.courier, drafted.sent)


def _sendable(tx: Tx, actor: Actor, number: str, courier: str) -> tuple[Any, Draft]:
    """The order and its parcel as it would be sent; raises Refused when it cannot go now."""
    situation = situation_of(tx, actor, process.clock(), number)
    find("ship", situation)
    return situation.order, book.draft(tx, courier_desk(), number, courier)


def _values(drafted: Draft) -> dict[str, str]:
    parcel = drafted.parcel
    return {
        "recipient_name": parcel.recipient_name,
        "recipient_phone": parcel.recipient_phone,
        "recipient_address": parcel.recipient_address,
        "cod": typed_taka(parcel.cod_poisha),
        "note": parcel.note,
        "item_description": parcel.item_description,
    }


def _edits(values: dict[str, str]) -> ParcelEdits:
    """What the fields hold; raises InvalidInput for an amount that is none."""
    words = {name: value for name, value in values.items() if name != "cod"}
    return ParcelEdits(cod_poisha=parse_taka(values["cod"] or "0", "cod"), **words)
