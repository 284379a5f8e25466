"""Invariants of what couriers owe and charge."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import case, func, or_, select

from dokango.couriers.models import Shipment
from dokango.couriers.parcels.paid_out import CourierClearing, CourierPayout, CourierPayoutLine
from dokango.db import Tx, table_of, typed
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


class _Charged(NamedTuple):
    number: str
    charged: int
    posted: int


_CHARGED_AND_POSTED = typed(
    _Charged,
    select(
        _O.c.number,
        func.coalesce(_CHARGED.c.charged, 0).label("charged"),
        func.coalesce(_POSTED.c.posted, 0).label("posted"),
    ).select_from(
        _O.outerjoin(_CHARGED, _CHARGED.c.order_id == _O.c.id).outerjoin(_POSTED, _POSTED.c.order_id == _O.c.id)
    ),
)
_PAYOUT, _LINE = table_of(CourierPayout), table_of(CourierPayoutLine)


class _Open(NamedTuple):
    courier: str
    open: int


_OPEN = typed(
    _Open, select(_PAYOUT.c.courier, func.sum(_PAYOUT.c.open_poisha).label("open")).group_by(_PAYOUT.c.courier)
)
_CLEARING = table_of(CourierClearing)


class _Cleared(NamedTuple):
    courier: str
    cleared: int


_CLEARED = typed(
    _Cleared,
    select(_PAYOUT.c.courier, func.sum(_CLEARING.c.amount_poisha).label("cleared"))
    .join(_PAYOUT, _PAYOUT.c.id == _CLEARING.c.payout_id)
    .group_by(_PAYOUT.c.courier),
)
_ANY_OPEN = accounts.courier_open("%")
_account = case((_P.c.debit.like(_ANY_OPEN), _P.c.debit), else_=_P.c.credit).label("account")


class _OpenPosted(NamedTuple):
    account: str
    poisha: int


_OPEN_POSTED = typed(
    _OpenPosted,
    select(
        _account,
        func.sum(case((_P.c.debit.like(_ANY_OPEN), _P.c.amount_poisha), else_=-_P.c.amount_poisha)).label("poisha"),
    )
    .where(or_(_P.c.debit.like(_ANY_OPEN), _P.c.credit.like(_ANY_OPEN)))
    .group_by(_account),
)


class _Payout(NamedTuple):
    courier: str
    reference: str
    amount_poisha: int
    open_poisha: int
    lines: int


_PAYOUT_LINES = typed(
    _Payout,
    select(
        _PAYOUT.c.courier,
        _PAYOUT.c.reference,
        _PAYOUT.c.amount_poisha,
        _PAYOUT.c.open_poisha,
        func.coalesce(func.sum(_LINE.c.amount_poisha + _LINE.c.claim_poisha), 0).label("lines"),
    )
    .select_from(_PAYOUT.outerjoin(_LINE, _LINE.c.payout_id == _PAYOUT.c.id))
    .group_by(_PAYOUT.c.id, _PAYOUT.c.courier, _PAYOUT.c.reference, _PAYOUT.c.amount_poisha, _PAYOUT.c.open_poisha),
)


def courier_expense_is_what_parcels_were_charged(tx: Tx) -> list[str]:
    """For each order, the postings on courier charges are what its parcels are said to have cost."""
    return [
        f"#{row.number}: its parcels cost {taka(int(row.charged))}, posted is {taka(int(row.posted))}"
        for row in tx.rows(_CHARGED_AND_POSTED)
        if int(row.charged) != int(row.posted)
    ]


def payouts_are_posted_as_they_say(tx: Tx) -> list[str]:
    """What of a courier's payouts is not cleared up is on its account; each payout is the sum of its lines."""
    said = {accounts.courier_open(row.courier): -int(row.open) for row in tx.rows(_OPEN)}
    for row in tx.rows(_CLEARED):
        said[accounts.courier_open(row.courier)] += int(row.cleared)
    stands = {row.account: int(row.poisha) for row in tx.rows(_OPEN_POSTED)}
    wrong = [
        f"{account}: the books say {taka(stands.get(account, 0))}, the payouts say {taka(said.get(account, 0))}"
        for account in sorted({*said, *stands})
        if said.get(account, 0) != stands.get(account, 0)
    ]
    return wrong + [
        f"{row.courier} {row.reference}: says {taka(row.amount_poisha)}, its lines make {taka(int(row.lines))}"
        for row in tx.rows(_PAYOUT_LINES)
        if row.amount_poisha - row.open_poisha != int(row.lines)
    ]
