"""A dialog over a page: open or not, and closed again when another page is loaded (state/dialogs.py)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import reflex as rx

from state.kit.access import allow_staff


class Overlay(rx.State, mixin=True):
    """A state that holds a dialog under any name: `open_vars` say what is open, and are closed when they are empty."""

    open_vars: ClassVar[tuple[str, ...]] = ("is_open",)

    def _leave_page(self) -> None:
        """Another page was loaded: what is open goes back to how it starts."""
        for name in self.open_vars:
            closed = type(self).get_fields()[name].default_value()
            if getattr(self, name) != closed:
                setattr(self, name, closed)


class Dialog(Overlay, mixin=True):
    """A state that is one dialog."""

    is_open: bool = False

    @rx.event
    @allow_staff
    async def close(self, is_open: bool = False) -> None:
        """Esc, a click outside, the cross or *Back*; nothing is done. While its work runs it stays."""
        if is_open is not True and not getattr(self, "pending", False):
            self.is_open = False

    def _is_shown(self, name: str) -> bool:
        return self.is_open


def overlays(under: Any = rx.State) -> Iterator[type[Overlay]]:
    """Every state that holds a dialog, by what is loaded."""
    for state in under.get_substates():
        if issubclass(state, Overlay):
            yield state
        yield from overlays(state)
