"""What changed, gathered for the event loop: as commits of this process and of others announce it, and from the trail.

The trail is the repair: what another process wrote and no announcement told, as on SQLite.
"""

from __future__ import annotations

import asyncio
import logging
import time

from dokango.db import EVERYTHING, Announcement
from dokango.orders.reading.trail import Trail, topics_of, trail_from_now
from dokango.topics import PEOPLE
from state.kit import session
from state.kit.work import read

log = logging.getLogger(__name__)

GATHER_S = 0.02  # changes that come together are shown together
SETTLE_S = 0.25  # so long after its commit an announcement may be on its way from the thread that wrote


class Bus:
    """Gathers the topics of commits, from any thread, for the event loop. Made on the loop."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._topics: set[str] = set()
        self._woken = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def heard(self, announcement: Announcement) -> None:
        """A commit of this process or of another; called in the thread that committed, or that listens."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hear, announcement)

    async def next(self, timeout_s: float) -> set[str]:
        """The topics of the next moment; empty when nothing happened for `timeout_s`."""
        try:
            await asyncio.wait_for(self._woken.wait(), timeout_s)
        except TimeoutError:
            return set()
        await asyncio.sleep(GATHER_S)
        topics, self._topics = self._topics, set()
        self._woken.clear()
        return topics

    async def mend(self, every_s: float) -> None:
        """For ever, busy or not: gather what the trail tells and no commit has announced."""
        while True:
            await asyncio.sleep(every_s)
            try:
                await self._read_trail()
            except Exception:
                log.exception("could not read what other processes wrote; it is tried again")

    async def _read_trail(self) -> None:
        entries = await read(self._trail.read)
        if self._trail.untold(entries):
            await asyncio.sleep(SETTLE_S)
        untold = self._trail.untold(entries)
        if untold:
            self._gather(await read(lambda tx: topics_of(tx, untold)))
        self._trail.take(entries, time.monotonic())

    def _hear(self, announcement: Announcement) -> None:
        self._trail.tell(announcement.events)
        self._gather(announcement.topics)

    def _gather(self, topics: set[str]) -> None:
        if topics & {PEOPLE, EVERYTHING}:
            session.forget()
        self._topics |= topics
        self._woken.set()


async def open_bus() -> Bus:
    """A bus of what is committed from now on."""
    return Bus(await read(trail_from_now))
