"""Ten refused keys in five minutes shut an address out for an hour, right keys included: as theirs does."""

from __future__ import annotations

import hmac
import threading

from dokango.clock import US_PER_S, Clock

MOST_REFUSED, WINDOW_S, SHUT_S = 10, 300, 3_600


class KeyGate:
    """Knows the one pair of keys, and who has guessed how often."""

    def __init__(self, api_key: str, secret_key: str, clock: Clock) -> None:
        self._keys = (api_key, secret_key)
        self._clock = clock
        self._lock = threading.Lock()
        self._refused: dict[str, list[int]] = {}
        self._shut_until: dict[str, int] = {}

    def judge(self, peer: str, api_key: str, secret_key: str) -> int:
        """200, 401 or 429 for a call from `peer`."""
        pairs = zip(self._keys, (api_key, secret_key), strict=True)
        right = [hmac.compare_digest(ours.encode(), theirs.encode()) for ours, theirs in pairs]
        now = self._clock.now_us()
        with self._lock:
            if self._shut_until.get(peer, 0) > now:
                return 429
            if all(right):
                return 200
            recent = [at for at in self._refused.get(peer, []) if at > now - WINDOW_S * US_PER_S] + [now]
            self._refused[peer] = recent
            if len(recent) >= MOST_REFUSED:
                self._shut_until[peer] = now + SHUT_S * US_PER_S
            return 401

    def forgive(self) -> None:
        """Forget every refusal."""
        with self._lock:
            self._refused.clear()
            self._shut_until.clear()
