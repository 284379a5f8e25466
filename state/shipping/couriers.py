"""Whom a parcel can be sent by now: one courier is named on the buttons, of several the person chooses."""

from __future__ import annotations

import anyio.to_thread
import reflex as rx

from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import COURIERS
from dokango.errors import DokangoError, Refused
from dokango.text import either
from state.kit.session import allow_staff

Choices = list[list[str]]


def to_whom(choices: Choices) -> str:
    """The end of "Send …": the one there is, or that one is chosen."""
    return f"to {choices[0][1]}" if len(choices) == 1 else "by a courier"


_EVERY = [[kind.key, kind.name] for kind in COURIERS.values() if kind.by_api]


class CouriersState(rx.State):
    """`choices` are (key, name); `practising` names those whose parcels are not real."""

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
            raise Refused("ship", "No courier is connected. Hand the parcel to another one, or set keys in Settings.")
        return before if before in keys else keys[0]


async def sent_to() -> str:
    """The end of "Send …" for the couriers that can be called now; "" when there is none."""
    found, _ = await anyio.to_thread.run_sync(_offered)
    return to_whom(found) if found else ""


def name_of(courier: str) -> str:
    """What people call it."""
    return COURIERS[courier].name if courier in COURIERS else courier


def _offered() -> tuple[Choices, str]:
    desk = courier_desk()
    try:
        found = desk.offered()
        practising = [kind.name for kind in found if desk.no_real_parcels(kind.key)]
    except DokangoError:  # keys that cannot be opened: said when somebody sends, the page is there all the same
        return [], ""
    return [[kind.key, kind.name] for kind in found], either(practising)
