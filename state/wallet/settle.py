"""Money that matches no order, settled from its list: sent back, or kept as its payer's credit."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango.money import taka
from dokango.numbers import whole_number
from dokango.payments.evidence import EvidenceRow, by_id
from dokango.payments.methods import pocket_of, said_method
from dokango.payments.nobodys import By, GiveBack, KeepForCustomer, give_back, keep_for_customer
from dokango.payments.parts import standing
from dokango.people.permissions import Permission
from dokango.people.phones import said_phone
from dokango.process import clock
from state.kit.dialog import Dialog
from state.kit.feedback import done
from state.kit.form import Form, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import read, write


class GiveBackState(Dialog, Form, rx.State):
    """The line that is given back."""

    about: str = ""
    pocket: str = ""
    _line: int = 0

    @rx.event
    @allow(Permission.REFUND)
    async def show(self, line_id: str) -> None:
        """Ask how the money of one line was sent back."""
        line, left = await _line_of(line_id)
        pocket = pocket_of(line.method)
        self._line, self.pocket = line.id, pocket.key if pocket else ""
        self.about = f"{_said(line, left)} Send {taka(left)} to {said_phone(line.sender)} first, then book it here."
        self._anew()
        self.is_open = True

    @rx.event
    @allow(Permission.REFUND)
    @sends(lambda _, typed: GiveBack(method=typed.get("method", "")[:40], reference=typed.get("reference", "")[:100]))
    async def give(self, form: GiveBack) -> Any:
        """Book that it was sent back."""
        by, line = By(current_actor(), clock()), self._line
        settled = await write(lambda tx: give_back(tx, by, line, form))
        self.is_open = False
        return done(f"{taka(settled.amount_poisha)} is given back.")


class KeepState(Dialog, Form, rx.State):
    """The line that becomes a customer's credit."""

    about: str = ""
    phone: str = ""
    _line: int = 0

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def show(self, line_id: str) -> None:
        """Ask whose credit the money of one line is."""
        line, left = await _line_of(line_id)
        self._line, self.phone = line.id, line.sender if len(line.sender) == 11 else ""
        self.about = f"{_said(line, left)} It pays the next order of this phone, and can be paid out later."
        self._anew()
        self.is_open = True

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    @sends(lambda _, typed: KeepForCustomer(phone=typed.get("phone", "")[:40]))
    async def keep(self, form: KeepForCustomer) -> Any:
        """Keep it."""
        by, line = By(current_actor(), clock()), self._line
        settled = await write(lambda tx: keep_for_customer(tx, by, line, form))
        self.is_open = False
        return done(f"{taka(settled.amount_poisha)} is the credit of {said_phone(settled.phone)}.")


async def _line_of(line_id: str) -> tuple[EvidenceRow, int]:
    """A line, and what of it is nobody's, in poisha. Raises NotFound."""
    wanted = whole_number(words(line_id, 20), "line", 1, 2**53)
    line = await read(lambda tx: by_id(tx, wanted))
    stands = await read(lambda tx: standing(tx, line.method, line.trx_id))
    return line, stands.left_poisha if stands else 0


def _said(line: EvidenceRow, left_poisha: int) -> str:
    return f"{taka(left_poisha)} by {said_method(line.method)}, TrxID {line.trx_id}."
