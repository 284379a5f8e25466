"""One's own second step, on the account page: set up, looked at, removed."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango import process
from dokango.clock import said
from dokango.errors import Conflict
from dokango.people import second_step
from dokango.shop.secrets import SecretLost
from dokango.topics import PEOPLE
from state.account.set_up import RESTORED, SetUp, forgive, take_a_try, vault_of_here
from state.kit import live
from state.kit.feedback import done
from state.kit.form import Form, Typed, as_typed, sends
from state.kit.session import SessionState, allow_staff, current_actor, current_session, forget
from state.kit.work import read, write


class SecondStepState(SetUp, Form, rx.State):
    """What the card on the account page shows."""

    since: str = ""
    codes_left: int = 0
    must: bool = False

    @rx.event
    @allow_staff
    async def load(self) -> None:
        """The page's on_load."""
        self._anew()
        self._sealed = ""
        live.watch(self, PEOPLE)
        await self._refresh()

    @rx.event
    @allow_staff
    async def begin(self) -> None:
        """Show the picture to scan. Raises Conflict for who has a second step already."""
        if self.since:
            raise Conflict("A second step is set up already. Remove it first, to set up another.")
        self._anew()
        session = await self.get_state(SessionState)
        await self._offer(session.login)

    @rx.event
    @allow_staff
    @sends(as_typed)
    async def set_up(self, typed: Typed) -> Any:
        """Keep it, when the code is right."""
        await self._keep(current_session(), current_actor(), typed.get("code", ""))
        self._anew()
        await self._refresh()
        return done("Your second step is set up.")

    @rx.event
    @allow_staff
    async def codes_kept(self) -> None:
        """They were written down."""
        self._forget_shown()

    @rx.event
    @allow_staff
    @sends(as_typed)
    async def remove(self, typed: Typed) -> Any:
        """Do without, when a code proves that it is one's own wish."""
        actor, clock, code = current_actor(), process.clock(), typed.get("code", "")
        take_a_try(actor)
        try:
            await write(lambda tx: second_step.remove(tx, actor, vault_of_here(), code, clock))
        except SecretLost as lost:
            raise Conflict(RESTORED) from lost
        forgive(actor)
        forget()
        self._anew()
        await self._refresh()
        return done("Your second step is removed.")

    async def _refresh(self) -> None:
        actor = current_actor()
        own, roles = await read(lambda tx: (second_step.standing(tx, actor.id), second_step.required(tx)))
        self.since = said(own.since) if own else ""
        self.codes_left = own.codes_left if own else 0
        self.must = actor.role.value in roles
