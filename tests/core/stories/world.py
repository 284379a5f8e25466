"""The shop that a batch of stories is played in, and one process of it: desk, worker, inbox; killed and begun anew."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

from dokango import audit
from dokango.clock import ManualClock
from dokango.clocks.worker import make_worker
from dokango.couriers.inbox import receive_webhook
from dokango.couriers.kind import CourierKind
from dokango.db import Database
from dokango.jobs.worker import Worker
from dokango.orders import Context
from dokango.people.actor import Actor
from dokango.settings import Settings
from dokango.stock.receiving import Receipt, ReceivedLine, receive
from tests.core.couriered import TOKEN
from tests.core.stories.mortal import Mortal
from tests.core.stories.vocabulary import by_api
from tests.core.stories.weather import Couriers, ProcessDesk
from tests.small_shop import SHELF, Shop, open_shop

UNITS = 5_000
SETTINGS = Settings(backup_every_h=0)  # no copies of a shop in memory
GOODS = tuple(sku for sku, (_, _, _, units) in SHELF.items() if units)


@dataclass
class World:
    """One database with everybody's parcels, and the couriers."""

    shop: Shop
    couriers: Couriers

    @property
    def db(self) -> Database:
        return self.shop.db

    @property
    def clock(self) -> ManualClock:
        return self.shop.clock

    @property
    def owner(self) -> Actor:
        return self.shop.owner

    def events(self, order_id: int) -> list[tuple[str, dict[str, Any]]]:
        """The steps that an order took, with what each kept and who took it ("by")."""
        found = self.db.read(lambda tx: audit.of_order(tx, order_id))
        return [(event.action, {**json.loads(event.data), "by": event.actor}) for event in found]


def open_world(db: Database, clock: ManualClock, owner: Actor) -> World:
    """A shop with a full shelf, each thing at one cost, and couriers who have heard of no parcel yet."""
    shop = open_shop(db, clock, owner)
    lines = tuple(ReceivedLine(sku=sku, quantity=UNITS, unit_cost_poisha=SHELF[sku][2]) for sku in GOODS)
    db.write(lambda tx: receive(tx, owner, clock, Receipt(lines=lines, supplier="Weavers"), key="stories"))
    world = World(shop, Couriers(clock))
    for kind in by_api():
        world.couriers.opened(kind)
    return world


class Process:
    """One process of the shop, from its start until it is killed."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world = world
        self.db = Mortal(world.db)
        self.desk = ProcessDesk(world.clock, world.couriers)
        self.worker: Worker = make_worker(self.db, world.clock, self.desk, SETTINGS)
        self.worker._rng = chance  # else a story could not be played again

    def context(self) -> Context:
        """Whoever acts, now."""
        return Context(self.world.owner, self.world.clock)

    def work(self) -> None:
        """The worker does all that is due, however long that takes it."""
        for _ in range(40):
            if not self.worker.run_due():
                return
        raise AssertionError("the worker never came to an end of what is due now")

    def receive(self, kind: CourierKind, key: str, raw: bytes, token: str = TOKEN) -> int:
        """A notification arrives, proved with `token`; what it is answered."""
        assert kind.webhook is not None
        headers = self.world.couriers.practices[kind.key].signed(token, raw, key)
        query = kind.webhook.query(token)
        return receive_webhook(self.db, self.world.clock, kind.key, headers, raw, TOKEN, query=query).status
