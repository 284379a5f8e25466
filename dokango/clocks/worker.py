"""What the shop does by itself: the kinds of jobs, with who does them, and the schedule. To add one: a line here."""

from __future__ import annotations

import os
import socket
from functools import partial
from random import SystemRandom

from dokango.clock import Clock
from dokango.couriers.desk import CourierDesk
from dokango.db import Database, Tx
from dokango.jobs.leases import Taken
from dokango.jobs.schedule import Periodic
from dokango.jobs.worker import Work, Worker
from dokango.notify.delivery import SEND_MAIL, Delivery, Post
from dokango.orders.lifecycle.resolutions import open_resolution
from dokango.orders.parcels.jobs import FOLLOW_EVERY_S, follow_parcels
from dokango.orders.parcels.jobs import HANDLERS as COURIER_JOBS
from dokango.settings import Settings
from dokango.shop.accounts import mail_password, mail_server
from dokango.shop.secrets import Vault

SORT_EVERY_S = 1.0


def make_worker(db: Database, clock: Clock, desk: CourierDesk, shop: Settings) -> Worker:
    """A worker that knows every kind of job of this shop."""
    delivery = Delivery(db, clock, lambda tx: find_post(tx, shop), shop.site_url)
    works = {kind: Work(partial(handler, desk, db, clock)) for kind, handler in COURIER_JOBS.items()}
    works[SEND_MAIL] = Work(delivery.send, delivery.given_up)
    tasks = (
        Periodic("sort the outbox", SORT_EVERY_S, delivery.sort),
        Periodic("follow parcels", FOLLOW_EVERY_S, partial(follow_parcels, desk, db, clock)),
    )
    name = f"{socket.gethostname()}/{os.getpid()}"
    return Worker(db, clock, works, name=name, rng=SystemRandom(), ask_a_person=ask_a_person, tasks=tasks)


def find_post(tx: Tx, shop: Settings) -> Post:
    """The mail server as it is set now."""
    server = mail_server(tx, shop)
    return Post(server, mail_password(tx, Vault(shop.data_dir), shop) if server.host else "")


def ask_a_person(tx: Tx, job: Taken, why: str, now_us: int) -> None:
    """A job has failed for good: somebody must look at it."""
    words = f"“{job.kind.replace('_', ' ')}” failed {job.tries} times: {why}"
    open_resolution(tx, key=f"job/{job.id}", order_id=job.order_id, kind="job_failed", words=words[:400], now_us=now_us)
