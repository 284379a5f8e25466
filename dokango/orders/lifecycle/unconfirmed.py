"""The clock of what nobody confirms: who is to be told is told, what has run out is let go, each order once."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from sqlalchemy import bindparam, select, text

from dokango.clock import Clock
from dokango.db import Database, Tx, typed
from dokango.errors import Refused
from dokango.orders.book.queues import EXPIRES
from dokango.orders.book.rows import ORDER
from dokango.orders.lifecycle.commands import Command, Expire, Remind
from dokango.orders.lifecycle.perform import Context, perform
from dokango.people.actor import RULE
from dokango.shop.profile import load_profile

EVERY_S = 60.0
MOST_IN_A_ROUND = 200
_expiring = select(ORDER.c.number).where(text(EXPIRES), ORDER.c.wish_kind == "").limit(MOST_IN_A_ROUND)


class _Number(NamedTuple):
    number: str


_UNTOLD = typed(
    _Number,
    _expiring.where(ORDER.c.expires_at.is_(None), ORDER.c.placed_at <= bindparam("before")).order_by(ORDER.c.placed_at),
)
_TOLD = typed(_Number, _expiring.where(ORDER.c.expires_at <= bindparam("now")).order_by(ORDER.c.expires_at))


def let_go(db: Database, clock: Clock) -> int:
    """One round; how many orders took a step. Each has a transaction of its own, so a round that is broken off, or two
    at once, leave every order either as it was or done: the lifecycle refuses the second.
    """
    context = Context(RULE, clock)
    steps = db.read(lambda tx: _due(tx, clock.now_us()))
    return sum(_taken(db, context, number, command) for number, command in steps)


def _due(tx: Tx, now_us: int) -> list[tuple[str, Command]]:
    profile = load_profile(tx)
    if not profile.hold_hours:
        return []
    untold = tx.rows(_UNTOLD, before=now_us - profile.hold_us + profile.hold_notice_us)
    first: Command = Remind() if profile.hold_notice_us else Expire()
    return [*((row.number, first) for row in untold), *((row.number, Expire()) for row in tx.rows(_TOLD, now=now_us))]


def _taken(db: Database, context: Context, number: str, command: Command) -> bool:
    try:
        db.write(partial(perform, context=context, number=number, command=command))
    except Refused:  # somebody was first: confirmed, paid, held, or another worker's round
        return False
    return True
