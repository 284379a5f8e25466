"""Many orders to one courier at once: looked over together, sent one by one, a result for each."""

from __future__ import annotations

from functools import partial
from typing import Any

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.couriers.process_desk import courier_desk
from dokango.db import Tx
from dokango.errors import DokangoError
from dokango.orders import Context
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import find
from dokango.orders.parcels import book
from dokango.orders.parcels.book import BOOKED
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from state.kit.dialog import Overlay
from state.kit.form import ORDERS, Form, sends
from state.kit.seen import Seen, each_seen
from state.kit.session import allow, current_actor
from state.kit.work import read
from state.shipping.couriers import CouriersState, name_of
from state.shipping.lists import ShippingState
from state.shipping.text import Row, collect_words


class BulkState(Overlay, Form, rx.State):
    """The chosen parcels, before, during and after they are sent."""

    is_open: bool = False
    courier: str = ""
    courier_name: str = ""
    rows: list[Row] = []
    practising: bool = False
    ready: int = 0
    sending: bool = False
    finished: bool = False
    done: int = 0
    _stop: bool = False

    @rx.event
    @allow(Permission.SHIP)
    async def open(self) -> None:
        """Look the chosen orders over; nothing is sent yet."""
        if self.sending:
            self.is_open = True
            return
        numbers = list((await self.get_state(ShippingState)).chosen)
        await self._look_over(await (await self.get_state(CouriersState))._chosen(self.courier), numbers)
        self._anew()
        self.done, self.finished, self.is_open = 0, False, bool(numbers)

    @rx.event
    @allow(Permission.SHIP)
    async def choose(self, courier: str) -> None:
        """Look the same orders over for another courier."""
        known = [key for key, _ in (await self.get_state(CouriersState)).choices]
        if str(courier) in known and not self.sending and not self.finished:
            await self._look_over(str(courier), [row["number"] for row in self.rows])

    @rx.event
    @allow(Permission.SHIP)
    async def show(self, is_open: bool) -> None:
        """Close the dialog; what is being sent goes on."""
        self.is_open = bool(is_open) and bool(self.rows)

    @rx.event
    @allow(Permission.SHIP)
    async def stop(self) -> None:
        """Send no more; what went is gone."""
        self._stop = True

    @rx.event(background=True)
    @allow(Permission.SHIP)
    @sends(lambda _, typed: each_seen(typed), apart=True, over=ORDERS)
    async def send(self, wanted: list[Seen]) -> Any:
        """Send each that was ready, as it was seen; each says how it went."""
        actor = current_actor()
        async with self:
            self.sending, self._stop, self.done = True, False, 0
            courier = self.courier
        try:
            for number, version in ((seen.number, seen.version) for seen in wanted):
                async with self:
                    if self._stop:
                        break
                level, words = await _sent(Context(actor, process.clock(), version), number, courier)
                async with self:
                    self.rows = [
                        {**row, "level": level, "words": words} if row["number"] == number else row for row in self.rows
                    ]
                    self.done += 1
        finally:
            async with self:
                self.sending, self.finished = False, True
                await (await self.get_state(ShippingState))._read()

    async def _look_over(self, courier: str, numbers: list[str]) -> None:
        actor = current_actor()
        looked = [await read(partial(_looked_over, actor=actor, number=number, courier=courier)) for number in numbers]
        self.courier, self.courier_name = courier, name_of(courier)
        self.rows = looked
        self.ready = sum(row["version"] != "" for row in looked)
        self.practising = await anyio.to_thread.run_sync(lambda: courier_desk().no_real_parcels(courier))


def _looked_over(tx: Tx, actor: Actor, number: str, courier: str) -> Row:
    """A row of the dialog; its version is "" when the order cannot go."""
    row = {"number": number, "name": "", "collect": "", "level": "bad", "words": "", "version": ""}
    try:
        situation = situation_of(tx, actor, process.clock(), number)
        row |= {"name": situation.order.name, "collect": collect_words(situation.order.due_poisha)}
        find("ship", situation)
        checked = book.draft(tx, courier_desk(), number, courier).checked
    except DokangoError as error:
        return row | {"words": str(error)}
    if checked.errors:
        return row | {"words": " ".join(checked.errors.values())}
    row |= {"version": str(situation.order.version)}
    if checked.warnings:
        return row | {"level": "warn", "words": " ".join(checked.warnings.values())}
    return row | {"level": "info", "words": "Ready to send"}


async def _sent(context: Context, number: str, courier: str) -> tuple[str, str]:
    try:
        outcome = await anyio.to_thread.run_sync(
            lambda: book.ship_by_courier(courier_desk(), process.database(), context, number, courier)
        )
    except DokangoError as error:
        return "bad", str(error)
    return ("good" if outcome.booking == BOOKED else "warn"), outcome.sentence
