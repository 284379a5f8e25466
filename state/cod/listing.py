"""What the lists of /cod have in common: a page as the address asks for it, read anew when orders change."""

from __future__ import annotations

from typing import ClassVar

import reflex as rx

from dokango import topics
from dokango.people.permissions import Permission
from state.kit import live
from state.kit.session import allow
from state.kit.turns import Turned


class CodList(Turned, rx.State, mixin=True):
    """One page of rows; what they are says `_refresh`."""

    loading: bool = True
    rows: list[dict[str, str]] = []
    watched: ClassVar[tuple[str, ...]] = (topics.ORDERS,)

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        self._turn_to_page_asked()
        live.watch(self, *self.watched, calm_s=2.0)
        await self._refresh()
        self.loading = False

    async def _refresh(self) -> None:
        """The rows of this page."""
        raise NotImplementedError
