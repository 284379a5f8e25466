"""A shop with the practice courier beside it, and what people and parcels do in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from dokango.couriers.desk import CourierDesk
from dokango.couriers.inbox import receive_webhook
from dokango.couriers.parcels import shipments
from dokango.couriers.practice.faults import Fault
from dokango.couriers.registry import COURIERS
from dokango.db import table_of
from dokango.jobs.models import Job
from dokango.orders import Context, Done
from dokango.orders.cases import rows as cases
from dokango.orders.cases.rows import CaseRow
from dokango.orders.parcels import jobs, uncertain
from dokango.orders.parcels.book import Outcome, ship_by_courier
from dokango.orders.parcels.draft import ParcelEdits
from dokango.orders.parcels.news import Synced, sync_order
from dokango.people.actor import Actor
from tests.small_shop import Shop

TOKEN = "webhook-token"
COD = {"payment": {"method": "cod"}}


class Told:
    """Whom the practice server tells: kept, and delivered when the test says so."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []

    def tell(self, body: Any) -> None:
        self.bodies.append(dict(body))


@dataclass
class Couriered:
    """A shop with the practice courier beside it."""

    shop: Shop
    desk: CourierDesk
    courier: str = "steadfast"

    def context(self, actor: Actor | None = None, version: int | None = None) -> Context:
        return Context(actor or self.shop.owner, self.shop.clock, version)

    def ship(self, order: Done, edits: ParcelEdits | None = None, **who: Any) -> Outcome:
        return ship_by_courier(self.desk, self.shop.db, self.context(**who), order.number, self.courier, edits)

    def sync(self, order: Done) -> Synced:
        return sync_order(self.desk, self.shop.db, self.context(), order.number)

    def parcel(self, order: Done) -> Any:
        """The order's latest parcel."""
        return self.shop.db.read(lambda tx: shipments.all_of(tx, order.order_id))[-1]

    def parcels(self, order: Done) -> list[Any]:
        return self.shop.db.read(lambda tx: shipments.all_of(tx, order.order_id))

    def move(self, order: Done, *statuses: str) -> None:
        for status in statuses:
            assert self.desk.practice(self.courier).move(self.parcel(order).consignment_id, status)

    def waiting(self, order: Done) -> list[str]:
        return [row.kind for row in self.cases(order)]

    def cases(self, order: Done) -> list[CaseRow]:
        """The cases of the order that are open."""
        return self.shop.db.read(lambda tx: cases.open_of(tx, order.order_id))

    def fail_next(self, kind: str, call: str = "create_order", **more: Any) -> None:
        self.desk.practice(self.courier).faults.add(Fault(kind, call, **more))

    def run_jobs(self) -> int:
        """Do what is due, as the worker would."""
        table = table_of(Job)
        now_us = self.shop.clock.now_us()
        due = self.shop.db.read(
            lambda tx: tx.rows(select(*table.c).where(table.c.state == "waiting", table.c.due_at <= now_us))
        )
        mine = [job for job in due if job.kind in jobs.HANDLERS]
        for job in mine:
            jobs.HANDLERS[job.kind](self.desk, self.shop.db, self.shop.clock, json.loads(job.payload))
            self.shop.db.write(
                lambda tx, job=job: tx.run(table.update().where(table.c.id == job.id).values(state="done"))
            )
        return len(mine)

    def hear(self, body: dict[str, Any], key: str = "") -> int:
        """A webhook arrives."""
        raw = json.dumps(body).encode()
        signed = self.desk.practice(self.courier).signed(TOKEN, raw, key)
        headers = {name: value for name, value in signed.items() if name != "Idempotency-Key" or value}
        webhook = COURIERS[self.courier].webhook
        query = webhook.query(TOKEN) if webhook is not None else {}
        return receive_webhook(self.shop.db, self.shop.clock, self.courier, headers, raw, TOKEN, query=query).status


def hear_all(couriered: Couriered, told: Told) -> None:
    """Every notification so far arrives, and is looked into."""
    for body in told.bodies:
        assert couriered.hear(body) in (200, 202)
    told.bodies.clear()
    couriered.shop.clock.advance(70)
    couriered.run_jobs()


def lose(couriered: Couriered, *, lands: bool) -> Done:
    """A packed order whose booking was never answered."""
    order = couriered.shop.bring_to("packed")
    couriered.fail_next("timeout", delay_s=5, lands=lands)
    assert couriered.ship(order).booking == "uncertain"
    assert couriered.shop.order(order).status == "confirmed"
    return order


def said_never_landed(couriered: Couriered, order: Done) -> None:
    """A person says so while the courier cannot be asked: it may know better."""
    couriered.fail_next("fail", "trackings_by_invoice")
    uncertain.never_landed(couriered.desk, couriered.shop.db, couriered.context(), order.number)


def shipped(couriered: Couriered, **changes: Any) -> Done:
    order = couriered.shop.bring_to("packed", ("MUG", 2), **changes)
    couriered.ship(order)
    return order


def notification(couriered: Couriered, order: Done, status: str, **more: Any) -> dict[str, Any]:
    row = couriered.parcel(order)
    named = {"consignment_id": int(row.consignment_id), "invoice": row.invoice}
    return {"notification_type": "delivery_status", **named, "status": status, **more}
