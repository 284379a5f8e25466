"""Money that no order claims, booked on one: its number is asked, then it is verified as any payment is."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango.errors import InvalidInput, NotFound
from dokango.money import taka
from dokango.numbers import whole_number
from dokango.orders.book import rows
from dokango.payments.evidence import by_id
from dokango.payments.methods import said_method
from dokango.people.permissions import Permission
from dokango.text import ascii_digits
from state.kit.dialog import Dialog
from state.kit.form import Form, Typed, sends
from state.kit.payload import words
from state.kit.session import allow
from state.kit.work import read
from state.orders.verify import VerifyState

NOT_THERE = "There is no order {n}. Its number stands on its papers, and in the list of orders."


class AssignState(Dialog, Form, rx.State):
    """The line whose order is asked for."""

    about: str = ""
    _line_id: int = 0

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def show(self, line_id: str) -> None:
        """Ask for the order of one line."""
        wanted = whole_number(words(line_id, 20), "line", 1, 2**53)
        line = await read(lambda tx: by_id(tx, wanted))
        self._line_id = line.id
        self.about = f"{taka(line.amount_poisha)} by {said_method(line.method)}, TrxID {line.trx_id}."
        self._anew()
        self.is_open = True

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    @sends(lambda _, typed: _number(typed))
    async def choose(self, number: str) -> Any:
        """Open the verify dialog on the order with what the wallet said; nothing is booked before it is looked at."""
        try:
            order, line = await read(lambda tx: (rows.by_number(tx, number), by_id(tx, self._line_id)))
        except NotFound as missing:
            raise InvalidInput({"order": NOT_THERE.format(n=number)}) from missing
        self.is_open = False
        verify = await self.get_state(VerifyState)
        return await verify._show_with(order.number, line)


def _number(typed: Typed) -> str:
    """The number of an order as somebody types it. Raises InvalidInput."""
    found = ascii_digits(typed.get("order", "")).strip().lstrip("#")[:20]
    if not found:
        raise InvalidInput({"order": "Type the number of the order that this money is for."})
    return found
