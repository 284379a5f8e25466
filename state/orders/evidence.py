"""What a person gave as evidence that money came in: the wallet's message, pasted, or the amount that they read there.

Each step takes the fields as they stand and hands back what they become; the customer's claim alone is never evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dokango.errors import DokangoError
from dokango.money import typed_taka
from dokango.payments.messages import WalletMessage, parse_message
from state.kit.reading import Reading


class NotReady(DokangoError):
    """What was pressed cannot be booked yet; the sentence says what to do, "" where the page says it already."""

    code = "not-ready"


TYPED, MESSAGE = "typed", "message"
_WHOLE_NUMBER = 11  # digits; Rocket tells only the end of the sender's


@dataclass(frozen=True, slots=True)
class Evidence:
    """The wallet's side of the dialog. `evidence` says what was given: TYPED, MESSAGE, or "" for nothing yet."""

    evidence: str = ""
    method: str = ""
    transaction_id: str = ""
    sender: str = ""
    amount: str = ""
    message: str = ""
    message_error: str = ""
    read: WalletMessage | None = None

    def with_amount(self, typed: str, claim: Mapping[str, str]) -> Evidence:
        """An amount was typed: what the customer said of the rest may now stand, until it is changed. None: it goes."""
        if self.evidence == MESSAGE:
            return replace(self, amount=typed)
        given = bool(typed.strip())
        trx_id, sender = claim["trx_id"], claim["sender"]
        if given and not self.evidence:
            trx_id, sender = self.transaction_id or trx_id, self.sender or sender
        elif given:
            trx_id, sender = self.transaction_id, self.sender
        else:
            trx_id = "" if self.transaction_id == trx_id else self.transaction_id
            sender = "" if self.sender == sender else self.sender
        return replace(
            self, evidence=TYPED if given else "", amount=typed, transaction_id=trx_id, sender=sender
        )  # fmt: skip

    def with_message(self, pasted: str, claim: Mapping[str, str]) -> Evidence:
        """A message was pasted: it fills the fields, in place of those of one before; one of no use says why."""
        reading = Reading()
        found = reading.tried(lambda: parse_message(pasted), None) if pasted.strip() else None
        if found is None:
            return replace(self._without_message(pasted), message_error=" ".join(reading.wrong.values()))
        return self.with_told(pasted, found, claim)

    def with_told(self, said: str, found: WalletMessage, claim: Mapping[str, str]) -> Evidence:
        """What a wallet told, by message or by statement, fills the fields; `said` are its words."""
        kept = self._without_message(said)
        return replace(
            kept,
            evidence=MESSAGE,
            method=found.method,
            transaction_id=found.trx_id,
            amount=typed_taka(found.amount_poisha),
            sender=found.sender if len(found.sender) == _WHOLE_NUMBER else kept.sender or claim["sender"],
            read=found,
        )

    def _without_message(self, said: str) -> Evidence:
        kept = Evidence(method=self.method) if self.evidence == MESSAGE else self
        return replace(kept, message=said, message_error="", read=None)
