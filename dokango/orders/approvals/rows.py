"""Approvals as they are kept: what waits, what an order had, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, insert, select, update

from dokango.audit import said_actor
from dokango.db import Statement, Tx, table_of, typed
from dokango.money import taka
from dokango.orders.approvals.models import Approval
from dokango.orders.book.rows import ORDER
from dokango.paging import Page, Paged
from dokango.payments.methods import said_pocket
from dokango.people.actor import Actor

APPROVAL = table_of(Approval)
WAITING, APPROVED, REFUSED, WITHDRAWN = "waiting", "approved", "refused", "withdrawn"
PAYMENT, REFUND, REVERSAL = "payment", "refund", "reversal"
# The step of the lifecycle that is asked for.
ASKS = {PAYMENT: "verify_payment", REFUND: "refund", REVERSAL: "reverse_payment"}


class ApprovalRow(NamedTuple):
    """One act about money that waits, or waited, for a second person."""

    id: int
    order_id: int
    kind: str
    method: str
    trx_id: str
    amount_poisha: int
    limit_poisha: int
    command: str
    state: str
    asked_by: str
    asked_kind: str
    asked_person: int
    asked_at: int
    asked_version: int
    decided_by: str
    decided_person: int | None
    decided_at: int | None
    words: str

    @property
    def who(self) -> str:
        """Who asked, as people read it."""
        return said_actor(self.asked_by, self.asked_kind)

    @property
    def what(self) -> str:
        """What it is about: “৳60,000 by bKash, TrxID …”."""
        by = f"{taka(self.amount_poisha)} by {said_pocket(self.method)}"
        if self.kind == PAYMENT:
            return f"{by}, TrxID {self.trx_id}"
        return f"A refund of {by}" if self.kind == REFUND else f"Taking back {by}"


class Waiting(NamedTuple):
    """What waits, with the order that it is about."""

    id: int
    number: str
    version: int
    kind: str
    method: str
    trx_id: str
    amount_poisha: int
    asked_by: str
    asked_kind: str
    asked_person: int
    asked_at: int


_BY_ID = typed(ApprovalRow, select(*APPROVAL.c).where(APPROVAL.c.id == bindparam("approval_id")))
_WAITS = typed(
    ApprovalRow,
    select(*APPROVAL.c).where(APPROVAL.c.order_id == bindparam("order_id"), APPROVAL.c.state == WAITING),
)
_COUNT = Statement(select(func.count()).select_from(APPROVAL).where(APPROVAL.c.state == WAITING))
_LIST = Paged(
    Waiting,
    select(
        APPROVAL.c.id, ORDER.c.number, ORDER.c.version, APPROVAL.c.kind, APPROVAL.c.method, APPROVAL.c.trx_id,
        APPROVAL.c.amount_poisha, APPROVAL.c.asked_by, APPROVAL.c.asked_kind, APPROVAL.c.asked_person,
        APPROVAL.c.asked_at,
    )
    .join(ORDER, ORDER.c.id == APPROVAL.c.order_id)
    .where(APPROVAL.c.state == WAITING),
    by=(APPROVAL.c.id,),
)  # fmt: skip
_INSERT = Statement(
    insert(APPROVAL),
    columns=[
        "order_id", "kind", "method", "trx_id", "amount_poisha", "limit_poisha", "command", "state",
        "asked_by", "asked_kind", "asked_person", "asked_at", "asked_version",
        "decided_by", "decided_person", "decided_at", "words",
    ],
)  # fmt: skip
_DECIDE = Statement(
    update(APPROVAL)
    .where(APPROVAL.c.id == bindparam("approval_id"), APPROVAL.c.state == WAITING)
    .values(
        state=bindparam("new_state"), words=bindparam("said"), decided_by=bindparam("who"),
        decided_person=bindparam("person"), decided_at=bindparam("at"),
    )
)  # fmt: skip


def waiting_of(tx: Tx, order_id: int) -> ApprovalRow | None:
    """What of an order waits for a second person, or None."""
    return tx.one(_WAITS, order_id=order_id)


def by_id(tx: Tx, approval_id: int) -> ApprovalRow | None:
    """One approval, whatever became of it."""
    return tx.one(_BY_ID, approval_id=approval_id)


def how_many(tx: Tx) -> int:
    """How many wait."""
    return int(tx.value(_COUNT))


def page(tx: Tx, cursor: str = "") -> Page[Waiting]:
    """A page of what waits, the oldest first. Raises NotOurCursor."""
    return _LIST.page(tx, cursor)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: of a payment or a refund, as the `command` in JSON, by somebody."""

    kind: str
    method: str
    trx_id: str
    amount_poisha: int
    limit_poisha: int
    command: str
    by: Actor
    shared: bool = False  # a part of what came under its TrxID


def add(tx: Tx, order_id: int, version: int, asked: Asked, now_us: int) -> None:
    """Keep what is asked for; `version` is the order's, as asking leaves it."""
    by = asked.by
    tx.run(
        _INSERT, order_id=order_id, kind=asked.kind, method=asked.method, trx_id=asked.trx_id,
        amount_poisha=asked.amount_poisha, limit_poisha=asked.limit_poisha, command=asked.command,
        state=WAITING, asked_by=by.name, asked_kind=by.kind, asked_person=by.person,
        asked_at=now_us, asked_version=version, decided_by="", decided_person=None, decided_at=None, words="",
    )  # fmt: skip


def decide(tx: Tx, approval_id: int, state: str, words: str, by: Actor, now_us: int) -> bool:
    """End what waits; False when it was ended already."""
    return bool(
        tx.run(
            _DECIDE, approval_id=approval_id, new_state=state, said=words, who=by.name, person=by.person, at=now_us
        )
    )  # fmt: skip
