"""Money that was sent to a customer has the wallet's reference, and each reference stands for one sending."""

from __future__ import annotations

from dokango.db import Tx, Upsert, table_of
from dokango.errors import InvalidInput
from dokango.payments.methods import pockets, wallets
from dokango.payments.models import Sending
from dokango.payments.pockets import Pocket
from dokango.payments.trx_ids import normalise

_TAKE = Upsert(table_of(Sending), ("method", "reference", "event_id"))


def pocket_to_send_by(key: str) -> Pocket:
    """The pocket that money goes out of; raises InvalidInput under "method"."""
    found = pockets().get(key)
    if found is None:
        raise InvalidInput({"method": f"“{key[:40]}” cannot pay a refund. Choose {', '.join(pockets())}."})
    return found


def reference_of(pocket: Pocket, typed: str) -> str:
    """The reference of a sending as it is kept: a wallet's is a TrxID, and is needed; a bank's or none is as typed.

    Raises InvalidInput under "reference".
    """
    if not _by_wallet(pocket):
        return typed.strip()
    if not typed.strip():
        raise InvalidInput({"reference": f"Type the TrxID that {pocket.label} gave for the sending."})
    return normalise(typed, "reference")


def take_reference(tx: Tx, pocket: Pocket, reference: str, event_id: int) -> None:
    """Let a wallet's `reference` stand for this sending alone. Raises InvalidInput when it stands for another."""
    if _by_wallet(pocket) and not tx.run(_TAKE, method=pocket.key, reference=reference, event_id=event_id):
        raise InvalidInput(
            {"reference": f"{reference} stands on a refund that is booked already. Each sending has its own reference."}
        )


def _by_wallet(pocket: Pocket) -> bool:
    return pocket.key in {wallet.pocket.key for wallet in wallets().values()}
