"""Parcels that the shop has and the practice courier does not know: the sample shop's, or of a file thrown away."""

from __future__ import annotations

from collections.abc import Sequence

from dokango.couriers.practice.server import KnownParcel
from dokango.couriers.practice.store import Store
from dokango.couriers.steadfast.practice.parcels import adopt
from dokango.money import POISHA_PER_TAKA


def adopt_all(store: Store, rows: Sequence[KnownParcel]) -> int:
    """Let the practice courier know `rows` by their own ids and codes, as they now stand; how many were new."""
    with store.writing():
        return sum(
            adopt(
                store,
                consignment_id=int(row.consignment_id),
                invoice=row.invoice,
                tracking_code=row.tracking_code,
                tracking_link=row.tracking_link,
                cod_amount=row.cod_poisha // POISHA_PER_TAKA,
                status=row.raw_status or row.status,
                created_at=row.requested_at,
            )
            for row in rows
            if row.consignment_id.isdigit()
        )
