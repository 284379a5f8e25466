"""What couriers were asked to do with booked parcels: a row before the call, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update

from dokango.couriers.models import ParcelRequest
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import NotFound

CANCEL, CHANGE = "cancel", "change"
ASKED, ACCEPTED, UNCERTAIN, DONE, REFUSED = "asked", "accepted", "uncertain", "done", "refused"
LONGEST_ANSWER = 500
_R = table_of(ParcelRequest)


class RequestRow(NamedTuple):
    """All columns of a request; what each holds stands with the model."""

    id: int
    shipment_id: int
    what: str
    state: str
    open: int | None
    reason: str
    sent: str
    answer: str
    asked_by: str
    asked_at: int
    settled_at: int | None


_NEW = Statement(
    insert(_R).returning(_R.c.id),
    columns=["shipment_id", "what", "state", "open", "reason", "sent", "answer", "asked_by", "asked_at"],
)
_BY_ID = typed(RequestRow, select(*_R.c).where(_R.c.id == bindparam("row")))
_OPEN_OF = typed(
    RequestRow,
    select(*_R.c).where(_R.c.shipment_id == bindparam("shipment"), _R.c.what == bindparam("kind"), _R.c.open == 1),
)
_GO_ON = Statement(
    update(_R)
    .where(_R.c.id == bindparam("row"), _R.c.open == 1)
    .values(state=bindparam("new_state"), answer=bindparam("words"))
)
_SETTLE = Statement(
    update(_R)
    .where(_R.c.id == bindparam("row"), _R.c.open == 1)
    .values(state=bindparam("new_state"), answer=bindparam("words"), open=None, settled_at=bindparam("at"))
)


def ask(
    tx: Tx, shipment_id: int, what: str, *, reason: str, by: str, now_us: int, sent: Mapping[str, str] | None = None
) -> int:
    """The row before the call; its id. The unique key keeps a second one out while it is open."""
    return int(
        tx.value(
            _NEW, shipment_id=shipment_id, what=what, state=ASKED, open=1, reason=reason, answer="", asked_by=by,
            asked_at=now_us, sent=json.dumps(dict(sent or {}), ensure_ascii=False),
        )
    )  # fmt: skip


def by_id(tx: Tx, request_id: int) -> RequestRow:
    """One request; raises NotFound."""
    found = tx.one(_BY_ID, row=request_id)
    if found is None:
        raise NotFound("request", request_id)
    return found


def open_of(tx: Tx, shipment_id: int, what: str) -> RequestRow | None:
    """The request of a kind that is open for a parcel, or None."""
    return tx.one(_OPEN_OF, shipment=shipment_id, kind=what)


def go_on(tx: Tx, request_id: int, state: str, words: str) -> None:
    """It is accepted, or nobody knows: it stays open."""
    tx.run(_GO_ON, row=request_id, new_state=state, words=words[:LONGEST_ANSWER])


def settle(tx: Tx, request_id: int, state: str, words: str, now_us: int) -> None:
    """It is known what came of it. A settled one stays as it is."""
    tx.run(_SETTLE, row=request_id, new_state=state, words=words[:LONGEST_ANSWER], at=now_us)
