"""Many orders to one courier at once: looked over together, a result for each as it comes, the failed ones again."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Mapping
from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango import process, topics
from dokango.couriers.kind import CourierKind
from dokango.couriers.kind.base import Courier
from dokango.couriers.process_desk import courier_desk
from dokango.db import Tx
from dokango.errors import CourierError, DokangoError, InvalidInput, NotFound
from dokango.orders.book import rows as orders
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import find
from dokango.orders.parcels import book, lists
from dokango.orders.parcels.beforehand import beforehand
from dokango.orders.parcels.book import BOOKED, UNCERTAIN, Outcome
from dokango.orders.parcels.book_many import Wanted, settled_by_sending, ship_many
from dokango.orders.parcels.draft import ParcelEdits
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from state.kit import live
from state.kit.dialog import Overlay
from state.kit.form import ORDERS, Form, sends
from state.kit.payload import words
from state.kit.seen import Seen, each_seen
from state.kit.session import allow, current_actor
from state.kit.work import read
from state.shipping.beforehand import have_asked, kinds_asked
from state.shipping.beforehand_text import worth_saying
from state.shipping.couriers import CouriersState, name_of
from state.shipping.lists import ShippingState
from state.shipping.send_typed import FOR_ALL, edits_for_all, taken_by
from state.shipping.text import Row, collect_words

NO_ERRORS = {"weight": ""}
LEVELS = {BOOKED: "good", UNCERTAIN: "warn"}
SHOW_EVERY_S = 0.4
ASKED_AGAIN = (
    "It is not known whether this was booked. The very same is sent again: a courier that has it refuses it, and so it"
    " is settled."
)


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
    failed: int = 0
    for_all: dict[str, str] = FOR_ALL  # what is the same for each parcel
    takes: list[str] = []
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS
    _stop: bool = False

    @rx.event
    @allow(Permission.SHIP)
    async def open(self) -> None:
        """Look the chosen orders over; nothing is sent yet."""
        await self._begin_with(list((await self.get_state(ShippingState)).chosen))

    @rx.event
    @allow(Permission.SHIP)
    async def open_all(self) -> None:
        """The same with every order that waits to be sent, on whatever page: the oldest 500."""
        await self._begin_with(await read(lists.numbers_to_send))

    @rx.event
    @allow(Permission.SHIP)
    async def again(self) -> None:
        """Look those over that failed, or that nobody knows of; what went is left alone."""
        if not self.sending and self.finished:
            await self._begin_with([row["number"] for row in self.rows if row["level"] != "good"])

    @rx.event
    @allow(Permission.SHIP)
    async def choose(self, courier: str) -> None:
        """Look the same orders over for another courier."""
        known = [key for key, _ in (await self.get_state(CouriersState)).choices]
        if str(courier) in known and not self.sending and not self.finished:
            await self._look_over(str(courier), [row["number"] for row in self.rows])

    @rx.event
    @allow(Permission.SHIP)
    async def set_for_all(self, name: str, value: str) -> None:
        """Another delivery, weight or e-mail for each of them; they are looked over again."""
        if name not in FOR_ALL or self.sending or self.finished:
            return
        self.for_all = {**self.for_all, name: words(value, 20)}
        self.errors = dict(NO_ERRORS)
        try:
            await self._look_over(self.courier, [row["number"] for row in self.rows])
        except InvalidInput as error:
            await self._say_wrong(error, {})

    @rx.event
    @allow(Permission.SHIP)
    async def show(self, is_open: bool) -> None:
        """Close the dialog; what is being sent goes on."""
        self.is_open = bool(is_open) and bool(self.rows)

    async def _refresh(self) -> None:
        """Couriers answered meanwhile: what they know stands beside each order, and nothing else changes."""
        if self.is_open and not self.sending and not self.finished:
            known = await self._known([row["number"] for row in self.rows])
            self.rows = [row | known.get(row["number"], {}) for row in self.rows]

    async def _known(self, numbers: list[str]) -> dict[str, Row]:
        kinds = await kinds_asked(self.courier)
        return await read(lambda tx: {number: _known_of(tx, kinds, number) for number in numbers})

    @rx.event
    @allow(Permission.SHIP)
    async def stop(self) -> None:
        """Send no more; what went is gone."""
        self._stop = True

    @rx.event(background=True)
    @allow(Permission.SHIP)
    @sends(lambda self, typed: (each_seen(typed), edits_for_all(self.for_all)), apart=True, over=ORDERS)
    async def send(self, asked: tuple[list[Seen], ParcelEdits]) -> Any:
        """Send each that was ready, as it was seen; each says how it went as soon as that is known."""
        actor, heard, stop = current_actor(), deque[Outcome](), threading.Event()
        wanted, edits = asked
        async with self:
            self.sending, self._stop, self.done = True, False, 0
            courier = self.courier
        orders = [Wanted(seen.number, seen.version) for seen in wanted]
        sending = asyncio.ensure_future(
            anyio.to_thread.run_sync(lambda: _send(actor, courier, orders, edits, heard, stop))
        )
        try:
            while not sending.done():
                await asyncio.wait({sending}, timeout=SHOW_EVERY_S)
                async with self:
                    self._take(heard)
                    if self._stop:
                        stop.set()
            await sending
        finally:
            async with self:
                self._take(heard)
                self.sending, self.finished = False, True
                self.failed = sum(row["level"] != "good" for row in self.rows)
                await (await self.get_state(ShippingState))._read()

    def _take(self, heard: deque[Outcome]) -> None:
        """Show what was heard meanwhile."""
        ended = {outcome.number: outcome for outcome in (heard.popleft() for _ in range(len(heard)))}
        if ended:
            self.rows = [_ended(row, ended[row["number"]]) if row["number"] in ended else row for row in self.rows]
            self.done += len(ended)

    async def _begin_with(self, numbers: list[str]) -> None:
        """A dialog over these; while others are being sent, theirs is shown."""
        if self.sending:
            self.is_open = True
            return
        await self._look_over(await (await self.get_state(CouriersState))._chosen(self.courier), numbers)
        self._anew()
        self.done, self.failed, self.finished, self.is_open = 0, 0, False, bool(numbers)

    async def _look_over(self, courier: str, numbers: list[str]) -> None:
        actor = current_actor()
        called = await anyio.to_thread.run_sync(lambda: _made_ready(courier, numbers))
        edits = edits_for_all(self.for_all)
        looked = await read(lambda tx: [_looked_over(tx, actor, number, called, edits) for number in numbers])
        self.courier, self.courier_name, self.takes = courier, name_of(courier), taken_by(courier)
        known = await self._known(numbers)
        self.rows = [row | known[row["number"]] for row in looked]
        live.watch(self, topics.COURIERS_KNOW)
        await have_asked(await kinds_asked(courier), [row["number"] for row in looked if row["version"]])
        self.ready = sum(row["version"] != "" for row in looked)
        self.practising = await anyio.to_thread.run_sync(lambda: courier_desk().no_real_parcels(courier))


def _made_ready(courier: str, numbers: list[str]) -> Courier:
    """The courier, with the lists of places that these orders are chosen from, where it has such."""
    desk = courier_desk()
    with contextlib.suppress(NotFound, CourierError):  # said in its row: an order that is gone, a place that is open
        for number in numbers:
            book.load_areas(desk, process.database(), process.clock(), number, courier)
    return desk.courier(courier)


def _looked_over(tx: Tx, actor: Actor, number: str, courier: Courier, edits: ParcelEdits) -> Row:
    """A row of the dialog; its version is "" when the order cannot go."""
    row = {
        "number": number, "name": "", "collect": "", "level": "bad", "words": "", "version": "",
        "known": "", "known_level": "",
    }  # fmt: skip
    try:
        situation = situation_of(tx, actor, process.clock(), number)
        row |= {"name": situation.order.name, "collect": collect_words(situation.order.due_poisha)}
        version = str(situation.order.version)
        if settled_by_sending(tx, courier, situation.order.id) is not None:
            return row | {"level": "warn", "words": ASKED_AGAIN, "version": version}
        find("ship", situation)
        checked = book.drafted(tx, courier, number, edits).checked
    except DokangoError as error:
        return row | {"words": str(error)}
    if checked.errors:
        return row | {"words": " ".join(checked.errors.values())}
    row |= {"version": version}
    if checked.warnings:
        return row | {"level": "warn", "words": " ".join(checked.warnings.values())}
    return row | {"level": "info", "words": "Ready to send"}


def _known_of(tx: Tx, kinds: list[CourierKind], number: str) -> Row:
    """What a courier knows that should be seen before the order goes; "" where all is as it should be."""
    try:
        found = worth_saying(beforehand(tx, kinds, orders.by_number(tx, number)))
    except NotFound:
        found = []
    level = "bad" if any(row["level"] == "bad" for row in found) else "warn"
    return {"known": " ".join(row["words"] for row in found), "known_level": level}


def _send(
    actor: Actor, courier: str, wanted: list[Wanted], edits: ParcelEdits, heard: deque[Outcome], stop: threading.Event
) -> None:
    desk, db, clock = courier_desk(), process.database(), process.clock()
    ship_many(desk, db, clock, actor, courier, wanted, heard.append, edits=edits, stopped=stop.is_set)


def _ended(row: Row, outcome: Outcome) -> Row:
    return {**row, "level": LEVELS.get(outcome.booking, "bad"), "words": outcome.sentence}
