"""The bell of each staff page: what is new, how much of it is unread, live."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango import topics
from dokango.clock import age_words, said
from dokango.db import Tx
from dokango.notify import notices
from dokango.orders.approvals.rows import how_many
from dokango.people.permissions import Permission
from state.kit import live
from state.kit.session import allow_staff, current_actor
from state.kit.work import now_us, read, write


class BellState(rx.State):
    """Unread messages to the staff; a packer's bell is read apart from the owner's."""

    unread: int = 0
    lines: list[dict[str, str]] = []
    approvals: int = 0  # what waits for a second person, for those who may be one
    _newest: int = 0

    @rx.event
    @allow_staff
    async def load(self) -> None:
        """When a staff page opens."""
        live.watch(self, topics.MESSAGES, topics.APPROVALS)
        await self._refresh()

    @rx.event
    @allow_staff
    async def show(self, is_open: bool) -> None:
        """Opening the bell reads it; its lines stay marked until it is closed."""
        actor, newest = current_actor(), self._newest
        if is_open:
            self.lines = await read(lambda tx: _lines(tx, actor.id, now_us()))
        elif self.unread:
            await write(lambda tx: notices.mark_read(tx, actor.id, newest))
            self.unread = 0

    async def _refresh(self) -> None:
        actor = current_actor()
        self.unread, self._newest = await live.once(("bell", actor.id), lambda tx: _count(tx, actor.id))
        if actor.may(Permission.APPROVE):
            self.approvals = await live.once("approvals", how_many)


def _count(tx: Tx, user_id: int) -> tuple[int, int]:
    latest = notices.latest(tx, user_id, 1)
    return notices.unread(tx, user_id), latest[0].id if latest else 0


def _lines(tx: Tx, user_id: int, now: int) -> list[dict[str, Any]]:
    return [
        {
            "words": notice.words,
            "number": notice.number,
            "href": f"/orders/{notice.number}" if notice.number else "/orders",
            "age": age_words(notice.created_at, now),
            "exact": said(notice.created_at),
            "unread": "1" if notice.unread else "",
        }
        for notice in notices.latest(tx, user_id)
    ]
