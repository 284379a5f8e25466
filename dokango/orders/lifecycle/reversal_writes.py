"""What is written when a payment is taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dokango.db import Tx
from dokango.ledger.entries import Happening
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.taking import let_go, reserve
from dokango.payments.reversals import PaidRow, put_back


@dataclass(frozen=True, slots=True)
class BookReversal:
    """Keep that a payment was taken back; its money is in the wallet still, and nobody's."""

    payment: PaidRow
    reason: str
    by: str

    @property
    def method(self) -> str:
        """The wallet that it had come by."""
        return self.payment.method

    @property
    def amount_poisha(self) -> int:
        """All that the payment was."""
        return self.payment.amount_poisha


def _reverse(tx: Tx, happening: Happening, order: OrderRow, write: BookReversal) -> None:
    paid = write.payment
    # Who wants the TrxID at this moment waits until it is free.
    reserve(tx, happening, paid.method, paid.trx_id, shared=bool(paid.part))
    put_back(tx, happening, paid, write.reason, write.by)
    let_go(tx, order.id, paid.method, paid.trx_id)


WRITERS: dict[type, Callable[..., None]] = {BookReversal: _reverse}
