"""The clock of deadlines: a case that nobody answered in time is said to the staff, once for each deadline.

One whose customer did not answer is the shop's again: no wait for a customer outlives its deadline.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango import audit
from dokango.clock import Clock, said
from dokango.db import Database, Tx, typed
from dokango.notify.outbox import Telling, tell
from dokango.orders.book import rows as orders
from dokango.orders.cases import moves, rows
from dokango.orders.cases.hand_back import UNANSWERED, hand_back
from dokango.orders.cases.kinds import ASKED_CUSTOMER, KINDS, NEXT_ACTS
from dokango.orders.cases.rows import CASE
from dokango.people.actor import RULE

EVERY_S = 60.0
MOST_IN_A_ROUND = 200


class _Late(NamedTuple):
    id: int


_LATE = typed(
    _Late,
    select(CASE.c.id)
    .where(CASE.c.closed_at.is_(None), CASE.c.said_late_at.is_(None), CASE.c.due_at < bindparam("now"))
    .order_by(CASE.c.due_at, CASE.c.id)
    .limit(MOST_IN_A_ROUND),
)


def say_late(db: Database, clock: Clock) -> int:
    """One round; how often it was said that a deadline has passed.

    A case that is the shop's again may be late as such: where no worker ran, both deadlines passed meanwhile.
    """
    told = _say_all(db, clock)
    return told + _say_all(db, clock) if told else 0


def _say_all(db: Database, clock: Clock) -> int:
    late = db.read(lambda tx: tx.rows(_LATE, now=clock.now_us()))
    return sum(db.write(partial(_say, case_id=row.id, now_us=clock.now_us())) for row in late)


def _say(tx: Tx, case_id: int, now_us: int) -> bool:
    case = rows.lock_with_order(tx, case_id)
    if not case.is_open or case.said_late_at is not None or case.due_at >= now_us:
        return False
    if case.state == ASKED_CUSTOMER:
        return hand_back(tx, case, UNANSWERED.format(by=said(case.due_at)), now_us)
    kind = KINDS[case.kind]
    words = f"{kind.label}: {NEXT_ACTS[case.next_act].lower()} was due on {said(case.due_at)}"
    happened = moves.Happened(f"case/{case.id}/late/{case.version}", words, now_us, RULE)
    moves.note(tx, case, "late", happened, said_late_at=now_us)
    number = orders.number_of(tx, case.order_id) if case.order_id is not None else ""
    event_id = audit.record(
        tx, key=happened.key, order_id=case.order_id, action="case_late", actor=RULE.name, actor_kind=RULE.kind,
        note=words, now_us=now_us,
    )  # fmt: skip
    telling = Telling("staff", "case_late", "", {"number": number, "words": words})
    tell(tx, [telling], order_id=case.order_id, event_id=event_id, now_us=now_us)
    return True
