"""The drawer of one parcel: how it fares, what waits for a person, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango import process, topics
from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.status import Where, where_is
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import can, is_by_api
from dokango.couriers.tracking_links import web_link
from dokango.errors import DokangoError, InvalidInput
from dokango.orders import Context, perform_once
from dokango.orders.lifecycle.commands import Command, Deliver, ReceiveReturn, ReportProblem
from dokango.orders.parcels import lists
from dokango.orders.parcels.call_back import ask_parcel_back, can_ask_back
from dokango.orders.parcels.lists import ParcelFile
from dokango.orders.parcels.news import sync_order
from dokango.orders.parcels.uncertain import never_landed, settle_with_id, try_again
from dokango.orders.parcels.way import tells_way
from dokango.people.permissions import Permission
from state.kit import live
from state.kit.dialog import Overlay
from state.kit.feedback import done
from state.kit.form import ORDER, Form, Typed, as_typed, sends
from state.kit.seen import seen_by
from state.kit.session import allow, current_actor
from state.kit.work import read
from state.problems.url import Asked
from state.shipping.collects import NOTHING_ASKED, asked_in_words
from state.shipping.couriers import name_of
from state.shipping.drift_text import drift_in_words
from state.shipping.lists import ShippingState
from state.shipping.parcel_text import facts_of, sent_of, steps_of, told_of
from state.shipping.parcel_typed import came_back_of, failed_attempt_of, move_of
from state.shipping.text import Row

ASKS = ("note_problem", "came_back", "ask_back", "deliver", "free")  # the handlers that a dialog asks for first
NO_ERRORS = {"reason": "", "consignment_id": "", "tracking_code": "", "status": "", "took": ""}


class ParcelState(Overlay, Form, rx.State):
    """One order's parcel. `asking` names the dialog that stands over the drawer, if one does."""

    is_open: bool = False
    number: str = ""
    name: str = ""
    work: str = ""
    badge: str = ""
    where: str = Where.OUT.value
    carrier: str = ""
    by_api: bool = False
    asks_back: bool = False
    cancels: str = ""
    tells_way: bool = False
    uncertain: bool = False
    may_repeat: bool = False
    moves: list[list[str]] = []
    link: str = ""
    problem: str = ""
    waits: list[Row] = []
    collects: Row = NOTHING_ASKED  # told one amount, asked for another, and nobody knows which
    facts: list[Row] = []
    sent: list[Row] = []
    steps: list[Row] = []
    drift: list[Row] = []
    told: list[Row] = []
    asking: str = ""
    open_vars: ClassVar[tuple[str, ...]] = ("is_open", "asking")
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS
    version: int = 0  # while a dialog stands over the drawer, the one that it was opened on
    _consignment_id: str = ""
    _courier: str = ""

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def open(self, number: str) -> None:
        """Show one order's parcel."""
        self.number = str(number)[:20]
        live.watch(self, topics.of_order(self.number))
        self._anew()
        self.asking = ""
        await self._refresh()
        self.is_open = True

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def show(self, is_open: bool) -> None:
        """Close the drawer."""
        self.is_open = bool(is_open) and bool(self.number)

    @rx.event
    @allow(Permission.SHIP)
    async def ask(self, what: str) -> None:
        """Open the dialog for one of ASKS, or close it."""
        self._anew()
        self.asking = what if what in ASKS else ""

    @rx.event
    @allow(Permission.SHIP)
    async def ask_nothing(self, is_open: bool) -> None:
        """Close the dialog over the drawer."""
        if not is_open:
            self.asking = ""
            await self._refresh()

    @rx.event
    @allow(Permission.SHIP)
    async def sync(self) -> Any:
        """Ask the courier now."""
        context, number = Context(current_actor(), process.clock()), self.number
        return await self._call(lambda: f"{sync_order(courier_desk(), process.database(), context, number).words}.")

    @rx.event
    @allow(Permission.DELIVER)
    @sends(as_typed, over=ORDER)
    async def deliver(self, _: Typed) -> Any:
        """Staff know that the customer has it."""
        return await self._perform(Deliver(note="Marked by hand"), "Delivered.")

    @rx.event
    @allow(Permission.SHIP)
    @sends(lambda _, typed: failed_attempt_of(typed), over=ORDER)
    async def note_problem(self, command: ReportProblem) -> Any:
        """Note an attempt or a problem."""
        return await self._perform(command, "Noted.")

    @rx.event
    @allow(Permission.SHIP)
    async def clear_problem(self, number: str, version: int) -> Any:
        """The problem is solved."""
        self._shown_for = seen_by(number, version)
        return await self._perform(ReportProblem(problem=""), "Solved.")

    @rx.event
    @allow(Permission.RECEIVE_RETURN)
    @sends(lambda _, typed: came_back_of(typed), over=ORDER)
    async def came_back(self, command: ReceiveReturn) -> Any:
        """The parcel is here again: back on the shelf, written off, or to be inspected."""
        words = "Waits to be inspected." if command.inspect_later else "Back on the shelf."
        return await self._perform(command, "Written off." if command.restock is False else words)

    @rx.event
    @allow(Permission.SHIP)
    @sends(lambda _, typed: typed.get("reason", ""), over=ORDER)
    async def ask_back(self, reason: str) -> Any:
        """Ask the courier to bring it back."""
        context, number = self._as_shown()
        return await self._call(
            lambda: (
                f"Asked back: {ask_parcel_back(courier_desk(), process.database(), context, number, reason).status}."
            )
        )

    @rx.event
    @allow(Permission.SHIP)
    async def book_again(self, number: str, version: int) -> Any:
        """Send the very same parcel again: the courier refuses it when the first one landed."""
        self._shown_for = seen_by(number, version)
        context, number = self._as_shown()
        return await self._call(lambda: try_again(courier_desk(), process.database(), context, number).sentence)

    @rx.event
    @allow(Permission.SHIP)
    @sends(as_typed, over=ORDER)
    async def enter_id(self, typed: Typed) -> Any:
        """Somebody found it in the courier's own panel."""
        context, number = self._as_shown()
        given = typed.get("consignment_id", ""), typed.get("tracking_code", "")
        return await self._call(
            lambda: settle_with_id(courier_desk(), process.database(), context, number, *given).sentence
        )

    @rx.event
    @allow(Permission.SHIP)
    @sends(as_typed, over=ORDER)
    async def free(self, _: Typed) -> Any:
        """Somebody looked: the courier has no such parcel."""
        context, number = self._as_shown()
        return await self._call(lambda: never_landed(courier_desk(), process.database(), context, number))

    @rx.event
    @allow(Permission.SHIP)
    @sends(lambda _, typed: move_of(typed))
    async def move(self, status: str) -> Any:
        """Move a practice parcel by hand, as the courier's riders would."""
        consignment_id, courier = self._consignment_id, self._courier

        def moved() -> str:
            desk = courier_desk()
            if not desk.practises(courier) or desk.practice(courier).move(consignment_id, status) is None:
                raise InvalidInput({"status": "The practice courier does not know this parcel."})
            return f"The practice courier now says “{status}”."

        answer = await self._call(moved)
        self._next_press()  # the rider may go the same way again
        return answer

    def _as_shown(self) -> tuple[Context, str]:
        """Who acts, on which order, as it was on the screen."""
        seen = self._shown_for
        return Context(current_actor(), process.clock(), seen.version), seen.number

    async def _perform(self, command: Command, words: str) -> Any:
        context, number = self._as_shown()

        def step() -> str:
            process.database().write(lambda tx: perform_once(tx, context, number, command))
            return words

        return await self._call(step)

    async def _call(self, doing: Callable[[], str]) -> Any:
        """Do it in a thread and say how it went."""
        words = await anyio.to_thread.run_sync(doing)
        self.asking = ""
        await self._after()
        return done(f"#{self.number}: {words}" if not words.startswith("#") else words)

    def _is_shown(self, name: str) -> bool:
        return self.asking == name or name not in ASKS

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        if not self.asking:
            raise error
        return await super()._say_refused(error, typed)

    async def _after(self) -> None:
        await self._refresh()
        await (await self.get_state(ShippingState))._read()

    async def _refresh(self) -> None:
        number = self.number
        file: ParcelFile = await read(lambda tx: lists.parcel_file(tx, number))
        self._take(file)
        courier = self._courier
        self.moves = await anyio.to_thread.run_sync(lambda: _moves(courier)) if self.by_api else []

    def _take(self, file: ParcelFile) -> None:
        order, parcel = file.order, file.parcel
        booked = parcel if parcel is not None and parcel.booking == "booked" else None
        self.version = self.version if self.asking else order.version
        self.name, self.work = order.name, order.status
        self._courier = parcel.courier if parcel is not None else ""
        self.carrier = parcel.carrier or name_of(parcel.courier) if parcel is not None else ""
        self.by_api = booked is not None and is_by_api(booked.courier)
        self.asks_back = self.by_api and can_ask_back(self._courier)
        self.cancels = file.cancelling.value
        self.tells_way = tells_way(parcel)
        self.uncertain = parcel is not None and parcel.booking == "uncertain"
        self.may_repeat = can(self._courier, Can.REFUSE_REPEATS)
        self._consignment_id = booked.consignment_id if booked else ""
        self.where = where_is(booked.status if booked else None).value
        self.badge = "" if parcel is None else parcel.status if booked else parcel.booking
        self.link = web_link(parcel.tracking_link) if parcel is not None else ""
        self.problem = parcel.problem if parcel is not None else ""
        self.waits = [
            {"id": str(row.id), "words": row.words, "href": Asked(row.state, row.kind).url()} for row in file.waits
        ]
        self.drift = drift_in_words(file.drift)
        self.facts = facts_of(file, with_cost=current_actor().may(Permission.SEE_COST))
        self.sent, self.collects = sent_of(file), asked_in_words(parcel)
        self.steps, self.told = steps_of(file.events), told_of(file.news)


def _moves(courier: str) -> list[list[str]]:
    """Where a practice parcel can be moved by hand, with the words for it; nowhere when it is real."""
    desk = courier_desk()
    moves = desk.practice(courier).moves if desk.practises(courier) else ()
    return [[move, move.replace("_", " ").replace("-", " ").capitalize()] for move in moves]
