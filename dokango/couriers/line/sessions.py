"""Signed in once for all processes: a courier's token, who may renew it, and whose turn it is to call.

Where a renewal makes the old token worthless, two that renew at once lock each other out: one at a time does, the
others wait for what it brings. Nothing is called inside a transaction: the right to renew is a row with an end.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sqlalchemy import bindparam, case, select, update

from dokango.clock import US_PER_S, Clock
from dokango.courier_errors import CourierUnavailable
from dokango.couriers.models import CourierSession
from dokango.db import Database, Statement, Tx, Upsert, table_of, typed
from dokango.shop.secrets import SecretLost, Vault

EARLY_S = 300  # a token is renewed before it ends
LEASE_S = 45  # longer than a sign-in may take; whoever dies over it is waited for no longer
WAIT_S, LOOK_EVERY_S = 30.0, 0.05
_C = table_of(CourierSession)


@dataclass(frozen=True, slots=True)
class Session:
    """What a sign-in brought; `ends_us` is when it stops to work."""

    access: str
    refresh: str
    ends_us: int


Renew = Callable[[Session | None], Session]


class Sessions(Protocol):
    """Where sessions are kept. `name` is that of a courier's account; another account's session is another."""

    def current(self, name: str, courier: str, stale: str, renew: Renew) -> Session:
        """A session that is not `stale` (the access token that was just refused, or "") and does not end soon.

        `renew` signs in, given the session before; it is called by one at a time. Raises what it raises, and
        CourierUnavailable when somebody else's renewal does not end.
        """
        ...

    def turn_s(self, name: str, courier: str, per_min: int) -> float:
        """Seconds to wait until the next call, when at most `per_min` calls may begin in a minute."""
        ...


class MemorySessions:
    """Of this process alone."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._sessions: dict[str, Session] = {}
        self._next_us: dict[str, int] = {}

    def current(self, name: str, courier: str, stale: str, renew: Renew) -> Session:
        """As Sessions says."""
        with self._lock:
            found = self._sessions.get(name)
            if not _serves(found, stale, self._clock.now_us()):
                found = self._sessions[name] = renew(found)
            assert found is not None  # noqa: S101  _serves says so
            return found

    def turn_s(self, name: str, courier: str, per_min: int) -> float:
        """As Sessions says."""
        with self._lock:
            now_us = self._clock.now_us()
            at_us = max(self._next_us.get(name, 0), now_us)
            self._next_us[name] = at_us + 60 * US_PER_S // per_min
            return (at_us - now_us) / US_PER_S


class _Row(NamedTuple):
    sealed: str
    renewing_until: int


class _Next(NamedTuple):
    next_call_at: int


_ROW = typed(_Row, select(_C.c.sealed, _C.c.renewing_until).where(_C.c.name == bindparam("account")))
_NEW = Upsert(_C, ("name", "courier", "sealed", "renewing_until", "next_call_at"))
_CLAIM = Statement(
    update(_C)
    .where(_C.c.name == bindparam("account"), _C.c.renewing_until <= bindparam("now"))
    .values(renewing_until=bindparam("ends"))
    .returning(_C.c.name)
)
_KEEP = Statement(
    update(_C).where(_C.c.name == bindparam("account")).values(sealed=bindparam("kept"), renewing_until=0)
)
_RELEASE = Statement(update(_C).where(_C.c.name == bindparam("account")).values(renewing_until=0))
_DROP_OTHERS = Statement(
    update(_C).where(_C.c.courier == bindparam("whose"), _C.c.name != bindparam("account")).values(sealed="")
)
_TURN = typed(
    _Next,
    update(_C)
    .where(_C.c.name == bindparam("account"))
    .values(
        next_call_at=case((_C.c.next_call_at > bindparam("now"), _C.c.next_call_at), else_=bindparam("now"))
        + bindparam("apart")
    )
    .returning(_C.c.next_call_at),
)


class KeptSessions:
    """In the database, sealed by the installation's key: of all processes together."""

    def __init__(self, db: Database, vault: Vault, clock: Clock) -> None:
        self._db, self._vault, self._clock = db, vault, clock

    def current(self, name: str, courier: str, stale: str, renew: Renew) -> Session:
        """As Sessions says."""
        gives_up_at = time.monotonic() + WAIT_S
        while time.monotonic() < gives_up_at:
            found = self._opened(self._db.read(lambda tx: tx.one(_ROW, account=name)))
            if found is not None and _serves(found, stale, self._clock.now_us()):
                return found
            if self._db.write(lambda tx: self._claimed(tx, name, courier)):
                return self._renewed(name, courier, stale, renew)
            time.sleep(LOOK_EVERY_S)
        raise CourierUnavailable(courier, "Somebody else is signing in there and does not end. Try again in a minute.")

    def turn_s(self, name: str, courier: str, per_min: int) -> float:
        """As Sessions says."""
        now_us, apart_us = self._clock.now_us(), 60 * US_PER_S // per_min

        def take(tx: Tx) -> int:
            _make(tx, name, courier)
            row = tx.one(_TURN, account=name, now=now_us, apart=apart_us)
            assert row is not None  # noqa: S101  it was made just now
            return row.next_call_at

        return max(0, self._db.write(take) - apart_us - now_us) / US_PER_S

    def _claimed(self, tx: Tx, name: str, courier: str) -> bool:
        _make(tx, name, courier)
        now_us = self._clock.now_us()
        return tx.one(_CLAIM, account=name, now=now_us, ends=now_us + LEASE_S * US_PER_S) is not None

    def _renewed(self, name: str, courier: str, stale: str, renew: Renew) -> Session:
        """Ours to renew, unless somebody did between our look and our claim."""
        try:
            before = self._opened(self._db.read(lambda tx: tx.one(_ROW, account=name)))
            found = before
            if before is None or not _serves(before, stale, self._clock.now_us()):
                found = renew(before)
                kept = self._vault.seal(json.dumps([found.access, found.refresh, found.ends_us]))
                self._db.write(lambda tx: _kept(tx, name, courier, kept))
        finally:
            self._db.write(lambda tx: tx.run(_RELEASE, account=name))
        assert found is not None  # noqa: S101  either stood or was made
        return found

    def _opened(self, row: _Row | None) -> Session | None:
        if row is None or not row.sealed:
            return None
        try:
            access, refresh, ends_us = json.loads(self._vault.open(row.sealed))
        except SecretLost:  # sealed by another installation's key: signing in anew mends it
            return None
        return Session(access, refresh, ends_us)


def _serves(session: Session | None, stale: str, now_us: int) -> bool:
    return session is not None and session.access != stale and session.ends_us - EARLY_S * US_PER_S > now_us


def _make(tx: Tx, name: str, courier: str) -> None:
    tx.run(_NEW, name=name, courier=courier, sealed="", renewing_until=0, next_call_at=0)


def _kept(tx: Tx, name: str, courier: str, sealed: str) -> None:
    """Keep it, and no token of an account that is used no more."""
    tx.run(_KEEP, account=name, kept=sealed)
    tx.run(_DROP_OTHERS, account=name, whose=courier)
