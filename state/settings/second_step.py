"""Which roles must have a second step at sign-in."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango import process
from dokango.people import second_step
from dokango.people.permissions import STAFF_ROLES, Permission
from dokango.topics import PEOPLE
from state.kit import live
from state.kit.feedback import done
from state.kit.form import Form, Typed, sends
from state.kit.session import allow, current_actor
from state.kit.work import read, write


def _ticked(typed: Typed) -> list[str]:
    return [role.value for role in STAFF_ROLES if typed.get(f"must_{role.value}") == "on"]


class SecondStepRulesState(Form, rx.State):
    """The card beneath the staff."""

    must: dict[str, bool] = {}

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def load(self) -> None:
        """The page's on_load."""
        self._anew()
        live.watch(self, PEOPLE)
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_STAFF)
    @sends(lambda _, typed: _ticked(typed))
    async def save(self, roles: list[str]) -> Any:
        """Whoever has none of a ticked role is led to set one up at their next step."""
        actor, clock = current_actor(), process.clock()
        await write(lambda tx: second_step.require_of(tx, actor, roles, clock))
        self._anew()
        await self._refresh()
        return done("Saved.")

    async def _refresh(self) -> None:
        roles = await read(second_step.required)
        self.must = {role.value: role.value in roles for role in STAFF_ROLES}
