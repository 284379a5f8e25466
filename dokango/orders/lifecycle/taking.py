"""A TrxID becomes an order's: for ever, or for as long as a second person looks at it.

Whoever wants one writes its reservation first, so that of two who want it at the same moment one waits for the other.
"""

from __future__ import annotations

from sqlalchemy import bindparam, delete

from dokango.db import Statement, Tx, Upsert, table_of
from dokango.errors import TrxIdTaken
from dokango.ledger.entries import Happening
from dokango.payments.models import ReservedTrxId, TakenTrxId
from dokango.payments.trx_owner import owner_of, reserved_for
from dokango.payments.turns import turn_now

_TAKEN, _RESERVED = table_of(TakenTrxId), table_of(ReservedTrxId)
_TAKE = Upsert(_TAKEN, ["method", "trx_id", "order_id", "taken_at", "turn"])
_RESERVE = Upsert(_RESERVED, ["method", "trx_id", "order_id", "reserved_at"])
_FREE = Statement(
    delete(_RESERVED).where(
        _RESERVED.c.method == bindparam("method"),
        _RESERVED.c.trx_id == bindparam("trx_id"),
        _RESERVED.c.order_id == bindparam("order_id"),
    )
)


def reserve(tx: Tx, happening: Happening, method: str, trx_id: str, *, shared: bool = False) -> None:
    """Keep the TrxID for this order until it is let go or taken; of one that is `shared` others may have parts.

    Raises TrxIdTaken when it is another order's.
    """
    order_id = happening.order_id
    tx.run(_RESERVE, method=method, trx_id=trx_id, order_id=order_id, reserved_at=happening.written_at)
    owner = reserved_for(tx, method, trx_id) if shared else owner_of(tx, method, trx_id)
    if owner is not None and owner.order_id != order_id:
        raise TrxIdTaken(method, trx_id, owner.number)


def take(tx: Tx, happening: Happening, method: str, trx_id: str) -> None:
    """Make the TrxID this order's for ever. Raises TrxIdTaken when it is another order's."""
    reserve(tx, happening, method, trx_id)
    tx.run(
        _TAKE, method=method, trx_id=trx_id, order_id=happening.order_id, taken_at=happening.written_at,
        turn=turn_now(tx, method, trx_id),
    )  # fmt: skip
    let_go(tx, happening.order_id, method, trx_id)


def let_go(tx: Tx, order_id: int | None, method: str, trx_id: str) -> None:
    """End the reservation of this order; what it has taken stays its own."""
    tx.run(_FREE, order_id=order_id, method=method, trx_id=trx_id)
