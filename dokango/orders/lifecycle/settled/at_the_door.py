"""What was booked as taken at the door of an order, summed from the ledger: it can be corrected to the last poisha."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select

from dokango.audit import Event, stands
from dokango.db import Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.orders.lifecycle.settled.riders_cash import Taken

DELIVERS = ("deliver", "deliver_part", "say_collects")  # the actions that book what a rider took, and correct it
_P, _E = table_of(Posting), table_of(Event)
_COURIERS = accounts.courier_receivable("")


class _Pair(NamedTuple):
    debit: str
    credit: str
    amount_poisha: int


_BOOKED = typed(
    _Pair,
    select(_P.c.debit, _P.c.credit, func.sum(_P.c.amount_poisha).label("amount_poisha"))
    .join(_E, _E.c.id == _P.c.event_id)
    .where(
        _P.c.order_id == bindparam("order_id"),
        _E.c.action.in_(DELIVERS),
        stands(_E),
        _P.c.debit != accounts.REVENUE_RETURNS,  # what was forgiven of goods that were not kept is no rider's rounding
        or_(
            _P.c.debit.startswith(_COURIERS),
            _P.c.credit.startswith(_COURIERS),
            _P.c.debit == accounts.ROUNDING_LOSS,
            _P.c.credit == accounts.ROUNDING_LOSS,
        ),
    )
    .group_by(_P.c.debit, _P.c.credit),
)


def booked_at_the_door(tx: Tx, order_id: int) -> Taken:
    """What the order's deliveries and their corrections booked; nothing of what was left due."""
    net: dict[str, int] = defaultdict(int)
    for row in tx.rows(_BOOKED, order_id=order_id):
        amount = int(row.amount_poisha)
        if row.debit.startswith(_COURIERS):
            net[row.credit] += amount
        elif row.credit.startswith(_COURIERS):
            net[row.debit] -= amount
        else:
            net[accounts.ROUNDING_LOSS] += amount if row.debit == accounts.ROUNDING_LOSS else -amount
    lost, gained = net[accounts.ROUNDING_LOSS], net[accounts.ROUNDING_GAIN]
    settled, over = net[accounts.RECEIVABLE_CUSTOMERS], net[accounts.PAYABLE_REFUNDS]
    return Taken(settled + over + gained, settled + lost, over, gained - lost, 0)
