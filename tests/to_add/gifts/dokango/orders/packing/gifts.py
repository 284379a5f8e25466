"""What the shop does by itself about gifts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dokango.clock import Clock
from dokango.db import Database
from dokango.jobs.queue import enqueue

WRAP_GIFT = "wrap_gift"
WRAPPED: list[str] = []


def look_for_gifts(db: Database, clock: Clock) -> int:
    """The clock: ask for one gift to be wrapped."""
    db.write(lambda tx: enqueue(tx, WRAP_GIFT, "wrap/1", {"paper": "red"}, now_us=clock.now_us()))
    return 1


def wrap(payload: Mapping[str, Any]) -> None:
    """The job."""
    WRAPPED.append(payload["paper"])
