"""Payments that the owner lets the shop book by itself: all that the wallet says is as the customer claimed.

A round of a clock, so that it does not matter whether the wallet's line or the claim came first. Each payment has a
transaction of its own; of two rounds at once, or one that is broken off, each books it once: its TrxID is taken once.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.audit import Event
from dokango.clock import Clock, day_of, day_start_us
from dokango.db import Database, Tx, table_of, typed
from dokango.errors import DokangoError
from dokango.orders.book import rows
from dokango.orders.book.rows import CLAIM, ORDER, OrderRow
from dokango.orders.cases.rows import open_of
from dokango.orders.lifecycle.commands import VerifyPayment
from dokango.orders.lifecycle.perform import Context, perform
from dokango.orders.reading.evidence import EXACT, match
from dokango.payments.evidence import EvidenceRow, by_trx_id
from dokango.payments.messages import INCOME
from dokango.payments.models import Payment, WalletEvidence
from dokango.payments.trx_owner import claimed_elsewhere, owner_of
from dokango.payments.turns import turn_now
from dokango.people.actor import RULE
from dokango.shop.profile import Profile, load_profile

EVERY_S = 15.0
MOST_IN_A_ROUND = 100
MOST_SHOWN = 20
_AND_ONE = MOST_SHOWN + 1  # says that there are more
_E, _P, _V = table_of(WalletEvidence), table_of(Payment), table_of(Event)


class _Candidate(NamedTuple):
    number: str


# Wallet, TrxID, amount and the limit are asked for here, so that a round costs what there is to do.
_CANDIDATES = typed(
    _Candidate,
    select(ORDER.c.number)
    .join(CLAIM, CLAIM.c.order_id == ORDER.c.id)
    .join(_E, (_E.c.method == CLAIM.c.method) & (_E.c.trx_id == CLAIM.c.trx_id))
    .where(
        ORDER.c.claim_waits == 1, ORDER.c.held_reason.is_(None), ORDER.c.approval_kind == "",
        CLAIM.c.state == "waiting", _E.c.reading == INCOME, _E.c.amount_poisha == ORDER.c.due_poisha,
        _E.c.amount_poisha <= bindparam("most"),
    )
    .order_by(ORDER.c.id)
    .limit(MOST_IN_A_ROUND),
)  # fmt: skip


class BookedByRule(NamedTuple):
    """A payment that the rule booked."""

    number: str
    amount_poisha: int
    happened_at: int


_TODAY = typed(
    BookedByRule,
    select(ORDER.c.number, _P.c.amount_poisha, _V.c.happened_at)
    .join(_P, _P.c.event_id == _V.c.id)
    .join(ORDER, ORDER.c.id == _P.c.order_id)
    .where(_V.c.action == VerifyPayment.action, _V.c.actor_kind == RULE.kind, _V.c.happened_at >= bindparam("since"))
    .order_by(_V.c.id.desc())
    .limit(_AND_ONE),
)


def book_by_rule(db: Database, clock: Clock) -> int:
    """One round: how many payments it booked; none while the owner has not switched it on."""
    most = most_poisha(db.read(load_profile))
    if not most:
        return 0
    return sum(_booked(db, clock, one.number) for one in db.read(lambda tx: tx.rows(_CANDIDATES, most=most)))


def most_poisha(profile: Profile) -> int:
    """Up to what the rule books: never what a second person would have to look at; 0 while it is off."""
    if not profile.books_by_rule:
        return 0
    second = profile.second_person_above_poisha
    return min(profile.rule_most_poisha, second) if second else profile.rule_most_poisha


def booked_since_morning(tx: Tx, now_us: int) -> list[BookedByRule]:
    """What the rule booked today, the newest first: MOST_SHOWN of them, and one more where there are more."""
    return tx.rows(_TODAY, since=day_start_us(day_of(now_us)))


def _booked(db: Database, clock: Clock, number: str) -> bool:
    try:
        return db.write(partial(_book, clock=clock, number=number))
    except DokangoError:  # somebody was first: it waits for a person, or is booked
        return False


def _book(tx: Tx, clock: Clock, number: str) -> bool:
    order = rows.lock(tx, number)
    line = _exact(tx, order, load_profile(tx))
    if line is None:
        return False
    command = VerifyPayment(
        method=line.method, transaction_id=line.trx_id, amount_poisha=line.amount_poisha, sender=_whole(line.sender)
    )
    return not perform(tx, Context(RULE, clock, order.version), number, command).asked


def _exact(tx: Tx, order: OrderRow, profile: Profile) -> EvidenceRow | None:
    """The wallet's line about what is claimed, where nothing at all speaks against booking it unseen."""
    claim = rows.waiting_claim(tx, order.id)
    if claim is None or order.held_reason is not None or order.approval_kind or open_of(tx, order.id):
        return None
    line = by_trx_id(tx, claim.method, claim.trx_id)
    if line is None or line.sent_at is None or not 0 < line.amount_poisha <= most_poisha(profile):
        return None
    if not (claim.sender and line.sender and claim.sender.endswith(line.sender)):
        return None
    # A person has looked at this TrxID once: rejected it, or took back what was booked of it.
    if owner_of(tx, line.method, line.trx_id) is not None or turn_now(tx, line.method, line.trx_id):
        return None
    if claimed_elsewhere(tx, line.method, line.trx_id, order.id, waiting=True, most=1):
        return None
    found = match(tx, line)
    return line if found is not None and (found.order, found.verdict) == (order.number, EXACT) else None


def _whole(sender: str) -> str | None:
    """A sender's whole number; Rocket tells only its end."""
    return sender if len(sender) == len("01XXXXXXXXX") else None
