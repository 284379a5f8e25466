"""Who waits to have a password looked at: a few from each network, so that a flood from one holds up no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dokango.errors import Throttled

MOST_OF_A_NETWORK = 3
MOST_OF_ALL = 24  # each takes a tenth of a second of a core: the last of them waits for little more than a second
COME_AGAIN_S = 3


class HashingQueue:
    """Places in front of the hashing; one worker's, for the cores it shares are one machine's."""

    def __init__(self) -> None:
        self._waiting: Counter[str] = Counter()

    @asynccontextmanager
    async def place(self, network: str) -> AsyncIterator[None]:
        """A place for one of `network`; raises Throttled when it has too many, or all have."""
        if self._waiting[network] >= MOST_OF_A_NETWORK or self._waiting.total() >= MOST_OF_ALL:
            raise Throttled(COME_AGAIN_S)
        self._waiting[network] += 1
        try:
            yield
        finally:
            self._waiting[network] -= 1
            if not self._waiting[network]:
                del self._waiting[network]
