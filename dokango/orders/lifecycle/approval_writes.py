"""Rows of what waits for a second person: asked for, and ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dokango import topics
from dokango.db import Tx
from dokango.errors import TrxIdTaken
from dokango.ledger.entries import Happening
from dokango.orders.approvals import rows as approvals
from dokango.orders.approvals.rows import ApprovalRow, Asked
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.taking import let_go, reserve
from dokango.payments.trx_owner import owner_of
from dokango.people.actor import Actor


@dataclass(frozen=True, slots=True)
class AskApproval:
    """Keep what somebody wants booked; the TrxID of a payment is this order's meanwhile."""

    asked: Asked


@dataclass(frozen=True, slots=True)
class DecideApproval:
    """It waits no more; unless it is approved, its TrxID is as free as it was."""

    approval: ApprovalRow
    state: str
    words: str
    by: Actor


def _ask(tx: Tx, happening: Happening, order: OrderRow, write: AskApproval) -> None:
    asked = write.asked
    if asked.trx_id:
        reserve(tx, happening, asked.method, asked.trx_id, shared=asked.shared)
    owner = owner_of(tx, asked.method, asked.trx_id) if asked.trx_id else None
    if owner is not None and (owner.whole if asked.shared else owner.settled):
        raise TrxIdTaken(asked.method, asked.trx_id, owner.number)
    approvals.add(tx, order.id, order.version + 1, asked, happening.written_at)
    tx.changed(topics.APPROVALS)


def _decide(tx: Tx, happening: Happening, order: OrderRow, decided: DecideApproval) -> None:
    was = decided.approval
    approvals.decide(tx, was.id, decided.state, decided.words, decided.by, happening.written_at)
    if was.trx_id:  # what is approved takes it for ever in the same breath
        let_go(tx, order.id, was.method, was.trx_id)
    tx.changed(topics.APPROVALS)


WRITERS: dict[type, Callable[..., None]] = {AskApproval: _ask, DecideApproval: _decide}
