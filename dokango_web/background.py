"""The jobs worker inside the site; DOKANGO_WORKER=0 leaves its work to `python -m dokango worker`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread

from dokango import process
from dokango.clocks.worker import make_worker
from dokango.couriers.process_desk import courier_desk
from dokango.jobs.worker import Worker
from dokango.settings import settings


@asynccontextmanager
async def background_work() -> AsyncIterator[None]:
    """A lifespan task of rx.App. Several processes may run it: leases keep each job with one of them."""
    if not settings().worker:
        yield
        return
    worker = await anyio.to_thread.run_sync(_started)
    try:
        yield
    finally:
        await anyio.to_thread.run_sync(worker.stop)


def _started() -> Worker:
    worker = make_worker(process.database(), process.clock(), courier_desk(), settings())
    worker.start()
    return worker
