"""The worker that runs what the shop does by itself: the clocks and the kinds of jobs of `table.py`."""

from __future__ import annotations

import os
import socket
from functools import partial
from random import SystemRandom

from dokango.clock import Clock, day_of
from dokango.clocks import table
from dokango.clocks.table import Hands, JobKind
from dokango.couriers.desk import CourierDesk
from dokango.db import Database, Tx
from dokango.jobs.leases import Taken
from dokango.jobs.schedule import Periodic
from dokango.jobs.worker import Work, Worker
from dokango.notify.delivery import Delivery, Post
from dokango.notify.texting import SmsWay, Texting
from dokango.orders.cases.moves import Happened, Matter, open_case
from dokango.settings import Settings
from dokango.shop.accounts import mail_password, mail_server
from dokango.shop.secrets import Vault
from dokango.shop.sms_account import sms_account, sms_key


def make_worker(db: Database, clock: Clock, desk: CourierDesk, shop: Settings) -> Worker:
    """A worker that does every row of the tables."""
    texting = Texting(db, clock, lambda tx: find_sms_way(tx, shop), shop.site_url, tell_owner)
    delivery = Delivery(db, clock, lambda tx: find_post(tx, shop), shop.site_url, texting)
    hands = Hands(db, clock, desk, delivery, shop)
    works = {row.kind: _work(row, hands) for row in table.JOBS}
    tasks = [Periodic(row.name, row.every_s, partial(row.run, hands), row.waits) for row in table.CLOCKS]
    name = f"{socket.gethostname()}/{os.getpid()}"
    return Worker(db, clock, works, name=name, rng=SystemRandom(), ask_a_person=ask_a_person, tasks=tasks)


def _work(row: JobKind, hands: Hands) -> Work:
    return Work(partial(row.run, hands), partial(row.given_up, hands) if row.given_up else None)


def find_post(tx: Tx, shop: Settings) -> Post:
    """The mail server as it is set now."""
    server = mail_server(tx, shop)
    return Post(server, mail_password(tx, Vault(shop.data_dir), shop) if server.host else "")


def find_sms_way(tx: Tx, shop: Settings) -> SmsWay:
    """The SMS gateway as it is set now."""
    account = sms_account(tx, shop)
    return SmsWay(account, sms_key(tx, Vault(shop.data_dir)) if account.gateway else "")


def tell_owner(tx: Tx, why: str, now_us: int) -> None:
    """Messages do not go out until the owner mends something: said once a day, for each reason."""
    key = f"sms/{day_of(now_us)}/{why[:60]}"
    words = f"SMS are not sent: {why}"
    open_case(tx, Matter("sms"), "messages_stopped", Happened(key, words[:400], now_us))


def ask_a_person(tx: Tx, job: Taken, why: str, now_us: int) -> None:
    """A job has failed for good: somebody must look at it."""
    words = f"“{job.kind.replace('_', ' ')}” failed {job.tries} times: {why}"
    matter = Matter(f"job/{job.id}", job.order_id)
    open_case(tx, matter, "job_failed", Happened(f"job/{job.id}", words[:400], now_us))
