"""The members of staff: who they are, what they sign in with, and what role they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, insert, select, update

from dokango.clock import Clock
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import AlreadyExists, Conflict, InvalidInput, NotFound
from dokango.people import sessions
from dokango.people.actor import Actor
from dokango.people.emails import email_of
from dokango.people.models import User
from dokango.people.passwords import hash_password, matches
from dokango.people.permissions import PERMISSIONS, STAFF_ROLES, Permission, Role
from dokango.people.trail import note
from dokango.text import plain

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,79}")
_U = table_of(User)
_COLUMNS = (_U.c.id, _U.c.login, _U.c.name, _U.c.email, _U.c.role, _U.c.active, _U.c.created_at, _U.c.given_at)
_INSERT = Statement(
    insert(_U).returning(_U.c.id),
    columns=["login", "name", "email", "role", "password_hash", "active", "created_at", "given_at"],
)


class _WithHash(NamedTuple):
    id: int
    login: str
    name: str
    email: str
    role: str
    active: int
    created_at: int
    given_at: int | None
    password_hash: str


_BY_LOGIN = typed(_WithHash, select(*_COLUMNS, _U.c.password_hash).where(_U.c.login == bindparam("login")))


class Member(NamedTuple):
    """Somebody of the staff, working here or not; `given_at` while the password is another's choice."""

    id: int
    login: str
    name: str
    email: str
    role: str
    active: int
    created_at: int
    given_at: int | None


_BY_ID = typed(Member, select(*_COLUMNS).where(_U.c.id == bindparam("id")))
_ALL = typed(Member, select(*_COLUMNS).order_by(_U.c.active.desc(), _U.c.name, _U.c.id))
_ACTIVE_OWNERS = Statement(select(func.count()).where(_U.c.role == Role.OWNER.value, _U.c.active == 1))
_SET_ROLE = Statement(update(_U).where(_U.c.id == bindparam("which")).values(role=bindparam("new")))
_SET_ACTIVE = Statement(update(_U).where(_U.c.id == bindparam("which")).values(active=bindparam("new")))
_SET_PASSWORD = Statement(
    update(_U)
    .where(_U.c.id == bindparam("which"))
    .values(password_hash=bindparam("new"), given_at=bindparam("given_at"))
)


@dataclass(frozen=True, slots=True)
class NewStaff:
    """What is needed to take somebody on. A password that is `given`, made by another, is changed at first sign-in.

    `known` are words of the shop that would be guessed as a password.
    """

    login: str
    name: str
    role: str
    password: str
    email: str = ""
    given: bool = False
    known: tuple[str, ...] = ()


def create(tx: Tx, actor: Actor, new: NewStaff, clock: Clock) -> int:
    """Take somebody on; their id. Raises NotAllowed, InvalidInput by field, AlreadyExists for a login in use."""
    actor.require(Permission.EDIT_STAFF)
    login, name = plain(new.login).lower(), plain(new.name)
    wrong = {}
    if not _LOGIN.fullmatch(login):
        wrong["login"] = "A login has 2 to 80 letters (a to z), digits, dots or dashes; an e-mail address is fine."
    if not 1 <= len(name) <= 80:
        wrong["name"] = "A name has 1 to 80 characters."
    if new.role not in STAFF_ROLES:
        wrong["role"] = f"Choose one of: {', '.join(STAFF_ROLES)}."
    email = password_hash = ""
    try:
        email = email_of(new.email, "email")
        password_hash = hash_password(new.password, known=(login, name, *new.known))
    except InvalidInput as refused:
        wrong |= refused.fields
    if wrong:
        raise InvalidInput(wrong)
    if tx.one(_BY_LOGIN, login=login):
        raise AlreadyExists("member of staff with the login", login)
    now_us = clock.now_us()
    user_id = int(
        tx.value(
            _INSERT, login=login, name=name, email=email, role=new.role, password_hash=password_hash,
            active=1, created_at=now_us, given_at=now_us if new.given else None,
        )
    )  # fmt: skip
    _note(tx, actor, clock, "staff_created", user_id, f"{name} ({login}) as {new.role}")
    return user_id


def authenticate(tx: Tx, login: str, password: str) -> Member | None:
    """The active user with this login and password, or None; slow on purpose, alike for known and unknown logins."""
    row = tx.one(_BY_LOGIN, login=plain(login).lower()[:80])
    right = matches(row.password_hash if row else None, password)
    return Member(*row[:-1]) if row is not None and right and row.active else None


def everyone(tx: Tx) -> list[Member]:
    """All the staff, the active first."""
    return tx.rows(_ALL)


def how_many_may(tx: Tx, permission: Permission) -> int:
    """How many of the staff who can sign in hold `permission`."""
    return sum(row.active and permission in PERMISSIONS[Role(row.role)] for row in everyone(tx))


def any_staff(tx: Tx) -> bool:
    """Whether anybody could sign in at all."""
    return bool(tx.value(_ACTIVE_OWNERS))


def is_given(tx: Tx, login: str) -> bool:
    """Whether the password of `login` is still the one that somebody else made."""
    row = tx.one(_BY_LOGIN, login=login)
    return row is not None and row.given_at is not None


def change_role(tx: Tx, actor: Actor, user_id: int, role: str, clock: Clock) -> None:
    """Give another role; their sessions end. Raises NotAllowed, NotFound, InvalidInput, Conflict for the last owner."""
    actor.require(Permission.EDIT_STAFF)
    if role not in STAFF_ROLES:
        raise InvalidInput({"role": f"Choose one of: {', '.join(STAFF_ROLES)}."})
    user = _found(tx, user_id)
    _keep_an_owner(tx, user, leaving=role != Role.OWNER)
    tx.run(_SET_ROLE, which=user_id, new=role)
    sessions.end_of_user(tx, user_id)
    _note(tx, actor, clock, "staff_role_changed", user_id, f"{user.name}: {user.role} → {role}")


def set_active(tx: Tx, actor: Actor, user_id: int, active: bool, clock: Clock) -> None:
    """Let somebody go, or take them back; their sessions end. Raises as `change_role`."""
    actor.require(Permission.EDIT_STAFF)
    user = _found(tx, user_id)
    _keep_an_owner(tx, user, leaving=not active)
    tx.run(_SET_ACTIVE, which=user_id, new=int(active))
    sessions.end_of_user(tx, user_id)
    _note(tx, actor, clock, "staff_activated" if active else "staff_deactivated", user_id, user.name)


def set_password(tx: Tx, actor: Actor, user_id: int, password: str, clock: Clock, *, given: bool = True) -> None:
    """Give somebody a new password, which they change at their next sign-in unless it is not `given`; sessions end.

    What one changes oneself is `account.py`'s. Raises NotAllowed, NotFound, InvalidInput.
    """
    actor.require(Permission.EDIT_STAFF)
    user = _found(tx, user_id)
    new = hash_password(password, known=(user.login, user.name))
    tx.run(_SET_PASSWORD, which=user_id, new=new, given_at=clock.now_us() if given else None)
    sessions.end_of_user(tx, user_id)
    _note(tx, actor, clock, "staff_password_set", user_id, user.name)


def _found(tx: Tx, user_id: int) -> Member:
    user = tx.one(_BY_ID, id=user_id)
    if user is None:
        raise NotFound("member of staff", user_id)
    return user


def _keep_an_owner(tx: Tx, user: Member, *, leaving: bool) -> None:
    if leaving and user.active and user.role == Role.OWNER and tx.value(_ACTIVE_OWNERS) <= 1:
        raise Conflict(f"{user.name} is the only owner. Make somebody else an owner first.")


def _note(tx: Tx, actor: Actor, clock: Clock, action: str, user_id: int, words: str) -> None:
    now_us = clock.now_us()
    note(tx, actor, action, f"{user_id}:{now_us}", words, now_us)
