"""Money that is not there any more when it is wanted: a customer's credit, what is left of a wallet's line."""

from __future__ import annotations

from dokango.errors import Conflict
from dokango.money import taka


class CreditSpent(Conflict):
    """A customer has less credit than is wanted of it: another order, or a sending, took it."""

    code = "credit-spent"

    def __init__(self, wanted_poisha: int, available_poisha: int) -> None:
        self.wanted_poisha, self.available_poisha = wanted_poisha, available_poisha
        super().__init__(
            f"The customer has {taka(available_poisha)} of credit, and {taka(wanted_poisha)} is wanted: another order "
            "may have used it just now. Nothing was booked. Look again."
        )

    def data(self) -> dict[str, object]:
        """What was wanted, and what is there."""
        return {"wanted_poisha": self.wanted_poisha, "available_poisha": self.available_poisha}


class NothingLeft(Conflict):
    """Less of a wallet's line is nobody's than is wanted of it; `words` say what became of the rest."""

    code = "nothing-left"

    def __init__(self, trx_id: str, left_poisha: int, words: str) -> None:
        self.trx_id, self.left_poisha = trx_id, left_poisha
        super().__init__(f"Of TrxID {trx_id} {taka(left_poisha)} is left. {words} Nothing was booked.")

    def data(self) -> dict[str, object]:
        """The TrxID, and what is left of it."""
        return {"transaction_id": self.trx_id, "left_poisha": self.left_poisha}
