"""What a second person says of money that somebody verified or gave back, and how the asker takes it back."""

from __future__ import annotations

from dokango.orders.lifecycle.commands.command import Command, Reason


class Approve(Command):
    """A second person lets it be booked: everything is checked anew against the order as it stands now."""

    action = "approve"


class RefuseApproval(Command):
    """A second person says no: nothing is booked, and its TrxID is free again."""

    action = "refuse_approval"
    reason: Reason


class WithdrawApproval(Command):
    """Who asked takes it back: nothing is booked, and its TrxID is free again."""

    action = "withdraw_approval"
