"""How much of what was booked as revenue is of confirmed orders that have not come to their customers yet?"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, case, func, or_, select, text

from dokango.db import Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.money import taka
from dokango.orders.book.models import Order
from dokango.orders.book.queues import OPEN
from dokango.reports.kit.periods import Period
from dokango.reports.kit.places import Told, counted
from dokango.reports.kit.snapshot import Snapshot

_P, _O = table_of(Posting), table_of(Order)
_SOLD = (*accounts.PRICES, accounts.REVENUE_RETURNS)
# The open orders have an index of their own: however many orders there are, few are open.
_UNDER_WAY = select(_O.c.id).where(text(OPEN), _O.c.status.in_(("confirmed", "shipped")))


class OnItsWay(NamedTuple):
    """Revenue that is booked, and of how many orders."""

    amount_poisha: int
    orders: int


_BOOKED = typed(
    OnItsWay,
    select(
        func.coalesce(func.sum(case((_P.c.credit.in_(_SOLD), _P.c.amount_poisha), else_=-_P.c.amount_poisha)), 0).label(
            "amount_poisha"
        ),
        func.count(_P.c.order_id.distinct()).label("orders"),
    ).where(
        _P.c.order_id.in_(_UNDER_WAY),
        _P.c.happened_at >= bindparam("since"),
        _P.c.happened_at < bindparam("until"),
        or_(_P.c.credit.in_(_SOLD), _P.c.debit.in_(_SOLD)),
    ),
)


def on_its_way(tx: Tx, span: Period) -> OnItsWay:
    """What was booked in `span` of orders that are confirmed or shipped now."""
    found = tx.only(_BOOKED, since=span.since_us, until=span.until_us)
    return OnItsWay(int(found.amount_poisha), found.orders)


def told(seen: Snapshot) -> Told:
    """The tile; it opens to the orders."""
    found, span = on_its_way(seen.tx, seen.span), seen.span
    where = "in revenue, its cost of goods is not" if seen.basis == "booked" else "not in revenue or profit"
    url = f"/orders?tab=all&from={span.first}&to={span.last}&status=shipped"
    return Told(taka(found.amount_poisha), url, f"{counted(found.orders, 'order')}, {where}")
