"""The round: of each row of the table a few hundred at a time, each step a short transaction of its own."""

from __future__ import annotations

from functools import cache, partial
from typing import NamedTuple

from sqlalchemy import and_, bindparam, delete, select

from dokango.clock import US_PER_DAY, Clock
from dokango.db import Database, Statement, Tx, typed
from dokango.pruning.table import TABLE, LetGo
from dokango.shop.profile import load_profile

EVERY_S = 6 * 3_600.0
AT_ONCE = 500
MOST_STEPS = 20  # of one table in one round: what is more waits for the next


class _Old(NamedTuple):
    key: object


def let_go(db: Database, clock: Clock) -> int:
    """Let go what is old enough now; how many rows. Broken off, or twice at once, it does nothing wrong."""
    return sum(_let_go(db, row, clock.now_us()) for row in TABLE)


def _let_go(db: Database, row: LetGo, now_us: int) -> int:
    days = row.days(db.read(load_profile))
    if not days:
        return 0
    before, gone = now_us - days * US_PER_DAY, 0
    for _ in range(MOST_STEPS):
        old = db.read(partial(_old, row=row, before=before))  # looked for outside of the writer's turn
        if old:
            gone += db.write(partial(_drop, row=row, before=before, keys=old))
        if len(old) < AT_ONCE:
            break
    return gone


def _old(tx: Tx, row: LetGo, before: int) -> list[object]:
    return [one.key for one in tx.rows(_statements(row)[0], before=before, most=AT_ONCE)]


def _drop(tx: Tx, row: LetGo, before: int, keys: list[object]) -> int:
    return sum(tx.run(_statements(row)[1], which=key, before=before) for key in keys)


@cache
def _statements(row: LetGo) -> tuple[Statement[_Old], Statement]:
    ended = and_(row.at < bindparam("before"), row.ended)
    old = select(row.by.label("key")).where(ended).limit(bindparam("most"))
    return typed(_Old, old), Statement(delete(row.table).where(row.by == bindparam("which"), ended))
