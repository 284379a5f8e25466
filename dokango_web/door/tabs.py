"""The tabs whose states this process holds: which network each came from, and since when nobody has it open."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Tab:
    """`network` is "" for one that is not counted; `gone_at_s` is None while its socket is open."""

    network: str
    gone_at_s: float | None = None


class Tabs:
    """By client token; those that went stand in the order in which they did."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._tabs: dict[str, Tab] = {}
        self._of_network: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._tabs)

    def came(self, token: str, network: str) -> None:
        """A socket is open with this token."""
        self.forget(token)
        self._tabs[token] = Tab(network)
        self._of_network[network] += 1

    def went(self, token: str) -> None:
        """Its socket was closed; its states are kept for a while, in case that only the line was lost."""
        if (tab := self._tabs.pop(token, None)) is not None:
            tab.gone_at_s = self._now_s()
            self._tabs[token] = tab

    def forget(self, token: str) -> None:
        """It has no states any more."""
        if (tab := self._tabs.pop(token, None)) is not None:
            self._of_network[tab.network] -= 1
            if not self._of_network[tab.network]:
                del self._of_network[tab.network]

    def open(self) -> list[str]:
        """Those with a socket."""
        return [token for token, tab in self._tabs.items() if tab.gone_at_s is None]

    def gone(self, for_s: float) -> list[str]:
        """Those that went at least so long ago."""
        before = self._now_s() - for_s
        return [token for token, tab in self._tabs.items() if tab.gone_at_s is not None and tab.gone_at_s <= before]

    def in_the_way(self, network: str, most_of_network: int, most: int) -> str | None:
        """The tab that went first, where one more of `network` would be too many; None while there is room."""
        if network and self._of_network[network] >= most_of_network:
            return self._first_gone(network)
        return self._first_gone("") if len(self._tabs) >= most else None

    def _first_gone(self, network: str) -> str | None:
        return next((token for token, tab in self._tabs.items()
                     if tab.gone_at_s is not None and (not network or tab.network == network)), None)  # fmt: skip


tabs = Tabs()
