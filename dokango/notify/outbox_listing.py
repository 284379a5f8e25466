"""The outbox as a list, newest first, a page at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from dokango.db import Statement, Tx, table_of
from dokango.notify.models import Message

PAGE = 25
_M = table_of(Message)
_NEWEST = Statement(select(*_M.c).order_by(_M.c.id.desc()).limit(PAGE + 1))
_OLDER = Statement(select(*_M.c).where(_M.c.id < bindparam("before")).order_by(_M.c.id.desc()).limit(PAGE + 1))


@dataclass(frozen=True, slots=True)
class Listed:
    """A message's row; the order's number stands in its data."""

    message: Any

    @property
    def number(self) -> str:
        """The number of the order that it is about, or ""."""
        given = json.loads(self.message.data)
        return str(given.get("number", "")) if isinstance(given, dict) else ""


def listed(tx: Tx, before_id: int = 0) -> list[Listed]:
    """A page of messages older than `before_id` (0: the newest), and one more when there are more."""
    rows = tx.rows(_OLDER, before=before_id) if before_id else tx.rows(_NEWEST)
    return [Listed(row) for row in rows]
