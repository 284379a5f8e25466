"""What waits for a person: opened by happenings, closed by whoever dealt with it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from dokango import topics
from dokango.couriers.models import Resolution
from dokango.db import Statement, Tx, Upsert, table_of, typed
from dokango.orders.book import rows

_R = table_of(Resolution)
_COLUMNS = ("key", "order_id", "kind", "words", "opened_at", "taken_by", "closed_by")
_OPEN = Upsert(_R, _COLUMNS)


class OpenResolution(NamedTuple):
    """One problem that a happening left for a person."""

    id: int
    kind: str
    words: str
    opened_at: int


_OPEN_OF = typed(
    OpenResolution,
    select(_R.c.id, _R.c.kind, _R.c.words, _R.c.opened_at)
    .where(_R.c.order_id == bindparam("order_id"), _R.c.closed_at.is_(None))
    .order_by(_R.c.id),
)
# A parcel that was delivered in part still asks what was kept, and a second one still travels.
_OUTLIVE_DELIVERY = ("partly_delivered", "two_parcels", "courier_contradiction", "amount_changed")
_ENDS = {
    delivered: Statement(
        update(_R)
        .where(
            _R.c.order_id == bindparam("order_id"),
            _R.c.closed_at.is_(None),
            *(_R.c.kind != kind for kind in _OUTLIVE_DELIVERY if delivered),
        )
        .values(closed_at=bindparam("at"), closed_by=bindparam("by"))
    )
    for delivered in (True, False)
}
_CLOSE_ONE = Statement(
    update(_R)
    .where(_R.c.id == bindparam("row"), _R.c.closed_at.is_(None))
    .values(closed_at=bindparam("at"), closed_by=bindparam("by"))
    .returning(_R.c.order_id)
)
_CLOSE_KIND = Statement(
    update(_R)
    .where(_R.c.order_id == bindparam("order_id"), _R.c.kind == bindparam("which"), _R.c.closed_at.is_(None))
    .values(closed_at=bindparam("at"), closed_by=bindparam("by"))
)


def open_resolution(tx: Tx, *, key: str, order_id: int | None, kind: str, words: str, now_us: int) -> bool:
    """Let it wait for a person; the same `key` waits once, for ever. Whether it is new."""
    opened = tx.run(
        _OPEN, key=key, order_id=order_id, kind=kind, words=words, opened_at=now_us, taken_by="",
        closed_by="",
    )  # fmt: skip
    if opened:
        _announce(tx, order_id)
    return bool(opened)


def open_of(tx: Tx, order_id: int) -> list[OpenResolution]:
    """What waits for one order."""
    return tx.rows(_OPEN_OF, order_id=order_id)


def close_ended(tx: Tx, order_id: int, status: str, *, by: str, now_us: int) -> None:
    """The order has ended as `status`: what waited for that waits no more."""
    tx.run(_ENDS[status == "delivered"], order_id=order_id, at=now_us, by=by)


def close_one(tx: Tx, resolution_id: int, *, by: str, now_us: int) -> bool:
    """Somebody dealt with it; False when somebody else had already."""
    closed = tx.one(_CLOSE_ONE, row=resolution_id, at=now_us, by=by)
    if closed is None:
        return False
    _announce(tx, closed.order_id)
    return True


def close_kind(tx: Tx, order_id: int, kind: str, *, by: str, now_us: int) -> None:
    """This much of it is settled."""
    tx.run(_CLOSE_KIND, order_id=order_id, which=kind, at=now_us, by=by)


def _announce(tx: Tx, order_id: int | None) -> None:
    tx.changed(topics.ORDERS)
    if order_id is not None:
        tx.changed(topics.of_order(rows.number_of(tx, order_id)))
