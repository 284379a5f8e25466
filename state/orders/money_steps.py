"""The steps about an order's money whose dialogs ask for an amount: refunds, credit, what couriers pay out."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango.orders.lifecycle import commands as c
from dokango.people.permissions import Permission
from state.kit.form import ORDER, Form, sends
from state.kit.session import allow
from state.orders import typed as read


class MoneySteps(Form, rx.State, mixin=True):
    """A part of the order's dialogs."""

    @rx.event
    @allow(Permission.REFUND)
    @sends(lambda _, typed: read.refund_of(typed), over=ORDER)
    async def refund(self, command: c.PayRefund) -> Any:
        """Book a refund that was paid."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    @sends(lambda _, typed: read.credit_of(typed), over=ORDER)
    async def pay_with_credit(self, command: c.PayWithCredit) -> Any:
        """The customer's credit pays what is due, or a part of it."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.REFUND)
    @sends(lambda _, typed: read.kept_of(typed), over=ORDER)
    async def keep_as_credit(self, command: c.KeepAsCredit) -> Any:
        """What is due back stays for the customer's next order."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.WAIVE_ADVANCE)
    @sends(lambda _, typed: read.waived_of(typed), over=ORDER)
    async def waive_advance(self, command: c.WaiveAdvance) -> Any:
        """The order goes on without what was asked in advance."""
        return await self._perform(command)

    @rx.event
    @allow(Permission.SETTLE_COD)
    @sends(lambda _, typed: read.payout_of(typed), over=ORDER)
    async def pay_out(self, command: c.PayOut) -> Any:
        """Book what the courier paid out, less its charge."""
        return await self._perform(command)

    async def _perform(self, command: c.Command) -> Any:
        """Take the step on the order as it was seen."""
        raise NotImplementedError
