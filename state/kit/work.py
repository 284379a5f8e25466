"""Work for the database from the event loop: always in a thread, never on the loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio.to_thread

from dokango import process
from dokango.db import Tx

T = TypeVar("T")


async def read(query: Callable[[Tx], T]) -> T:
    """Run `query(tx)` on a snapshot in a thread: `rows = await read(lambda tx: views.queue(tx, tab))`."""
    return await anyio.to_thread.run_sync(process.database().read, query)


async def write(command: Callable[[Tx], T]) -> T:
    """Run `command(tx)` in a transaction in a thread; durable when it returns. Raises what the command raises."""
    return await anyio.to_thread.run_sync(process.database().write, command)


def now_us() -> int:
    """The process's clock: microseconds since 1970, UTC."""
    return process.clock().now_us()
