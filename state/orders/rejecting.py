"""Refusing a claim: the TrxID is not in the wallet, and its customer is told why."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango.orders.lifecycle.commands import RejectClaim
from dokango.people.permissions import Permission
from state.kit.feedback import done
from state.kit.form import ORDER, sends
from state.kit.session import allow
from state.orders.in_turn import InTurn
from state.orders.undo import taking_back
from state.orders.verify_typed import reason_in


class Rejecting(InTurn, rx.State, mixin=True):
    """The question why, in the place of the fields that book the money."""

    rejecting: bool = False

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def ask_reject(self, is_open: bool) -> None:
        """Open or close the question why the TrxID is rejected."""
        self._anew()
        self.rejecting = bool(is_open)

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    @sends(lambda _, typed: reason_in(typed), over=ORDER)
    async def reject(self, reason: str) -> Any:
        """The TrxID is not in the wallet: the customer is told why, and the next claim is offered."""
        self._be_as_shown()
        order = await self._perform(RejectClaim(reason=reason))
        said = f"The TrxID of #{order.number} is rejected. The customer is told."
        return [done(said, taking_back(RejectClaim.action, [order])), *await self._next()]

    def _is_shown(self, name: str) -> bool:
        return self.is_open and self.rejecting == (name == "reject")
