"""The second step at sign-in: six digits of an app on one's phone (TOTP, RFC 6238), or a recovery code, each once."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from typing import NamedTuple, Protocol

import pyotp
from sqlalchemy import bindparam, delete, func, insert, select, update

from dokango.clock import US_PER_S, Clock
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import Conflict, InvalidInput, NotFound
from dokango.people import sessions
from dokango.people.actor import Actor
from dokango.people.models import RecoveryCode, SecondStep, SecondStepRole, User
from dokango.people.permissions import STAFF_ROLES, Permission
from dokango.people.sessions import SignedIn, hash_of
from dokango.people.trail import note
from dokango.text import ascii_digits

RECOVERY_CODES = 10
STEP_S = 30
_CLOCKS_APART = (-1, 0, 1)  # a phone's clock may be half a minute off (RFC 6238, 5.2)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_GROUPS, _GROUP = 4, 4  # 79 bits: more than anybody tries, so a plain hash keeps them
_WRONG = "This code is not right, or was used. Wait for the next one, or type a recovery code."

_T, _C, _R, _U = table_of(SecondStep), table_of(RecoveryCode), table_of(SecondStepRole), table_of(User)


class Sealer(Protocol):
    """What seals a secret and opens it again: the installation's vault."""

    def seal(self, plain: str) -> str:
        """`plain` as it may be kept."""
        ...

    def open(self, sealed: str, name: str = ...) -> str:
        """What was sealed; raises a DokangoError when this installation did not."""
        ...


class _Kept(NamedTuple):
    sealed: str
    last_step: int


class Standing(NamedTuple):
    """One's own second step: since when, and how many recovery codes are left."""

    since: int
    codes_left: int


_OF = typed(_Kept, select(_T.c.sealed, _T.c.last_step).where(_T.c.user_id == bindparam("user_id")))
_LEFT = select(func.count()).where(_C.c.user_id == _T.c.user_id, _C.c.used_at.is_(None)).scalar_subquery().label("left")


class _Standing(NamedTuple):
    since: int
    left: int


_STANDING = typed(_Standing, select(_T.c.since, _LEFT).where(_T.c.user_id == bindparam("user_id")))


class _Holder(NamedTuple):
    user_id: int


_HOLDERS = typed(_Holder, select(_T.c.user_id))
_INSERT = Statement(insert(_T), columns=["user_id", "sealed", "since", "last_step"])
_INSERT_CODE = Statement(insert(_C), columns=["user_id", "code_hash"])
_TAKE_STEP = Statement(
    update(_T)
    .where(_T.c.user_id == bindparam("who"), _T.c.last_step < bindparam("step"))
    .values(last_step=bindparam("step"))
)
_TAKE_CODE = Statement(
    update(_C)
    .where(_C.c.user_id == bindparam("who"), _C.c.code_hash == bindparam("hash"), _C.c.used_at.is_(None))
    .values(used_at=bindparam("now"))
)
_DROP = Statement(delete(_T).where(_T.c.user_id == bindparam("user_id")))
_DROP_CODES = Statement(delete(_C).where(_C.c.user_id == bindparam("user_id")))
_NAME = Statement(select(_U.c.name).where(_U.c.id == bindparam("id")))


class _Role(NamedTuple):
    role: str


_ROLES = typed(_Role, select(_R.c.role))
_DROP_ROLES = Statement(delete(_R))
_INSERT_ROLE = Statement(insert(_R), columns=["role"])


def make_secret() -> str:
    """A secret to share with an app: 160 random bits in base 32."""
    return pyotp.random_base32()


def uri_of(secret: str, login: str, shop: str) -> str:
    """What the app reads from the picture."""
    return pyotp.TOTP(secret, interval=STEP_S).provisioning_uri(name=login, issuer_name=shop or "DokanGo")


def set_up(tx: Tx, session: SignedIn, actor: Actor, sealer: Sealer, secret: str, code: str, clock: Clock) -> list[str]:
    """Keep `secret` as one's own, proved by a code of it; the ten recovery codes, whose only showing this is.

    Raises InvalidInput under `code`, Conflict when there is one already.
    """
    now_us = clock.now_us()
    step = _step_of(secret, code, now_us)
    if step is None:
        raise InvalidInput(
            {"code": "This is not the code that the app shows now. Nothing is set up yet; try the next."}
        )
    if tx.one(_OF, user_id=actor.id) is not None:
        raise Conflict("A second step is set up already. Remove it first, to set up another.")
    tx.run(_INSERT, user_id=actor.id, sealed=sealer.seal(secret), since=now_us, last_step=step)
    codes = [_make_code() for _ in range(RECOVERY_CODES)]
    for made in codes:
        tx.run(_INSERT_CODE, user_id=actor.id, code_hash=hash_of(_plain(made)))
    sessions.proved(tx, session.id_hash, now_us)
    note(tx, actor, "second_step_set_up", f"{actor.id}:{now_us}", "", now_us)
    return codes


def prove(tx: Tx, session: SignedIn, actor: Actor, sealer: Sealer, typed_code: str, clock: Clock) -> None:
    """Take the second step with a code of the app or a recovery code, which is used up by it.

    Raises InvalidInput under `code`, and what the sealer raises when it cannot open the secret.
    """
    now_us = clock.now_us()
    how = _spend(tx, actor.id, sealer, typed_code, now_us)
    sessions.proved(tx, session.id_hash, now_us)
    note(tx, actor, "second_step_taken", f"{session.id_hash[:32]}:{now_us}", how, now_us)


def remove(tx: Tx, actor: Actor, sealer: Sealer, typed_code: str, clock: Clock) -> None:
    """Do without one's own from now on, proved by a code. Raises as `prove`."""
    now_us = clock.now_us()
    _spend(tx, actor.id, sealer, typed_code, now_us)
    _forget(tx, actor.id)
    note(tx, actor, "second_step_removed", f"{actor.id}:{now_us}", "by themselves", now_us)


def reset(tx: Tx, actor: Actor, user_id: int, clock: Clock) -> None:
    """Take a member's second step away, whose phone is lost; their sessions end. Raises NotAllowed, NotFound."""
    actor.require(Permission.EDIT_STAFF)
    name = tx.value(_NAME, id=user_id)
    if name is None or tx.one(_OF, user_id=user_id) is None:
        raise NotFound("second step of", name or "this member of staff")
    _forget(tx, user_id)
    sessions.end_of_user(tx, user_id)
    now_us = clock.now_us()
    note(tx, actor, "second_step_reset", f"{user_id}:{now_us}", str(name), now_us)


def require_of(tx: Tx, actor: Actor, roles: Iterable[str], clock: Clock) -> None:
    """Say which roles must have a second step. Raises NotAllowed, InvalidInput for a role that is none."""
    actor.require(Permission.EDIT_STAFF)
    wanted = sorted(set(roles))
    if unknown := [role for role in wanted if role not in STAFF_ROLES]:
        raise InvalidInput({"roles": f"There is no role {unknown[0][:40]}."})
    if wanted == required(tx):
        return
    tx.run(_DROP_ROLES)
    for role in wanted:
        tx.run(_INSERT_ROLE, role=role)
    now_us = clock.now_us()
    note(tx, actor, "second_step_required", str(now_us), ", ".join(wanted) or "of nobody", now_us)


def required(tx: Tx) -> list[str]:
    """The roles that must have a second step, by name."""
    return sorted(str(row.role) for row in tx.rows(_ROLES))


def holders(tx: Tx) -> set[int]:
    """The ids of all who have one."""
    return {int(row.user_id) for row in tx.rows(_HOLDERS)}


def standing(tx: Tx, user_id: int) -> Standing | None:
    """One's own second step; None without one."""
    row = tx.one(_STANDING, user_id=user_id)
    return None if row is None else Standing(int(row.since), int(row.left))


def _spend(tx: Tx, user_id: int, sealer: Sealer, typed_code: str, now_us: int) -> str:
    """Use a code up; what kind it was. A recovery code is tried first: it needs no secret to be opened."""
    kept = tx.one(_OF, user_id=user_id)
    if kept is None:
        raise InvalidInput({"code": "No second step is set up."})
    if tx.run(_TAKE_CODE, who=user_id, hash=hash_of(_plain(typed_code)), now=now_us):
        return "with a recovery code"
    if len(_digits(typed_code)) != 6:
        raise InvalidInput({"code": _WRONG})
    step = _step_of(sealer.open(kept.sealed, "second_step"), typed_code, now_us)
    if step is None or not tx.run(_TAKE_STEP, who=user_id, step=step):
        raise InvalidInput({"code": _WRONG})
    return "with the app"


def _forget(tx: Tx, user_id: int) -> None:
    tx.run(_DROP_CODES, user_id=user_id)
    tx.run(_DROP, user_id=user_id)


def _step_of(secret: str, code: str, now_us: int) -> int | None:
    """The time step whose code this is, the newest first; None when it is of none near now."""
    app, now_step, typed_digits = pyotp.TOTP(secret), now_us // (STEP_S * US_PER_S), _digits(code)
    steps = (now_step + apart for apart in reversed(_CLOCKS_APART))
    return next((step for step in steps if hmac.compare_digest(app.generate_otp(step), typed_digits)), None)


def _digits(code: str) -> str:
    return "".join(character for character in ascii_digits(code) if character in "0123456789")


def _make_code() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _plain(code: str) -> str:
    return "".join(character for character in code.casefold() if character.isalnum())
