"""What wallets told the shop, kept line by line: read once, each line once, nothing dropped.

Evidence is no payment: it says what a wallet said. A person, who looks at it beside a claim, books the payment.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango import topics
from dokango.db import Tx, Upsert, table_of, typed
from dokango.errors import Conflict, NotFound
from dokango.payments.messages import INCOME, LONGEST, Read, WalletMessage, read_message
from dokango.payments.models import WalletEvidence
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.text import plain

MOST_AT_ONCE = 500
PASTE, PHONE, STATEMENT = "paste", "phone", "statement"
_E = table_of(WalletEvidence)
_NEW_MESSAGE = re.compile(r"\n[ \t]*\n")


class EvidenceRow(NamedTuple):
    """A line of a wallet as it is kept."""

    id: int
    source: str
    said: str
    reading: str
    why: str
    method: str
    trx_id: str
    amount_poisha: int
    fee_poisha: int
    balance_poisha: int | None
    sender: str
    reference: str
    sent_at: int | None
    kind: str
    till: str
    kept_at: int
    kept_by: str

    @property
    def message(self) -> WalletMessage:
        """The income it tells of, to be compared with a claim."""
        return WalletMessage(
            self.method, self.trx_id, self.amount_poisha, self.sender, self.sent_at, self.fee_poisha,
            self.balance_poisha, self.reference,
        )  # fmt: skip


COLUMNS = tuple(_E.c[name] for name in EvidenceRow._fields)
INSERT = Upsert(
    _E,
    (
        "digest", "source", "said", "reading", "why", "method", "trx_id", "amount_poisha", "fee_poisha",
        "balance_poisha", "sender", "reference", "sent_at", "kind", "till", "kept_at", "kept_by",
    ),
)  # fmt: skip
_BY_DIGEST = typed(EvidenceRow, select(*COLUMNS).where(_E.c.digest == bindparam("digest")))
_BY_TRX = typed(
    EvidenceRow,
    select(*COLUMNS).where(
        _E.c.method == bindparam("method"), _E.c.trx_id == bindparam("trx_id"), _E.c.reading == INCOME
    ),
)


_BY_ID = typed(EvidenceRow, select(*COLUMNS).where(_E.c.id == bindparam("evidence_id")))


@dataclass(frozen=True, slots=True)
class Kept:
    """A line and what became of it; `duplicate` when the same line, or the same TrxID, was here before."""

    row: EvidenceRow
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """A text, and when it reached the phone, where that is known; a message's own time counts before it."""

    text: str
    received_us: int | None = None
    till: str = ""  # the shop's number that it came to, where the phone says so


def keep_all(tx: Tx, actor: Actor, lines: Sequence[Brought], source: str, now_us: int) -> list[Kept]:
    """Keep each of `lines` (at most MOST_AT_ONCE are meant) as what it says, in the order given. Raises NotAllowed."""
    actor.require(Permission.BRING_EVIDENCE)
    kept = [_keep(tx, actor, line, source, now_us) for line in lines]
    if any(not one.duplicate for one in kept):
        tx.changed(topics.EVIDENCE)
    return kept


def by_trx_id(tx: Tx, method: str, trx_id: str) -> EvidenceRow | None:
    """What the wallet `method` said of `trx_id`, or None."""
    return tx.one(_BY_TRX, method=method, trx_id=trx_id)


def by_id(tx: Tx, evidence_id: int) -> EvidenceRow:
    """The line `evidence_id`. Raises NotFound."""
    row = tx.one(_BY_ID, evidence_id=evidence_id)
    if row is None:
        raise NotFound("line of a wallet", evidence_id)
    return row


def split(pasted: str) -> list[str]:
    """The messages of one paste: parted by empty lines; else a line each, where every line reads alone."""
    blocks = [block.strip() for block in _NEW_MESSAGE.split(pasted.replace("\r\n", "\n")) if block.strip()]
    return [message for block in blocks for message in _parted(block)]


def _parted(block: str) -> list[str]:
    """A block is one message (Nagad writes several lines), or several of a line each."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if len(lines) > 1 and sum(read_message(line).reading == INCOME for line in lines) > 1:
        return lines
    if (
        len(lines) > 1
        and read_message(block).reading != INCOME
        and any(read_message(line).reading != "not_understood" for line in lines)
    ):
        return lines
    return [block]


def _keep(tx: Tx, actor: Actor, line: Brought, source: str, now_us: int) -> Kept:
    said = plain(line.text[: LONGEST + 1], lines=True)
    found = read_message(said)
    digest = _digest(said, found)
    before = tx.one(_BY_DIGEST, digest=digest)
    if before is None and found.message is not None:
        before = by_trx_id(tx, found.message.method, found.message.trx_id)
    if before is not None:
        return Kept(before, duplicate=True)
    added = tx.run(
        INSERT, digest=digest, source=source, said=said, reading=found.reading, why=found.why,
        **_values(found, line), kept_at=now_us, kept_by=actor.name,
    )  # fmt: skip
    row = tx.one(_BY_DIGEST, digest=digest)
    if row is None and found.message is not None:  # the same TrxID came by another process meanwhile
        row = by_trx_id(tx, found.message.method, found.message.trx_id)
    if row is None:
        raise Conflict("This message is being kept by somebody else just now. Send it once more.")
    return Kept(row, duplicate=not added)


def _values(found: Read, line: Brought) -> dict[str, str | int | None]:
    message = found.message or found.moved
    if message is None:
        return {
            "method": "", "trx_id": "", "amount_poisha": 0, "fee_poisha": 0, "balance_poisha": None, "sender": "",
            "reference": "", "sent_at": line.received_us, "kind": "", "till": line.till,
        }  # fmt: skip
    return {
        "method": message.method, "trx_id": message.trx_id, "amount_poisha": message.amount_poisha,
        "fee_poisha": message.fee_poisha, "balance_poisha": message.balance_poisha, "sender": message.sender,
        "reference": message.reference, "kind": message.kind, "till": line.till,
        "sent_at": line.received_us if message.received_at is None else message.received_at,
    }  # fmt: skip


def moved_digest(method: str, trx_id: str, amount_poisha: int) -> str:
    """By which a movement is known again, whether a message or a statement tells of it."""
    return hashlib.sha256(f"{method}/{trx_id}/{amount_poisha}".encode()).hexdigest()


def _digest(said: str, found: Read) -> str:
    moved = found.moved
    if moved is not None:
        return moved_digest(moved.method, moved.trx_id, moved.amount_poisha)
    return hashlib.sha256(" ".join(said.split()).encode()).hexdigest()
