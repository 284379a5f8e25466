"""Of the orders placed in a period, how many came how far?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, or_, select

from dokango.audit import Event
from dokango.db import Statement, Tx
from dokango.orders.models import Order
from dokango.reports.periods import Period

_E, _O = Event.__table__, Order.__table__  # type: ignore[attr-defined]
STEPS = (
    ("place", "Placed"),
    ("confirm", "Confirmed"),
    ("pack", "Packed"),
    ("ship", "Shipped"),
    ("deliver", "Delivered"),
)
LOST = (("cancelled", "Cancelled"), ("returned", "Returned"))
_REACHED = Statement(
    select(_E.c.action, func.count(_E.c.order_id.distinct()).label("orders"))
    .join(_O, _O.c.id == _E.c.order_id)
    .where(
        _O.c.placed_at >= bindparam("since"),
        _O.c.placed_at < bindparam("until"),
        or_(*[_E.c.action == action for action, _ in STEPS]),
    )
    .group_by(_E.c.action)
)
_ENDED = Statement(
    select(_O.c.status, func.count().label("orders"))
    .where(_O.c.placed_at >= bindparam("since"), _O.c.placed_at < bindparam("until"))
    .group_by(_O.c.status)
)


@dataclass(frozen=True, slots=True)
class Step:
    """So many orders came this far."""

    key: str
    label: str
    orders: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """`steps` from placed to delivered, and `lost` on the way: cancelled and returned."""

    steps: tuple[Step, ...]
    lost: tuple[Step, ...]


def order_funnel(tx: Tx, span: Period) -> Funnel:
    """How far the orders placed in `span` have come by now."""
    within = {"since": span.since_us, "until": span.until_us}
    reached = {row.action: int(row.orders) for row in tx.rows(_REACHED, **within)}
    ended = {row.status: int(row.orders) for row in tx.rows(_ENDED, **within)}
    return Funnel(
        tuple(Step(key, label, reached.get(key, 0)) for key, label in STEPS),
        tuple(Step(key, label, ended.get(key, 0)) for key, label in LOST),
    )
