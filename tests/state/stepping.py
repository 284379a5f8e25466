"""Somebody with a second step at sign-in, or of whom one is asked: what stands before a form of it is filled in."""

from __future__ import annotations

from collections.abc import Callable

import pyotp

from dokango.clock import US_PER_S, Clock
from dokango.people import second_step, sessions, sign_ins
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from state.account.set_up import vault_of_here
from state.kit import session
from tests.state.desk import Browser, Desk

OWNER = Actor(1, "Olin", Role.OWNER)


def code_of(secret: str, clock: Clock) -> str:
    """What an app shows now that shares `secret`."""
    return pyotp.TOTP(secret.replace(" ", "")).at(clock.now_us() // US_PER_S)


def holding(desk: Desk, tab: Browser) -> str:
    """Give whoever is signed in in `tab` a second step; a recovery code of theirs."""
    found = desk.db.read(lambda tx: sessions.find(tx, tab.secret, desk.clock.now_us()))
    assert found is not None
    secret, vault = second_step.make_secret(), vault_of_here()
    code = code_of(secret, desk.clock)
    codes = desk.db.write(lambda tx: second_step.set_up(tx, found, found.actor, vault, secret, code, desk.clock))
    session.forget()
    return codes[0]


def come_again(desk: Desk, tab: Browser) -> None:
    """Let them sign in anew, in the same tab: the password is given, and whatever else is asked is not."""
    found = desk.db.read(lambda tx: sessions.find(tx, tab.secret, desk.clock.now_us()))
    assert found is not None
    tab.secret, _ = desk.db.write(lambda tx: sign_ins.begin(tx, found.actor.id, desk.clock, "", ""))


def _asked_for_a_code(desk: Desk, tab: Browser) -> str:
    code = holding(desk, tab)
    come_again(desk, tab)
    return code


def _asked_to_set_up(desk: Desk, tab: Browser) -> str:
    desk.db.write(lambda tx: second_step.require_of(tx, OWNER, ["owner"], desk.clock))
    session.forget()
    return ""


# By the name of the form: what makes a signed-in owner somebody who meets it; a recovery code, where they have one.
BEFORE_FORM: dict[str, Callable[[Desk, Browser], str]] = {
    "SignInStepState.give_code": _asked_for_a_code,
    "SignInStepState.set_up": _asked_to_set_up,
    "SecondStepState.remove": holding,
}
