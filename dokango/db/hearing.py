"""What one process commits, told to the others through PostgreSQL: NOTIFY within the transaction, LISTEN elsewhere.

PostgreSQL delivers a notification when its transaction commits, and never when it does not (its documentation, NOTIFY).
A payload is shorter than 8,000 bytes; what does not fit is told as a change of everything.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import psycopg

from dokango.db.announcement import Announcement

log = logging.getLogger(__name__)
Listener = Callable[[Announcement], None]

CHANNEL = "dokango"
MOST_BYTES = 7_999
_LOOK_S = 1.0  # how soon a stop is noticed
_AGAIN_S = 1.0  # between two tries to reach a server that has gone


def payload_of(announcement: Announcement, by: str) -> str:
    """The announcement as it travels; `by` names who commits, so that they do not hear themselves."""
    told = {"by": by, "topics": sorted(announcement.topics), "events": sorted(announcement.events)}
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    if len(written.encode()) <= MOST_BYTES:
        return written
    everything = Announcement.of_everything()
    return json.dumps({"by": by, "topics": sorted(everything.topics), "events": []}, separators=(",", ":"))


def announcement_in(payload: str, *, but_not: str) -> Announcement | None:
    """What a payload tells; None for one's own (`but_not`), and for what is none of ours."""
    try:
        told = json.loads(payload)
        if told["by"] == but_not:
            return None
        return Announcement({str(topic) for topic in told["topics"]}, {int(event) for event in told["events"]})
    except (ValueError, TypeError, KeyError):
        log.warning("a notification on channel %s is none of this shop's; it is passed over", CHANNEL)
        return None


class Hearing:
    """A connection of its own that listens until it is closed, and comes back when the server was gone.

    What was said meanwhile nobody repeats: after a gap all that is shown counts as changed.
    """

    def __init__(self, url: str, by: str, connect_s: int) -> None:
        self._url, self._by, self._connect_s = url, by, connect_s
        self._listeners: list[Listener] = []
        self._stopped = Event()
        self._listens = Event()
        self._thread = Thread(target=self._run, name="hearing", daemon=True)
        self._thread.start()

    def add(self, listener: Listener, patience_s: float = 5.0) -> None:
        """Call `listener` from now on; returns when the server has been asked, or after `patience_s` without it."""
        self._listeners.append(listener)
        self._listens.wait(patience_s)

    def close(self) -> None:
        """Stop listening."""
        self._stopped.set()
        self._thread.join(_LOOK_S * 5)

    def _run(self) -> None:
        missed = False
        while not self._stopped.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True, connect_timeout=self._connect_s) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._listens.set()
                    if missed:
                        self._tell(Announcement.of_everything())
                    self._listen(connection)
            except psycopg.Error as error:
                log.warning("other processes are not heard (%s); it is tried again", error)
                missed = True
                self._stopped.wait(_AGAIN_S)

    def _listen(self, connection: psycopg.Connection[Any]) -> None:
        while not self._stopped.is_set():
            for heard in connection.notifies(timeout=_LOOK_S):
                announcement = announcement_in(heard.payload, but_not=self._by)
                if announcement is not None:
                    self._tell(announcement)

    def _tell(self, announcement: Announcement) -> None:
        for listener in self._listeners:
            try:
                listener(announcement)
            except Exception:
                log.exception("a listener failed; the others hear it all the same")
