"""What is going wrong just now, and where is it put right?"""

from __future__ import annotations

from sqlalchemy import bindparam, func, or_, select

from dokango.catalogue.models import Variant
from dokango.clock import US_PER_DAY
from dokango.couriers.models import Resolution, Shipment
from dokango.db import Statement, Tx, table_of
from dokango.orders.book.models import Order
from dokango.payments.models import Claim
from dokango.reports.places import GoingWrong
from dokango.reports.snapshot import Snapshot
from dokango.stock.models import Level

_O, _S, _C = table_of(Order), table_of(Shipment), table_of(Claim)
_R, _V, _L = table_of(Resolution), table_of(Variant), table_of(Level)
_count = func.count()
_HELD = Statement(select(_count).select_from(_O).where(_O.c.held_reason.is_not(None)))
_REFUNDS = Statement(select(_count).select_from(_O).where(_O.c.money == "refund_due"))
_PARCELS = Statement(select(_count).select_from(_S).where(_S.c.live == 1, _S.c.problem != ""))
_OPEN = Statement(select(_count).select_from(_R).where(_R.c.closed_at.is_(None)))
_CLAIMS = Statement(
    select(_count).select_from(_C).where(_C.c.state == "waiting", _C.c.claimed_at < bindparam("before"))
)
_STALE = Statement(
    select(_count)
    .select_from(_O)
    .where(or_(_O.c.status == "pending", _O.c.status == "confirmed"), _O.c.placed_at < bindparam("before"))
)
_LOW = Statement(
    select(_count)
    .select_from(_L.join(_V, _V.c.id == _L.c.variant_id))
    .where(_V.c.active == 1, _V.c.tracks_stock == 1, _L.c.on_hand - _L.c.reserved <= _V.c.low_stock_level)
)
SLOW_DAYS = 3


def what_is_wrong(tx: Tx, now_us: int) -> tuple[GoingWrong, ...]:
    """Only what there is at least one of; the worst first."""
    day_ago, slow = now_us - US_PER_DAY, now_us - SLOW_DAYS * US_PER_DAY
    kinds = (
        ("refund owed to a customer", "refunds owed to customers", _value(tx, _REFUNDS), "/orders?tab=problems"),
        ("parcel with a problem", "parcels with a problem", _value(tx, _PARCELS), "/orders?tab=problems"),
        ("matter that waits for a person", "matters that wait for a person", _value(tx, _OPEN), "/orders?tab=problems"),
        ("order on hold", "orders on hold", _value(tx, _HELD), "/orders?tab=problems"),
        ("TrxID waiting for over a day", "TrxIDs waiting for over a day", _value(tx, _CLAIMS, day_ago),
         "/orders?tab=to_verify"),
        (f"order not shipped after {SLOW_DAYS} days", f"orders not shipped after {SLOW_DAYS} days",
         _value(tx, _STALE, slow), "/orders?tab=all"),
        ("item low in stock or sold out", "items low in stock or sold out", _value(tx, _LOW), "/stock?low=1"),
    )  # fmt: skip
    return tuple(GoingWrong(one if count == 1 else many, count, href) for one, many, count, href in kinds if count)


def found(seen: Snapshot) -> tuple[GoingWrong, ...]:
    """As the page warns of it."""
    return what_is_wrong(seen.tx, seen.now_us)


def _value(tx: Tx, statement: Statement, before_us: int | None = None) -> int:
    return int(tx.value(statement) if before_us is None else tx.value(statement, before=before_us))
