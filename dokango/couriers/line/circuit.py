"""Stop calling before a courier locks us out, and while it does not answer: some shut an address out for an hour after
ten refused keys in five minutes, right keys included; one that is down would keep everybody waiting at every call."""

from __future__ import annotations

import threading
from collections import deque

from dokango.clock import US_PER_S, Clock
from dokango.courier_errors import CourierUnavailable

WINDOW_S = 300
MOST_WITH_SAME_KEYS = 3
MOST_WITH_ANY_KEYS = 7  # changed keys count too: the lock-out may be by address
LONGEST_PAUSE_S = 3_600
MOST_LOST_IN_A_ROW = 5
LOST_PAUSE_S = 30  # then a call is tried


class Circuit:
    """Counts refused keys and lost calls of one address and opens for a while; all calls to that address share it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._refused: deque[tuple[int, str]] = deque()
        self._closed_until_us = 0
        self._lost_in_a_row = 0
        self._lost_until_us = 0

    def require_closed(self, courier: str, name: str, keys: str) -> None:
        """Raises CourierUnavailable while calls with `keys` (a fingerprint) must not be made."""
        with self._lock:
            now = self._clock.now_us()
            wait_s = max(self._paused_s(now), self._refused_s(now, keys))
            silent_s = -(-max(0, self._lost_until_us - now) // US_PER_S)
        if silent_s > 0 and not wait_s:
            raise CourierUnavailable(
                courier,
                f"{name} was not called: it has not answered the last {MOST_LOST_IN_A_ROW} calls. Nothing was sent; "
                f"it is tried again in {silent_s} s.",
            )
        if wait_s > 0:
            minutes = -(-wait_s // 60)
            raise CourierUnavailable(
                courier,
                f"{name} was not called: it refused the keys or asked for a pause, and would lock the shop out. "
                f"Check the keys in Settings; calls go on in {minutes} min.",
            )

    def note_refused(self, keys: str) -> None:
        """They answered 401 or 403."""
        with self._lock:
            self._refused.append((self._clock.now_us(), keys))

    def note_accepted(self, keys: str) -> None:
        """They answered a call that needs keys: these are good."""
        with self._lock:
            self._refused = deque(entry for entry in self._refused if entry[1] != keys)

    def note_lost(self) -> None:
        """No answer came, or none that can be read."""
        with self._lock:
            self._lost_in_a_row += 1
            if self._lost_in_a_row >= MOST_LOST_IN_A_ROW:
                self._lost_until_us = self._clock.now_us() + LOST_PAUSE_S * US_PER_S

    def note_answered(self) -> None:
        """They answered, whatever it was."""
        with self._lock:
            self._lost_in_a_row = self._lost_until_us = 0

    def pause(self, seconds: int) -> None:
        """They answered 429: wait that long."""
        with self._lock:
            self._closed_until_us = self._clock.now_us() + min(max(seconds, 1), LONGEST_PAUSE_S) * US_PER_S

    def _paused_s(self, now_us: int) -> int:
        return -(-max(0, self._closed_until_us - now_us) // US_PER_S)

    def _refused_s(self, now_us: int, keys: str) -> int:
        while self._refused and self._refused[0][0] <= now_us - WINDOW_S * US_PER_S:
            self._refused.popleft()
        same = [at for at, used in self._refused if used == keys]
        every = [at for at, _ in self._refused]
        waits = [_wait_s(same, MOST_WITH_SAME_KEYS, now_us), _wait_s(every, MOST_WITH_ANY_KEYS, now_us)]
        return max(waits)


def _wait_s(times: list[int], most: int, now_us: int) -> int:
    if len(times) < most:
        return 0
    frees_at = times[len(times) - most] + WINDOW_S * US_PER_S
    return -(-max(0, frees_at - now_us) // US_PER_S)
