"""What moves money in a wallet besides a customer's payment: the kinds, and the words that wallets have for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

RECEIVED, CASH_OUT, SEND_MONEY, PAYMENT, OTHER = "received", "cash_out", "send_money", "payment", "other"
KINDS = {
    RECEIVED: "Money received", CASH_OUT: "Cash out", SEND_MONEY: "Send money", PAYMENT: "Payment made",
    OTHER: "Another movement",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """What a wallet's word for a movement says: its kind, and whether money came in; None where both can be."""

    kind: str
    came_in: bool | None


# Looked at in this order. "Payment" and "transfer" are written over both ends of one.
_WORDS = tuple(
    (re.compile(pattern, re.IGNORECASE), word)
    for pattern, word in (
        (r"cash ?back|bonus|reward|interest|reversal|refund", Word(OTHER, True)),
        (r"\bfee\b|charge|commission|\bvat\b|excise", Word(OTHER, False)),
        (r"cash[ -]?out|withdraw|ক্যাশ ?আউট|উত্তোলন", Word(CASH_OUT, False)),
        (r"recharge|bill|top ?up|donation|add money from|রিচার্জ|বিল", Word(OTHER, False)),
        (r"add money", Word(OTHER, True)),
        (r"receiv|cash[ -]?in\b|deposit|credited|গ্রহণ|ক্যাশ ?ইন|প্রাপ্ত|জমা", Word(RECEIVED, True)),
        (r"payment (made|sent)|paid to|purchase", Word(PAYMENT, False)),
        (r"money sent|sent to|debited", Word(SEND_MONEY, False)),
        (r"send money|transfer|b2b|p2p|সেন্ড ?মানি|পাঠানো", Word(SEND_MONEY, None)),
        (r"payment|merchant|পেমেন্ট", Word(PAYMENT, None)),
    )
)
UNKNOWN = Word(OTHER, None)


def word_of(said: str) -> Word:
    """What a wallet's word for a movement says; UNKNOWN for another."""
    return next((word for pattern, word in _WORDS if pattern.search(said[:200])), UNKNOWN)
