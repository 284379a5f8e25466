"""One's own password: changed by who knows the present one."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango import process
from dokango.people import account
from dokango.people.counts import counts
from dokango.people.throttle import Throttle
from dokango.settings import settings
from dokango.shop.profile import load_profile
from state.kit.feedback import done
from state.kit.form import Form, Typed, sends
from state.kit.session import allow_staff, current_actor, current_session
from state.kit.work import read, write

_tries = Throttle("8 per 5 minutes", counts(settings().redis_url))


def typed_passwords(typed: Typed) -> account.Typed:
    """The three fields of the form."""
    return account.Typed(typed.get("present", ""), typed.get("new", ""), typed.get("again", ""))


class PasswordState(Form, rx.State):
    """The form on the account page. What is typed in it goes to the server and is kept nowhere."""

    @rx.event
    @allow_staff
    async def load(self) -> None:
        """The page's on_load."""
        self._anew()

    @rx.event
    @allow_staff
    @sends(lambda _, typed: typed_passwords(typed))
    async def change(self, typed: account.Typed) -> Any:
        """Take the new password, and sign out everywhere else."""
        actor, session, who = current_actor(), current_session(), str(current_actor().id)
        _tries.take("own-password", who)
        made = await read(lambda tx: account.prove(tx, actor, typed, load_profile(tx).words))
        ended = await write(lambda tx: account.take(tx, session, actor, made, process.clock()))
        _tries.forgive("own-password", who)
        self._anew()
        return done("Your password is changed." + others_words(ended))


def others_words(ended: int) -> str:
    """How many other browsers were signed out."""
    if not ended:
        return ""
    return " One other browser was signed out." if ended == 1 else f" {ended} other browsers were signed out."
