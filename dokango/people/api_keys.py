"""Keys for programs: shown once, kept hashed, each with a role, and a prefix to know it by."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update

from dokango.clock import Clock, day_of
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import InvalidInput, NotFound
from dokango.people.actor import Actor
from dokango.people.models import ApiKey
from dokango.people.permissions import KEY_ROLES, Permission, Role
from dokango.people.sessions import hash_of
from dokango.people.trail import API_KEY_USED, note
from dokango.text import plain

_MARK = "dk_"
_K = table_of(ApiKey)
_INSERT = Statement(
    insert(_K).returning(_K.c.id), columns=["name", "role", "prefix", "key_hash", "created_by", "made_by", "created_at"]
)


class _Found(NamedTuple):
    id: int
    name: str
    role: str
    used_at: int | None
    made_by: int | None


_FIND = typed(
    _Found,
    select(_K.c.id, _K.c.name, _K.c.role, _K.c.used_at, _K.c.made_by).where(
        _K.c.key_hash == bindparam("key_hash"), _K.c.revoked_at.is_(None)
    ),
)


class KeyRow(NamedTuple):
    """A key as it is listed: its beginning, and never the rest."""

    id: int
    name: str
    role: str
    prefix: str
    created_by: str
    created_at: int
    used_at: int | None
    revoked_at: int | None


_ALL = typed(KeyRow,
    select(_K.c.id, _K.c.name, _K.c.role, _K.c.prefix, _K.c.created_by, _K.c.created_at, _K.c.used_at, _K.c.revoked_at)
    .order_by(_K.c.id.desc())
)  # fmt: skip
_REVOKE = Statement(
    update(_K).where(_K.c.id == bindparam("which"), _K.c.revoked_at.is_(None)).values(revoked_at=bindparam("now"))
)
_USED = Statement(select(_K.c.used_at).where(_K.c.id == bindparam("which")).with_for_update())
_TOUCH = Statement(update(_K).where(_K.c.id == bindparam("which")).values(used_at=bindparam("now")))


def make(tx: Tx, actor: Actor, name: str, role: str, clock: Clock) -> str:
    """A new key; its only showing. Raises NotAllowed, and InvalidInput for a role or name that cannot be used."""
    actor.require(Permission.EDIT_STAFF)
    wrong = {}
    if role not in KEY_ROLES:
        wrong["role"] = f"Choose one of: {', '.join(KEY_ROLES)}."
    name = plain(name)
    if not 1 <= len(name) <= 80:
        wrong["name"] = "Name the key, in 1 to 80 characters, after what will use it."
    if wrong:
        raise InvalidInput(wrong)
    key = _MARK + secrets.token_urlsafe(32)
    now_us = clock.now_us()
    key_id = tx.value(
        _INSERT, name=name, role=role, prefix=key[:8], key_hash=hash_of(key), created_by=actor.name,
        made_by=actor.person if actor.person > 0 else None, created_at=now_us,
    )  # fmt: skip
    note(tx, actor, "api_key_made", str(key_id), f"{name} ({key[:8]}…) as {role}", now_us)
    return key


def find(tx: Tx, key: str) -> Actor | None:
    """Who `key` acts as; None when it is unknown or revoked."""
    row = tx.one(_FIND, key_hash=hash_of(key))
    return None if row is None else Actor(-row.id, f"key {row.name}", Role(row.role), maker=row.made_by or 0)


def touch(tx: Tx, actor: Actor, now_us: int) -> None:
    """Note that the key of `actor` (from `find`) is in use; call it now and then, not for every request.

    The first use of each day (Dhaka) is an event of the trail, with the address that it came from.
    """
    before = tx.value(_USED, which=-actor.id)
    tx.run(_TOUCH, which=-actor.id, now=now_us)
    today = day_of(now_us)
    if before is None or day_of(before) < today:
        note(tx, actor, API_KEY_USED, f"{-actor.id}:{today.isoformat()}", "first use of the day", now_us)


def everyone(tx: Tx) -> list[KeyRow]:
    """All keys, newest first: `id, name, role, prefix, created_by, created_at, used_at, revoked_at`."""
    return tx.rows(_ALL)


def revoke(tx: Tx, actor: Actor, key_id: int, clock: Clock) -> None:
    """End a key. Raises NotAllowed, NotFound when there is none that still works."""
    actor.require(Permission.EDIT_STAFF)
    now_us = clock.now_us()
    if not tx.run(_REVOKE, which=key_id, now=now_us):
        raise NotFound("working API key", key_id)
    note(tx, actor, "api_key_revoked", str(key_id), f"key {key_id}", now_us)
