"""Database work for the API: in threads of its own, so that neither the event loop nor the pages wait for it."""

from __future__ import annotations

from dokango.threads import Threads

MOST_AT_ONCE = 64  # as many commands can wait for one commit
_threads = Threads("api", MOST_AT_ONCE)
in_thread, read, write = _threads.run, _threads.read, _threads.write
