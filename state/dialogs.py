"""Dialogs belong to the page they were opened on: another page starts without them, a reconnect keeps them."""

from __future__ import annotations

import reflex as rx

from state.kit.dialog import overlays
from state.kit.session import allow_staff


class DialogsState(rx.State):
    """Which page the tab was on when it last loaded one."""

    _path: str = ""

    @rx.event
    @allow_staff
    async def settle(self) -> None:
        """The first on_load of each staff page: close what was left open on another page."""
        path = self.router.url.path.rstrip("/")
        if path == self._path:
            return
        self._path = path
        for overlay in overlays():
            (await self.get_state(overlay))._leave_page()
