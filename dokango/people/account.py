"""What members of staff do with their own account: change their password."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from dokango.clock import Clock
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import Conflict, InvalidInput, NotSignedIn
from dokango.people import sessions
from dokango.people.actor import Actor
from dokango.people.models import User
from dokango.people.passwords import hash_password, matches
from dokango.people.sessions import SignedIn
from dokango.people.trail import note

_U = table_of(User)


class _Kept(NamedTuple):
    login: str
    name: str
    password_hash: str


_KEPT = typed(_Kept, select(_U.c.login, _U.c.name, _U.c.password_hash).where(_U.c.id == bindparam("id")))
_CHANGE = Statement(
    update(_U)
    .where(_U.c.id == bindparam("which"), _U.c.password_hash == bindparam("before"))
    .values(password_hash=bindparam("after"), given_at=None)
)


@dataclass(frozen=True, slots=True)
class Typed:
    """The three fields; `present` is None just after a sign-in, which has proved it."""

    present: str | None
    new: str
    again: str


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A password that may be taken, as its hash, and the hash that it takes the place of."""

    before: str
    after: str


def prove(tx: Tx, actor: Actor, typed: Typed, known: Iterable[str] = ()) -> NewPassword:
    """Read what was typed; slow, so it is done before anything is written. `known` are words of the shop.

    Raises InvalidInput by field, NotSignedIn when there is no such member any more.
    """
    kept = tx.one(_KEPT, id=actor.id)
    if kept is None:
        raise NotSignedIn
    if typed.present is not None and not matches(kept.password_hash, typed.present):
        raise InvalidInput({"present": "This is not your present password. Nothing was changed."})
    if typed.new != typed.again:
        raise InvalidInput({"again": "The two are not alike. Type the new password once more."})
    after = hash_password(typed.new, "new", (kept.login, kept.name, *known))
    if matches(kept.password_hash, typed.new):
        raise InvalidInput({"new": "This is the password you have now. Choose another."})
    return NewPassword(kept.password_hash, after)


def take(tx: Tx, session: SignedIn, actor: Actor, password: NewPassword, clock: Clock) -> int:
    """Change one's own password; all other sessions end, and how many is told.

    Raises Conflict when it was changed meanwhile.
    """
    if not tx.run(_CHANGE, which=actor.id, before=password.before, after=password.after):
        raise Conflict("Your password was changed elsewhere meanwhile. Nothing was done; sign in again.")
    ended = sessions.end_others(tx, actor.id, session.id_hash)
    now_us = clock.now_us()
    note(tx, actor, "staff_password_changed", f"{actor.id}:{now_us}", "by themselves", now_us)
    return ended
