"""Where tries are counted: in Redis, so that all workers count together, and by this process alone while it is gone."""

from __future__ import annotations

import functools
import logging
import time
from collections.abc import Callable
from typing import TypeVar

from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from prometheus_client import Gauge

log = logging.getLogger(__name__)
T = TypeVar("T")

SHARED = Gauge(
    "dokango_throttle_shared", "1 while tries are counted in Redis, 0 while by a process alone.",
    multiprocess_mode="livemin",
)  # fmt: skip
RETRY_S = 5.0  # Redis that did not answer is left alone for so long: who signs in meanwhile does not wait for it
_ANSWER_S = 0.5


class Counts:
    """Counts of tries. Without a URL they are this process's alone, as they are while Redis does not answer."""

    def __init__(self, redis_url: str = "", *, now: Callable[[], float] = time.monotonic) -> None:
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_redis(redis_url)) if redis_url else None
        self._now = now
        self._alone_until = 0.0
        SHARED.set(0 if self._shared is None else 1)

    @property
    def is_lost(self) -> bool:
        """Whether Redis should count and does not answer."""
        return self._shared is not None and self._now() < self._alone_until

    def ask(self, question: Callable[[MovingWindowRateLimiter], T]) -> T:
        """The answer of Redis, else of this process."""
        if self._shared is not None and self._now() >= self._alone_until:
            try:
                answer = question(self._shared)
            except StorageError as error:
                log.warning("Redis does not answer (%s); this process counts tries by itself", error.storage_error)
                self._alone_until = self._now() + RETRY_S
                SHARED.set(0)
            else:
                SHARED.set(1)
                return answer
        return question(self._here)

    def look(self) -> bool:
        """Ask Redis whether it is there; False when it should be and is not. For those who watch the site."""
        return self.ask(lambda limiter: limiter.storage.check()) and not self.is_lost

    def reset(self) -> None:
        """Nobody has tried anything yet (tests)."""
        self.ask(lambda limiter: limiter.storage.reset())


def _redis(url: str) -> RedisStorage:
    return RedisStorage(url, wrap_exceptions=True, socket_timeout=_ANSWER_S, socket_connect_timeout=_ANSWER_S)


@functools.cache
def counts(redis_url: str) -> Counts:
    """The counts of this process; one for all that is throttled."""
    return Counts(redis_url)
