"""Each wallet's balance as its messages state it, followed line by line: the first place where money moved unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import bindparam, select

from dokango.db import Tx, table_of, typed
from dokango.payments.balance_order import in_order, off_poisha
from dokango.payments.evidence import COLUMNS, EvidenceRow
from dokango.payments.messages import INCOME, NOT_INCOME
from dokango.payments.methods import wallets
from dokango.payments.models import WalletEvidence

MOST_LINES = 2_000  # of one wallet, the newest brought in: what one look at the page may cost
_E = table_of(WalletEvidence)
_STATED = typed(
    EvidenceRow,
    select(*COLUMNS)
    .where(
        _E.c.reading.in_((INCOME, NOT_INCOME)), _E.c.method == bindparam("method"), _E.c.balance_poisha.is_not(None),
        _E.c.sent_at.is_not(None),
    )
    .order_by(_E.c.id.desc())
    .limit(MOST_LINES),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gap:
    """Two neighbouring lines whose balances do not follow; `off_poisha` came in (or went out, below 0) between them."""

    before: EvidenceRow
    after: EvidenceRow
    off_poisha: int


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A wallet's newest stated balance (poisha), how many lines state one, and the first gap between them."""

    method: str
    balance_poisha: int
    lines: int
    gap: Gap | None


def reconcile(tx: Tx) -> list[Reconciled]:
    """Each wallet that stated a balance, at most MOST_LINES of its lines followed."""
    found = ((method, in_order(tx.rows(_STATED, method=method))) for method in wallets())
    return [
        Reconciled(method, lines[-1].balance_poisha or 0, len(lines), first_gap(lines))
        for method, lines in found
        if lines
    ]


def first_gap(lines: Sequence[EvidenceRow]) -> Gap | None:
    """The first of `lines` (the oldest first, each with a balance) that does not follow from the one before it."""
    for before, after in pairwise(lines):
        off = off_poisha(before, after)
        if off:
            return Gap(before, after, off)
    return None
