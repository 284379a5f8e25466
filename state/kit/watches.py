"""Which open page watches which topics, found by topic: a change costs as much as it has watchers, and no more."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import reflex as rx

from dokango.db import EVERYTHING


@dataclass(slots=True, eq=False)
class Watch:
    """One state of one tab that wants to be refreshed, for as long as the tab stays on `path`, on the same socket."""

    token: str
    sid: str  # the socket that asked: whoever comes with the same client token later has asked for nothing
    state: type[rx.State]
    topics: frozenset[str]
    path: str
    owner: str  # hash of the staff session that watches; "" for customers
    calm_s: float  # the least time between two refreshes
    refreshed_at: float = field(default_factory=time.monotonic)
    failed: bool = False  # the last refresh; it is tried once more


class Watches:
    """All watches of this process."""

    def __init__(self) -> None:
        self._of_tab: dict[str, dict[type[rx.State], Watch]] = {}
        self._on: dict[str, set[Watch]] = {}
        self._late: set[Watch] = set()  # something changed, and the page rests for a moment before it shows it

    def put(self, watch: Watch) -> None:
        """Add `watch`; what this tab watched for this state, or on another page, ends."""
        late = False
        for other in list(self._of_tab.get(watch.token, {}).values()):
            if other.state is watch.state or other.path != watch.path:
                late = late or (other in self._late and other.state is watch.state)
                self.drop(other)
        if late:
            self._late.add(watch)
        self._of_tab.setdefault(watch.token, {})[watch.state] = watch
        for topic in watch.topics:
            self._on.setdefault(topic, set()).add(watch)

    def drop(self, watch: Watch) -> None:
        """End one watch; one that has ended already is passed over."""
        of_tab = self._of_tab.get(watch.token, {})
        if of_tab.get(watch.state) is not watch:
            return
        del of_tab[watch.state]
        if not of_tab:
            del self._of_tab[watch.token]
        self._late.discard(watch)
        for topic in watch.topics:
            self._on[topic].discard(watch)
            if not self._on[topic]:
                del self._on[topic]

    def again(self, watch: Watch) -> None:
        """The refresh of `watch` failed: it is due once more, and if that fails too, after the next change."""
        if not watch.failed and self._of_tab.get(watch.token, {}).get(watch.state) is watch:
            self._late.add(watch)
        watch.failed = not watch.failed

    def take_due(self, topics: set[str]) -> list[Watch]:
        """Those to refresh now, marked as refreshed; a calm page that still rests stays late until it may."""
        wanted = self._late.union(self.all() if EVERYTHING in topics else self._watching(topics))
        now = time.monotonic()
        self._late = {watch for watch in wanted if now - watch.refreshed_at < watch.calm_s}
        due = sorted(wanted - self._late, key=lambda watch: watch.refreshed_at)
        for watch in due:
            watch.refreshed_at = now
        return due

    def _watching(self, topics: set[str]) -> set[Watch]:
        return set().union(*(self._on.get(topic, ()) for topic in topics))

    def any_late(self) -> bool:
        """Whether somebody rests who has not seen the latest."""
        return bool(self._late)

    def has(self, token: str) -> bool:
        """Whether a tab watches anything."""
        return token in self._of_tab

    def all(self) -> list[Watch]:
        """Every watch there is."""
        return [watch for of_tab in self._of_tab.values() for watch in of_tab.values()]
