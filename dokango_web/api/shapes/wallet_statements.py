"""What became of the lines of a wallet's statement."""

from __future__ import annotations

from typing import Literal

from dokango_web.api.shapes.base import Shape


class StatementLineShape(Shape):
    """One line as it was read; one that is here already, by its TrxID or its content, is a `duplicate`."""

    line: int
    said: str
    reading: Literal["income", "not_income", "not_understood"]
    words: str
    transaction_id: str | None
    amount_poisha: int | None
    fee_poisha: int | None
    balance_poisha: int | None
    sender: str | None
    reference: str | None
    received_on: str | None
    sent_at: str | None
    duplicate: bool


class WalletStatementShape(Shape):
    """How many lines there are, how many became what, and the first of them."""

    lines: int
    income: int
    not_income: int
    not_understood: int
    known: int
    words: str
    shown: list[StatementLineShape]
