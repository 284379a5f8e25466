"""A case whose customer was asked, and is not waited for any more: it is the shop's again, and the staff hear why."""

from __future__ import annotations

from dokango import audit
from dokango.db import Tx
from dokango.notify.outbox import Telling, tell
from dokango.orders.book import rows as orders
from dokango.orders.cases.kinds import NEEDS_US
from dokango.orders.cases.moves import Happened, due_by_hours, move
from dokango.orders.cases.rows import CaseRow
from dokango.people.actor import RULE

UNANSWERED = "The customer has not answered until {by}. Call them."
_HOURS = 4  # for a call, where no deadline was kept


def hand_back(tx: Tx, case: CaseRow, words: str, now_us: int) -> bool:
    """The case needs us, until the deadline that was kept for it when the customer was asked; False when it moved."""
    happened = Happened(f"case/{case.id}/unanswered/{case.asks}", words, now_us, RULE)
    due_us = case.then_due or due_by_hours(now_us, _HOURS)
    if not move(tx, case, "unanswered", happened, state=NEEDS_US, next_act="call_customer", due_us=due_us):
        return False
    event_id = audit.record(
        tx, key=happened.key, order_id=case.order_id, action="case_unanswered", actor=RULE.name, actor_kind=RULE.kind,
        note=words, now_us=now_us,
    )  # fmt: skip
    number = orders.number_of(tx, case.order_id) if case.order_id is not None else ""
    telling = Telling("staff", "case_unanswered", "", {"number": number, "words": words})
    tell(tx, [telling], order_id=case.order_id, event_id=event_id, now_us=now_us)
    return True
