"""What a new shop still needs; on the orders page and in the settings until the first order has come in."""

from __future__ import annotations

import reflex as rx

from dokango import topics
from dokango.people.permissions import Permission
from dokango.reports.first_steps import first_steps
from state.kit import live
from state.kit.session import allow, current_actor


class FirstStepsState(rx.State):
    """The checklist; empty once the shop is running."""

    steps: list[dict[str, str]] = []

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> None:
        """When a page with the checklist opens."""
        live.watch(self, topics.SETTINGS, topics.CATALOGUE, topics.STOCK, topics.ORDERS)
        await self._refresh()

    async def _refresh(self) -> None:
        if not current_actor().may(Permission.EDIT_SETTINGS):
            return
        found = await live.once(("first steps",), first_steps)
        self.steps = [
            {"title": s.title, "why": s.why, "href": s.href, "state": "done" if s.done else "open"} for s in found
        ]
