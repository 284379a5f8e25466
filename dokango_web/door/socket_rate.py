"""How fast one network may open sockets: each costs the site a tab with all its states, also when it closes at once."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_MOST_REMEMBERED = 20_000


@dataclass(slots=True)
class _Bucket:
    left: float
    seen_at_s: float


class Arrivals:
    """A bucket of permits for each network: `at_once` of them, refilled by `per_minute`."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic, most_remembered: int = _MOST_REMEMBERED) -> None:
        self._now_s, self._most = now_s, most_remembered
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()  # the one seen longest ago stands first

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, network: str, at_once: int, per_minute: int) -> bool:
        """Whether `network` ("": not counted by itself) may open one more now. A refusal costs it nothing more."""
        if not network:
            return True
        now_s = self._now_s()
        self._forget_the_full(now_s, at_once / per_minute * 60)
        bucket = self._buckets.setdefault(network, _Bucket(at_once, now_s))
        bucket.left = min(at_once, bucket.left + (now_s - bucket.seen_at_s) * per_minute / 60)
        bucket.seen_at_s = now_s
        self._buckets.move_to_end(network)
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True

    def _forget_the_full(self, now_s: float, full_after_s: float) -> None:
        while self._buckets:
            first = next(iter(self._buckets.values()))
            if now_s - first.seen_at_s < full_after_s and len(self._buckets) < self._most:
                return
            self._buckets.popitem(last=False)


arrivals = Arrivals()
