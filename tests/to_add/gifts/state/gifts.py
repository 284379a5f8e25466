"""The memory of the page of gifts."""

from __future__ import annotations

import reflex as rx

from dokango.people.permissions import Permission
from state.kit.session import allow


class GiftsState(rx.State):
    """What was wrapped."""

    wrapped: int = 0
    loaded: bool = False

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> None:
        """The page's on_load."""
        self.loaded = True

    @rx.event
    @allow(Permission.WRAP_GIFTS)
    async def wrap(self) -> None:
        """A click."""
        self.wrapped += 1

    @rx.event
    async def forgotten(self) -> None:
        """A handler without a word of who may call it."""
        self.wrapped += 100
