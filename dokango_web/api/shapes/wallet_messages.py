"""What a wallet's message said, and whose payment it tells of."""

from __future__ import annotations

from typing import Literal

from dokango_web.api.shapes.base import Shape


class MatchShape(Shape):
    """The order that it belongs to, most likely, and how sure that is."""

    order: str | None
    verdict: Literal[
        "exact", "short", "over", "another_wallet", "another_sender", "mistyped", "used", "older", "reference",
        "reference_other",
    ]  # fmt: skip
    words: str


class WalletMessageShape(Shape):
    """One message as it was read; the same message, or TrxID, once more is a `duplicate` and kept once."""

    reading: Literal["income", "not_income", "not_understood"]
    words: str
    wallet: str | None
    transaction_id: str | None
    amount_poisha: int | None
    fee_poisha: int | None
    balance_poisha: int | None
    sender: str | None
    reference: str | None
    sent_at: str | None
    duplicate: bool
    match: MatchShape | None


class WalletMessagesShape(Shape):
    """A result for each message, in the order sent."""

    messages: list[WalletMessageShape]


class BalanceLineShape(Shape):
    """A payment that a wallet told of, with the balance after it."""

    transaction_id: str
    amount_poisha: int
    fee_poisha: int
    balance_poisha: int
    sent_at: str


class GapShape(Shape):
    """`off_poisha` came in (or went out, below 0) between these two lines, and no message tells of it."""

    off_poisha: int
    before: BalanceLineShape
    after: BalanceLineShape


class WalletBalanceShape(Shape):
    """A wallet: its newest stated balance, how many lines state one, and the first gap between them."""

    wallet: str
    balance_poisha: int
    lines: int
    gap: GapShape | None


class WalletBalancesShape(Shape):
    """Each wallet that stated a balance."""

    wallets: list[WalletBalanceShape]
