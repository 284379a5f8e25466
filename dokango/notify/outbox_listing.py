"""The outbox as a list, newest first, a page at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from dokango.db import Tx, table_of
from dokango.notify.models import Message
from dokango.paging import Page, Paged


class MessageRow(NamedTuple):
    """A message as it was written, and how far it has come."""

    id: int
    audience: str
    template: str
    recipient: str
    data: str
    state: str
    channel: str
    subject: str
    body: str
    error: str
    created_at: int


_M = table_of(Message)
_MESSAGES = Paged(MessageRow, select(*(_M.c[name] for name in MessageRow._fields)), by=(_M.c.id,), descending=True)


@dataclass(frozen=True, slots=True)
class Listed:
    """A message's row; the order's number stands in its data."""

    message: MessageRow

    @property
    def number(self) -> str:
        """The number of the order that it is about, or ""."""
        given = json.loads(self.message.data)
        return str(given.get("number", "")) if isinstance(given, dict) else ""


def listed(tx: Tx, cursor: str = "") -> Page[Listed]:
    """A page of messages; raises NotOurCursor."""
    page = _MESSAGES.page(tx, cursor)
    return page.of(map(Listed, page.rows))
