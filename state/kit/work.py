"""Database work for the pages: in threads of its own, so that neither the event loop nor a slow courier holds it up."""

from __future__ import annotations

from dokango import process
from dokango.threads import Threads

MOST_AT_ONCE = 40
_threads = Threads("pages", MOST_AT_ONCE)
read, write = _threads.read, _threads.write


def now_us() -> int:
    """The process's clock: microseconds since 1970, UTC."""
    return process.clock().now_us()
