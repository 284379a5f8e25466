"""The bell: what the shop tells its staff, and up to where each of them has read it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from dokango import topics
from dokango.db import Statement, Tx, Upsert, table_of, typed
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message, NoticeRead
from dokango.people.models import User

_M, _R, _U = table_of(Message), table_of(NoticeRead), table_of(User)
MOST_COUNTED = 99
_NO_HEAD = Letterhead("", "", "")  # the staff know who writes


class _Told(NamedTuple):
    id: int
    template: str
    data: str
    subject: str
    created_at: int


_LATEST = typed(
    _Told,
    select(_M.c.id, _M.c.template, _M.c.data, _M.c.subject, _M.c.created_at)
    .where(_M.c.audience == "staff", _M.c.state == "sent")
    .order_by(_M.c.id.desc())
    .limit(bindparam("most")),
)
_READ_TO = Statement(select(_R.c.message_id).where(_R.c.user_id == bindparam("user")))
_SINCE = Statement(select(_U.c.created_at).where(_U.c.id == bindparam("user")))
_NEWER = (
    select(_M.c.created_at)
    .where(_M.c.audience == "staff", _M.c.state == "sent", _M.c.id > bindparam("after"))
    .order_by(_M.c.id.desc())
    .limit(bindparam("most"))
    .subquery()
)
_UNREAD = Statement(select(func.count()).select_from(_NEWER).where(_NEWER.c.created_at >= bindparam("since")))
_MARK = Upsert(
    _R,
    {"user_id": bindparam("user"), "message_id": bindparam("message")},
    unique=["user_id"],
    change={"message_id": bindparam("message")},
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the bell; `number` is the order it concerns, or ""."""

    id: int
    words: str
    number: str
    created_at: int
    unread: bool


def unread(tx: Tx, user_id: int) -> int:
    """How many staff messages `user_id` has not read; counting stops after MOST_COUNTED."""
    after, since = _mark_of(tx, user_id)
    return int(tx.value(_UNREAD, after=after, since=since, most=MOST_COUNTED + 1))


def latest(tx: Tx, user_id: int, most: int = 20) -> list[Notice]:
    """The newest staff messages, newest first."""
    after, since = _mark_of(tx, user_id)
    return [_notice(row, row.id > after and row.created_at >= since) for row in tx.rows(_LATEST, most=most)]


def mark_read(tx: Tx, user_id: int, message_id: int) -> None:
    """`user_id` has read everything up to `message_id`."""
    if message_id > int(tx.value(_READ_TO, user=user_id) or 0):
        tx.run(_MARK, user=user_id, message=message_id)
        tx.changed(topics.MESSAGES)


def _mark_of(tx: Tx, user_id: int) -> tuple[int, int]:
    """(the last message read, since when one is on the staff): what was told before is not news to a new colleague."""
    return int(tx.value(_READ_TO, user=user_id) or 0), int(tx.value(_SINCE, user=user_id) or 0)


def _notice(row: _Told, unread: bool) -> Notice:
    data = json.loads(row.data)
    number = str(data.get("number", "")) if isinstance(data, dict) else ""
    return Notice(row.id, render("staff", row.template, row.data, _NO_HEAD).subject, number, row.created_at, unread)
