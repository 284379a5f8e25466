"""What the shop does by itself: its clocks and its kinds of jobs.

To add one, write what it does in its own room, and one row here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from dokango.backups import automatic
from dokango.clock import Clock
from dokango.couriers.desk import CourierDesk
from dokango.db import Database, Tx
from dokango.jobs.leases import Taken
from dokango.jobs.queue import Payload
from dokango.notify.delivery import SEND_MAIL, Delivery
from dokango.notify.texting import SEND_SMS
from dokango.orders import booked_by_rule
from dokango.orders.acts import asked_by_itself
from dokango.orders.cases import overdue
from dokango.orders.lifecycle.unconfirmed import EVERY_S, let_go
from dokango.orders.parcels import asked_back, late
from dokango.orders.parcels.follow import EVERY_S as FOLLOW_EVERY_S
from dokango.orders.parcels.follow import follow_parcels
from dokango.orders.parcels.jobs import HANDLERS as COURIER_JOBS
from dokango.orders.parcels.jobs import Handler
from dokango.orders.waits import round as waits
from dokango.payouts import daily
from dokango.pruning import round as pruning
from dokango.settings import Settings


@dataclass(frozen=True, slots=True)
class Hands:
    """What a clock or a job may work with."""

    db: Database
    clock: Clock
    desk: CourierDesk
    delivery: Delivery
    shop: Settings


@dataclass(frozen=True, slots=True)
class Ticking:
    """`run` every `every_s` seconds; it says how much it did, and is safe when two workers do it at the same time.

    `waits`: it waits for somebody else's computer, and so has a thread of its own.
    """

    name: str
    every_s: float
    run: Callable[[Hands], int]
    waits: bool = False


@dataclass(frozen=True, slots=True)
class JobKind:
    """`run` does a job of this kind outside a transaction; `given_up` is told inside the one that notes its end."""

    kind: str
    run: Callable[[Hands, Payload], object]
    given_up: Callable[[Hands, Tx, Taken, str], None] | None = None


CLOCKS: tuple[Ticking, ...] = (
    Ticking(
        "make a copy of the shop",
        automatic.EVERY_S,
        lambda hands: automatic.keep_backups(hands.db, hands.clock, hands.shop),
        waits=True,
    ),
    Ticking("sort the outbox", 1.0, lambda hands: hands.delivery.sort()),
    Ticking(
        "book payments that are exactly as claimed",
        booked_by_rule.EVERY_S,
        lambda hands: booked_by_rule.book_by_rule(hands.db, hands.clock),
    ),
    Ticking("let go what nobody confirmed", EVERY_S, lambda hands: let_go(hands.db, hands.clock)),
    Ticking("tell of orders that stand too long", waits.EVERY_S, lambda hands: waits.watch(hands.db, hands.clock)),
    Ticking("look for late parcels", late.EVERY_S, lambda hands: late.look_for_late(hands.db, hands.clock)),
    Ticking(
        "ask customers about failed deliveries",
        asked_by_itself.EVERY_S,
        lambda hands: asked_by_itself.ask_customers(hands.db, hands.clock, hands.delivery.reaches),
    ),
    Ticking("let go what has ended", pruning.EVERY_S, lambda hands: pruning.let_go(hands.db, hands.clock)),
    Ticking("say which cases are late", overdue.EVERY_S, lambda hands: overdue.say_late(hands.db, hands.clock)),
    Ticking(
        "follow parcels", FOLLOW_EVERY_S, lambda hands: follow_parcels(hands.desk, hands.db, hands.clock), waits=True
    ),
    Ticking(
        "follow what was asked back",
        asked_back.EVERY_S,
        lambda hands: asked_back.follow_asks(hands.desk, hands.db, hands.clock),
        waits=True,
    ),
    Ticking(
        "ask couriers for their payouts",
        daily.EVERY_S,
        lambda hands: daily.ask_for_payouts(hands.desk, hands.db, hands.clock),
        waits=True,
    ),
)


def _of_a_courier(handler: Handler, hands: Hands, payload: Payload) -> None:
    handler(hands.desk, hands.db, hands.clock, payload)


JOBS: tuple[JobKind, ...] = (
    JobKind(
        SEND_MAIL,
        lambda hands, payload: hands.delivery.send(payload),
        lambda hands, tx, job, why: hands.delivery.given_up(tx, job, why),
    ),
    JobKind(
        SEND_SMS,
        lambda hands, payload: hands.delivery.send_sms(payload),
        lambda hands, tx, job, why: hands.delivery.given_up(tx, job, why),
    ),
    *(JobKind(kind, partial(_of_a_courier, handler)) for kind, handler in COURIER_JOBS.items()),
)
