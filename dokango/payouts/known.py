"""What we know of the parcels that a courier names: found by any of their names, with what it owes for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, TypeVar

from sqlalchemy import and_, case, func, or_, select

from dokango.couriers.models import CourierRecord, Shipment
from dokango.couriers.parcels.paid_out import CourierPayout, CourierPayoutLine
from dokango.couriers.registry import account_part, followed_by_hand
from dokango.db import Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.orders.book.models import Order
from dokango.orders.claims.rows import ClaimOnCourier, of_parcels
from dokango.orders.lifecycle.settled.carried import HAD_BY_COURIER, PARCEL_COLUMNS, CarriedParcel
from dokango.payouts.statement import StatedLine
from dokango.shop.profile import load_profile

_S, _O, _P = table_of(Shipment), table_of(Order), table_of(Posting)
_PAYOUT, _LINE = table_of(CourierPayout), table_of(CourierPayoutLine)
_RECORD = table_of(CourierRecord)
_WITH_CASH = select(_O.c.id).where(_O.c.courier_due_poisha > 0)  # few, by an index of their own
_AT_ONCE = 500
T = TypeVar("T")


class _Named(NamedTuple):
    id: int
    number: str
    status: str


class _Owed(NamedTuple):
    order_id: int
    poisha: int


class _Before(NamedTuple):
    shipment_id: int
    reference: str
    collected: int


class _Held(NamedTuple):
    id: int
    order_id: int
    number: str
    delivered_at: int | None
    courier: str
    carrier: str
    invoice: str
    consignment_id: str


@dataclass(frozen=True, slots=True)
class KnownParcel:
    """A parcel of ours with its order, what its courier owes for it, what paid it before ("": none), its last claim."""

    parcel: CarriedParcel
    order_id: int
    number: str
    status: str
    owed_poisha: int
    paid_by: str = ""
    claim: ClaimOnCourier | None = None

    @property
    def is_delivered(self) -> bool:
        """Whether the customer got this parcel, whatever came of its goods later."""
        return bool(self.parcel.live) and self.parcel.status == "delivered"


@dataclass(frozen=True, slots=True)
class HeldParcel:
    """A delivered parcel whose cash the courier still has."""

    shipment_id: int
    order_id: int
    number: str
    name: str
    delivered_at: int
    told_in: bool = False  # its courier said that it is in the payout that is looked at


class _Courier(NamedTuple):
    courier: str


def couriers_before(tx: Tx) -> list[str]:
    """The couriers, as the books call them, that paid out or charged once: they may do so again, whatever they hold."""
    query = select(_PAYOUT.c.courier).union(select(_RECORD.c.courier)).order_by("courier")
    return [row.courier for row in tx.rows(typed(_Courier, query))]


class Known:
    """The parcels of one courier that a payout may speak of, by each of their names in small letters."""

    def __init__(self, by_name: Mapping[str, KnownParcel]) -> None:
        self._by_name = by_name

    def of(self, line: StatedLine) -> KnownParcel | None:
        """The parcel that a line is about, or None; the courier's own id is surest."""
        found = (self._by_name.get(fold(name)) for name in line.names)
        return next((parcel for parcel in found if parcel is not None), None)


def fold(name: str) -> str:
    """Names are compared without case, blanks and a leading #."""
    return "".join(name.split()).lstrip("#").casefold()


def known_parcels(tx: Tx, courier: str, lines: Sequence[StatedLine]) -> Known:
    """Everything of ours that `lines` name, of this courier alone, in a few queries however many lines there are."""
    names = {name for line in lines for name in line.names}
    parcels = [p for p in _parcels(tx, names) if account_part(p.courier, p.carrier) == courier]
    orders = {row.id: row for row in _named(tx, {parcel.order_id for parcel in parcels})}
    owed, before = _owed(tx, orders, courier), _before(tx, [parcel.id for parcel in parcels])
    claims = {claim.shipment_id: claim for claim in of_parcels(tx, [parcel.id for parcel in parcels])}
    found = []
    for parcel in sorted(parcels, key=lambda one: one.id):
        order = orders[parcel.order_id]
        found.append(
            KnownParcel(
                parcel,
                order.id,
                order.number,
                order.status,
                owed.get(order.id, 0),
                before.get(parcel.id, ""),
                claims.get(parcel.id),
            )
        )
    return Known(_by_name(found, load_profile(tx).invoice_prefix))


def held_parcels(tx: Tx, courier: str) -> list[HeldParcel]:
    """The delivered parcels whose cash this courier has, the longest held first.

    Found by their orders, never by their status: delivered ones grow for ever (hence no index on `live` is offered).
    """
    query = (
        select(
            _S.c.id, _S.c.order_id, _O.c.number, _S.c.status_at.label("delivered_at"), _S.c.courier, _S.c.carrier,
            _S.c.invoice, _S.c.consignment_id,
        )
        .join(_O, _O.c.id == _S.c.order_id)
        .where(
            _S.c.order_id.in_(_WITH_CASH), func.coalesce(_S.c.live, 0) == 1, _S.c.status == "delivered",
            _S.c.cod_poisha > 0, _S.c.courier.in_([courier, *followed_by_hand()]),
        )
        .order_by(_S.c.status_at, _S.c.id)
    )  # fmt: skip
    return [
        HeldParcel(row.id, row.order_id, row.number, row.consignment_id or row.invoice, row.delivered_at or 0)
        for row in tx.rows(typed(_Held, query))
        if account_part(row.courier, row.carrier) == courier
    ]


def _by_name(parcels: Sequence[KnownParcel], prefix: str) -> dict[str, KnownParcel]:
    """Each under its order's number and its own names, which are surer; of several under one number the last."""
    found = {fold(name): known for known in parcels for name in (known.number, f"{prefix}-{known.number}")}
    for known in parcels:
        parcel = known.parcel
        names = (parcel.tracking_code, parcel.invoice, parcel.consignment_id)
        found |= {fold(name): known for name in names if name}
    return found


def _parcels(tx: Tx, names: set[str]) -> list[CarriedParcel]:
    """By consignment id, tracking code, invoice (in any case), or the order's number, with or without its prefix."""
    found: dict[int, CarriedParcel] = {}
    for part in _chunks(names):
        spelled = [*{*part, *(name.upper() for name in part), *(name.lower() for name in part)}]
        numbers = [*{fold(name).rpartition("-")[2] for name in part}]
        named = or_(
            _S.c.consignment_id.in_(part),
            _S.c.tracking_code.in_(part),
            _S.c.invoice.in_(spelled),
            _S.c.order_id.in_(select(_O.c.id).where(_O.c.number.in_(numbers))),
        )
        query = select(*PARCEL_COLUMNS).where(HAD_BY_COURIER, named)
        found |= {row.id: row for row in tx.rows(typed(CarriedParcel, query))}
    return list(found.values())


def _named(tx: Tx, order_ids: Iterable[int]) -> Iterator[_Named]:
    for part in _chunks(order_ids):
        yield from tx.rows(typed(_Named, select(_O.c.id, _O.c.number, _O.c.status).where(_O.c.id.in_(part))))


def _owed(tx: Tx, order_ids: Iterable[int], courier: str) -> dict[int, int]:
    """What this courier owes for each order."""
    account = accounts.courier_receivable(courier)
    signed = func.sum(case((_P.c.debit == account, _P.c.amount_poisha), else_=-_P.c.amount_poisha)).label("poisha")
    touched = or_(_P.c.debit == account, _P.c.credit == account)
    found: dict[int, int] = {}
    for part in _chunks(order_ids):
        query = select(_P.c.order_id, signed).where(and_(_P.c.order_id.in_(part), touched)).group_by(_P.c.order_id)
        found |= {row.order_id: int(row.poisha) for row in tx.rows(typed(_Owed, query))}
    return found


def _before(tx: Tx, shipment_ids: Iterable[int]) -> dict[int, str]:
    """The payout that paid a parcel's cash before, by the parcel's id."""
    found: dict[int, str] = {}
    for part in _chunks(shipment_ids):
        query = (
            select(_LINE.c.shipment_id, _PAYOUT.c.reference, _LINE.c.collected_poisha.label("collected"))
            .join(_PAYOUT, _PAYOUT.c.id == _LINE.c.payout_id)
            .where(_LINE.c.shipment_id.in_(part), _LINE.c.collected_poisha > 0, _LINE.c.verdict.not_in(("by_hand",)))
            .order_by(_LINE.c.id)
        )
        for row in tx.rows(typed(_Before, query)):
            found.setdefault(row.shipment_id, row.reference)
    return found


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while part := list(islice(rest, _AT_ONCE)):
        yield part
