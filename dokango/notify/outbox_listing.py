"""The outbox as a list, newest first, a page at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import String, bindparam, column, or_, select
from sqlalchemy import table as sa_table

from dokango.db import Tx, table_of
from dokango.notify.message_rows import MessageRow
from dokango.notify.models import Message
from dokango.paging import Page, Paged

_M = table_of(Message)
_ROWS = select(*_M.c)
_MESSAGES = Paged(MessageRow, _ROWS, by=(_M.c.id,), descending=True)
_O = sa_table("order", column("id"), column("number"))  # the orders' room stands above this one
_NARROWED = Paged(
    MessageRow,
    _ROWS.where(
        _M.c.audience == "customer",
        or_(bindparam("state", type_=String) == "", _M.c.state == bindparam("state", type_=String)),
        or_(bindparam("channel", type_=String) == "", _M.c.channel == bindparam("channel", type_=String)),
        or_(
            bindparam("number", type_=String) == "",
            _M.c.order_id.in_(select(_O.c.id).where(_O.c.number == bindparam("number", type_=String))),
        ),
    ),
    by=(_M.c.id,),
    descending=True,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A message's row; the order's number stands in its data."""

    message: MessageRow

    @property
    def number(self) -> str:
        """The number of the order that it is about, or ""."""
        given = json.loads(self.message.data)
        return str(given.get("number", "")) if isinstance(given, dict) else ""


def of_customers(
    tx: Tx, cursor: str, size: int, *, state: str = "", channel: str = "", number: str = ""
) -> Page[Listed]:
    """What customers were told, newest first, narrowed where a word is given; raises NotOurCursor."""
    page = _NARROWED.page(tx, cursor, size, state=state, channel=channel, number=number)
    return page.of(map(Listed, page.rows))


def listed(tx: Tx, cursor: str = "") -> Page[Listed]:
    """A page of messages; raises NotOurCursor."""
    page = _MESSAGES.page(tx, cursor)
    return page.of(map(Listed, page.rows))
