"""Money that left a wallet, booked: where it went is asked, the fee is as the wallet told it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango.errors import InvalidInput
from dokango.money import taka
from dokango.numbers import whole_number
from dokango.payments.evidence import by_id
from dokango.payments.methods import pocket_of, pockets, said_method
from dokango.payments.money_out import FEE_ALONE, book_out, expected_fee_poisha
from dokango.payments.movements import KINDS
from dokango.people.permissions import Permission
from dokango.process import clock
from state.kit.dialog import Dialog
from state.kit.feedback import done
from state.kit.form import Form, Typed, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import read, write

ALONE, UNSAID = "fee alone", ""


class MoneyOutState(Dialog, Form, rx.State):
    """The line that is booked."""

    about: str = ""
    fee: str = ""
    fee_level: str = "good"
    choices: list[tuple[str, str]] = []
    _line_id: int = 0

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def show(self, line_id: str) -> None:
        """Ask where the money of one line went."""
        wanted = whole_number(words(line_id, 20), "line", 1, 2**53)
        line, expected = await read(lambda tx: (by_id(tx, wanted), expected_fee_poisha(tx, by_id(tx, wanted))))
        self._line_id = line.id
        self.about = (
            f"{said_method(line.method)}, {KINDS.get(line.kind, line.kind).lower()}: {taka(-line.amount_poisha)}."
        )
        fits = line.fee_poisha == expected
        self.fee_level = "good" if fits else "warn"
        self.fee = f"Fee {taka(line.fee_poisha)}" + (", as expected." if fits else f"; {taka(expected)} was expected.")
        own = pocket_of(line.method)
        others = [(key, pocket.label) for key, pocket in pockets().items() if own is None or key != own.key]
        self.choices = [(UNSAID, "Choose"), *others, (ALONE, "In the books already (a refund, goods): the fee alone")]
        self._anew()
        self.is_open = True

    @rx.event
    @allow(Permission.SETTLE_COD)
    @sends(lambda _, typed: _pocket(typed))
    async def book(self, pocket: str) -> Any:
        """Post the amount and the fee, each by itself."""
        actor, line_id = current_actor(), self._line_id
        line = await write(lambda tx: book_out(tx, actor, clock(), line_id, pocket))
        self.is_open = False
        return done(f"{taka(-line.amount_poisha)} is booked, and a fee of {taka(line.fee_poisha)}.")


def _pocket(typed: Typed) -> str:
    """Where the money went. Raises InvalidInput."""
    chosen = typed.get("pocket", UNSAID)[:40]
    if chosen == UNSAID:
        raise InvalidInput({"pocket": "Say where the money went."})
    return FEE_ALONE if chosen == ALONE else chosen
