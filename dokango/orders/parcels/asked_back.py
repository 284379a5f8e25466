"""What becomes of the parcels that were asked back: looked at in the background, shown with the parcel."""

from __future__ import annotations

from functools import partial

from dokango import audit, topics
from dokango.clock import Clock
from dokango.courier_errors import CourierError
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.abilities import Can, FollowsAsks
from dokango.couriers.kind.base import ReturnRequest
from dokango.couriers.parcels import return_asks, shipments
from dokango.couriers.parcels.return_asks import Asked, said_status
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Database, Tx
from dokango.errors import NotFound
from dokango.orders.book import rows
from dokango.people.actor import Actor
from dokango.people.permissions import Role

EVERY_S = 300
MOST_AT_ONCE = 50
MOST_PAGES = 5


def follow_asks(desk: CourierDesk, db: Database, clock: Clock) -> int:
    """Look at every request that is open and was not looked at for a while; how many had news."""
    followed = [kind.key for kind in desk.offered() if Can.FOLLOW_ASKS in kind.can]
    return sum(_followed(desk, db, clock, key) for key in followed)


def keep_ask(tx: Tx, parcel: ParcelRow, made: ReturnRequest, now_us: int) -> None:
    """A request that was made at the courier."""
    return_asks.keep(tx, parcel.id, parcel.courier, made, now_us)


def _followed(desk: CourierDesk, db: Database, clock: Clock, key: str) -> int:
    now_us = clock.now_us()
    if not db.read(lambda tx: return_asks.anything_due(tx, key, now_us)):
        return 0
    courier = desk.courier(key)
    if not isinstance(courier, FollowsAsks):
        return 0
    due = db.write(lambda tx: return_asks.take_due(tx, key, now_us, MOST_AT_ONCE))
    try:
        found = _listed(courier, {asked.request_id for asked in due})
    except (CourierError, NotFound):
        return 0  # each has its next turn
    return sum(db.write(partial(_take_in, clock=clock, key=key, said=said)) for said in found)


def _listed(courier: FollowsAsks, wanted: set[str]) -> list[ReturnRequest]:
    """The newest pages, until every wanted one was seen; an older one is asked for by its number."""
    found: dict[str, ReturnRequest] = {}
    for page in range(1, MOST_PAGES + 1):
        listed = courier.return_requests(page)
        found |= {said.id: said for said in listed if said.id}
        if not listed or wanted <= found.keys():
            break
    for missing in sorted(wanted - found.keys()):
        said = courier.return_request(missing)
        found[missing] = said
    return list(found.values())


def _take_in(tx: Tx, clock: Clock, key: str, said: ReturnRequest) -> bool:
    """One request as the courier lists it; one that was made in its panel is kept from here on."""
    now_us = clock.now_us()
    asked = return_asks.named(tx, key, said.id)
    if asked is None:
        parcel = shipments.named(tx, key, said.consignment_id, said.invoice)
        return parcel is not None and return_asks.keep(tx, parcel.id, key, said, now_us)
    before = asked.status
    if not return_asks.note(tx, asked, said.status, now_us):
        return False
    _tell(tx, asked, f"{said_status(before)} → {said_status(said.status)}", now_us)
    return True


def _tell(tx: Tx, asked: Asked, words: str, now_us: int) -> None:
    parcel = shipments.by_id(tx, asked.shipment_id)
    courier = Actor(0, parcel.carrier or parcel.courier, Role.SYSTEM)
    audit.record(
        tx, key=f"return-ask/{asked.id}/{now_us}", order_id=parcel.order_id, action="ask_back_moves",
        actor=courier.name, actor_kind=courier.kind, now_us=now_us, note=words, data={"request": asked.request_id},
    )  # fmt: skip
    tx.changed(topics.ORDERS, topics.of_order(rows.number_of(tx, parcel.order_id)))
