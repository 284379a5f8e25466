"""The dialog that takes a payment back: which one, why, and the postings that it would make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango import process
from dokango.errors import DokangoError, Refused
from dokango.money import taka
from dokango.orders import Context, perform_once
from dokango.orders.lifecycle.commands import ReversePayment
from dokango.orders.lifecycle.faces import FACES
from dokango.orders.lifecycle.rehearse import rehearse
from dokango.orders.reading.review import Review, review
from dokango.payments.methods import said_method
from dokango.people.permissions import Permission
from state.kit.feedback import done, told
from state.kit.form import ORDER, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.orders.asked import ASKED
from state.orders.rehearsed import Rehearsed
from state.orders.typed import reversal_of

NO_ERRORS = {"payment": "", "reason": ""}


class TakeBackState(Rehearsed, rx.State):
    """The payments of one order that stand, and below what taking the chosen one back would write."""

    payments: list[tuple[str, str]] = []
    said: str = ""  # what it leads to, or why it cannot be
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS

    @rx.event
    @allow(Permission.REVERSE_PAYMENT)
    async def open(self, number: str) -> None:
        """Ask about the order as it is now; the newest payment is named first."""
        actor, known = current_actor(), words(number, 20)
        found = await read(lambda tx: review(tx, actor, process.clock(), known))
        why = next(step.why for step in found.steps if step.action == "reverse_payment")
        if why:
            raise Refused("reverse_payment", why)
        self._anew()
        self.number, self.version, self.payments = found.order.number, found.order.version, _standing(found)
        self._typed = {"payment": self.payments[0][0]}
        await self._rehearse()
        self.is_open = True

    @rx.event
    @allow(Permission.REVERSE_PAYMENT)
    async def weigh(self, name: str, typed: str) -> None:
        """Another payment was chosen: show what taking it back would write."""
        await self._left(name, typed)

    @rx.event
    @allow(Permission.REVERSE_PAYMENT)
    @sends(lambda _, typed: reversal_of(typed), over=ORDER)
    async def take_back(self, command: ReversePayment) -> Any:
        """Book it, or ask another person where it is much."""
        seen = self._shown_for
        context = Context(current_actor(), process.clock(), seen.version)
        result = await write(lambda tx: perform_once(tx, context, seen.number, command))
        self.is_open = False
        if result.asked:
            return told(ASKED.format(n=result.number))
        return done(FACES[command.action].done.format(n=result.number))

    async def _rehearse(self) -> None:
        context, number = Context(current_actor(), process.clock()), self.number
        try:
            command = reversal_of({**self._typed, "reason": "not said yet"})
            seen = await anyio.to_thread.run_sync(lambda: rehearse(process.database(), context, number, command))
        except DokangoError as error:
            self.postings, self.said = [], str(error)
            return
        await self._show_postings(seen)
        if not seen.postings:
            self.said = "It is much: another person approves it first."
            return
        due = f"{taka(seen.order.due_poisha)} is then due" if seen.order.due_poisha else "Nothing is then due"
        held = ", and it waits on hold" if seen.order.held_reason == "payment" else ""
        self.said = f"{due} on this order{held}. The TrxID is free for the right order."


def _standing(found: Review) -> list[tuple[str, str]]:
    gone = {row.payment_id for row in found.reversals}
    return [
        (
            str(paid.id),
            f"{taka(paid.amount_poisha)} by {said_method(paid.method)}, {paid.trx_id}",
        )
        for paid in reversed(found.payments)
        if paid.id not in gone
    ]
