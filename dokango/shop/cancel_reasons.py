"""Why an order is cancelled, in English and in Bangla: what staff choose, and what a customer chooses."""

from __future__ import annotations

from collections.abc import Mapping

MOST, LONGEST = 12, 120
_DEFAULTS = {
    "An item is out of stock": "একটি পণ্য শেষ হয়ে গেছে",
    "You asked us to cancel": "আপনি বাতিল করতে বলেছেন",
    "We could not reach you": "আপনার সঙ্গে যোগাযোগ করা যায়নি",
    "The same order came twice": "একই অর্ডার দুবার এসেছে",
    "We cannot deliver to this address": "এই ঠিকানায় পৌঁছে দেওয়া যায় না",
}
CANCEL_REASONS = tuple(_DEFAULTS)
CUSTOMERS_REASONS = {
    "mind": "Customer: changed my mind",
    "again": "Customer: will order again differently",
    "slow": "Customer: takes too long",
    "other": "Customer: another reason",
}
_CUSTOMERS_IN_BANGLA = {
    "Customer: changed my mind": "আপনি মত বদলেছেন",
    "Customer: will order again differently": "আপনি অন্যভাবে আবার অর্ডার করবেন",
    "Customer: takes too long": "অনেক দেরি হচ্ছিল",
    "Customer: another reason": "আপনি বাতিল করেছেন",
}


def with_bangla(listed: tuple[str, ...], owners: Mapping[str, str]) -> dict[str, str]:
    """The shop's reasons, each with its Bangla: the owner's, or ours for one that came with the shop; "" for none."""
    return {reason: owners.get(reason, _DEFAULTS.get(reason, "")) for reason in listed}


def in_bangla(reason: str, bangla: Mapping[str, str]) -> str:
    """`reason` for who reads Bangla, what staff wrote beside a listed one kept; "" where it has no Bangla.

    `bangla` is `with_bangla` of the shop.
    """
    known = {**_CUSTOMERS_IN_BANGLA, **bangla}
    for listed in sorted(known, key=len, reverse=True):
        start = listed.rstrip(".")
        own = reason.removeprefix(start)
        if known[listed] and own in ("", "."):
            return known[listed]
        if known[listed] and own.startswith(". ") and reason.startswith(start):
            return f"{known[listed].rstrip('।')}। {own.removeprefix('. ')}"
    return ""
