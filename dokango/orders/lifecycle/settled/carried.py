"""The parcels that an order had with couriers, and what each courier owes for it: for payouts and charges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, case, func, or_, select

from dokango.couriers.models import Shipment
from dokango.couriers.registry import account_part
from dokango.db import Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting

_S, _P = table_of(Shipment), table_of(Posting)
_COURIERS = accounts.courier_receivable("%")
_WITH_COURIER = ("booked", "superseded")


class CarriedParcel(NamedTuple):
    """One parcel that a courier had."""

    id: int
    order_id: int
    live: int | None
    courier: str
    carrier: str
    booking: str
    invoice: str
    consignment_id: str
    tracking_code: str
    status: str
    cod_poisha: int
    expected_charge_poisha: int | None
    expected_back_poisha: int | None
    charge_poisha: int | None

    @property
    def account(self) -> str:
        """What its courier owes is kept there."""
        return accounts.courier_receivable(account_part(self.courier, self.carrier))

    def is_called(self, name: str) -> bool:
        """Whether `name` is one of the names that people and couriers have for it."""
        wanted = name.casefold()
        return bool(wanted) and wanted in (
            word.casefold() for word in (self.invoice, self.consignment_id, self.tracking_code)
        )


class _Owed(NamedTuple):
    account: str
    poisha: int


@dataclass(frozen=True, slots=True)
class Carried:
    """All parcels, the first first, and what each courier owes for the order by its account (below 0: we owe it)."""

    parcels: tuple[CarriedParcel, ...] = ()
    owed: Mapping[str, int] | None = None

    @property
    def current(self) -> CarriedParcel | None:
        """The parcel that counts: the live one, else the last."""
        return next((parcel for parcel in self.parcels if parcel.live), self.parcels[-1] if self.parcels else None)

    def named(self, name: str) -> CarriedParcel | None:
        """The parcel of this name, or None; without a name the one that counts."""
        if not name:
            return self.current
        return next((parcel for parcel in reversed(self.parcels) if parcel.is_called(name)), None)

    def owed_poisha(self, account: str) -> int:
        """What a courier owes for the order."""
        return (self.owed or {}).get(account, 0)


NOTHING_CARRIED = Carried()
PARCEL_COLUMNS = (
    _S.c.id, _S.c.order_id, _S.c.live, _S.c.courier, _S.c.carrier, _S.c.booking, _S.c.invoice, _S.c.consignment_id,
    _S.c.tracking_code, _S.c.status, _S.c.cod_poisha, _S.c.expected_charge_poisha, _S.c.expected_back_poisha,
    _S.c.charge_poisha,
)  # fmt: skip
HAD_BY_COURIER = _S.c.booking.in_(_WITH_COURIER)
_PARCELS = typed(
    CarriedParcel,
    select(*PARCEL_COLUMNS).where(_S.c.order_id == bindparam("order_id"), HAD_BY_COURIER).order_by(_S.c.id),
)
_account = case((_P.c.debit.like(_COURIERS), _P.c.debit), else_=_P.c.credit).label("account")
_OWED = typed(
    _Owed,
    select(
        _account,
        func.sum(case((_P.c.debit.like(_COURIERS), _P.c.amount_poisha), else_=-_P.c.amount_poisha)).label("poisha"),
    )
    .where(_P.c.order_id == bindparam("order_id"), or_(_P.c.debit.like(_COURIERS), _P.c.credit.like(_COURIERS)))
    .group_by(_account),
)


def carried(tx: Tx, order_id: int) -> Carried:
    """One order's."""
    owed = {row.account: int(row.poisha) for row in tx.rows(_OWED, order_id=order_id)}
    return Carried(tuple(tx.rows(_PARCELS, order_id=order_id)), owed)
