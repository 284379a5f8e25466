"""Money that left a wallet, as its message or statement tells."""

from __future__ import annotations

from typing import Literal

from dokango_web.api.shapes.base import Shape


class MoneyOutShape(Shape):
    """One movement; `expected_fee_poisha` follows from the owner's settings, `fee_poisha` is the wallet's word."""

    id: int
    wallet: str
    kind: Literal["cash_out", "send_money", "payment"]
    transaction_id: str | None
    amount_poisha: int
    fee_poisha: int
    expected_fee_poisha: int
    sent_at: str | None


class MoniesOutShape(Shape):
    """A page of them."""

    lines: list[MoneyOutShape]
    next_cursor: str | None
