"""What is asked after the password, before anything opens: a password of one's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import reflex as rx

from dokango import process
from dokango.errors import NotAllowed, NotSignedIn
from dokango.people import account
from dokango.people.sessions import Asked, SignedIn
from dokango.shop.profile import load_profile
from state.account.password import typed_passwords
from state.kit.form import Form, sends
from state.kit.session import allow_arriving, allow_public, current_session, forget
from state.kit.way_on import local_path
from state.kit.work import read, write

HOME = "/orders"


class SignInStepState(Form, rx.State):
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
        return None if session.asked else rx.redirect(self._going_to or HOME)

    @rx.event
    @allow_arriving
    @sends(lambda _, typed: replace(typed_passwords(typed), present=None))
    async def set_password(self, typed: account.Typed) -> Any:
        """Take a password of their own in place of the one they were given."""
        session = _asked_for(Asked.PASSWORD)
        made = await read(lambda tx: account.prove(tx, session.actor, typed, load_profile(tx).words))
        await write(lambda tx: account.take(tx, session, session.actor, made, process.clock()))
        return self._go_on()

    def _go_on(self) -> Any:
        forget()
        return rx.redirect(self._going_to or HOME)


def _asked_for(step: Asked) -> SignedIn:
    """The session that calls, when this very step is asked of it. Raises NotAllowed, NotSignedIn."""
    session = current_session()
    if session.asked is not step:
        raise NotAllowed(step.value, "This is not asked of you now. Nothing was changed.")
    return session
