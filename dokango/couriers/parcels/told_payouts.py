"""The payouts that couriers told of: heard once each, with their parcels, and looked at or set aside by a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, update

from dokango import topics
from dokango.couriers.models import Shipment
from dokango.couriers.parcels.paid_out import CourierPayout
from dokango.couriers.parcels.told_models import PayoutTurn, ToldPayout, ToldPayoutParcel
from dokango.couriers.registry import account_words
from dokango.db import Statement, Tx, Upsert, table_of, typed
from dokango.errors import NotFound
from dokango.notify.outbox import Telling, tell
from dokango.paging import ROWS, Page, Paged
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.text import how_many

_T, _IN, _TURN = table_of(ToldPayout), table_of(ToldPayoutParcel), table_of(PayoutTurn)
_S, _BOOKED = table_of(Shipment), table_of(CourierPayout)
API, NOTICE = "api", "notice"
LONGEST = 100  # of what a courier calls a payout


@dataclass(frozen=True, slots=True)
class Heard:
    """What a courier says of one payout; None where it does not."""

    reference: str
    amount_poisha: int | None = None
    paid_at: int | None = None
    status: str = ""


class ToLookAt(NamedTuple):
    """A payout that nobody booked or set aside; `parcels` that it is said to hold, and what their riders took."""

    id: int
    courier: str
    reference: str
    source: str
    amount_poisha: int | None
    paid_at: int | None
    status: str
    heard_at: int
    parcels: int
    cod_poisha: int


class _Id(NamedTuple):
    id: int


class _Parcel(NamedTuple):
    shipment_id: int


_KEEP = Upsert(
    _T,
    ("courier", "reference", "source", "amount_poisha", "paid_at", "status", "heard_at", "set_aside_by"),
    returning="id",
)  # fmt: skip
_CALLED = typed(_Id, select(_T.c.id).where(_T.c.courier == bindparam("key"), _T.c.reference == bindparam("called")))
_PUT_IN = Upsert(_IN, ("told_payout_id", "shipment_id"), returning="id")
_HELD = (
    select(_IN.c.told_payout_id.label("payout"), func.count().label("parcels"), func.sum(_S.c.cod_poisha).label("held"))
    .join(_S, _S.c.id == _IN.c.shipment_id)
    .group_by(_IN.c.told_payout_id)
    .subquery()
)
_UNBOOKED = (
    select(
        _T.c.id, _T.c.courier, _T.c.reference, _T.c.source, _T.c.amount_poisha, _T.c.paid_at, _T.c.status,
        _T.c.heard_at, func.coalesce(_HELD.c.parcels, 0).label("parcels"),
        func.coalesce(_HELD.c.held, 0).label("cod_poisha"),
    )
    .select_from(_T.outerjoin(_HELD, _HELD.c.payout == _T.c.id))
    .where(
        _T.c.set_aside_at.is_(None),
        ~select(_BOOKED.c.id)
        .where(_BOOKED.c.courier == _T.c.courier, _BOOKED.c.reference == _T.c.reference)
        .exists(),
    )
)  # fmt: skip
_ALL = Paged(ToLookAt, _UNBOOKED, by=(_T.c.id,), descending=True)
_ASIDE = Statement(
    update(_T)
    .where(_T.c.id == bindparam("row"), _T.c.set_aside_at.is_(None))
    .values(set_aside_by=bindparam("who"), set_aside_at=bindparam("at"))
)
_PARCELS = typed(
    _Parcel,
    select(_IN.c.shipment_id)
    .join(_T, _T.c.id == _IN.c.told_payout_id)
    .where(_T.c.courier == bindparam("key"), _T.c.reference == bindparam("called")),
)
_NEXT = Statement(select(_TURN.c.next_at).where(_TURN.c.courier == bindparam("key")))
_FIRST = Upsert(_TURN, ("courier", "next_at"), returning="id")
_TAKE = Statement(
    update(_TURN)
    .where(_TURN.c.courier == bindparam("key"), _TURN.c.next_at <= bindparam("now"))
    .values(next_at=bindparam("then"))
)
_THEN = Statement(update(_TURN).where(_TURN.c.courier == bindparam("key")).values(next_at=bindparam("then")))


def hear(tx: Tx, courier: str, told: list[Heard], now_us: int) -> int:
    """Keep what a courier's list says, each payout once, and ring the bell for what is new; how much that is."""
    new = sum(_keep(tx, courier, API, one, now_us) is not None for one in told)
    _ring(tx, courier, new, now_us)
    return new


def hear_of_parcel(tx: Tx, courier: str, reference: str, shipment_id: int | None, now_us: int) -> None:
    """A notice says that a parcel is in this payout; None for a parcel that we do not know (yet)."""
    called = reference[:LONGEST]
    new = _keep(tx, courier, NOTICE, Heard(called), now_us)
    known = tx.one(_CALLED, key=courier, called=called)
    if shipment_id is not None and known is not None:
        is_more = tx.value(_PUT_IN, told_payout_id=known.id, shipment_id=shipment_id) is not None
        if is_more:
            tx.changed(topics.PAYOUTS)
    _ring(tx, courier, int(new is not None), now_us)


def to_look_at(tx: Tx, cursor: str = "", size: int = ROWS) -> Page[ToLookAt]:
    """A page of the payouts that wait for somebody, the newest first. Raises NotOurCursor."""
    page = _ALL.page(tx, cursor, size)
    return page.of(one._replace(cod_poisha=int(one.cod_poisha)) for one in page.rows)


def set_aside(tx: Tx, actor: Actor, told_id: int, now_us: int) -> None:
    """It need not be booked here: it was, under another name, or is not this shop's. Raises NotAllowed, NotFound."""
    actor.require(Permission.SETTLE_COD)
    if not tx.run(_ASIDE, row=told_id, who=actor.name, at=now_us):
        raise NotFound("payout to be looked at", told_id)
    tx.changed(topics.PAYOUTS)


def parcels_in(tx: Tx, courier: str, reference: str) -> set[int]:
    """The ids of the parcels that the courier said are in a payout."""
    return {row.shipment_id for row in tx.rows(_PARCELS, key=courier, called=reference)}


def is_turn(tx: Tx, courier: str, now_us: int) -> bool:
    """Whether it is time to ask this courier, and worth a write."""
    next_at = tx.value(_NEXT, key=courier)
    return next_at is None or int(next_at) <= now_us


def take_turn(tx: Tx, courier: str, now_us: int, until_us: int) -> bool:
    """Ask from now on; False when somebody else does. Who was not heard of by `until_us` is taken for dead."""
    if tx.value(_FIRST, courier=courier, next_at=until_us) is not None:
        return True
    return bool(tx.run(_TAKE, key=courier, now=now_us, then=until_us))


def next_turn(tx: Tx, courier: str, at_us: int) -> None:
    """It was asked: again then."""
    tx.run(_THEN, key=courier, then=at_us)


def _keep(tx: Tx, courier: str, source: str, heard: Heard, now_us: int) -> int | None:
    kept: int | None = tx.value(
        _KEEP, courier=courier, reference=heard.reference[:LONGEST], source=source, amount_poisha=heard.amount_poisha,
        paid_at=heard.paid_at, status=heard.status[:LONGEST], heard_at=now_us, set_aside_by="",
    )  # fmt: skip
    if kept is not None:
        tx.changed(topics.PAYOUTS)
    return kept


def _ring(tx: Tx, courier: str, new: int, now_us: int) -> None:
    """Who may not settle COD hears it too: no amount is said."""
    if new:
        data = {"courier": account_words(courier), "payouts": how_many(new, "new payout")}
        tell(tx, [Telling("staff", "payouts_told", "", data)], order_id=None, event_id=None, now_us=now_us)
