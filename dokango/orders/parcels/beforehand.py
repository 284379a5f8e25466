"""What couriers know of an order before it is sent: its place and its buyer, asked in the background and kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dokango import topics
from dokango.clock import US_PER_S, Clock
from dokango.courier_errors import CourierError
from dokango.couriers import known
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind import CourierKind
from dokango.couriers.kind.abilities import Can, KnowsBuyers, KnowsStations
from dokango.couriers.known import KnownBuyer, Service
from dokango.db import Database, Tx
from dokango.errors import NotFound
from dokango.jobs.queue import Payload, enqueue
from dokango.orders.book import rows
from dokango.orders.book.rows import OrderRow
from dokango.orders.parcels.draft import place_of

ASK_STATIONS, ASK_BUYER = "ask_stations", "ask_buyer"
# within so many seconds the same is asked for once, however many pages ask
_ONCE_IN_S = known.TRIED_AGAIN_S


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What one courier knows; None where it is none of the things it can be asked about."""

    courier: str
    name: str
    service: Service | None
    buyer: KnownBuyer | None
    asks_buyers: bool


def beforehand(tx: Tx, kinds: Sequence[CourierKind], order: OrderRow) -> list[Beforehand]:
    """What is kept of an order's place and buyer, for each of `kinds` that can be asked about either."""
    return [
        Beforehand(
            kind.key,
            kind.name,
            known.service_of(tx, kind.key, place_of(order)) if Can.POLICE_STATIONS in kind.can else None,
            known.buyer_of(tx, kind.key, order.phone) if Can.BUYER_RECORD in kind.can else None,
            Can.BUYER_RECORD in kind.can,
        )
        for kind in kinds
        if kind.can & {Can.POLICE_STATIONS, Can.BUYER_RECORD}
    ]


def anything_to_ask(tx: Tx, kinds: Sequence[CourierKind], numbers: Iterable[str], now_us: int) -> bool:
    """Whether it is worth opening a write transaction."""
    return any(True for _ in _due(tx, kinds, numbers, now_us))


def ask_beforehand(tx: Tx, kinds: Sequence[CourierKind], numbers: Iterable[str], now_us: int) -> None:
    """Queue what is not known yet, or is old; nobody waits for it."""
    turn = now_us // (_ONCE_IN_S * US_PER_S)
    for kind, payload in _due(tx, kinds, numbers, now_us):
        key = "/".join((kind, *(payload[name] for name in ("courier", "phone") if name in payload), str(turn)))
        enqueue(tx, kind, key, payload, now_us=now_us, most_tries=2)


def ask_stations(desk: CourierDesk, db: Database, clock: Clock, payload: Payload) -> None:
    """Fetch a courier's thanas; without an answer it is tried again later."""
    key = str(payload["courier"])
    try:
        courier = desk.courier(key)
        stations = courier.police_stations() if isinstance(courier, KnowsStations) else []
    except (CourierError, NotFound):
        db.write(lambda tx: known.note_no_stations(tx, key, clock.now_us()))
        return

    def keep(tx: Tx) -> None:
        known.keep_stations(tx, key, stations, clock.now_us())
        tx.changed(topics.COURIERS_KNOW)

    db.write(keep)


def ask_buyer(desk: CourierDesk, db: Database, clock: Clock, payload: Payload) -> None:
    """Ask a courier about one buyer; without an answer it is tried again later."""
    key, phone = str(payload["courier"]), str(payload["phone"])
    try:
        courier = desk.courier(key)
        record = courier.buyer_record(phone) if isinstance(courier, KnowsBuyers) else None
    except (CourierError, NotFound):
        record = None

    def keep(tx: Tx) -> None:
        if record is None:
            known.note_no_buyer(tx, key, phone, clock.now_us())
        else:
            known.keep_buyer(tx, key, phone, record, clock.now_us())
        tx.changed(topics.COURIERS_KNOW)

    db.write(keep)


def _due(
    tx: Tx, kinds: Sequence[CourierKind], numbers: Iterable[str], now_us: int
) -> Iterable[tuple[str, dict[str, str]]]:
    """Each job that is worth doing, with its payload."""
    for kind in kinds:
        if Can.POLICE_STATIONS in kind.can and known.stations_due(tx, kind.key, now_us):
            yield ASK_STATIONS, {"courier": kind.key}
    asking = [kind for kind in kinds if Can.BUYER_RECORD in kind.can]
    if not asking:
        return
    for phone in dict.fromkeys(rows.by_number(tx, number).phone for number in numbers):
        for kind in asking:
            if known.buyer_due(tx, kind.key, phone, now_us):
                yield ASK_BUYER, {"courier": kind.key, "phone": phone}
