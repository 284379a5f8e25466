"""Signed-in browsers. The id is 256 random bits, known to the browser alone: the database keeps its hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update

from dokango import topics
from dokango.clock import US_PER_DAY, US_PER_S
from dokango.db import Statement, Tx, table_of, typed
from dokango.people.actor import Actor
from dokango.people.models import SecondStep, SecondStepRole, Session, User
from dokango.people.permissions import Role

LASTS_US = 14 * US_PER_DAY
IDLE_US = 24 * 3600 * US_PER_S
TOUCH_US = 60 * US_PER_S  # write "seen" at most this often: reading pages should not write the database

_S = table_of(Session)
_U = table_of(User)
_STEP, _MUST = table_of(SecondStep), table_of(SecondStepRole)
_INSERT = Statement(insert(_S), columns=["id_hash", "user_id", "created_at", "seen_at", "ends_at", "agent", "address"])


class _Session(NamedTuple):
    id_hash: str
    user_id: int
    seen_at: int
    ends_at: int
    proved_at: int | None
    name: str
    login: str
    role: str
    given_at: int | None
    step_since: int
    must_step: str


_FIND = typed(_Session,
    select(
        _S.c.id_hash, _S.c.user_id, _S.c.seen_at, _S.c.ends_at, _S.c.proved_at, _U.c.name, _U.c.login, _U.c.role,
        _U.c.given_at, _STEP.c.since.label("step_since"), _MUST.c.role.label("must_step"),
    )
    .select_from(
        _S.join(_U, _U.c.id == _S.c.user_id)
        .outerjoin(_STEP, _STEP.c.user_id == _U.c.id)
        .outerjoin(_MUST, _MUST.c.role == _U.c.role)
    )
    .where(_S.c.id_hash == bindparam("id_hash"), _U.c.active == 1)
)  # fmt: skip
_PROVE = Statement(update(_S).where(_S.c.id_hash == bindparam("hash")).values(proved_at=bindparam("now")))
_TOUCH = Statement(update(_S).where(_S.c.id_hash == bindparam("hash")).values(seen_at=bindparam("now")))
_END = Statement(delete(_S).where(_S.c.id_hash == bindparam("id_hash")))
_END_OF_USER = Statement(delete(_S).where(_S.c.user_id == bindparam("user_id")))
_END_OTHERS = Statement(delete(_S).where(_S.c.user_id == bindparam("user_id"), _S.c.id_hash != bindparam("kept")))
_END_OLD = Statement(delete(_S).where(_S.c.ends_at < bindparam("now")))


class OpenSession(NamedTuple):
    """A session as its own user may see it."""

    id_hash: str
    created_at: int
    seen_at: int
    agent: str
    address: str

    @property
    def name(self) -> str:
        """What it is called on a page: enough of its hash to be told from others, too little to be anything else."""
        return self.id_hash[:16]


_OF_USER = typed(
    OpenSession,
    select(_S.c.id_hash, _S.c.created_at, _S.c.seen_at, _S.c.agent, _S.c.address)
    .where(_S.c.user_id == bindparam("user_id"), _S.c.ends_at > bindparam("now"), _S.c.seen_at > bindparam("idle"))
    .order_by(_S.c.seen_at.desc(), _S.c.id_hash),
)


class Asked(StrEnum):
    """What is still asked of somebody whose password was right; until then nothing of the shop opens to them."""

    CODE = "code"  # of the app on their phone, or a recovery code
    PASSWORD = "password"  # noqa: S105  a password of their own, in place of the one they were given
    SECOND_STEP = "second_step"  # to set up what their role must have


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session: who it is, the hash that names it, and what is still asked before anything opens."""

    id_hash: str
    actor: Actor
    login: str
    stale: bool  # worth a `touch` when a person acts
    asked: Asked | None = None


def hash_of(secret: str) -> str:
    """The hash under which a session's (or a key's) secret is kept: 256 random bits need no salt."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def start(tx: Tx, user_id: int, now_us: int, agent: str = "", address: str = "") -> str:
    """Begin a session and return its secret, for the cookie; ended ones are swept away meanwhile."""
    secret = secrets.token_urlsafe(32)
    tx.run(_END_OLD, now=now_us)
    tx.run(
        _INSERT, id_hash=hash_of(secret), user_id=user_id, created_at=now_us, seen_at=now_us, ends_at=now_us + LASTS_US,
        agent=agent[:200], address=address[:64],
    )  # fmt: skip
    return secret


def find(tx: Tx, secret: str, now_us: int) -> SignedIn | None:
    """Who holds `secret`; None when it is unknown, ended, idle for a day, or its user was deactivated."""
    row = tx.one(_FIND, id_hash=hash_of(secret))
    if row is None or now_us >= row.ends_at or now_us >= row.seen_at + IDLE_US:
        return None
    return SignedIn(
        row.id_hash,
        Actor(row.user_id, row.name, Role(row.role)),
        row.login,
        now_us - row.seen_at > TOUCH_US,
        _asked(row),
    )


def _asked(row: _Session) -> Asked | None:
    if row.step_since is not None and row.proved_at is None:
        return Asked.CODE
    if row.given_at is not None:
        return Asked.PASSWORD
    return Asked.SECOND_STEP if row.must_step is not None and row.step_since is None else None


def proved(tx: Tx, id_hash: str, now_us: int) -> None:
    """Note that the second step was taken in the session."""
    tx.run(_PROVE, hash=id_hash, now=now_us)
    tx.changed(topics.PEOPLE)


def asked_of(tx: Tx, id_hash: str) -> Asked | None:
    """What is asked of a session now; None when nothing is, or when there is no such session."""
    row = tx.one(_FIND, id_hash=id_hash)
    return None if row is None else _asked(row)


def of_user(tx: Tx, user_id: int, now_us: int) -> list[OpenSession]:
    """Where a person is signed in, the last to act first."""
    return tx.rows(_OF_USER, user_id=user_id, now=now_us, idle=now_us - IDLE_US)


def touch(tx: Tx, id_hash: str, now_us: int) -> None:
    """Note that a person acted in the session."""
    tx.run(_TOUCH, hash=id_hash, now=now_us)


def end(tx: Tx, secret: str) -> None:
    """Sign this browser out."""
    end_by_hash(tx, hash_of(secret))


def end_by_hash(tx: Tx, id_hash: str) -> None:
    """Sign a browser out that is known by its hash alone."""
    tx.run(_END, id_hash=id_hash)
    tx.changed(topics.PEOPLE)


def end_others(tx: Tx, user_id: int, kept: str) -> int:
    """Sign a person out everywhere but in the session of the hash `kept`; how many ended."""
    tx.changed(topics.PEOPLE)
    return tx.run(_END_OTHERS, user_id=user_id, kept=kept)


def end_of_user(tx: Tx, user_id: int) -> None:
    """Sign a person out everywhere: their role, password or standing changed."""
    tx.run(_END_OF_USER, user_id=user_id)
    tx.changed(topics.PEOPLE)
