"""Threads for database work beside an event loop, which must never wait for it itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from dokango import process
from dokango.db import Tx

T = TypeVar("T")


class Threads:
    """At most `most` threads, of those alone who share this object: the API's calls do not wait for the pages'."""

    def __init__(self, name: str, most: int) -> None:
        self._pool = ThreadPoolExecutor(most, thread_name_prefix=name)

    async def run(self, work: Callable[[], T]) -> T:
        """Run `work` in a thread, with the caller's context variables; raises what it raises.

        A caller that is cancelled meanwhile still waits for it: nothing goes on beside a command that is being written.
        """
        running = asyncio.get_running_loop().run_in_executor(self._pool, copy_context().run, work)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            raise

    async def read(self, query: Callable[[Tx], T]) -> T:
        """Run `query(tx)` on a snapshot: `rows = await read(lambda tx: views.queue(tx, tab))`."""
        return await self.run(lambda: process.database().read(query))

    async def write(self, command: Callable[[Tx], T]) -> T:
        """Run `command(tx)` in a transaction; durable when it returns. Raises what the command raises."""
        return await self.run(lambda: process.database().write(command))
