"""Why a step of the customer's was not taken, in their language: the staff's own sentences name people and pages."""

from __future__ import annotations

from dokango.errors import Conflict, InvalidInput, Refused, StaleVersion, TrxIdTaken
from dokango.language import say
from dokango.orders.customer.steps import AnotherCharge
from dokango.people.districts import said_district

_SENTENCES = {"transaction_id": "wrong.trx", "wallet": "wrong.method"}
_REFUSALS = {"cancel": "no.cancel", "edit_address": "no.address", "claim_payment": "no.claim", "answer": "no.answer",
             "ask_change": "no.wish", "withdraw": "no.withdraw"}  # fmt: skip


def refusal(error: Conflict, locale: str) -> str:
    """Why a step was not taken."""
    if isinstance(error, StaleVersion):
        return say("no.changed", locale)
    if isinstance(error, TrxIdTaken):
        return say("trx_taken", locale)
    if isinstance(error, Refused):
        return say(_REFUSALS.get(error.action, "no.other"), locale)
    return say("no.other", locale)


def said_errors(error: InvalidInput, locale: str) -> dict[str, str]:
    """A sentence for each field that was wrong."""
    if isinstance(error, AnotherCharge):
        return {"district": say("fix.zone", locale, district=said_district(error.district, locale))}
    if locale == "en":
        return dict(error.fields)
    return {field: say(_SENTENCES.get(field, f"wrong.{field}"), locale) for field in error.fields}
