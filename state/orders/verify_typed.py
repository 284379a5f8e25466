"""What was typed over a claim, as far as it is taken."""

from __future__ import annotations

from typing import Any

from dokango.errors import InvalidInput
from state.kit.form import Typed

_LONGEST_REASON = 500
_LONGEST = {"amount": 30, "transaction_id": 90, "sender": 40, "message": 2_000}


def reason_in(typed: Typed) -> str:
    """Why a TrxID is rejected. Raises InvalidInput without a word."""
    if not typed.get("reason"):
        raise InvalidInput({"reason": "Say why; the customer reads it."})
    return typed["reason"][:_LONGEST_REASON]


def cut(typed: Any, field: str) -> str:
    """What was typed, as it was typed, up to the field's length."""
    return typed[: _LONGEST[field]] if isinstance(typed, str) else ""
