"""Who has what open now, and what they do there: kept by the socket of a tab, never in the database.

What keeps it stands behind `Registry`: this process's memory, or something that several processes share, by `use`. A
tab is at one thing at a time; it is gone when its socket ends or it goes to another page. Whoever shows it watches
`topic_of(thing)`, which `live` brings in a moment.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from state.kit import live

OPEN, VERIFYING = "open", "verifying"


class Here(NamedTuple):
    """Somebody at a thing, in one tab: by its socket, who (`Actor.person`), their name, and what they do."""

    sid: str
    person: int
    name: str
    doing: str = OPEN


class Registry(Protocol):
    """What keeps who is where; each change calls what was given to `tell` with the things that changed."""

    def put(self, thing: str, here: Here) -> None:
        """The tab is at `thing`, and nowhere else."""
        ...

    def leave(self, sid: str) -> None:
        """The tab of this socket is nowhere."""
        ...

    def who(self, thing: str) -> list[Here]:
        """Everybody at `thing`, who came first first."""
        ...


class InProcess:
    """In the memory of this process alone."""

    def __init__(self, tell: Callable[[set[str]], None]) -> None:
        self._tell = tell
        self._at: dict[str, dict[str, Here]] = {}
        self._thing_of: dict[str, str] = {}

    def put(self, thing: str, here: Here) -> None:
        """The tab is at `thing`, and nowhere else."""
        if self._at.get(thing, {}).get(here.sid) == here:
            return
        changed = self._take_out(here.sid) | {thing}
        self._at.setdefault(thing, {})[here.sid] = here
        self._thing_of[here.sid] = thing
        self._tell(changed)

    def leave(self, sid: str) -> None:
        """The tab of this socket is nowhere."""
        if changed := self._take_out(sid):
            self._tell(changed)

    def who(self, thing: str) -> list[Here]:
        """Everybody at `thing`, who came first first."""
        return list(self._at.get(thing, {}).values())

    def _take_out(self, sid: str) -> set[str]:
        thing = self._thing_of.pop(sid, None)
        if thing is None:
            return set()
        at = self._at[thing]
        del at[sid]
        if not at:
            del self._at[thing]
        return {thing}


def topic_of(thing: str) -> str:
    """What a page watches that shows who is at `thing`."""
    return f"presence:{thing}"


def _announce(things: set[str]) -> None:
    live.announce(*map(topic_of, things))


_registry: Registry = InProcess(_announce)


def registry() -> Registry:
    """What keeps who is where."""
    return _registry


def use(kept_by: Registry) -> None:
    """Let something else keep it: for several processes, and for tests."""
    global _registry
    _registry = kept_by
