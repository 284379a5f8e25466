"""What a checkout form is told, field by field, in the visitor's language."""

from __future__ import annotations

from collections.abc import Mapping

from dokango.language import say

# the core's field → the form's, in the order of the page
_FIELDS = {
    "customer.name": "name", "customer.phone": "phone", "customer.email": "email", "address.district": "district",
    "address.area": "area", "address.line": "line", "note": "note", "payment.method": "method",
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
