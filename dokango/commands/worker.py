"""Do the shop's background work: couriers, webhooks, messages. The site does it too, unless DOKANGO_WORKER=0."""

from __future__ import annotations

import argparse
import signal
from threading import Event

from dokango import process
from dokango.clocks.worker import make_worker
from dokango.commands.opening import open_shop
from dokango.couriers.process_desk import courier_desk
from dokango.settings import settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Work off what is due and leave, or stay."""
    parser.add_argument("--once", action="store_true", help="do what is due now and end")


def run(given: argparse.Namespace) -> int:
    """Work until told to stop (SIGINT, SIGTERM)."""
    worker = make_worker(open_shop(), process.clock(), courier_desk(), settings())
    if given.once:
        done = 0
        while step := worker.run_due():
            done += step
        print(f"{done} pieces of work done.")
        return 0
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    worker.start()
    print("The worker runs. Ctrl-C ends it.", flush=True)
    stopped.wait()
    worker.stop()
    return 0
