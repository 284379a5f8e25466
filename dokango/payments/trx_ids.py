"""Transaction ids as customers type them."""

from __future__ import annotations

import re
import unicodedata

from dokango.errors import InvalidInput
from dokango.payments.methods import claimable
from dokango.text import ascii_digits

SHORTEST, LONGEST = 6, 20
_DROPPED = re.compile(r"[\s\-\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_SHAPE = re.compile(rf"[A-Z0-9]{{{SHORTEST},{LONGEST}}}")


def normalise(typed: str, field: str = "transaction_id") -> str:
    """The id in the form it is kept: trimmed, without spaces and dashes, upper-case, ASCII digits.

    Raises InvalidInput under `field`: letters of another alphabet that look like ours are named, not guessed.
    """
    if len(typed) > 80:
        raise InvalidInput({field: "This is too long for a TrxID. Copy the id alone, not the whole message."})
    cleaned = ascii_digits(_DROPPED.sub("", typed))
    strange = next((c for c in cleaned if not c.isascii()), None)
    if strange is not None:
        name = unicodedata.name(strange, "an unknown character").lower()
        raise InvalidInput({field: f"“{strange}” is not an English letter or digit ({name}). Type the TrxID again."})
    cleaned = cleaned.upper()
    if not _SHAPE.fullmatch(cleaned):
        raise InvalidInput(
            {field: f"A TrxID has {SHORTEST} to {LONGEST} letters and digits. Copy it from the wallet's message."}
        )
    return cleaned


def shape_warning(method: str, trx_id: str) -> str:
    """A sentence when a normalised id does not look like its method's usual ones; empty when it does."""
    known = claimable().get(method)
    return known.trx.warning(known.label, trx_id) if known else ""
