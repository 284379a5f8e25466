"""The claims that wait to be verified, one after the other in one dialog: what is done, is done to what was shown."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango.orders import Context, Done, perform_once
from dokango.orders.lifecycle.commands import Command
from dokango.orders.reading import lists
from dokango.people.permissions import Permission
from dokango.process import clock
from state.kit.dialog import Dialog
from state.kit.feedback import told
from state.kit.form import Form
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.orders.evidence import NotReady
from state.orders.presence import PresenceState

CHANGED = "Order #{n} was changed by somebody else just now. Look again before you book it."
AMOUNT_FIELD = "received"
_MOST_SKIPPED = 500


class InTurn(Dialog, Form, rx.State, mixin=True):
    """The order on the screen; `skipped` are not offered again until the dialog is closed."""

    in_queue: bool = True  # whether the next claim is offered after this one
    number: str = ""
    version: int = 0
    _skipped: list[str] = []

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def skip(self) -> Any:
        """Leave this one for later, and go on to the next."""
        return await self._next()

    async def _offer(self, number: str, *, keep: bool = False) -> None:
        """Fill the dialog with an order's claim; `keep` what was typed when it is the same order, read again."""
        raise NotImplementedError

    async def _perform(self, command: Command) -> Done:
        seen = self._shown_for
        context = Context(current_actor(), clock(), seen.version)
        return await write(lambda tx: perform_once(tx, context, seen.number, command))

    def _be_as_shown(self) -> None:
        """Raise NotReady when the form that was sent shows something else than what is here."""
        seen = self._shown_for
        if seen.number != self.number:
            raise NotReady(
                f"This is order #{self.number} now, which you had not seen yet. Nothing was done; look first."
            )
        if seen.version != self.version:
            raise NotReady(CHANGED.format(n=self.number))

    async def _be_closed(self) -> None:
        self.is_open = False
        await self._be_seen()

    async def _be_seen(self) -> None:
        """Others see that this payment is being verified here, or no longer is."""
        presence = await self.get_state(PresenceState)
        await presence._verify(self.number if self.is_open else "")

    async def _next(self) -> list[Any]:
        """On to the next claim in the queue; the dialog closes when none is left, or only one order was asked for."""
        if not self.in_queue:
            await self._be_closed()
            return []
        self._skipped = [*self._skipped, self.number][-_MOST_SKIPPED:]
        skipped = list(self._skipped)
        following = await read(lambda tx: lists.next_in(tx, "to_verify", skipped))
        if following is None:
            await self._be_closed()
            return [told("No other TrxID waits to be verified.")]
        await self._offer(following)
        await self._be_seen()
        return [rx.set_focus(AMOUNT_FIELD)]
