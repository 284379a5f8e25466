"""Of the orders placed in a period, how many came how far?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select

from dokango.audit import Event, stands
from dokango.db import Tx, table_of, typed
from dokango.money import POISHA_PER_TAKA
from dokango.orders.book.models import Order
from dokango.orders.lifecycle.table import DELIVERING
from dokango.reports.kit.figures import lying_figure
from dokango.reports.kit.periods import Period
from dokango.reports.kit.places import Figure, Line
from dokango.reports.kit.snapshot import Snapshot

_E, _O = table_of(Event), table_of(Order)
STEPS = (
    ("place", "Placed"),
    ("confirm", "Confirmed"),
    ("pack", "Packed"),
    ("ship", "Shipped"),
    ("deliver", "Delivered"),
)
LOST = (("cancelled", "Cancelled"), ("returned", "Returned"))
_within = (_O.c.placed_at >= bindparam("since"), _O.c.placed_at < bindparam("until"))
_ended = or_(*[_O.c.status == status for status, _ in LOST])


class _Standing(NamedTuple):
    status: str
    packed: int
    orders: int


class _Reached(NamedTuple):
    action: str
    orders: int


_STAND = typed(
    _Standing,
    select(_O.c.status, _O.c.packed, func.count().label("orders")).where(*_within).group_by(_O.c.status, _O.c.packed),
)
# An order that goes on tells by its status how far it came; one that ended on the way, by its events alone.
_BEFORE_THE_END = typed(
    _Reached,
    select(_E.c.action, func.count(_E.c.order_id.distinct()).label("orders"))
    .join(_O, _O.c.id == _E.c.order_id)
    .where(*_within, _ended, stands(_E), or_(*[_E.c.action == action for action in (*dict(STEPS), *DELIVERING)]))
    .group_by(_E.c.action),
)
_REACHED = {
    "pending": ("place",),
    "confirmed": ("place", "confirm"),
    "shipped": ("place", "confirm", "ship"),
    "delivered": ("place", "confirm", "ship", "deliver"),
}


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
    stand = tx.rows(_STAND, **within)
    reached: Counter[str] = Counter()
    for row in tx.rows(_BEFORE_THE_END, **within):
        reached["deliver" if row.action in DELIVERING else row.action] += int(row.orders)
    for standing in stand:
        steps = _REACHED.get(standing.status, ())
        for step in (*steps, *(("pack",) if steps and standing.packed else ())):
            reached[step] += int(standing.orders)
    lost = {status: sum(int(row.orders) for row in stand if row.status == status) for status, _ in LOST}
    return Funnel(
        tuple(Step(key, label, reached[key]) for key, label in STEPS),
        tuple(Step(key, label, lost[key]) for key, label in LOST),
    )


def figure(seen: Snapshot) -> Figure:
    """The chart: how many orders came how far."""
    funnel = seen.the(_seen)
    placed = funnel.steps[0].orders
    bars = []
    for step in (*funnel.steps, *funnel.lost):
        share = f" · {100 * step.orders // placed} %" if placed and step.key != "place" else ""
        said = f"{step.orders} of {placed} orders: {step.label.lower()}"
        bars.append((step.label, step.orders * POISHA_PER_TAKA, f"{step.orders}{share}", said))
    return lying_figure(bars)


def lines(seen: Snapshot) -> list[Line]:
    """The table behind it."""
    funnel = seen.the(_seen)
    return [Line(step.label, str(step.orders), "/orders?tab=all") for step in (*funnel.steps, *funnel.lost)]


def _seen(seen: Snapshot) -> Funnel:
    return order_funnel(seen.tx, seen.span)
