"""Invariants of what couriers owe and charge."""

from __future__ import annotations

from sqlalchemy import case, func, or_, select

from dokango.couriers.models import Shipment
from dokango.db import Statement, Tx, table_of
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.money import taka
from dokango.orders.book.models import Order

_P, _O, _S = table_of(Posting), table_of(Order), table_of(Shipment)
_DEBITED, _CREDITED = (side == accounts.COURIER_EXPENSE for side in (_P.c.debit, _P.c.credit))
_CHARGED = (
    select(_S.c.order_id, func.sum(_S.c.charge_poisha).label("charged"))
    .where(_S.c.charge_poisha.is_not(None))
    .group_by(_S.c.order_id)
    .subquery()
)
_POSTED = (
    select(_P.c.order_id, func.sum(case((_DEBITED, _P.c.amount_poisha), else_=-_P.c.amount_poisha)).label("posted"))
    .where(or_(_DEBITED, _CREDITED))
    .group_by(_P.c.order_id)
    .subquery()
)
_CHARGED_AND_POSTED = Statement(
    select(
        _O.c.number,
        func.coalesce(_CHARGED.c.charged, 0).label("charged"),
        func.coalesce(_POSTED.c.posted, 0).label("posted"),
    ).select_from(
        _O.outerjoin(_CHARGED, _CHARGED.c.order_id == _O.c.id).outerjoin(_POSTED, _POSTED.c.order_id == _O.c.id)
    )
)


def courier_expense_is_what_parcels_were_charged(tx: Tx) -> list[str]:
    """For each order, the postings on courier charges are what its parcels are said to have cost."""
    return [
        f"#{row.number}: its parcels cost {taka(int(row.charged))}, posted is {taka(int(row.posted))}"
        for row in tx.rows(_CHARGED_AND_POSTED)
        if int(row.charged) != int(row.posted)
    ]
