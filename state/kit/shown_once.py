"""Secrets that are shown once: a new password, a program's key, the token of a webhook.

    class ApiKeysState(ShownOnce, rx.State):
        shown_key: str = ""
        secret_vars: ClassVar[tuple[str, ...]] = ("shown_key",)

The handler that makes the secret writes it into its var, and that one update carries it. The gate empties the var
before anything shows a page anew: a reload, a reconnect, another page. So no later snapshot of the tab holds it.
*I have it* empties it as well (`_forget_shown`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import reflex as rx
from reflex.state import BaseState


class ShownOnce(rx.State, mixin=True):
    """A state whose `secret_vars` hold what nobody sees a second time, with what is said beside it."""

    secret_vars: ClassVar[tuple[str, ...]] = ()

    def _forget_shown(self) -> None:
        for name in self.secret_vars:
            empty = type(self).get_fields()[name].default_value()
            if getattr(self, name) != empty:
                setattr(self, name, empty)


def states_that_show_once(under: Any = rx.State) -> Iterator[type[ShownOnce]]:
    """Every state that shows a secret once, by what is loaded."""
    for state in under.get_substates():
        if issubclass(state, ShownOnce):
            yield state
        yield from states_that_show_once(state)


async def forget_shown(of: BaseState) -> None:
    """Empty every secret that a tab's states still hold; `of` is any state of the tab."""
    for shown in states_that_show_once():
        (await of.get_state(shown))._forget_shown()
