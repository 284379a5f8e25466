"""One order with all that a person looks at before deciding: the workflow's second step, in one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango import audit
from dokango.audit import EventRow
from dokango.clock import Clock
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Tx, table_of, typed
from dokango.orders.approvals.rows import ApprovalRow, waiting_of
from dokango.orders.before import checks
from dokango.orders.before.checklist import ticked_at_bench
from dokango.orders.before.checks import EarlierOrder, ReviewedLine, Verdict
from dokango.orders.before.facts import facts_of
from dokango.orders.book import rows
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.decision import Situation
from dokango.orders.lifecycle.decisions.expiry import kept_until_us
from dokango.orders.lifecycle.table import ENDED, Step, next_step, steps
from dokango.orders.lifecycle.undo import undoable_step
from dokango.payments.credits import EntryRow, credit_of, entries_of_order
from dokango.payments.models import Claim, Payment, Refund
from dokango.payments.reversals import ReversalRow, reversible_of
from dokango.people.actor import Actor
from dokango.shop.profile import Profile, load_profile

_C, _P = table_of(Claim), table_of(Payment)
_R = table_of(Refund)


class ClaimedPayment(NamedTuple):
    """A claim as it is kept, with what became of it."""

    id: int
    order_id: int
    method: str
    trx_id: str
    sender: str
    state: str
    reason: str
    claimed_at: int
    decided_at: int | None


class PaymentRow(NamedTuple):
    """Money that came in for an order."""

    id: int
    order_id: int
    event_id: int
    method: str
    trx_id: str
    sender: str
    amount_poisha: int
    received_at: int
    part: int


class RefundRow(NamedTuple):
    """Money that went back to the customer."""

    id: int
    order_id: int
    event_id: int
    method: str
    amount_poisha: int
    reference: str
    paid_at: int


_CLAIMS = typed(ClaimedPayment, select(*_C.c).where(_C.c.order_id == bindparam("order_id")).order_by(_C.c.id.desc()))
_PAYMENTS = typed(
    PaymentRow,
    select(*(_P.c[name] for name in PaymentRow._fields))
    .where(_P.c.order_id == bindparam("order_id"))
    .order_by(_P.c.id),
)
_REFUNDS = typed(RefundRow, select(*_R.c).where(_R.c.order_id == bindparam("order_id")).order_by(_R.c.id))


@dataclass(frozen=True, slots=True)
class Review:
    """An order as the desk sees it. `claims` newest first; `parcel` is the live one, or the last; `next` the filled
    button, `steps` all buttons with why-nots; `kept_until_us` when it is let go unless somebody confirms it."""

    order: OrderRow
    lines: tuple[ReviewedLine, ...]
    claims: tuple[ClaimedPayment, ...]
    payments: tuple[PaymentRow, ...]
    refunds: tuple[RefundRow, ...]
    reversals: tuple[ReversalRow, ...]  # of payments that were taken back
    credits: tuple[EntryRow, ...]  # of its customer's credit, what it used and made
    credit_poisha: int  # what its customer has
    parcel: ParcelRow | None
    events: tuple[EventRow, ...]
    history: tuple[EarlierOrder, ...]
    verdicts: tuple[Verdict, ...]
    steps: tuple[Step, ...]
    profile: Profile
    ticked: tuple[str, ...]  # of the packer's checklist, on the bench
    next: Step | None
    kept_until_us: int | None
    approval: ApprovalRow | None  # what of it waits for a second person
    undo: Step | None  # its last step, named by its action, where this person may undo steps of that kind

    @property
    def claim(self) -> ClaimedPayment | None:
        """The claim that waits, or None."""
        return next((claim for claim in self.claims if claim.state == "waiting"), None)


def review(tx: Tx, actor: Actor, clock: Clock, number: str) -> Review:
    """All of one order for `actor`; raises NotFound."""
    order = rows.by_number(tx, number)
    profile = load_profile(tx)
    facts = facts_of(tx, order, profile, clock.now_us())
    verdicts = tuple(checks.run(facts))
    has = credit_of(tx, order.phone)
    reversible = reversible_of(tx, order.id)
    situation = Situation(
        order, profile, actor, facts.now_us, verdicts=verdicts, credit_poisha=has, reversible=reversible
    )
    parcels = shipments.all_of(tx, order.id)
    return Review(
        order=order,
        lines=facts.lines,
        claims=tuple(tx.rows(_CLAIMS, order_id=order.id)),
        payments=tuple(tx.rows(_PAYMENTS, order_id=order.id)),
        refunds=tuple(tx.rows(_REFUNDS, order_id=order.id)),
        reversals=reversible.reversed,
        credits=tuple(entries_of_order(tx, order.id)),
        credit_poisha=has,
        parcel=shipments.current(parcels, ended=order.status in ENDED),
        events=tuple(audit.of_order(tx, order.id)),
        history=facts.history,
        verdicts=verdicts,
        steps=tuple(steps(situation)),
        profile=profile,
        ticked=tuple(ticked_at_bench(tx, order.id)),
        next=next_step(situation),
        kept_until_us=kept_until_us(order, profile),
        approval=waiting_of(tx, order.id) if order.approval_kind else None,
        undo=undoable_step(tx, situation),
    )
