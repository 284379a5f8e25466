"""How the line to a courier stands, for all processes: who asks about parcels now, since when it is silent, and what
its webhook has missed."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import and_, bindparam, case, func, null, or_, select, update

from dokango.couriers.models import CourierContact, CourierNews
from dokango.db import Statement, Tx, Upsert, table_of, typed

_C = table_of(CourierContact)
_N = table_of(CourierNews)


class Contact(NamedTuple):
    """What is known of the line to one courier; instants in microseconds.

    `moves_found` parcels had moved since `found_from`, and the site found it by asking, without a webhook.
    """

    courier: str
    answered_at: int | None
    silent_since: int | None
    why: str
    moves_found: int
    found_from: int | None


class _Heard(NamedTuple):
    received_at: int


_KEEP = Upsert(_C, ("courier", "asks", "next_round_at", "why", "moves_found"))
_FREE = or_(_C.c.held_until.is_(None), _C.c.held_until < bindparam("now"), _C.c.asks == bindparam("who"))
_BEGIN = Statement(
    update(_C)
    .where(_C.c.courier == bindparam("key"), _C.c.next_round_at <= bindparam("now"), _FREE)
    .values(asks=bindparam("who"), held_until=bindparam("until"), next_round_at=bindparam("next_at"))
)
_MINE = and_(_C.c.courier == bindparam("key"), _C.c.asks == bindparam("who"))
_HOLD = Statement(update(_C).where(_MINE, _C.c.held_until >= bindparam("now")).values(held_until=bindparam("until")))
_LET_GO = Statement(update(_C).where(_MINE).values(held_until=null()))
_ANSWERED = Statement(
    update(_C).where(_C.c.courier == bindparam("key")).values(answered_at=bindparam("at"), silent_since=null(), why="")
)
_SILENT = Statement(
    update(_C)
    .where(_C.c.courier == bindparam("key"))
    .values(
        silent_since=func.coalesce(_C.c.silent_since, bindparam("at")),
        why=case((_C.c.silent_since.is_(None), bindparam("said")), else_=_C.c.why),  # the first reason says most
        next_round_at=bindparam("next_at"),
    )
)
_is_heard_since = _C.c.found_from < func.coalesce(bindparam("heard"), 0)
_FOUND = Statement(
    update(_C)
    .where(_C.c.courier == bindparam("key"))
    .values(
        moves_found=case((_is_heard_since, bindparam("moves")), else_=_C.c.moves_found + bindparam("moves")),
        found_from=case((_is_heard_since, bindparam("at")), else_=func.coalesce(_C.c.found_from, bindparam("at"))),
    )
)
_SEEN = (_C.c.courier, _C.c.answered_at, _C.c.silent_since, _C.c.why, _C.c.moves_found, _C.c.found_from)
_ONE = typed(Contact, select(*_SEEN).where(_C.c.courier == bindparam("key")))
_HEARD = typed(
    _Heard,
    select(_N.c.received_at).where(_N.c.courier == bindparam("key")).order_by(_N.c.id.desc()).limit(1),
)


def begin_round(tx: Tx, courier: str, who: str, now_us: int, until_us: int, next_us: int) -> bool:
    """Take the lease on asking `courier` about parcels until `until_us`; the round after this one begins at `next_us`.

    False while somebody else has it, or before the next round.
    """
    tx.run(_KEEP, courier=courier, asks="", next_round_at=0, why="", moves_found=0)
    return bool(tx.run(_BEGIN, key=courier, who=who, now=now_us, until=until_us, next_at=next_us))


def hold(tx: Tx, courier: str, who: str, now_us: int, until_us: int) -> bool:
    """Keep the lease; False when it ran out meanwhile."""
    return bool(tx.run(_HOLD, key=courier, who=who, now=now_us, until=until_us))


def let_go(tx: Tx, courier: str, who: str) -> None:
    """The round is over."""
    tx.run(_LET_GO, key=courier, who=who)


def note_answered(tx: Tx, courier: str, now_us: int) -> None:
    """It answers."""
    tx.run(_ANSWERED, key=courier, at=now_us)


def note_silent(tx: Tx, courier: str, said: str, now_us: int, next_us: int) -> None:
    """It does not, as `said`; it is asked again at `next_us`."""
    tx.run(_SILENT, key=courier, at=now_us, said=said, next_at=next_us)


def note_found(tx: Tx, courier: str, moves: int, now_us: int) -> None:
    """So many parcels had moved without its webhook having said so yet."""
    tx.run(_FOUND, key=courier, moves=moves, at=now_us, heard=heard_at(tx, courier))


def contact_of(tx: Tx, courier: str) -> Contact | None:
    """How the line to a courier stands; None before anything was asked."""
    return tx.one(_ONE, key=courier)


def heard_at(tx: Tx, courier: str) -> int | None:
    """When its webhook was heard last; None for never."""
    found = tx.one(_HEARD, key=courier)
    return found.received_at if found is not None else None
