"""Parcels that the shop has and the practice courier does not know: the sample shop's, or of a file thrown away."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dokango.couriers.models import Shipment
from dokango.couriers.practice.parcels import adopt
from dokango.couriers.practice.store import Store
from dokango.couriers.steadfast.client import KEY
from dokango.db import Tx, table_of
from dokango.money import POISHA_PER_TAKA

_S = table_of(Shipment)


def parcels_of_the_shop(tx: Tx) -> list[Any]:
    """Every parcel that Steadfast is said to have."""
    return tx.rows(select(*_S.c).where(_S.c.courier == KEY, _S.c.booking == "booked").order_by(_S.c.id))


def adopt_all(store: Store, rows: list[Any]) -> int:
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
