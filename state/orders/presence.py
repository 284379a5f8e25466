"""Who else has the order open that is on the screen, and who verifies its payment now."""

from __future__ import annotations

import reflex as rx

from dokango.people.permissions import Permission
from state.kit import live, presence
from state.kit.presence import OPEN, VERIFYING, Here
from state.kit.session import allow, current_actor

_ORDERS = "/orders/"
WORDS = {OPEN: "{name} has this open.", VERIFYING: "{name} is verifying its payment now."}


class PresenceState(rx.State):
    """Where this tab is, and who else is there, in words."""

    others: list[str] = []
    _number: str = ""

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> None:
        """The page's on_load: this tab has the order open."""
        await self._be_at(self._on_page(), OPEN)

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def stop_verifying(self, is_open: bool = False) -> None:
        """The dialog was closed: the tab has the order open, or is at none."""
        if is_open is not True:
            await self._be_at(self._on_page(), OPEN)

    async def _verify(self, number: str) -> None:
        """The dialog shows the payment of `number`; "" when it was closed."""
        await self._be_at(number or self._on_page(), VERIFYING if number else OPEN)

    async def _be_at(self, number: str, doing: str) -> None:
        actor, sid = current_actor(), self.router.session.session_id
        self._number = number
        if number:
            live.watch(self, presence.topic_of(number))
            presence.registry().put(number, Here(sid, actor.person, actor.name, doing))
        else:
            presence.registry().leave(sid)
        await self._refresh()

    async def _refresh(self) -> None:
        me, found = current_actor().person, dict[int, Here]()
        for here in presence.registry().who(self._number) if self._number else ():
            if here.person != me and (here.person not in found or here.doing == VERIFYING):
                found[here.person] = here
        self.others = [WORDS[here.doing].format(name=here.name) for here in found.values()]

    def _on_page(self) -> str:
        path = self.router.url.path.rstrip("/")
        return path.removeprefix(_ORDERS)[:20] if path.startswith(_ORDERS) else ""
