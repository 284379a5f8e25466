"""Rows of parcels: asked for before the courier is called, and what became of them after."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from sqlalchemy import BindParameter, bindparam, func, insert, or_, select, update

from dokango.couriers.kind.base import Booking
from dokango.couriers.kind.parcel_limits import collectable
from dokango.couriers.kind.status import CarrierStatus
from dokango.couriers.models import Shipment
from dokango.couriers.parcels.delivery_days import Expected
from dokango.couriers.parcels.pace import first_ask_us, first_look_us
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import NotFound

_S = table_of(Shipment)


class ParcelRow(NamedTuple):
    """All columns of a parcel; what each holds stands with the model."""

    id: int
    order_id: int
    live: int | None
    courier: str
    carrier: str
    booking: str
    invoice: str
    consignment_id: str
    tracking_code: str
    tracking_link: str
    status: str
    raw_status: str
    return_leg: str
    problem: str
    cod_poisha: int
    asked_cod_poisha: int | None
    weight_g: int
    payload: str
    told: str
    answer: str
    estimated_delivery: str
    usual_delivery: str | None
    late_at: int | None
    requested_at: int
    booked_at: int | None
    status_at: int | None
    synced_at: int | None
    ask_at: int | None
    handed_over_at: int | None
    expected_charge_poisha: int | None
    expected_back_poisha: int | None
    charge_poisha: int | None


class Counted(Protocol):
    """What tells whether a parcel counts."""

    @property
    def live(self) -> int | None:
        """1 for the one that counts."""

    @property
    def booking(self) -> str:
        """Where its booking stands."""


_NEW = Statement(
    insert(_S).returning(_S.c.id),
    columns=[
        "order_id", "live", "courier", "carrier", "booking", "invoice", "consignment_id", "tracking_code",
        "tracking_link", "status", "raw_status", "return_leg", "problem", "cod_poisha", "weight_g", "payload", "answer",
        "told", "estimated_delivery", "usual_delivery", "requested_at",
    ],
)  # fmt: skip
_BY_ID = typed(ParcelRow, select(*_S.c).where(_S.c.id == bindparam("row")))
_LIVE_OF = typed(ParcelRow, select(*_S.c).where(_S.c.order_id == bindparam("order_id"), _S.c.live == 1))
_ALL_OF = typed(ParcelRow, select(*_S.c).where(_S.c.order_id == bindparam("order_id")).order_by(_S.c.id))
_BOOKED_BEFORE = Statement(select(func.count()).where(_S.c.order_id == bindparam("order_id")))
_NAMED = typed(
    ParcelRow,
    select(*_S.c)
    .where(
        _S.c.courier == bindparam("courier"),
        or_(
            (_S.c.consignment_id == bindparam("consignment_id")) & (_S.c.consignment_id != ""),
            _S.c.invoice == bindparam("invoice"),
        ),
    )
    # the id is theirs and sure; an invoice may come back in another case or not at all
    .order_by((_S.c.consignment_id == bindparam("consignment_id")).desc(), _S.c.id.desc()),
)
_BOOKED_WITH = typed(
    ParcelRow,
    select(*_S.c).where(_S.c.courier == bindparam("courier"), _S.c.booking == "booked").order_by(_S.c.id),
)
_updates: dict[frozenset[str], Statement] = {}


def request(
    tx: Tx,
    *,
    order_id: int,
    courier: str,
    carrier: str,
    invoice: str,
    payload: Mapping[str, object],
    cod_poisha: int,
    expected: Expected,
    now_us: int,
    weight_g: int = 0,
    told: str = "{}",
) -> int:
    """The row before the call; its id. The unique key on (order, live) keeps a second one out."""
    return int(
        tx.value(
            _NEW, order_id=order_id, live=1, courier=courier, carrier=carrier, booking="requested", invoice=invoice,
            consignment_id="", tracking_code="", tracking_link="", status="", raw_status="", return_leg="", problem="",
            cod_poisha=collectable(cod_poisha), payload=json.dumps(payload, ensure_ascii=False), answer="",
            weight_g=weight_g, told=told, requested_at=now_us, estimated_delivery=expected.by.isoformat(),
            usual_delivery=expected.usual.isoformat() if expected.usual else None,
        )
    )  # fmt: skip


def next_invoice(tx: Tx, order_id: int, base: str) -> str:
    """Our name for the order's next parcel, whoever carries it: the base, then base-2, base-3 …; each is used once."""
    before = int(tx.value(_BOOKED_BEFORE, order_id=order_id))
    return base if not before else f"{base}-{before + 1}"


def by_id(tx: Tx, shipment_id: int) -> ParcelRow:
    """One parcel; raises NotFound."""
    found = tx.one(_BY_ID, row=shipment_id)
    if found is None:
        raise NotFound("parcel", shipment_id)
    return found


def many(tx: Tx, shipment_ids: Sequence[int]) -> list[ParcelRow]:
    """The parcels with these ids."""
    return tx.rows(typed(ParcelRow, select(*_S.c).where(_S.c.id.in_(list(shipment_ids))))) if shipment_ids else []


def live_of(tx: Tx, order_id: int) -> ParcelRow | None:
    """The order's live parcel, or None."""
    return tx.one(_LIVE_OF, order_id=order_id)


def live_of_each(tx: Tx, order_ids: Sequence[int]) -> dict[int, ParcelRow]:
    """The live parcels of many orders, by the order's id."""
    wanted = select(*_S.c).where(_S.c.order_id.in_(list(order_ids)), _S.c.live == 1)
    return {row.order_id: row for row in tx.rows(typed(ParcelRow, wanted))}


Parcels = TypeVar("Parcels", bound=Counted)


def current(parcels: Sequence[Parcels], *, ended: bool) -> Parcels | None:
    """The parcel that counts, of all that an order had (the first first): the live one, else the last.

    A booked one that is not live is back at the shop: while the order has not `ended`, it is sent again without it.
    """
    live = next((parcel for parcel in parcels if parcel.live), None)
    last = parcels[-1] if parcels else None
    came_back = last is not None and last.booking == "booked" and not ended
    return live or (None if came_back else last)


def all_of(tx: Tx, order_id: int) -> list[ParcelRow]:
    """Every parcel the order ever had, the first first."""
    return tx.rows(_ALL_OF, order_id=order_id)


def named(tx: Tx, courier: str, consignment_id: str, invoice: str) -> ParcelRow | None:
    """The parcel that a courier speaks of, or None."""
    return tx.one(_NAMED, courier=courier, consignment_id=consignment_id, invoice=invoice)


def booked_with(tx: Tx, courier: str) -> list[ParcelRow]:
    """Every parcel that a courier is said to have."""
    return tx.rows(_BOOKED_WITH, courier=courier)


def change(tx: Tx, shipment_id: int, **values: object) -> None:
    """Set columns of one parcel."""
    names = frozenset(values)
    statement = _updates.get(names)
    if statement is None:
        new: dict[str, BindParameter[object]] = {name: bindparam(f"new_{name}") for name in names}
        statement = _updates[names] = Statement(update(_S).where(_S.c.id == bindparam("row")).values(new))
    tx.run(statement, row=shipment_id, **{f"new_{name}": value for name, value in values.items()})


def mark_booked(tx: Tx, shipment_id: int, booking: Booking, now_us: int) -> None:
    """The courier has it. What `booking.news` says of it is not written here: that is to be heard as all news is."""
    status, raw_status = ("", "") if booking.news else (booking.status.value, booking.raw_status)
    change(
        tx, shipment_id, booking="booked", live=1, problem="", consignment_id=booking.consignment_id,
        tracking_code=booking.tracking_code, tracking_link=booking.tracking_link, status=status,
        raw_status=raw_status, answer=booking.raw, booked_at=now_us, status_at=now_us,
        ask_at=first_ask_us(now_us),
    )  # fmt: skip


def mark_second(tx: Tx, shipment_id: int, booking: Booking, now_us: int) -> None:
    """The courier has it beside the order's live one: it does not count, and is followed until it is back."""
    change(
        tx, shipment_id, booking="superseded", consignment_id=booking.consignment_id, answer=booking.raw,
        tracking_code=booking.tracking_code, tracking_link=booking.tracking_link, booked_at=now_us, problem="",
        ask_at=first_ask_us(now_us),
    )  # fmt: skip


def take_over(tx: Tx, shipment_id: int, from_id: int | None) -> None:
    """A booked parcel counts in place of the one that did."""
    if from_id is not None:
        change(tx, from_id, live=None, booking="superseded", problem="")
    change(tx, shipment_id, live=1, booking="booked")


def keep_names(tx: Tx, row: ParcelRow, booking: Booking) -> None:
    """Names of a booked parcel that came to be known by another way before: what is known stays, the rest is added."""
    change(
        tx, row.id, consignment_id=row.consignment_id or booking.consignment_id,
        tracking_code=row.tracking_code or booking.tracking_code,
        tracking_link=row.tracking_link or booking.tracking_link,
    )  # fmt: skip


def mark_refused(tx: Tx, shipment_id: int, why: str, answer: str) -> None:
    """The courier certainly does not have it; the order is free for another try."""
    change(tx, shipment_id, booking="refused", live=None, problem=why, answer=answer, ask_at=None)


def mark_uncertain(tx: Tx, shipment_id: int, why: str, answer: str, now_us: int) -> None:
    """The courier may have it: nothing more is booked for this order until somebody knows."""
    change(tx, shipment_id, booking="uncertain", problem=why, answer=answer, ask_at=first_look_us(now_us))


def status_of(shipment: ParcelRow) -> CarrierStatus:
    """The status of a row as our word; an empty or foreign one is UNKNOWN."""
    try:
        return CarrierStatus(shipment.status)
    except ValueError:
        return CarrierStatus.UNKNOWN


def told_poisha(shipment: ParcelRow) -> int:
    """What the rider was told to collect, or may have been told: whole taka."""
    return collectable(shipment.cod_poisha)
