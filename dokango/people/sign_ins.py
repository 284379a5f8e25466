"""Who came in and who went, who was refused, and what changed of anybody's rights: written to the trail, and read."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.audit import Event
from dokango.clock import US_PER_DAY, Clock
from dokango.db import Tx, table_of, typed
from dokango.errors import NotFound
from dokango.paging import Page, Paged
from dokango.people import sessions
from dokango.people.actor import Actor
from dokango.people.models import User
from dokango.people.permissions import Permission, Role
from dokango.people.sessions import SignedIn
from dokango.people.throttle import network_of
from dokango.people.trail import API_KEY_USED, SIGN_IN_FAILED, SIGNED_IN, SIGNED_OUT, note

UNKNOWN = "Unknown login"  # never what was typed: it may have been a password
WORDS = {
    SIGNED_IN: "Signed in",
    SIGN_IN_FAILED: "Sign-in refused",
    SIGNED_OUT: "Signed out",
    API_KEY_USED: "API key used",
    "api_key_made": "API key made",
    "api_key_revoked": "API key revoked",
    "staff_created": "Taken on",
    "staff_role_changed": "Role changed",
    "staff_activated": "Taken back",
    "staff_deactivated": "Let go",
    "staff_password_set": "Password given",
    "staff_password_changed": "Password changed",
    "second_step_set_up": "Second step set up",
    "second_step_taken": "Second step taken",
    "second_step_removed": "Second step removed",
    "second_step_reset": "Second step reset",
    "second_step_required": "Second step required",
}
NOBODY = Actor(0, UNKNOWN, Role.CUSTOMER)
_E, _U = table_of(Event), table_of(User)


class SignInRow(NamedTuple):
    """One event about people; `data` is JSON."""

    id: int
    action: str
    actor: str
    actor_kind: str
    note: str
    data: str
    happened_at: int

    @property
    def address(self) -> str:
        """Where it came from, "" where nobody knows."""
        return str(json.loads(self.data).get("address", ""))


class CameIn(NamedTuple):
    """Where somebody signed in; `data` is JSON."""

    data: str


_LIST = Paged(
    SignInRow,
    select(_E.c.id, _E.c.action, _E.c.actor, _E.c.actor_kind, _E.c.note, _E.c.data, _E.c.happened_at).where(
        _E.c.order_id.is_(None), _E.c.action.in_(sorted(WORDS))
    ),
    by=(_E.c.id,),
    descending=True,
)
_KNOWN_US = 90 * US_PER_DAY
_CAME_IN = typed(
    CameIn,
    select(_E.c.data).distinct().where(
        _E.c.action == SIGNED_IN, _E.c.happened_at > bindparam("since"), _E.c.actor == bindparam("name"),
        _E.c.order_id.is_(None),
    ),
)  # fmt: skip


class _Named(NamedTuple):
    id: int
    name: str
    role: str


_NAMED = typed(_Named, select(_U.c.id, _U.c.name, _U.c.role).where(_U.c.login == bindparam("login")))


def begin(tx: Tx, user_id: int, clock: Clock, agent: str, address: str) -> tuple[str, SignedIn | None]:
    """Start a session: its secret, for the cookie, and what it opens. The trail keeps from where."""
    now_us = clock.now_us()
    secret = sessions.start(tx, user_id, now_us, agent, address)
    found = sessions.find(tx, secret, now_us)
    if found is not None:
        note(tx, replace(found.actor, address=address), SIGNED_IN, found.id_hash[:32], agent[:200], now_us)
    return secret, found


def refused(tx: Tx, login: str, why: str, clock: Clock, address: str) -> None:
    """Keep that somebody was not let in, as whom they tried when there is such a person."""
    row = tx.one(_NAMED, login=login.strip().lower()[:80])
    actor = Actor(row.id, row.name, Role(row.role), address) if row else replace(NOBODY, address=address)
    note(tx, actor, SIGN_IN_FAILED, secrets.token_hex(16), why, clock.now_us())


def known_networks(tx: Tx, login: str, now_us: int) -> frozenset[str] | None:
    """From where that person signed in rightly within 90 days; None when there is no such person."""
    row = tx.one(_NAMED, login=login.strip().lower()[:80])
    if row is None:
        return None
    found = tx.rows(_CAME_IN, name=row.name, since=now_us - _KNOWN_US)
    return frozenset(network_of(json.loads(came.data).get("address", "")) for came in found) - {""}


def end(tx: Tx, secret: str, clock: Clock, address: str) -> None:
    """Sign the browser out that holds `secret`; one that is signed out already stays so."""
    now_us = clock.now_us()
    found = sessions.find(tx, secret, now_us)
    sessions.end(tx, secret)
    if found is not None:
        note(tx, replace(found.actor, address=address), SIGNED_OUT, found.id_hash[:32], "", now_us)


def end_one(tx: Tx, actor: Actor, name: str, clock: Clock) -> None:
    """Sign one of one's own browsers out, by its name on the page. Raises NotFound when it is none of theirs."""
    now_us = clock.now_us()
    found = next((one for one in sessions.of_user(tx, actor.id, now_us) if one.name == name), None)
    if found is None:
        raise NotFound("open session of yours", name[:16])
    sessions.end_by_hash(tx, found.id_hash)
    note(tx, actor, SIGNED_OUT, found.id_hash[:32], "from another browser", now_us)


def end_others(tx: Tx, actor: Actor, kept: str, clock: Clock) -> int:
    """Sign oneself out everywhere but in the session of the hash `kept`; how many ended."""
    now_us = clock.now_us()
    ended = sessions.end_others(tx, actor.id, kept)
    note(tx, actor, SIGNED_OUT, f"{actor.id}:{now_us}", f"all other browsers: {ended}", now_us)
    return ended


def page(tx: Tx, actor: Actor, cursor: str) -> Page[SignInRow]:
    """The events about people, newest first. Raises NotAllowed, NotOurCursor."""
    actor.require(Permission.EDIT_STAFF)
    return _LIST.page(tx, cursor)
