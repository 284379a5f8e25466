"""Invariants of orders: their history, amounts, payments and parcels."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select

from dokango.audit import Event, stands
from dokango.couriers.models import DeliveryDays, Shipment
from dokango.db import Statement, Tx, table_of, typed
from dokango.orders.book.models import Order, OrderLine
from dokango.orders.lifecycle.table import ASK, DELIVERING, ROWS

_O = table_of(Order)
_E = table_of(Event)
_LINE = table_of(OrderLine)
_S = table_of(Shipment)


class _Step(NamedTuple):
    order_id: int
    id: int
    action: str
    from_status: str | None
    to_status: str | None
    undoes: int | None


_HISTORY = typed(
    _Step,
    select(_E.c.order_id, _E.c.id, _E.c.action, _E.c.from_status, _E.c.to_status, _E.c.undoes)
    .where(_E.c.order_id.is_not(None))
    .order_by(_E.c.order_id, _E.c.id),
)


class _Standing(NamedTuple):
    id: int
    number: str
    status: str


_WHERE_ORDERS_STAND = typed(_Standing, select(_O.c.id, _O.c.number, _O.c.status))


class _Came(NamedTuple):
    number: str
    status: str
    delivered_at: int | None


_LATEST_DELIVERY = (
    select(func.max(_E.c.happened_at)).where(_E.c.order_id == _O.c.id, _E.c.to_status == "delivered").scalar_subquery()
)
_SAYS_WRONGLY_WHEN = typed(
    _Came,
    select(_O.c.number, _O.c.status, _O.c.delivered_at).where(
        or_(
            and_(_O.c.status.in_(("pending", "confirmed", "shipped", "cancelled")), _O.c.delivered_at.is_not(None)),
            and_(_O.c.status == "delivered", func.coalesce(_O.c.delivered_at, 0) != _LATEST_DELIVERY),
        )
    ),
)


class _Totals(NamedTuple):
    number: str
    subtotal_poisha: int
    units: int
    amount: int
    quantity: int
    discount_poisha: int
    off_lines: int


_TOTALS_AND_LINES = typed(
    _Totals,
    select(
        _O.c.number,
        _O.c.subtotal_poisha,
        _O.c.units,
        func.coalesce(func.sum(_LINE.c.quantity * _LINE.c.unit_price_poisha), 0).label("amount"),
        func.coalesce(func.sum(_LINE.c.quantity), 0).label("quantity"),
        _O.c.discount_poisha,
        func.coalesce(func.sum(_LINE.c.discount_poisha), 0).label("off_lines"),
    )
    .select_from(_O.outerjoin(_LINE, _LINE.c.order_id == _O.c.id))
    .group_by(_O.c.id, _O.c.number, _O.c.subtotal_poisha, _O.c.units, _O.c.discount_poisha),
)


_LIVE = and_(_S.c.order_id == _O.c.id, _S.c.live == 1, _S.c.booking == "booked")


class _Parcels(NamedTuple):
    number: str
    parcels: int


_WITHOUT_ONE_PARCEL = typed(
    _Parcels,
    select(_O.c.number, func.count(_S.c.id).label("parcels"))
    .select_from(_O.outerjoin(_S, _LIVE))
    .where(_O.c.status == "shipped")
    .group_by(_O.c.number)
    .having(func.count(_S.c.id) != 1),
)


class _ToInspect(NamedTuple):
    number: str
    status: str
    to_inspect: int | None
    waits: int


_INSPECTED_UNLIKE_LINES = typed(
    _ToInspect,
    select(_O.c.number, _O.c.status, _O.c.to_inspect, func.sum(_LINE.c.to_inspect).label("waits"))
    .join(_LINE, _LINE.c.order_id == _O.c.id)
    .where(or_(_O.c.to_inspect.is_not(None), _LINE.c.to_inspect > 0))
    .group_by(_O.c.id, _O.c.number, _O.c.status, _O.c.to_inspect),
)


class _LetGo(NamedTuple):
    number: str
    paid_poisha: int
    back: int
    kept_poisha: int


_PAID_AND_LET_GO = typed(
    _LetGo,
    select(
        _O.c.number, _O.c.paid_poisha, (_O.c.refunded_poisha + _O.c.refund_due_poisha).label("back"), _O.c.kept_poisha
    ).where(or_(_O.c.status == "cancelled", _O.c.to_inspect.is_not(None))),
)
_COUNTED = Statement(select(func.coalesce(func.sum(table_of(DeliveryDays).c.deliveries), 0)))
_DELIVERED = Statement(select(func.count()).where(_E.c.action.in_(DELIVERING), stands(_E)))


class _Number(NamedTuple):
    number: str


_NUMBERS = typed(_Number, select(_O.c.number))


def history_is_a_legal_path(tx: Tx) -> list[str]:
    """Each order's events lead from placing to where it stands, by steps of the lifecycle's table alone."""
    paths: dict[int, list[_Step]] = defaultdict(list)
    for row in tx.rows(_HISTORY):
        paths[row.order_id].append(row)
    orders = tx.rows(_WHERE_ORDERS_STAND)
    return [f"#{o.number}: {why}" for o in orders if (why := _broken_path(paths[o.id], o.status))]


def _broken_path(events: list[_Step], status: str) -> str:
    """What is wrong with a history that should end at `status`; empty when nothing is."""
    if not events or events[0].action != "place":
        return "does not begin with being placed"
    stood, path = "pending", [events[0]]
    for event in events[1:]:
        if event.undoes is not None:
            undone = path.pop()
            if event.undoes != undone.id or event.from_status != stood:
                return f"{event.action} of {event.undoes} while {undone.action} was last"
            stood = undone.from_status or stood
            continue
        path.append(event)
        if event.from_status is None and event.to_status is None:
            continue  # a remark beside the lifecycle
        row = ROWS.get((event.action, stood)) if event.action != ASK.action else ASK
        if event.from_status != stood or row is None:
            return f"{event.action} from {event.from_status} while {stood}"
        moved = event.to_status or stood
        if row.target is not None and moved != row.target:
            return f"{event.action} led to {moved}"
        stood = moved
    return "" if stood == status else f"the history ends at {stood}, the order says {status}"


def order_totals_are_their_lines(tx: Tx) -> list[str]:
    """Each order's subtotal and number of items are the sums of its lines, and its discount has those of its lines."""
    return [
        f"#{row.number}: says {row.subtotal_poisha} for {row.units}, its lines make {row.amount} for {row.quantity}"
        for row in tx.rows(_TOTALS_AND_LINES)
        if (row.subtotal_poisha, row.units) != (int(row.amount), int(row.quantity))
        or int(row.off_lines) > row.discount_poisha
    ]


def shipped_orders_have_one_live_parcel(tx: Tx) -> list[str]:
    """Every order on its way has exactly one live parcel, and that one is booked."""
    return [f"#{row.number}: {row.parcels} live parcels" for row in tx.rows(_WITHOUT_ONE_PARCEL)]


def what_waits_to_be_inspected_is_in_parcels_that_came_back(tx: Tx) -> list[str]:
    """Only a returned order has units to inspect: as many as its lines say, and with what was found all of them."""
    return [
        f"#{row.number}: {row.status}, {row.to_inspect} to inspect, its lines say {row.waits}"
        for row in tx.rows(_INSPECTED_UNLIKE_LINES)
        if (row.to_inspect or 0) != int(row.waits) or (row.to_inspect is not None and row.status != "returned")
    ]


def what_stays_of_a_payment_is_all_that_stays(tx: Tx) -> list[str]:
    """Of an order that was let go, what was paid was given back, is due back, or stays with the shop as was told."""
    return [
        f"#{row.number}: paid {row.paid_poisha}, back {row.back}, stays {row.kept_poisha}"
        for row in tx.rows(_PAID_AND_LET_GO)
        if row.paid_poisha != int(row.back) + row.kept_poisha
    ]


def each_delivery_is_counted_once(tx: Tx) -> list[str]:
    """How long deliveries take is told from as many as there were."""
    counted, delivered = int(tx.value(_COUNTED)), int(tx.value(_DELIVERED))
    return [] if counted == delivered else [f"{counted} are counted, {delivered} were delivered"]


def what_came_to_its_customer_says_when(tx: Tx) -> list[str]:
    """A delivered order has the time of its latest delivery, one that is open or cancelled has none."""
    return [f"#{row.number}: {row.status}, delivered at {row.delivered_at}" for row in tx.rows(_SAYS_WRONGLY_WHEN)]


def order_numbers_have_no_gaps(tx: Tx) -> list[str]:
    """Orders are numbered one after the other, none left out."""
    numbers = sorted(int(row.number) for row in tx.rows(_NUMBERS))
    if not numbers:
        return []
    missing = sorted(set(range(numbers[0], numbers[-1] + 1)) - set(numbers))
    return [f"#{number} is missing" for number in missing[:20]]
