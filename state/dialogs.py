"""Dialogs belong to the page they were opened on: another page starts without them, a reconnect keeps them."""

from __future__ import annotations

import reflex as rx

from dokango.people.permissions import Permission
from state.order_entry import OrderEntryState
from state.order_steps import OrderStepsState
from state.session import allow
from state.shipping_send import SendState
from state.verify import VerifyState


class DialogsState(rx.State):
    """Which page the tab was on when it last loaded one."""

    _path: str = ""

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def settle(self) -> None:
        """The first of the desk's on_loads: close what was left open on another page."""
        path = self.router.url.path.rstrip("/")
        if path == self._path:
            return
        self._path = path
        (await self.get_state(VerifyState)).is_open = False
        (await self.get_state(OrderEntryState)).is_open = False
        (await self.get_state(OrderStepsState)).dialog = ""
        (await self.get_state(SendState)).is_open = False
