"""What the shipping page lists: orders to hand over, parcels on their way, and parcels that need a person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select

from dokango import audit
from dokango.audit import EventRow
from dokango.couriers import inbox
from dokango.couriers.kind.webhook import News
from dokango.couriers.models import Shipment
from dokango.couriers.parcels import return_asks, shipments
from dokango.couriers.parcels.return_asks import Asked
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import followed_by_hand
from dokango.db import Tx, table_of, typed
from dokango.errors import InvalidInput
from dokango.orders.book import rows
from dokango.orders.book.queues import QUEUE
from dokango.orders.book.rows import ORDER, OrderRow
from dokango.orders.cases import lists as case_lists
from dokango.orders.cases import rows as cases
from dokango.orders.cases.kinds import NEEDS_US
from dokango.orders.cases.rows import CASE, CaseRow
from dokango.orders.lifecycle.table import ENDED
from dokango.orders.parcels.cancelling import Cancelling, cancelling_of
from dokango.orders.parcels.drift import Difference, differences
from dokango.orders.reading import lists
from dokango.orders.reading.lists import ListedOrder, Wanted
from dokango.paging import Page

TO_SHIP, IN_TRANSIT = "to_ship", "in_transit"
TABS = (TO_SHIP, IN_TRANSIT)
PROBLEMS = "problems"  # the count of what needs us on the desk of problems, which has a page of its own
MOST_AT_ONCE = 500
_S = table_of(Shipment)


class _Number(NamedTuple):
    number: str


class _Words(NamedTuple):
    order_id: int
    words: str


_TO_ASK = typed(
    _Number,
    select(ORDER.c.number)
    .join(_S, (_S.c.order_id == ORDER.c.id) & (_S.c.live == 1))
    .where(ORDER.c.status == "shipped", _S.c.booking == "booked", _S.c.courier.not_in(followed_by_hand()))
    .order_by(_S.c.synced_at.is_not(None), _S.c.synced_at, _S.c.id)
    .limit(bindparam("most")),
)
_TO_SEND = typed(
    _Number,
    select(ORDER.c.number)
    .where(QUEUE[TO_SHIP].condition, ~exists().where(_S.c.order_id == ORDER.c.id, _S.c.live == 1))
    .order_by(ORDER.c.id)
    .limit(bindparam("most")),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One order of a list, with its live parcel (None without one) and what waits for a person."""

    order: ListedOrder
    parcel: ParcelRow | None
    waits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParcelFile:
    """All about an order's parcels. For staff only: the courier's own words hold names and phones."""

    order: OrderRow
    parcel: ParcelRow | None
    waits: tuple[CaseRow, ...]
    earlier: tuple[ParcelRow, ...]
    sent: dict[str, object]
    news: tuple[tuple[int, News], ...]
    drift: tuple[Difference, ...]
    cancelling: Cancelling
    asked_back: tuple[Asked, ...]
    events: tuple[EventRow, ...]


def parcels_page(tx: Tx, tab: str, cursor: str = "") -> Page[Listed]:
    """One page of a tab, the oldest first. Raises InvalidInput for an unknown tab or a cursor that is not ours."""
    if tab not in TABS:
        raise InvalidInput({"tab": f"There is no tab “{tab[:40]}”."})
    page = lists.page(tx, Wanted(queue=tab, cursor=cursor))
    return page.of(_with_parcels(tx, page.rows))


def counts(tx: Tx) -> dict[str, int]:
    """How many stand in each tab, and how many problems need us."""
    everywhere = lists.counts(tx)
    problems = case_lists.counts(tx)[NEEDS_US]
    return {TO_SHIP: everywhere[TO_SHIP], IN_TRANSIT: everywhere[IN_TRANSIT], PROBLEMS: problems}


def listed(tx: Tx, ids: Sequence[int]) -> tuple[Listed, ...]:
    """The rows of `ids`, wherever they stand now."""
    return _with_parcels(tx, sorted(lists.rows_of(tx, ids), key=lambda row: (row.placed_at, row.id)))


def numbers_to_ask(tx: Tx) -> list[str]:
    """Every order whose parcel a courier's API can be asked about, the longest unasked first."""
    return [row.number for row in tx.rows(_TO_ASK, most=MOST_AT_ONCE)]


def numbers_to_send(tx: Tx) -> list[str]:
    """The orders that wait to be handed over and have no parcel yet, the oldest first: as many as go at once."""
    return [row.number for row in tx.rows(_TO_SEND, most=MOST_AT_ONCE)]


def parcel_file(tx: Tx, number: str) -> ParcelFile:
    """Everything about one order's parcels; raises NotFound."""
    order = rows.by_number(tx, number)
    parcels = shipments.all_of(tx, order.id)
    shown = shipments.current(parcels, ended=order.status in ENDED)
    return ParcelFile(
        order=order,
        parcel=shown,
        waits=tuple(cases.open_of(tx, order.id)),
        earlier=tuple(parcel for parcel in parcels if parcel is not shown),
        sent=json.loads(shown.payload) if shown is not None else {},
        news=tuple(inbox.news_of(tx, order.id)),
        drift=tuple(differences(tx, order, shown)),
        cancelling=cancelling_of(tx, order, shown),
        asked_back=tuple(return_asks.of_parcels(tx, [parcel.id for parcel in parcels])),
        events=tuple(audit.of_order(tx, order.id)),
    )


def _with_parcels(tx: Tx, orders: Sequence[ListedOrder]) -> tuple[Listed, ...]:
    ids = [order.id for order in orders]
    if not ids:
        return ()
    parcels = tx.rows(typed(ParcelRow, select(*_S.c).where(_S.c.live == 1, _S.c.order_id.in_(ids))))
    waiting = select(CASE.c.order_id, CASE.c.words).where(CASE.c.closed_at.is_(None), CASE.c.order_id.in_(ids))
    open_ones = tx.rows(typed(_Words, waiting.order_by(CASE.c.id)))
    live = {parcel.order_id: parcel for parcel in parcels}
    return tuple(
        Listed(order, live.get(order.id), tuple(row.words for row in open_ones if row.order_id == order.id))
        for order in orders
    )
