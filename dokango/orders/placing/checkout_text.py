"""What a checkout form is told, field by field, in the visitor's language."""

from __future__ import annotations

from collections.abc import Mapping

from dokango.language import said_amount, say
from dokango.orders.placing.asked_otherwise import AskedOtherwise

# the core's field → the form's, in the order of the page
_FIELDS = {
    "customer.name": "name", "customer.phone": "phone", "customer.email": "email", "address.district": "district",
    "address.area": "area", "address.line": "line", "note": "note", "payment.method": "method",
    "payment.advance_by": "advance_by",
    "payment.transaction_id": "trx_id", "payment.sender": "sender",
}  # fmt: skip
FORM_FIELDS = tuple(_FIELDS.values())
_SENTENCES = {"trx_id": "wrong.trx"}


def said_errors(fields: Mapping[str, str], locale: str) -> dict[str, str]:
    """A sentence for every field of the form, "" where nothing is wrong."""
    said = dict.fromkeys(FORM_FIELDS, "")
    for field, sentence in fields.items():
        name = _FIELDS.get(field, "")
        if name:
            said[name] = sentence if locale == "en" else say(_SENTENCES.get(name, f"wrong.{name}"), locale)
    return said


def said_asked(error: AskedOtherwise, locale: str) -> str:
    """What is asked in advance now, and that nothing was ordered."""
    rest = said_amount(error.total_poisha - error.advance_poisha, locale)
    key = "wrong.asked" if error.advance_poisha else "wrong.not_asked"
    return say(key, locale, amount=said_amount(error.advance_poisha, locale), rest=rest)
