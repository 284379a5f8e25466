"""The drawer of one parcel: how it fares, what waits for a person, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango import process, topics
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import is_by_api
from dokango.errors import DokangoError, InvalidInput
from dokango.orders import Context, perform_once
from dokango.orders.lifecycle import resolutions
from dokango.orders.lifecycle.commands import Command, Deliver, ReceiveReturn, ReportProblem
from dokango.orders.parcels import lists
from dokango.orders.parcels.call_back import ask_parcel_back, can_ask_back
from dokango.orders.parcels.lists import ParcelFile
from dokango.orders.parcels.news import sync_order
from dokango.orders.parcels.uncertain import never_landed, settle_with_id, try_again
from dokango.people.permissions import Permission
from state.kit import live
from state.kit.dialog import Overlay
from state.kit.feedback import done
from state.kit.payload import texts
from state.kit.session import allow, current_actor
from state.kit.work import now_us, read, write
from state.shipping.couriers import name_of
from state.shipping.lists import ShippingState
from state.shipping.parcel_text import facts_of, sent_of, steps_of, told_of
from state.shipping.text import Row

ASKS = ("", "problem", "return", "ask_back", "deliver", "never_landed")
NO_ERRORS = {"reason": "", "consignment_id": "", "tracking_code": "", "status": ""}
SHELVES = {"restock": True, "write_off": False}


class ParcelState(Overlay, rx.State):
    """One order's parcel. `asking` names the dialog that stands over the drawer, if one does."""

    is_open: bool = False
    number: str = ""
    name: str = ""
    work: str = ""
    badge: str = ""
    carrier: str = ""
    by_api: bool = False
    asks_back: bool = False
    uncertain: bool = False
    moves: list[list[str]] = []
    link: str = ""
    problem: str = ""
    waits: list[Row] = []
    facts: list[Row] = []
    sent: list[Row] = []
    steps: list[Row] = []
    told: list[Row] = []
    asking: str = ""
    open_vars: ClassVar[tuple[str, ...]] = ("is_open", "asking")
    errors: dict[str, str] = NO_ERRORS
    failure: str = ""
    _version: int = 0
    _consignment_id: str = ""
    _courier: str = ""

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def open(self, number: str) -> None:
        """Show one order's parcel."""
        self.number = str(number)[:20]
        live.watch(self, topics.of_order(self.number))
        self.asking, self.failure, self.errors = "", "", dict(NO_ERRORS)
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
        self.asking = what if what in ASKS else ""
        self.failure, self.errors = "", dict(NO_ERRORS)

    @rx.event
    @allow(Permission.SHIP)
    async def ask_nothing(self, is_open: bool) -> None:
        """Close the dialog over the drawer."""
        if not is_open:
            self.asking = ""

    @rx.event
    @allow(Permission.SHIP)
    async def sync(self) -> Any:
        """Ask the courier now."""
        context, number = self._context(), self.number
        return await self._call(lambda: f"{sync_order(courier_desk(), process.database(), context, number).words}.")

    @rx.event
    @allow(Permission.DELIVER)
    async def deliver(self) -> Any:
        """Staff know that the customer has it."""
        return await self._perform(Deliver(note="Marked by hand"), "Delivered.")

    @rx.event
    @allow(Permission.SHIP)
    async def note_problem(self, form: dict[str, Any]) -> Any:
        """Note an attempt or a problem."""
        words = texts(form).get("reason", "")
        if not words:
            self.errors = {**NO_ERRORS, "reason": "Say what happened, for example “nobody home, tries tomorrow”."}
            return None
        return await self._perform(ReportProblem(problem=words), "Noted.")

    @rx.event
    @allow(Permission.SHIP)
    async def clear_problem(self) -> Any:
        """The problem is solved."""
        return await self._perform(ReportProblem(problem=""), "Solved.")

    @rx.event
    @allow(Permission.RECEIVE_RETURN)
    async def came_back(self, form: dict[str, Any]) -> Any:
        """The parcel is here again: back on the shelf, or written off."""
        given = texts(form)
        shelf = SHELVES.get(given.get("shelf", ""))
        if shelf is None:
            self.failure = "Say whether the goods go back on the shelf or are written off."
            return None
        reason = given.get("reason", "")
        words = "Back on the shelf." if shelf else "Written off."
        return await self._perform(ReceiveReturn(restock=shelf, reason=reason), words)

    @rx.event
    @allow(Permission.SHIP)
    async def ask_back(self, form: dict[str, Any]) -> Any:
        """Ask the courier to bring it back."""
        context, number, reason = self._context(), self.number, texts(form, 600).get("reason", "")
        return await self._call(
            lambda: (
                f"Asked back: {ask_parcel_back(courier_desk(), process.database(), context, number, reason).status}."
            )
        )

    @rx.event
    @allow(Permission.SHIP)
    async def book_again(self) -> Any:
        """Send the very same parcel again: the courier refuses it when the first one landed."""
        context, number = self._context(), self.number
        return await self._call(lambda: try_again(courier_desk(), process.database(), context, number).sentence)

    @rx.event
    @allow(Permission.SHIP)
    async def enter_id(self, form: dict[str, Any]) -> Any:
        """Somebody found it in the courier's own panel."""
        context, number = self._context(), self.number
        given = texts(form)
        consignment_id, tracking_code = given.get("consignment_id", ""), given.get("tracking_code", "")
        return await self._call(
            lambda: (
                settle_with_id(
                    courier_desk(), process.database(), context, number, consignment_id, tracking_code
                ).sentence
            )
        )

    @rx.event
    @allow(Permission.SHIP)
    async def free(self) -> Any:
        """Somebody looked: the courier has no such parcel."""
        context, number = self._context(), self.number

        def settle() -> str:
            never_landed(process.database(), context, number)
            return f"#{number} can be sent again."

        return await self._call(settle)

    @rx.event
    @allow(Permission.SHIP)
    async def settle_wait(self, wait_id: str) -> Any:
        """Somebody dealt with what waited."""
        actor, now = current_actor(), now_us()
        mine = {row["id"] for row in self.waits}
        if str(wait_id) in mine:
            await write(lambda tx: resolutions.close_one(tx, int(wait_id), by=actor.name, now_us=now))
        await self._after()

    @rx.event
    @allow(Permission.SHIP)
    async def move(self, form: dict[str, Any]) -> Any:
        """Move a practice parcel by hand, as the courier's riders would."""
        status, consignment_id, courier = texts(form, 100).get("status", ""), self._consignment_id, self._courier

        def moved() -> str:
            desk = courier_desk()
            if not status:
                raise InvalidInput({"status": "Choose where the parcel goes."})
            if not desk.practises(courier) or desk.practice(courier).move(consignment_id, status) is None:
                raise InvalidInput({"status": "The practice courier does not know this parcel."})
            return f"The practice courier now says “{status}”."

        return await self._call(moved)

    def _context(self, *, versioned: bool = False) -> Context:
        return Context(current_actor(), process.clock(), self._version if versioned else None)

    async def _perform(self, command: Command, words: str) -> Any:
        context, number = self._context(versioned=True), self.number

        def step() -> str:
            process.database().write(lambda tx: perform_once(tx, context, number, command))
            return words

        return await self._call(step)

    async def _call(self, doing: Callable[[], str]) -> Any:
        """Do it in a thread and say how it went; an error by field stays beside its field, with what was typed."""
        self.failure, self.errors = "", dict(NO_ERRORS)
        try:
            words = await anyio.to_thread.run_sync(doing)
        except InvalidInput as error:
            self.errors = {**NO_ERRORS, **error.fields}
            self.failure = "" if set(error.fields) <= set(NO_ERRORS) else str(error)
            return None
        except DokangoError as error:
            if not self.asking:
                raise
            self.failure = str(error)
            return None
        self.asking = ""
        await self._after()
        return done(f"#{self.number}: {words}" if not words.startswith("#") else words)

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
        self._version = order.version
        self.name, self.work = order.name, order.status
        self._courier = parcel.courier if parcel is not None else ""
        self.carrier = parcel.carrier or name_of(parcel.courier) if parcel is not None else ""
        self.by_api = booked is not None and is_by_api(booked.courier)
        self.asks_back = self.by_api and can_ask_back(self._courier)
        self.uncertain = parcel is not None and parcel.booking == "uncertain"
        self._consignment_id = booked.consignment_id if booked else ""
        self.badge = "" if parcel is None else parcel.status if booked else parcel.booking
        self.link = parcel.tracking_link if parcel is not None else ""
        self.problem = parcel.problem if parcel is not None else ""
        self.waits = [{"id": str(row.id), "words": row.words} for row in file.waits]
        self.facts, self.sent = facts_of(file), sent_of(file)
        self.steps, self.told = steps_of(file.events), told_of(file.news)


def _moves(courier: str) -> list[list[str]]:
    """Where a practice parcel can be moved by hand, with the words for it; nowhere when it is real."""
    desk = courier_desk()
    if not desk.practises(courier):
        return []
    return [[move, move.replace("_", " ").capitalize()] for move in desk.practice(courier).moves]
