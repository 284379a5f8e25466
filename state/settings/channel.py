"""A channel that messages go out by, in the settings: saved with its secret, tried once, and how that went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

import reflex as rx

from dokango import process, topics
from dokango.clock import Clock
from dokango.db import Tx
from dokango.errors import DokangoError
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.settings import settings
from dokango.shop.editing import change_secret, drop_secret
from dokango.shop.secrets import Vault
from state.kit import live
from state.kit.feedback import done
from state.kit.form import Form, Typed
from state.kit.session import allow, current_actor
from state.kit.work import write


class Kept(NamedTuple):
    """How a channel is set: its fields as they are typed, the mark of its secret ("" without one), whether it is."""

    form: dict[str, str]
    mark: str
    is_set: bool


class Channel(Form, rx.State, mixin=True):
    """The form of one channel without its secret. A place says how it is kept (`_kept`), and names its secret."""

    form: dict[str, str] = {}
    mark: str = ""
    is_set: bool = False
    verdict: str = ""
    verdict_is_good: bool = False
    trying: bool = False
    secret: ClassVar[str] = ""

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def load(self) -> None:
        """The page's on_load."""
        await self._begin_page()

    async def _begin_page(self) -> None:
        self._anew()
        self.verdict = ""
        live.watch(self, topics.SETTINGS)
        await self._refresh()

    @staticmethod
    def _kept(tx: Tx) -> Kept:
        """How the channel is set."""
        raise NotImplementedError

    async def _save(self, change: Callable[[Tx, Actor, Clock], object], secret: str, *, needs_one: bool = True) -> Any:
        """Keep the channel; its secret only when one was typed, and none any more where it needs none."""
        actor, clock, vault, name = current_actor(), process.clock(), Vault(settings().data_dir), self.secret

        def keep(tx: Tx) -> None:
            change(tx, actor, clock)
            if secret:
                change_secret(tx, actor, clock, vault, name, secret)
            elif not needs_one:
                drop_secret(tx, actor, clock, name)

        await write(keep)
        await self._refresh()
        return done("Saved.")

    def _say_tried(self, verdict: str, *, is_good: bool) -> None:
        self.verdict, self.verdict_is_good = verdict, is_good
        self._next_press()  # it may be tried again

    def _begin(self, name: str, typed: Typed) -> None:
        self.verdict, self.trying = "", name == "try_it"

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        if not self.trying:
            return await super()._say_refused(error, typed)
        self.verdict, self.verdict_is_good = str(error), False
        return None

    async def _refresh(self) -> None:
        kept = await live.once((type(self).__name__,), self._kept)
        if (kept.form, kept.mark) != (self.form, self.mark):
            self._seen_anew()
        self.form, self.mark, self.is_set = kept
