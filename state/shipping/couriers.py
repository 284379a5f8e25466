"""Whom a parcel can be sent by now: one courier is named on the buttons, of several the person chooses."""

from __future__ import annotations

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.couriers.carriers import carriers_in_use
from dokango.couriers.choosing.choose import NO_RULE, Choice
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import COURIERS
from dokango.errors import DokangoError, Refused
from dokango.orders.parcels.choosing import Ready, choice_of, is_chosen_by_rule, ready_of
from dokango.text import either
from state.kit.session import allow_staff

Choices = list[list[str]]
NOBODY_CONNECTED = "No courier is connected. Hand the parcel to another one, or set keys in Settings."


def to_whom(choices: Choices) -> str:
    """The end of "Send …": the one there is, or that one is chosen."""
    return f"to {choices[0][1]}" if len(choices) == 1 else "by a courier"


_EVERY = [[kind.key, kind.name] for kind in COURIERS.values() if kind.by_api]


class CouriersState(rx.State):
    """`choices` are (key, name), those by name last; `practising` names those whose parcels are not real."""

    choices: Choices = _EVERY
    to_whom: str = to_whom(_EVERY)
    practising: str = ""

    @rx.event
    @allow_staff
    async def look(self) -> None:
        """When a button that sends is about to be shown."""
        await self._read()

    async def _read(self) -> None:
        found, self.practising = await anyio.to_thread.run_sync(_offered)
        if found:
            self.choices, self.to_whom = found, to_whom(found)

    async def _chosen(self, before: str) -> str:
        """The courier to begin with: the one chosen before, else the first. Raises Refused when there is none."""
        await self._read()
        keys = [key for key, _ in self.choices]
        if not keys:
            raise Refused("ship", NOBODY_CONNECTED)
        return before if before in keys else keys[0]

    async def _by_rule(self, number: str, before: str) -> tuple[str, Choice]:
        """The courier that the owner's rule gives an order to, else the one to begin with; and the rule's own words."""
        first = await self._chosen(before)
        choice = await anyio.to_thread.run_sync(lambda: choice_of(courier_desk(), process.database(), number))
        return choice.key if choice.key in dict(self.choices) else first, choice

    def _name_of(self, courier: str) -> str:
        return dict(self.choices).get(courier) or name_of(courier)


async def sent_to() -> str:
    """The end of "Send …" for the couriers that parcels can be sent by now; "" when there is none."""
    found, _ = await anyio.to_thread.run_sync(_offered)
    return to_whom(found) if found else ""


async def ready_for_rule() -> Ready | None:
    """The couriers that can be called, where the owner's rule may choose one; None without a rule."""

    def ready() -> Ready | None:
        return ready_of(courier_desk()) if process.database().read(is_chosen_by_rule) else None

    return await anyio.to_thread.run_sync(ready)


def name_of(courier: str) -> str:
    """What people call one that is called."""
    return COURIERS[courier].name if courier in COURIERS else courier


def chose_otherwise(choice: Choice, courier: str) -> bool:
    """Whether somebody sends by another courier than the rule says."""
    return choice != NO_RULE and choice.key not in ("", courier)


def _offered() -> tuple[Choices, str]:
    by_name = [[one.key, one.name] for one in process.database().read(carriers_in_use)]
    desk = courier_desk()
    try:
        found = desk.offered()
        practising = [kind.name for kind in found if desk.no_real_parcels(kind.key)]
    except DokangoError:  # keys that cannot be opened: said when somebody sends, the page is there all the same
        return by_name, ""
    return [*([kind.key, kind.name] for kind in found), *by_name], either(practising)
