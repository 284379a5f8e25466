"""Who is signed in: from the cookie, looked up on every event with a few seconds' memory; never from the client token.

Handlers declare who may call them with the decorators of `state.access`, which this module hands on; inside a handler
`current_actor()` is the caller. For showing: `SessionState.name`, `.role`, `.may["verify_payment"]`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

import reflex as rx
from reflex.state import BaseState

from dokango.people import sessions
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.people.sessions import SignedIn
from state.kit.access import allow, allow_customer, allow_public, allow_staff, current_actor, visitor
from state.kit.work import now_us, read, write

__all__ = [
    "COOKIE",
    "SessionState",
    "allow",
    "allow_customer",
    "allow_public",
    "allow_staff",
    "current_actor",
    "signed_in",
    "visitor",
]

COOKIE = "dokango_session"
_REMEMBER_S = 3.0
_MOST_REMEMBERED = 2_000
_remembered: dict[str, tuple[float, SignedIn | None]] = {}


class SessionState(rx.State):
    """What a page may know of its user. The gate fills it; nobody else writes it."""

    signed_in: bool = False
    name: str = ""
    login: str = ""
    role: str = ""
    may: dict[str, bool] = {}
    _owner: str = ""  # the session whose data this tab's states hold

    def _set_to(self, found: SignedIn | None) -> None:
        self._owner = found.id_hash if found else ""
        self.signed_in = found is not None
        self.name = found.actor.name if found else ""
        self.login = found.login if found else ""
        self.role = found.actor.role.value if found else ""
        self.may = {p.value: found.actor.may(p) for p in Permission} if found else {}


def secret_in(cookies: str) -> str:
    """The session's secret in a Cookie header; "" when there is none."""
    if COOKIE not in cookies:
        return ""
    try:
        morsel = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


async def signed_in(headers: Mapping[str, str]) -> SignedIn | None:
    """Whose cookie the headers carry; remembered for three seconds, forgotten at once when staff or sessions change."""
    secret = secret_in(headers.get("cookie", ""))
    if not secret:
        return None
    key = sessions.hash_of(secret)
    known = _remembered.get(key)
    if known is not None and time.monotonic() - known[0] < _REMEMBER_S:
        return known[1]
    found = await read(lambda tx: sessions.find(tx, secret, now_us()))
    if found is not None and found.stale:
        await write(lambda tx: sessions.touch(tx, found.id_hash, now_us()))
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    _remembered[key] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Look everybody up anew: someone signed out, or staff changed."""
    _remembered.clear()


async def settle_owner(state: BaseState, found: SignedIn | None) -> None:
    """Empty all of the tab's states when they hold the data of somebody else than `found`, who calls now."""
    session = await state.get_state(SessionState)
    owner = found.id_hash if found else ""
    if session._owner != owner:
        root = await state.get_state(rx.State)
        hydrated = root.is_hydrated
        root.reset()
        root.is_hydrated = hydrated
        session._set_to(found)


def actor_of(found: SignedIn | None) -> Actor | None:
    """The actor of a session, if there is one."""
    return found.actor if found else None
