"""What can be asked about an order's advance."""

from __future__ import annotations

from dokango.orders.lifecycle.commands.command import Command, Reason


class WaiveAdvance(Command):
    """The order goes on without what was asked in advance; the rider collects it with the rest."""

    action = "waive_advance"
    reason: Reason
