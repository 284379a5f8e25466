"""One order with all that a person looks at before deciding: the workflow's second step, in one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango import audit
from dokango.audit import EventRow
from dokango.catalogue.models import Variant
from dokango.clock import Clock
from dokango.couriers import shipments
from dokango.couriers.shipments import ParcelRow
from dokango.db import Tx, table_of, typed
from dokango.orders.book import rows
from dokango.orders.book.rows import LINE, ORDER, OrderRow
from dokango.orders.lifecycle.decision import Situation
from dokango.orders.lifecycle.expiry import kept_until_us
from dokango.orders.lifecycle.table import Step, next_step, steps
from dokango.orders.reading import review_checks
from dokango.orders.reading.review_checks import EarlierOrder, ReviewedLine, Verdict
from dokango.payments.models import Claim, Payment, Refund
from dokango.payments.trx_owner import claimed_elsewhere, owner_of
from dokango.people.actor import Actor
from dokango.shop.profile import load_profile
from dokango.stock.models import Level

MOST_HISTORY = 50
_MOST_NAMED = 5
_V, _LEVEL = table_of(Variant), table_of(Level)
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


class RefundRow(NamedTuple):
    """Money that went back to the customer."""

    id: int
    order_id: int
    event_id: int
    method: str
    amount_poisha: int
    reference: str
    paid_at: int


_LINES = typed(
    ReviewedLine,
    select(
        *LINE.c, _V.c.price_poisha.label("catalogue_poisha"), _V.c.low_stock_level, _LEVEL.c.on_hand, _LEVEL.c.reserved
    )
    .join(_V, _V.c.id == LINE.c.variant_id)
    .outerjoin(_LEVEL, _LEVEL.c.variant_id == LINE.c.variant_id)
    .where(LINE.c.order_id == bindparam("order_id"))
    .order_by(LINE.c.id),
)
_CLAIMS = typed(ClaimedPayment, select(*_C.c).where(_C.c.order_id == bindparam("order_id")).order_by(_C.c.id.desc()))
_PAYMENTS = typed(PaymentRow, select(*_P.c).where(_P.c.order_id == bindparam("order_id")).order_by(_P.c.id))
_REFUNDS = typed(RefundRow, select(*_R.c).where(_R.c.order_id == bindparam("order_id")).order_by(_R.c.id))
_HISTORY = typed(
    EarlierOrder,
    select(ORDER.c.number, ORDER.c.status, ORDER.c.money, ORDER.c.total_poisha, ORDER.c.placed_at)
    .where(ORDER.c.phone == bindparam("phone"), ORDER.c.id != bindparam("order_id"))
    .order_by(ORDER.c.id.desc())
    .limit(bindparam("most")),
)


@dataclass(frozen=True, slots=True)
class Review:
    """An order as the desk sees it. `claims` newest first; `parcel` is the live one, or the last; `next` the filled
    button, `steps` all buttons with why-nots; `kept_until_us` when it is let go unless somebody confirms it."""

    order: OrderRow
    lines: tuple[ReviewedLine, ...]
    claims: tuple[ClaimedPayment, ...]
    payments: tuple[PaymentRow, ...]
    refunds: tuple[RefundRow, ...]
    parcel: ParcelRow | None
    events: tuple[EventRow, ...]
    history: tuple[EarlierOrder, ...]
    verdicts: tuple[Verdict, ...]
    steps: tuple[Step, ...]
    next: Step | None
    kept_until_us: int | None

    @property
    def claim(self) -> ClaimedPayment | None:
        """The claim that waits, or None."""
        return next((claim for claim in self.claims if claim.state == "waiting"), None)


def review(tx: Tx, actor: Actor, clock: Clock, number: str) -> Review:
    """All of one order for `actor`; raises NotFound."""
    order = rows.by_number(tx, number)
    profile = load_profile(tx)
    situation = Situation(order, profile, actor, clock.now_us())
    lines = tuple(tx.rows(_LINES, order_id=order.id))
    claims = tuple(tx.rows(_CLAIMS, order_id=order.id))
    payments = tuple(tx.rows(_PAYMENTS, order_id=order.id))
    history = tuple(tx.rows(_HISTORY, phone=order.phone, order_id=order.id, most=MOST_HISTORY))
    parcels = shipments.all_of(tx, order.id)
    facts = review_checks.Facts(
        order, lines, profile, history, _same_trx(tx, order.id, claims, payments), situation.now_us
    )
    return Review(
        order=order,
        lines=lines,
        claims=claims,
        payments=payments,
        refunds=tuple(tx.rows(_REFUNDS, order_id=order.id)),
        parcel=next((parcel for parcel in parcels if parcel.live), parcels[-1] if parcels else None),
        events=tuple(audit.of_order(tx, order.id)),
        history=history,
        verdicts=tuple(review_checks.run(facts)),
        steps=tuple(steps(situation)),
        next=next_step(situation),
        kept_until_us=kept_until_us(order, profile),
    )


def _same_trx(
    tx: Tx, order_id: int, claims: tuple[ClaimedPayment, ...], payments: tuple[PaymentRow, ...]
) -> tuple[str, ...]:
    """Other orders on which this order's waiting or booked TrxIDs stand."""
    booked = {(payment.method, payment.trx_id) for payment in payments}
    ours = booked | {(claim.method, claim.trx_id) for claim in claims if claim.state == "waiting"}
    found: list[str] = []
    for method, trx_id in sorted(ours):
        owner = owner_of(tx, method, trx_id)
        found += [owner.number] if owner is not None and owner.order_id != order_id else []
        found += claimed_elsewhere(tx, method, trx_id, order_id, waiting=False, most=_MOST_NAMED)
    return tuple(dict.fromkeys(found))
