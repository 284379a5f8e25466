"""A wallet's line beside the orders: whose payment it is, and what speaks for it or against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne
from sqlalchemy import bindparam, select

from dokango.clock import US_PER_S, said
from dokango.db import Tx, typed
from dokango.money import taka
from dokango.orders.book.rows import CLAIM, ORDER
from dokango.orders.reading.evidence_ends import ends_in_words
from dokango.payments.evidence import EvidenceRow
from dokango.payments.messages import INCOME
from dokango.payments.methods import said_method
from dokango.payments.trx_owner import owner_of
from dokango.people.phones import said_phone

EXACT = "exact"
# The wallet's minute and the order's second are not one clock; a claim is often typed after the money was sent.
_BEFORE_US = 3_600 * US_PER_S
_MOST_WAITING = 500
_NUMBER = re.compile(r"[0-9]{3,12}")


class WaitingRow(NamedTuple):
    """An order with a claim that waits, or one that a reference names (with no claim's words)."""

    number: str
    phone: str
    due_poisha: int
    placed_at: int
    method: str
    trx_id: str
    sender: str


@dataclass(frozen=True, slots=True)
class Match:
    """The order that a line belongs to, most likely ("" where its money is no single order's); `verdict` says how
    sure, `words` why."""

    order: str
    verdict: str
    words: str


_WITH_CLAIM = (
    select(
        ORDER.c.number, ORDER.c.phone, ORDER.c.due_poisha, ORDER.c.placed_at, CLAIM.c.method, CLAIM.c.trx_id,
        CLAIM.c.sender,
    )
    .join(ORDER, ORDER.c.id == CLAIM.c.order_id)
    .where(CLAIM.c.state == "waiting")
)  # fmt: skip
_CLAIMING = typed(WaitingRow, _WITH_CLAIM.where(CLAIM.c.trx_id == bindparam("trx_id")).order_by(CLAIM.c.id))
_ALL_WAITING = typed(
    WaitingRow,
    _WITH_CLAIM.where(ORDER.c.claim_waits == 1, CLAIM.c.method == bindparam("method"))
    .order_by(CLAIM.c.id.desc())
    .limit(_MOST_WAITING),
)
_NAMED = typed(
    WaitingRow,
    select(
        ORDER.c.number, ORDER.c.phone, ORDER.c.due_poisha, ORDER.c.placed_at, ORDER.c.payment_method.label("method"),
        ORDER.c.status.label("trx_id"), ORDER.c.email.label("sender"),
    ).where(ORDER.c.number == bindparam("number"), ORDER.c.due_poisha > 0),
)  # fmt: skip


def match(tx: Tx, line: EvidenceRow) -> Match | None:
    """Whose payment `line` tells of; None when it is no income, or nobody's as far as is known."""
    return matches(tx, [line])[0]


def matches(tx: Tx, lines: Sequence[EvidenceRow]) -> list[Match | None]:
    """`match` of each of `lines`; the claims that wait are read once for all of them."""

    @cache
    def waiting(method: str) -> dict[str, WaitingRow]:
        rows = tx.rows(_ALL_WAITING, method=method)
        return {row.trx_id: row for row in reversed(rows)}

    return [_match(tx, line, waiting) for line in lines]


def _match(tx: Tx, line: EvidenceRow, waiting: Callable[[str], dict[str, WaitingRow]]) -> Match | None:
    if line.reading != INCOME:
        return None
    owner = owner_of(tx, line.method, line.trx_id)
    if owner is not None and owner.whole:
        return Match(owner.number, "used", f"Booked on order #{owner.number} already.")
    if owner is not None and owner.settled:
        return Match("", "used", ends_in_words(tx, line))
    claiming = tx.rows(_CLAIMING, trx_id=line.trx_id)
    if claiming:
        return _claimed(next((one for one in claiming if one.method == line.method), claiming[0]), line)
    return _mistyped(waiting(line.method), line) or _named(tx, line)


def _claimed(order: WaitingRow, line: EvidenceRow) -> Match:
    if order.method != line.method:
        words = f"Came by {said_method(line.method)}; the customer said {said_method(order.method)}."
        return Match(order.number, "another_wallet", words)
    if line.sent_at is not None and line.sent_at < order.placed_at - _BEFORE_US:
        return Match(order.number, "older", f"Sent on {said(line.sent_at)}, before the order was placed.")
    if order.sender and line.sender and not order.sender.endswith(line.sender):
        words = f"From {said_phone(line.sender)}; the customer said {said_phone(order.sender)}."
        return Match(order.number, "another_sender", words)
    named = _other_number(order.number, line.reference)
    if named:
        return Match(order.number, "reference_other", f"The payer wrote “{line.reference}”: is it for #{named}?")
    return _by_amount(order, line)


def _by_amount(order: WaitingRow, line: EvidenceRow) -> Match:
    short = order.due_poisha - line.amount_poisha
    if short > 0:
        return Match(order.number, "short", f"{taka(short)} short of what is due.")
    if short < 0:
        return Match(order.number, "over", f"{taka(-short)} more than is due.")
    return Match(order.number, EXACT, "Wallet, TrxID and amount are as claimed.")


def _mistyped(waiting: dict[str, WaitingRow], line: EvidenceRow) -> Match | None:
    # One letter wrong, missing, too many, or two swapped; compared in one call, for a page asks it 25 times 500 times.
    found = extractOne(line.trx_id, list(waiting), scorer=OSA.distance, score_cutoff=1)
    if found is None:
        return None
    order = waiting[found[0]]
    words = f"The customer typed {order.trx_id}, one letter away from {line.trx_id}."
    return Match(order.number, "mistyped", words)


def _named(tx: Tx, line: EvidenceRow) -> Match | None:
    for number in _NUMBER.findall(line.reference)[:3]:
        order = tx.one(_NAMED, number=number)
        if order is not None:
            return Match(order.number, "reference", f"The payer wrote “{line.reference}”.")
    return None


def _other_number(number: str, reference: str) -> str:
    """Another order's number in the payer's words, where this order's is not; a phone in them is no number."""
    named = [found for found in _NUMBER.findall(reference) if len(found) == len(number)]
    return named[0] if named and number not in named else ""
