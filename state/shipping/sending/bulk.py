"""Many orders to one courier at once: looked over together, a result for each as it comes, the failed ones again."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Mapping
from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango import topics
from dokango.couriers.process_desk import courier_desk
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.orders.parcels import lists
from dokango.orders.parcels.book import BOOKED, UNCERTAIN, Outcome
from dokango.orders.parcels.book_many import Wanted
from dokango.orders.parcels.draft import ParcelEdits
from dokango.people.permissions import Permission
from state.kit import live
from state.kit.dialog import Overlay
from state.kit.form import ORDERS, Form, sends
from state.kit.payload import words
from state.kit.seen import Seen, each_seen
from state.kit.session import allow, current_actor
from state.kit.work import read
from state.shipping.beforehand import have_asked, kinds_asked
from state.shipping.couriers import CouriersState, ready_for_rule
from state.shipping.lists import ShippingState
from state.shipping.sending.bulk_rows import BY_RULE, BY_RULE_WORDS, known_of, looked_over, made_ready, send_each, whom
from state.shipping.sending.send_typed import FOR_ALL, edits_for_all, taken_by
from state.shipping.text import Row

NO_ERRORS = {"weight": ""}
LEVELS = {BOOKED: "good", UNCERTAIN: "warn"}
SHOW_EVERY_S = 0.4


class BulkState(Overlay, Form, rx.State):
    """The chosen parcels, before, during and after they are sent."""

    is_open: bool = False
    courier: str = ""  # BY_RULE: each by whom the owner's rule says
    choices: list[list[str]] = []
    to_whom: str = ""
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
            await self._begin_with([row["number"] for row in self.rows if row["level"] != "good"], self.courier)

    @rx.event
    @allow(Permission.SHIP)
    async def choose(self, courier: str) -> None:
        """Look the same orders over for another courier."""
        if str(courier) in dict(self.choices) and not self.sending and not self.finished:
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
            self.rows = await self._with_known(self.rows)

    async def _with_known(self, rows: list[Row]) -> list[Row]:
        """Beside each order what its courier knows of it."""
        kinds = {kind.key: kind for kind in await kinds_asked()}

        def known(tx: Tx, row: Row) -> Row:
            return row | known_of(tx, [kinds[row["courier"]]] if row["courier"] in kinds else [], row["number"])

        return await read(lambda tx: [known(tx, row) for row in rows])

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
            by = {row["number"]: row["courier"] for row in self.rows}
        orders = [Wanted(seen.number, seen.version) for seen in wanted]
        sending = asyncio.ensure_future(
            anyio.to_thread.run_sync(lambda: send_each(actor, by, orders, edits, heard.append, stop.is_set))
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

    async def _begin_with(self, numbers: list[str], before: str = "") -> None:
        """A dialog over these, by `before` again; while others are being sent, theirs is shown."""
        if self.sending:
            self.is_open = True
            return
        couriers = await self.get_state(CouriersState)
        first, by_rule = await couriers._chosen(self.courier), await ready_for_rule() is not None
        self.choices = [[BY_RULE, BY_RULE_WORDS], *couriers.choices] if by_rule else couriers.choices
        stays = before if before in dict(self.choices) else BY_RULE if by_rule else first
        await self._look_over(stays, numbers)
        self._anew()
        self.done, self.failed, self.finished, self.is_open = 0, 0, False, bool(numbers)

    async def _look_over(self, courier: str, numbers: list[str]) -> None:
        actor, names = current_actor(), {key: name for key, name in self.choices if key != BY_RULE}
        edits, ready = edits_for_all(self.for_all), await ready_for_rule()
        by = await read(lambda tx: whom(tx, courier, ready or {}, numbers, names))
        called = await anyio.to_thread.run_sync(lambda: made_ready({n: one.key for n, one in by.items()}))
        looked = await read(lambda tx: [looked_over(tx, actor, n, by[n], called, edits) for n in numbers])
        self.courier, self.to_whom = courier, "by the rule" if courier == BY_RULE else f"to {names[courier]}"
        used = {one.key for one in by.values() if one.key}
        self.takes = sorted({field for key in used for field in taken_by(key)})
        self.rows = await self._with_known(looked)
        live.watch(self, topics.COURIERS_KNOW)
        for kind in await kinds_asked():
            await have_asked([kind], [row["number"] for row in looked if row["version"] and row["courier"] == kind.key])
        self.ready = sum(row["version"] != "" for row in looked)
        self.practising = await anyio.to_thread.run_sync(
            lambda: any(courier_desk().no_real_parcels(key) for key in used)
        )


def _ended(row: Row, outcome: Outcome) -> Row:
    return {**row, "level": LEVELS.get(outcome.booking, "bad"), "words": outcome.sentence}
