"""Idempotency: the same key and body give the same answer again; another body under the key is refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select

from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import IdempotencyKeyReused, InvalidInput
from dokango.orders.book.models import IdempotencyKey

_K = table_of(IdempotencyKey)


class UsedKey(NamedTuple):
    """A key that was used, and the answer it got."""

    body_hash: str
    order_id: int | None
    answer_status: int
    answer: str


_FIND = typed(
    UsedKey,
    select(_K.c.body_hash, _K.c.order_id, _K.c.answer_status, _K.c.answer).where(_K.c.key == bindparam("key")),
)
_ADD = Statement(insert(_K), columns=["key", "body_hash", "order_id", "answer_status", "answer", "used_at"])
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered the first time."""

    order_id: int | None
    status: int
    body: str


def answered(tx: Tx, scope: str, key: str, body: bytes) -> Answer | None:
    """The answer that `key` got before in `scope` (who sent it), or None.

    Raises IdempotencyKeyReused for another body.
    """
    if not 1 <= len(key) <= LONGEST or not key.isprintable():
        raise InvalidInput({"Idempotency-Key": f"An Idempotency-Key has 1 to {LONGEST} printable characters."})
    found = tx.one(_FIND, key=f"{scope}:{key}")
    if found is None:
        return None
    if found.body_hash != _hash(body):
        raise IdempotencyKeyReused(key)
    return Answer(found.order_id, found.answer_status, found.answer)


def answer_of(tx: Tx, scope: str, key: str) -> Answer | None:
    """The answer that `key` got before in `scope`, whatever its body was; None for a key that was never used."""
    if not 1 <= len(key) <= LONGEST or not key.isprintable():
        return None
    found = tx.one(_FIND, key=f"{scope}:{key}")
    return Answer(found.order_id, found.answer_status, found.answer) if found is not None else None


def remember(tx: Tx, scope: str, key: str, body: bytes, answer: Answer, now_us: int) -> None:
    """Keep the answer, in the transaction that earned it."""
    tx.run(
        _ADD, key=f"{scope}:{key}", body_hash=_hash(body), order_id=answer.order_id,
        answer_status=answer.status, answer=answer.body, used_at=now_us,
    )  # fmt: skip


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
