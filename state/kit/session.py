"""Who is signed in: from the cookie, looked up on every event with a few seconds' memory; never from the client token.

Handlers declare who may call them with the decorators of `state.access`, which this module hands on; inside a handler
`current_actor()` is the caller. For showing: `SessionState.name`, `.role`, `.may["verify_payment"]`.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

import reflex as rx
from reflex.state import BaseState

from dokango.people import sessions
from dokango.people.permissions import Permission
from dokango.people.sessions import SignedIn
from dokango.settings import settings
from state.kit.access import (
    actor_of,
    allow,
    allow_arriving,
    allow_customer,
    allow_public,
    allow_staff,
    current_actor,
    current_session,
    visitor,
)
from state.kit.work import now_us, read, write

__all__ = [
    "COOKIE",
    "HOST_COOKIE",
    "SessionState",
    "actor_of",
    "allow",
    "allow_arriving",
    "allow_customer",
    "allow_public",
    "allow_staff",
    "current_actor",
    "current_session",
    "signed_in",
    "visitor",
]

COOKIE = "dokango_session"
# Browsers take a cookie of this name only over https, for the whole site, and from this very host: no page of a
# neighbouring host, and nobody on the line, can put another in its place (RFC 6265bis, 4.1.3.2).
HOST_COOKIE = f"__Host-{COOKIE}"
_REMEMBER_S = 3.0
_MOST_REMEMBERED = 2_000
_NOTE_S = 30.0
_BOOT = secrets.token_hex(4)
_remembered: dict[str, tuple[float, SignedIn | None]] = {}
_acted: dict[str, float] = {}  # when a session's last act was written (monotonic, s)


class SessionState(rx.State):
    """What a page may know of its user. The gate fills it; nobody else writes it."""

    signed_in: bool = False
    name: str = ""
    login: str = ""
    role: str = ""
    may: dict[str, bool] = {}
    boot: str = ""  # of the process that fills the tab's states: another one has begun them anew (assets/keeping.js)
    _owner: str = ""  # the session whose data this tab's states hold, and what it opens
    _path: str = ""  # the page that the tab was on last

    def _set_to(self, found: SignedIn | None) -> None:
        actor = actor_of(found)
        self._owner = _owner_of(found)
        self.signed_in = actor is not None
        self.boot = _BOOT if actor else ""
        self.name = actor.name if actor else ""
        self.login = found.login if found and actor else ""
        self.role = actor.role.value if actor else ""
        self.may = {p.value: actor.may(p) for p in Permission} if actor else {}


def cookie_name() -> str:
    """What the session's cookie is called: bound to the host where the site's URL is https."""
    return HOST_COOKIE if settings().site_url.startswith("https://") else COOKIE


def secret_in(cookies: str) -> str:
    """The session's secret in a Cookie header; "" when there is none. Only the one name that this site gives counts."""
    name = cookie_name()
    if name not in cookies:
        return ""
    try:
        morsel = SimpleCookie(cookies).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


async def signed_in(headers: Mapping[str, str]) -> SignedIn | None:
    """Whose cookie the headers carry; remembered for three seconds, forgotten at once when staff or sessions change.

    Looking keeps no session from idling out: that is `acted`'s.
    """
    secret = secret_in(headers.get("cookie", ""))
    if not secret:
        return None
    key = sessions.hash_of(secret)
    known = _remembered.get(key)
    if known is not None and time.monotonic() - known[0] < _REMEMBER_S:
        return known[1]
    found = await read(lambda tx: sessions.find(tx, secret, now_us()))
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    _remembered[key] = (time.monotonic(), found)
    return found


async def acted(found: SignedIn | None) -> None:
    """A person acted in this session: it does not idle out. Live refreshes, reconnects and polls are nobody's act."""
    if found is not None and found.stale and time.monotonic() - _acted.get(found.id_hash, -_NOTE_S) >= _NOTE_S:
        if len(_acted) >= _MOST_REMEMBERED:
            _acted.clear()
        _acted[found.id_hash] = time.monotonic()
        await write(lambda tx: sessions.touch(tx, found.id_hash, now_us()))


def forget() -> None:
    """Look everybody up anew: someone signed out, or staff changed."""
    _remembered.clear()
    _acted.clear()


async def settle_owner(state: BaseState, found: SignedIn | None) -> None:
    """Empty all of the tab's states when they hold the data of somebody else than `found`, who calls now.

    Who has taken a step of the sign-in stays the same, and the step may have left something to be seen once.
    """
    session = await state.get_state(SessionState)
    if session._owner == _owner_of(found):
        return
    before, _, asked = session._owner.partition("/")
    if not (found is not None and asked and before == found.id_hash):
        root = await state.get_state(rx.State)
        hydrated = root.is_hydrated
        root.reset()
        root.is_hydrated = hydrated
    session._set_to(found)


async def moved_on(state: BaseState, address: str) -> bool:
    """Whether the tab has gone from one page to another, which a person did; a reconnect comes back to the same."""
    session = await state.get_state(SessionState)
    path = address.partition("?")[0].partition("#")[0].rstrip("/")
    before, session._path = session._path, path
    return before not in ("", path)


def _owner_of(found: SignedIn | None) -> str:
    return f"{found.id_hash}/{found.asked or ''}" if found else ""
