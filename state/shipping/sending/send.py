"""The dialog that sends a parcel by a courier's API: pre-filled, editable, looked over, and settled in words after."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.courier_errors import CourierError
from dokango.couriers.choosing.choose import NO_RULE, Choice
from dokango.couriers.kind import WEIGHT
from dokango.couriers.kind.abilities import Can
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import can, is_by_api
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.money import taka
from dokango.orders import Context
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import find
from dokango.orders.parcels import book
from dokango.orders.parcels.book import BOOKED
from dokango.orders.parcels.charges import Asked, ask_charge, asked_about, by_tariff
from dokango.orders.parcels.draft import Draft, ParcelEdits
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from state.kit.dialog import Dialog
from state.kit.feedback import done, warned
from state.kit.form import ORDER, Form, Typed, sends
from state.kit.payload import texts
from state.kit.session import allow, current_actor
from state.kit.work import read
from state.shipping.charge_text import charge_told
from state.shipping.couriers import CouriersState, chose_otherwise
from state.shipping.lists import ShippingState
from state.shipping.sending.area_text import area_options, area_words
from state.shipping.sending.drafting import drafted, sent
from state.shipping.sending.send_typed import FIELDS, areas_typed, edits_of, taken_by, values_of
from state.shipping.text import sent_words

NO_ERRORS = dict.fromkeys(FIELDS, "")


class SendState(Dialog, Form, rx.State):
    """One parcel about to be sent."""

    number: str = ""
    courier: str = ""
    courier_name: str = ""
    practising: bool = False
    by_hand: bool = False  # it is handed over, nobody is called
    why: str = ""  # what the owner's rule says of this order
    otherwise: bool = False  # another courier is chosen
    values: dict[str, str] = dict.fromkeys(FIELDS, "")
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS
    warnings: list[str] = []
    sent: list[dict[str, str]] = []
    due: str = ""
    tariff: str = ""  # what it should cost, and what the courier itself says, for who may see cost
    charge: str = ""
    email: str = ""  # the customer's own
    areas: list[dict[str, str]] = []  # what the courier wants to be told of the place, level by level
    area_choices: dict[str, list[list[str]]] = {}
    takes: list[str] = []  # the fields beside those that the courier has a use for
    version: int = 0
    _choice: Choice = NO_RULE
    _charge_of: Asked | None = None  # what `charge` is said of
    _areas: dict[str, str] = {}  # the levels that the person chose; the others are guessed from the address

    @rx.event
    @allow(Permission.SHIP)
    async def open(self, number: str) -> Any:
        """Pre-fill the dialog from the order as it is now."""
        number = str(number)[:20]
        actor = current_actor()
        courier, self._choice = await (await self.get_state(CouriersState))._by_rule(number, self.courier)
        self._areas = {}
        await _load_areas(number, courier, None)
        order, found = await read(lambda tx: _sendable(tx, actor, number, courier))
        self.number, self.version, self.email = order.number, order.version, order.email
        self.values = values_of(found)
        await self._take(courier)
        self._anew()
        self._charge_of, self.charge = None, ""
        self._show(found)
        self.is_open = True
        await self._by_tariff(found)
        return self._charge_to_ask()

    @rx.event
    @allow(Permission.SHIP)
    async def choose(self, courier: str) -> Any:
        """Send it by another courier; what was typed stays and is looked over by its rules."""
        known = dict((await self.get_state(CouriersState)).choices)
        if str(courier) in known and self.is_open and not self.pending:
            await self._take(str(courier))
            self._areas = {}
            await self._look_over()
        return self._charge_to_ask()

    @rx.event
    @allow(Permission.SHIP)
    async def choose_area(self, level: str, place: str) -> Any:
        """Another place; what hung under the old one is guessed anew."""
        if not self.is_open or self.pending or level not in self.area_choices:
            return None
        under = {row["name"]: row["under"] for row in self.areas}
        self._areas = {
            name: chosen for name, chosen in self._areas.items() if level not in _above(name, under)
        } | texts({level: place}, self.most_chars)
        await self._look_over()
        return self._charge_to_ask()

    @rx.event
    @allow(Permission.SHIP)
    async def edit(self, field: str, value: str) -> Any:
        """Look the parcel over again after one field was left."""
        if field not in FIELDS or not self.is_open:
            return None
        self.values = {**self.values, **texts({field: value}, self.most_chars)}
        await self._look_over()
        return self._charge_to_ask()

    @rx.event(background=True)
    @allow(Permission.SEE_COST)
    async def ask_charge(self) -> None:
        """What the courier says that it would charge; nothing waits for the answer."""
        async with self:
            if not self.is_open:
                return
            number, courier, name, found = self.number, self.courier, self.courier_name, await self._as_it_stands()
            asked = asked_about(courier, found.parcel) if found is not None else None
            if found is None or asked == self._charge_of:
                return
            self._charge_of, self.charge = asked, f"{name} is asked for its charge."
        told = await anyio.to_thread.run_sync(lambda: ask_charge(courier_desk(), courier, found.parcel))
        async with self:
            if (self.number, self._charge_of) == (number, asked):
                self.charge = charge_told(name, told)

    @rx.event(background=True)
    @allow(Permission.SHIP)
    @sends(lambda self, typed: edits_of({**self.values, **typed}, areas_typed(typed)), apart=True, over=ORDER)
    async def send(self, edits: ParcelEdits) -> Any:
        """Send what the form holds; it stays open, with all that was typed, unless the courier has the parcel."""
        async with self:
            found = await self._drafted(edits)
            self._show(found)
            number, courier, code = self._shown_for.number, self.courier, self.values["tracking_code"]
            context = Context(current_actor(), process.clock(), self._shown_for.version)
        if found.checked.errors:
            raise InvalidInput(found.checked.errors)
        try:
            outcome = await anyio.to_thread.run_sync(lambda: sent(context, courier, number, edits, code))
        finally:
            async with self:
                await (await self.get_state(ShippingState))._read()
        async with self:
            self.is_open = False
        return (done if outcome.booking == BOOKED else warned)(f"#{number}: {outcome.sentence}")

    def _begin(self, name: str, typed: Typed) -> None:
        self.values = {**self.values, **{name: typed[name] for name in FIELDS if name in typed}}

    def _on_page(self, wrong: Mapping[str, str], typed: Typed) -> dict[str, str]:
        return {"weight" if name == WEIGHT else name: sentence for name, sentence in wrong.items()}

    def _still_wrong(self, name: str, typed: str) -> bool:
        return True  # each field is looked over as it is left: `edit`

    def _fields(self) -> tuple[str, ...]:
        return (*FIELDS, *self.area_choices)  # a place that is missing is said at its list

    async def _take(self, courier: str) -> None:
        self.courier_name = (await self.get_state(CouriersState))._name_of(courier)
        self.courier, self.takes, self.by_hand = courier, taken_by(courier), not is_by_api(courier)
        self.why, self.otherwise = self._choice.sentence, chose_otherwise(self._choice, courier)
        self.practising = await anyio.to_thread.run_sync(lambda: courier_desk().no_real_parcels(courier))

    async def _look_over(self) -> None:
        """Check the values as they stand."""
        try:
            edits = edits_of(self.values, self._areas)
            await _load_areas(self.number, self.courier, edits)
            found = await self._drafted(edits)
            self._show(found)
            await self._by_tariff(found)
        except InvalidInput as error:
            await self._say_wrong(error, {})

    def _charge_to_ask(self) -> Any:
        """The event that asks for the charge, where there is somebody to ask and the person may see it."""
        is_told = self.is_open and can(self.courier, Can.PRICE) and current_actor().may(Permission.SEE_COST)
        if not is_told:
            self._charge_of, self.charge = None, ""
        return SendState.ask_charge if is_told else None

    async def _as_it_stands(self) -> Draft | None:
        """The parcel as the form holds it, where it could go like that."""
        try:
            found = await self._drafted(edits_of(self.values, self._areas))
        except InvalidInput:
            return None
        return None if found.checked.errors else found

    async def _by_tariff(self, found: Draft) -> None:
        number, courier = self.number, self.courier
        expected = await read(lambda tx: by_tariff(tx, courier, number, found.parcel))
        is_told = expected is not None and current_actor().may(Permission.SEE_COST)
        self.tariff = taka(expected) if is_told and expected is not None else ""

    async def _drafted(self, edits: ParcelEdits) -> Draft:
        number, courier = self.number, self.courier
        return await read(lambda tx: drafted(tx, courier, number, edits))

    def _show(self, drafted: Draft) -> None:
        self.errors = {**NO_ERRORS, **self._on_page(drafted.checked.errors, {})}
        self.warnings = list(drafted.checked.warnings.values())
        self.due = taka(drafted.due_poisha)
        self.sent = sent_words(self.courier, drafted.sent)
        self.area_choices = {choice.level.name: area_options(choice) for choice in drafted.areas}
        self.areas = [area_words(choice, drafted.checked) for choice in drafted.areas]


def _sendable(tx: Tx, actor: Actor, number: str, courier: str) -> tuple[Any, Draft]:
    """The order and its parcel as it would be sent; raises Refused when it cannot go now."""
    situation = situation_of(tx, actor, process.clock(), number)
    find("ship", situation)
    return situation.order, drafted(tx, courier, number)


def _above(level: str, under: Mapping[str, str]) -> list[str]:
    """The levels that a level hangs under, the next first."""
    above = under.get(level, "")
    return [above, *_above(above, under)] if above else []


async def _load_areas(number: str, courier: str, edits: ParcelEdits | None) -> None:
    """Its lists of places, fetched where they are missing."""
    if can(courier, Can.AREAS):
        with contextlib.suppress(CourierError):  # the dialog says of each list that it could not be fetched
            await anyio.to_thread.run_sync(
                lambda: book.load_areas(
                    courier_desk(), process.database(), process.clock(), number, courier, edits, optional=True
                )
            )
