"""The sample shop's parcels as the practice courier knows them, so that a sync finds each where the shop says it is."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from dokango.couriers.models import Shipment
from dokango.couriers.sandbox.store import Store, insert_sql
from dokango.db import Database, Statement

_S = Shipment.__table__  # type: ignore[attr-defined]
_BOOKED = Statement(
    select(
        _S.c.consignment_id, _S.c.tracking_code, _S.c.status, _S.c.live, _S.c.payload, _S.c.booked_at, _S.c.status_at
    )
    .where(_S.c.courier == "steadfast", _S.c.booking == "booked")
    .order_by(_S.c.id)
)  # fmt: skip
# A data folder may outlive its database: what an earlier sample left there would be in the way.
_FORGET = "DELETE FROM parcel WHERE consignment_id = ? OR invoice = ?"


def hand_over(database: Database, practice: Store) -> int:
    """Put every booked parcel of the shop into `practice`, where it stands; how many."""
    booked = database.read(lambda tx: tx.rows(_BOOKED))
    with practice.writing():
        for parcel in booked:
            values = _values(parcel)
            practice.run(_FORGET, values["consignment_id"], values["invoice"])
            practice.run(insert_sql("parcel", values), *values.values())
    return len(booked)


def _values(parcel: Any) -> dict[str, object]:
    sent = json.loads(parcel.payload)
    came_back = parcel.live is None
    return {
        "consignment_id": int(parcel.consignment_id),
        "invoice": sent["invoice"],
        "tracking_code": parcel.tracking_code,
        "tracking_link": f"https://steadfast.com.bd/t/{parcel.tracking_code.lower()}",
        "recipient_name": sent["recipient_name"],
        "recipient_phone": sent["recipient_phone"],
        "recipient_address": sent["recipient_address"],
        "cod_amount": sent["cod_amount"],
        "status": "cancelled" if came_back else parcel.status,
        "return_status": "cancelled_return_received" if came_back else "",
        "created_at": parcel.booked_at,
        "updated_at": parcel.status_at or parcel.booked_at,
    }
