"""A payout as a courier's API tells it; kept as text between the call and the booking."""

from __future__ import annotations

import json
from dataclasses import asdict

from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import Can, PaysOut
from dokango.couriers.kind.base import Payout
from dokango.couriers.registry import COURIERS
from dokango.errors import NotFound
from dokango.payouts.statement import API, StatedLine, Statement


def paying_couriers() -> list[str]:
    """The keys of the couriers that can be asked what they paid out."""
    return [kind.key for kind in COURIERS.values() if Can.PAYOUTS in kind.can]


def payouts_of(desk: CourierDesk, courier: str, page: int = 1) -> list[Payout]:
    """What a courier paid out, the newest first. It waits for the courier: never inside a transaction.

    Raises NotFound for one that cannot be asked, and what its calls raise.
    """
    return _asked(desk, courier).payouts(page)


def payout_of(desk: CourierDesk, courier: str, payment_id: str) -> Statement:
    """One payout with its parcels, ready to be matched. Raises NotFound, and what the call raises."""
    return stated(courier, payment_id, _asked(desk, courier).payout(payment_id))


def stated(courier: str, payment_id: str, payout: Payout) -> Statement:
    """Whether its amounts are before or after charges nobody says: the parcels tell."""
    lines = [
        StatedLine(
            at,
            line.invoice,
            line.consignment_id,
            collected_poisha=line.amount_poisha,
            charge_poisha=line.charge_poisha,
            status=line.said,
        )
        for at, line in enumerate(payout.parcels, start=1)
    ]
    sums = [sum_ for sum_ in (payout.total_poisha, payout.amount_poisha) if sum_ is not None]
    return Statement(courier, payout.id or payment_id, API, "", lines, tuple(dict.fromkeys(sums)), either_way=True)


def as_text(statement: Statement) -> str:
    """To be kept while somebody looks at it."""
    return json.dumps(asdict(statement), ensure_ascii=False)


def from_text(text: str) -> Statement:
    """What `as_text` kept."""
    found = json.loads(text)
    lines = [StatedLine(**line) for line in found.pop("lines")]
    return Statement(**{**found, "stated_poisha": tuple(found["stated_poisha"])}, lines=lines)


def _asked(desk: CourierDesk, courier: str) -> PaysOut:
    if courier not in paying_couriers():
        raise NotFound("courier that tells its payouts", courier[:40])
    found = desk.courier(courier)
    assert isinstance(found, PaysOut)  # noqa: S101  its row says so
    return found
