"""Asking for work: a row in the caller's own transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping

from dokango import topics
from dokango.db import Tx, Upsert, table_of
from dokango.jobs.models import Job

_J = table_of(Job)
_COLUMNS = (
    "key",
    "kind",
    "payload",
    "order_id",
    "state",
    "due_at",
    "leased_by",
    "tries",
    "most_tries",
    "error",
    "created_at",
)
_INSERT = Upsert(_J, _COLUMNS)

Payload = Mapping[str, str | int]  # what a job is about: ids and words, kept as JSON


def enqueue(
    tx: Tx,
    kind: str,
    key: str,
    payload: Payload,
    *,
    now_us: int,
    due_us: int | None = None,
    order_id: int | None = None,
    most_tries: int = 8,
) -> None:
    """Queue work of `kind` under `key`; the same key again is the same work and queues nothing."""
    tx.run(
        _INSERT, key=key, kind=kind, payload=json.dumps(dict(payload), ensure_ascii=False), order_id=order_id,
        state="waiting", due_at=now_us if due_us is None else due_us, leased_by="", tries=0, most_tries=most_tries,
        error="", created_at=now_us,
    )  # fmt: skip
    tx.changed(topics.JOBS)
