"""Database work for the API: in threads of its own, so that neither the event loop nor the pages wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from dokango import process
from dokango.db import Tx

T = TypeVar("T")
THREADS = 64  # as many commands can wait for one commit
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="api")


async def in_thread(work: Callable[[], T]) -> T:
    """Run `work` in one of the API's threads."""
    return await asyncio.get_running_loop().run_in_executor(_threads, work)


async def read(query: Callable[[Tx], T]) -> T:
    """Run `query(tx)` on a snapshot."""
    return await asyncio.get_running_loop().run_in_executor(_threads, process.database().read, query)


async def write(command: Callable[[Tx], T]) -> T:
    """Run `command(tx)` in a transaction; durable when it returns. Raises what the command raises."""
    return await asyncio.get_running_loop().run_in_executor(_threads, process.database().write, command)
