"""Taking jobs and giving them back: guarded statements, so that two workers never hold the same job."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import BindParameter, and_, bindparam, or_, select, update

from dokango.clock import US_PER_S
from dokango.db import Statement, Tx, table_of, typed
from dokango.jobs.models import Job
from dokango.jobs.queue import Payload

LEASE_S = 120  # longer than any handler: a courier's answer is waited for at most 20 s
_MOST_WORDS = 500
_J = table_of(Job)
_now: BindParameter[int] = bindparam("now")
_DUE = or_(and_(_J.c.state == "waiting", _J.c.due_at <= _now), and_(_J.c.state == "running", _J.c.lease_until < _now))


class _Job(NamedTuple):
    id: int
    key: str
    kind: str
    payload: str
    order_id: int | None
    state: str
    due_at: int
    lease_until: int | None
    leased_by: str
    tries: int
    most_tries: int
    error: str
    created_at: int
    ended_at: int | None


_FIND = typed(_Job, select(*_J.c).where(_DUE).order_by(_J.c.due_at, _J.c.id).limit(bindparam("most")))
_ANY = Statement(select(_J.c.id).where(_DUE).limit(1))
_TAKE = Statement(
    update(_J)
    .where(_J.c.id == bindparam("row"), _DUE, _J.c.tries < _J.c.most_tries)
    .values(state="running", leased_by=bindparam("who"), lease_until=bindparam("until"), tries=_J.c.tries + 1)
)
_MINE = and_(_J.c.id == bindparam("row"), _J.c.leased_by == bindparam("who"), _J.c.state == "running")
_DONE = Statement(update(_J).where(_MINE).values(state="done", error="", ended_at=_now, lease_until=None))
_AGAIN = Statement(
    update(_J).where(_MINE).values(state="waiting", error=bindparam("why"), due_at=bindparam("due"), lease_until=None)
)
_FAIL = Statement(
    update(_J).where(_MINE).values(state="failed", error=bindparam("why"), ended_at=_now, lease_until=None)
)
_ABANDON = Statement(
    update(_J)
    .where(_J.c.id == bindparam("row"), _DUE, _J.c.tries >= _J.c.most_tries)
    .values(state="failed", error=bindparam("why"), ended_at=_now, lease_until=None)
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A job in this worker's hands, on its try number `tries` of at most `most_tries`."""

    id: int
    key: str
    kind: str
    payload: Payload
    order_id: int | None
    tries: int
    most_tries: int
    held_by: str

    @property
    def is_last_try(self) -> bool:
        """Whether a failure now is the end of it."""
        return self.tries >= self.most_tries


def anything_due(tx: Tx, now_us: int) -> bool:
    """Whether it is worth opening a write transaction."""
    return tx.value(_ANY, now=now_us) is not None


def take(tx: Tx, who: str, now_us: int, most: int) -> tuple[list[Taken], list[Taken]]:
    """Lease up to `most` due jobs; and those whose worker died on their last try, now failed."""
    taken: list[Taken] = []
    abandoned: list[Taken] = []
    for row in tx.rows(_FIND, now=now_us, most=most):
        if tx.run(_TAKE, row=row.id, now=now_us, who=who, until=now_us + LEASE_S * US_PER_S):
            taken.append(_taken(row, row.tries + 1, who))
        elif tx.run(_ABANDON, row=row.id, now=now_us, why="The worker stopped in the middle of the last try."):
            abandoned.append(_taken(row, row.tries, who))
    return taken, abandoned


def finish(tx: Tx, job: Taken, now_us: int) -> bool:
    """It is done; False when the lease was lost meanwhile and somebody else decides."""
    return bool(tx.run(_DONE, row=job.id, who=job.held_by, now=now_us))


def put_back(tx: Tx, job: Taken, why: str, due_us: int) -> bool:
    """It failed and will be tried again at `due_us`."""
    return bool(tx.run(_AGAIN, row=job.id, who=job.held_by, why=why[:_MOST_WORDS], due=due_us))


def fail(tx: Tx, job: Taken, why: str, now_us: int) -> bool:
    """It failed for good."""
    return bool(tx.run(_FAIL, row=job.id, who=job.held_by, why=why[:_MOST_WORDS], now=now_us))


def _taken(row: _Job, tries: int, who: str) -> Taken:
    return Taken(row.id, row.key, row.kind, json.loads(row.payload), row.order_id, tries, row.most_tries, who)
