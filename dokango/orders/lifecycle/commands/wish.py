"""What a customer can ask of an order that they may not do themselves, and the answer that is no."""

from __future__ import annotations

from typing import Literal

from dokango.orders.lifecycle.commands.command import Command, Reason


class AskChange(Command):
    """The customer asks for a change, or to cancel; the order waits until it is answered: by `edit` with
    `answers_wish`, by `cancel`, or by `refuse_change`."""

    action = "ask_change"
    MANY_LINES = frozenset(("words",))
    what: Literal["change", "cancel"]
    words: Reason


class RefuseChange(Command):
    """What the customer asked for cannot be done; they read the reason."""

    action = "refuse_change"
    reason: Reason
