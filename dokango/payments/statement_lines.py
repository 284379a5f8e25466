"""Lines of a wallet's statement as they are kept: beside the messages, many at once, each once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import select

from dokango import topics
from dokango.db import Tx, table_of, typed
from dokango.money import taka
from dokango.payments.evidence import INSERT, STATEMENT, moved_digest
from dokango.payments.messages import INCOME, NOT_UNDERSTOOD
from dokango.payments.models import WalletEvidence
from dokango.people.actor import Actor
from dokango.people.permissions import Permission

MOST_IN_ONE = 500  # in one transaction: others write between them
_E = table_of(WalletEvidence)


class _Digest(NamedTuple):
    digest: str


class _Told(NamedTuple):
    method: str
    trx_id: str
    amount_poisha: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One row of a statement. `amount_poisha` is below 0 where money went out; `nth` of those that say the same."""

    line: int
    method: str
    said: str
    reading: str
    why: str = ""
    kind: str = ""
    trx_id: str = ""
    amount_poisha: int = 0
    fee_poisha: int = 0
    balance_poisha: int | None = None
    sender: str = ""
    reference: str = ""
    sent_at: int | None = None
    till: str = ""
    nth: int = 1

    @property
    def identity(self) -> str:
        """The same for the same content of a file, whatever its columns were said to be, while it moves as much."""
        moved = "" if self.reading == NOT_UNDERSTOOD else self.amount_poisha
        return f"{self.method}\n{self.trx_id}\n{moved}\n{' '.join(self.said.split())}"

    @property
    def known_by(self) -> str:
        """The TrxID; for income without one a name that follows from its content, by which it can be booked."""
        if self.trx_id or self.reading != INCOME:
            return self.trx_id
        return "LN" + _hashed(f"{self.identity}\n{self.nth}")[:12].upper()

    @property
    def digest(self) -> str:
        """By which it is known again."""
        if self.trx_id and self.reading != NOT_UNDERSTOOD:
            return moved_digest(self.method, self.trx_id, self.amount_poisha)
        return _hashed(f"{self.identity}\n{self.nth}")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A line as it is kept, and whether it was here before."""

    line: StatementLine
    known: bool


def keep_lines(tx: Tx, actor: Actor, lines: Sequence[StatementLine], now_us: int) -> list[Weighed]:
    """Keep `lines` (MOST_IN_ONE are meant), in the order given. Raises NotAllowed."""
    actor.require(Permission.BRING_EVIDENCE)
    found = weigh(tx, lines)
    new = [_row(one.line, actor, now_us) for one in found if not one.known]
    tx.insert_many(INSERT, new)
    if new:
        tx.changed(topics.EVIDENCE)
    return found


def weigh(tx: Tx, lines: Sequence[StatementLine]) -> list[Weighed]:
    """Each of `lines` beside what is kept already, as a message or as a line, and what stands before it here."""
    told = _amounts_told(tx, lines)
    paid, weighed = set(told), []
    for line in lines:
        key = (line.method, line.known_by)
        before = told.setdefault(key, line.amount_poisha) if line.reading == INCOME else line.amount_poisha
        weighed.append(line if before == line.amount_poisha else _of_another_amount(line, before))
    digests = {line.digest for line in weighed}
    kept = typed(_Digest, select(_E.c.digest).where(_E.c.digest.in_(digests)))
    seen = {row.digest for row in tx.rows(kept)}
    found = []
    for line in weighed:
        key = (line.method, line.known_by)
        known = line.digest in seen or (line.reading == INCOME and key in paid)
        found.append(Weighed(line, known))
        seen.add(line.digest)
    return found


def _amounts_told(tx: Tx, lines: Sequence[StatementLine]) -> dict[tuple[str, str], int]:
    """What is kept of the TrxIDs of income in `lines`."""
    ids = {line.known_by for line in lines if line.reading == INCOME}
    query = typed(
        _Told,
        select(_E.c.method, _E.c.trx_id, _E.c.amount_poisha).where(
            _E.c.reading == INCOME, _E.c.method.in_({line.method for line in lines}), _E.c.trx_id.in_(ids)
        ),
    )
    return {(row.method, row.trx_id): row.amount_poisha for row in tx.rows(query)} if ids else {}


def _of_another_amount(line: StatementLine, before_poisha: int) -> StatementLine:
    words = f"TrxID {line.known_by} is here with {taka(before_poisha)} already; this line says another amount."
    return replace(line, reading=NOT_UNDERSTOOD, why=words, kind="", amount_poisha=0, balance_poisha=None)


def _row(line: StatementLine, actor: Actor, now_us: int) -> dict[str, str | int | None]:
    return {
        "digest": line.digest, "source": STATEMENT, "said": line.said, "reading": line.reading, "why": line.why,
        "method": line.method, "trx_id": line.known_by, "amount_poisha": line.amount_poisha,
        "fee_poisha": line.fee_poisha, "balance_poisha": line.balance_poisha, "sender": line.sender,
        "reference": line.reference, "sent_at": line.sent_at, "kind": line.kind, "till": line.till, "kept_at": now_us,
        "kept_by": actor.name,
    }  # fmt: skip


def _hashed(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
