"""What can be asked about the last step of an order: that it goes back."""

from __future__ import annotations

from dokango.orders.lifecycle.commands.command import Command, Words


class Undo(Command):
    """Take back the last step of an order: goods, books and unsent messages go back, and both stay on record.

    The version says which step was seen. Ten seconds after it a `reason` is wanted.
    """

    action = "undo"
    reason: Words = ""
