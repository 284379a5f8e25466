"""What a wallet's message said, and whose payment it tells of."""

from __future__ import annotations

from typing import Literal

from dokango_web.api.shapes.base import Shape


class MatchShape(Shape):
    """The order that it belongs to, most likely, and how sure that is."""

    order: str
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
