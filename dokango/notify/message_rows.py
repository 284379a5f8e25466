"""Messages as they are kept."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.db import Tx, table_of, typed
from dokango.notify.models import Message

_M = table_of(Message)


class MessageRow(NamedTuple):
    """All columns of a message: as it was written, and how far it has come."""

    id: int
    order_id: int | None
    event_id: int | None
    audience: str
    template: str
    recipient: str
    phone: str
    data: str
    state: str
    channel: str
    subject: str
    body: str
    error: str
    created_at: int
    sent_at: int | None
    gateway_id: str
    parts: int
    cost_poisha: int
    not_before: int | None


_ONE = typed(MessageRow, select(*_M.c).where(_M.c.id == bindparam("message")))


def message(tx: Tx, message_id: int) -> MessageRow | None:
    """One message, or None where there is none of this id."""
    return tx.one(_ONE, message=message_id)
