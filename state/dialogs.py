"""Dialogs belong to the page they were opened on: another page starts without them, a reconnect keeps them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from state.catalogue.products import ProductsState
from state.kit.session import allow_staff
from state.orders.entry import OrderEntryState
from state.orders.steps import OrderStepsState
from state.orders.verify import VerifyState
from state.pack.queue import PackState
from state.settings.people import KeysState, StaffState
from state.shipping.bulk import BulkState
from state.shipping.handover import HandoverState
from state.shipping.parcel import ParcelState
from state.shipping.send import SendState
from state.stock.count import CountState
from state.stock.receive import ReceiveState

# Each dialog: the state that holds it, the var that says that it is open, and that var when it is not.
DIALOGS: tuple[tuple[type[rx.State], str, Any], ...] = (
    (VerifyState, "is_open", False),
    (OrderEntryState, "is_open", False),
    (OrderStepsState, "dialog", ""),
    (SendState, "is_open", False),
    (BulkState, "is_open", False),
    (HandoverState, "is_open", False),
    (ParcelState, "is_open", False),
    (ParcelState, "asking", ""),
    (ReceiveState, "is_open", False),
    (CountState, "is_open", False),
    (PackState, "pick_open", False),
    (ProductsState, "is_importing", False),
    (StaffState, "is_adding", False),
    (KeysState, "is_making", False),
)


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
        for state, var, closed in DIALOGS:
            holder = await self.get_state(state)
            if getattr(holder, var) != closed:
                setattr(holder, var, closed)
