"""What is asked after the password, before anything opens: a code, a password of one's own, a second step set up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import reflex as rx

from dokango import process
from dokango.errors import Conflict, InvalidInput, NotAllowed, NotSignedIn
from dokango.people import account, second_step, sessions, sign_ins
from dokango.people.sessions import Asked, SignedIn
from dokango.shop.profile import load_profile
from dokango.shop.secrets import SecretLost
from state.account.password import typed_passwords
from state.account.set_up import RESTORED, SetUp, forgive, take_a_try, vault_of_here
from state.kit.form import Form, Typed, as_typed, sends
from state.kit.session import allow_arriving, allow_public, current_session, forget
from state.kit.way_on import local_path
from state.kit.work import read, write

HOME = "/orders"


class SignInStepState(SetUp, Form, rx.State):
    """The page between the sign-in and the desk. It acts on the session of its own cookie alone."""

    asked: str = ""
    login: str = ""
    _going_to: str = ""

    @rx.event
    @allow_public
    async def load(self) -> Any:
        """The page's on_load: what is asked, or on to where the person was going when nothing is."""
        self._going_to = local_path(str(self.router.url.query_parameters.get("next", "")))
        self._anew()
        try:
            session = current_session()
        except NotSignedIn:
            self.asked = ""
            return rx.redirect("/sign-in")
        self.login = session.login
        self.asked = session.asked.value if session.asked else ""
        if session.asked is Asked.SECOND_STEP:
            await self._offer(session.login)
        return None if session.asked else rx.redirect(self._going_to or HOME)

    @rx.event
    @allow_arriving
    @sends(as_typed)
    async def give_code(self, typed: Typed) -> Any:
        """Take a code of the app, or a recovery code."""
        session, clock, code = _asked_for(Asked.CODE), process.clock(), typed.get("code", "")
        take_a_try(session.actor)
        try:
            await write(lambda tx: second_step.prove(tx, session, session.actor, vault_of_here(), code, clock))
        except InvalidInput:
            await write(lambda tx: sign_ins.refused(tx, session.login, "wrong code", clock, session.actor.address))
            raise
        except SecretLost as lost:
            raise Conflict(RESTORED) from lost
        forgive(session.actor)
        return await self._go_on()

    @rx.event
    @allow_arriving
    @sends(as_typed)
    async def set_up(self, typed: Typed) -> None:
        """Set up what the role must have; the recovery codes stand there until the person goes on."""
        session = _asked_for(Asked.SECOND_STEP)
        await self._keep(session, session.actor, typed.get("code", ""))

    @rx.event
    @allow_arriving
    async def go_on(self) -> Any:
        """The recovery codes were written down."""
        self._forget_shown()
        return await self._go_on()

    @rx.event
    @allow_arriving
    @sends(lambda _, typed: replace(typed_passwords(typed), present=None))
    async def set_password(self, typed: account.Typed) -> Any:
        """Take a password of their own in place of the one they were given."""
        session = _asked_for(Asked.PASSWORD)
        made = await read(lambda tx: account.prove(tx, session.actor, typed, load_profile(tx).words))
        await write(lambda tx: account.take(tx, session, session.actor, made, process.clock()))
        return await self._go_on()

    async def _go_on(self) -> Any:
        """To what is asked next, or to where the person was going."""
        forget()
        id_hash = current_session().id_hash
        asked = await read(lambda tx: sessions.asked_of(tx, id_hash))
        self._anew()
        self.asked = asked.value if asked else ""
        if asked is Asked.SECOND_STEP:
            await self._offer(self.login)
        return None if asked else rx.redirect(self._going_to or HOME)


def _asked_for(step: Asked) -> SignedIn:
    """The session that calls, when this very step is asked of it. Raises NotAllowed, NotSignedIn."""
    session = current_session()
    if session.asked is not step:
        raise NotAllowed(step.value, "This is not asked of you now. Nothing was changed.")
    return session
