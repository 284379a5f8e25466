"""When is revenue earned? Two answers: when it is booked (the order was placed), or when its goods were delivered.

As realised, what an order was sold for counts on the day of its delivery, beside the cost of its goods, which is booked
then; until that day it is no revenue, and what is posted later (a return) counts when it is posted. All else (expenses,
advances kept of who refused, rounding, claims) counts as it is posted on both.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from dokango.db import Tx, table_of, typed
from dokango.errors import InvalidInput
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.orders.book.models import Order
from dokango.reports.kit.periods import Period, day_number

BOOKED, REALISED = "booked", "realised"
BASES = {
    BOOKED: "As booked: revenue counts when an order is placed, cost of goods when it is delivered.",
    REALISED: "As realised: revenue counts when an order is delivered, beside the cost of its goods.",
}
_P, _O = table_of(Posting), table_of(Order)
# What waits for the delivery: prices, and what is given back of them.
_SOLD_FOR = (*accounts.PRICES, accounts.REVENUE_RETURNS)
_WAITS = _P.c.order_id.is_not(None) & or_(_P.c.debit.in_(_SOLD_FOR), _P.c.credit.in_(_SOLD_FOR))
_IS_INCOME = or_(
    *(side.like(f"{head}:%") for head in accounts.heads_of("income") for side in (_P.c.debit, _P.c.credit))
)


class Earned(NamedTuple):
    """So much between two accounts, one of them of income, on one day."""

    day: int
    debit: str
    credit: str
    amount_poisha: int


def known_basis(basis: str) -> str:
    """`basis`; raises InvalidInput under "basis" for one that is not known."""
    if basis not in BASES:
        raise InvalidInput({"basis": f"“{basis[:40]}” is not known. Choose {' or '.join(BASES)}."})
    return basis


def realised_at() -> ColumnElement[int]:
    """SQL: when a posting counts as realised; NULL while its order is not delivered."""
    later = case((_O.c.delivered_at > _P.c.happened_at, _O.c.delivered_at), else_=_P.c.happened_at)
    return case((_WAITS, case((_O.c.delivered_at.is_not(None), later))), else_=_P.c.happened_at)


def realised_in(span: Period) -> ColumnElement[bool]:
    """SQL: whether a posting (joined with its order) counts in `span`. Two indexes find them: by time, by delivery."""
    delivered = select(_O.c.id).where(_O.c.delivered_at >= span.since_us, _O.c.delivered_at < span.until_us)
    posted = and_(_P.c.happened_at >= span.since_us, _P.c.happened_at < span.until_us)
    counts_at = realised_at()
    return and_(
        or_(posted, _P.c.order_id.in_(delivered)), counts_at >= span.since_us, counts_at < span.until_us
    )  # fmt: skip


def realised_income(tx: Tx, span: Period) -> list[Earned]:
    """What was realised in `span`, by Dhaka day and pair of accounts."""
    day = day_number(realised_at()).label("day")
    wanted = (
        select(day, _P.c.debit, _P.c.credit, func.sum(_P.c.amount_poisha).label("amount_poisha"))
        .select_from(_P.outerjoin(_O, _O.c.id == _P.c.order_id))
        .where(realised_in(span), _IS_INCOME)
        .group_by(day, _P.c.debit, _P.c.credit)
    )
    return tx.rows(typed(Earned, wanted))
