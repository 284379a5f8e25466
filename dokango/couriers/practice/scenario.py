"""A script for practice parcels: so many seconds after it was booked, a parcel takes the next step."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path

from dokango.clock import US_PER_S, Clock
from dokango.couriers.practice.server import PracticeServer
from dokango.errors import InvalidInput

LOOK_EVERY_S = 1.0
_FORM = '[{"after_s": 30, "status": "pending"}, {"after_s": 90, "status": "delivered"}]'


@dataclass(frozen=True, slots=True)
class Step:
    """`after_s` seconds after the booking the parcel is `status`; `phone` limits it to one buyer's parcels."""

    after_s: float
    status: str
    phone: str = ""


def read_scenario(path: Path) -> list[Step]:
    """The steps in a JSON file, by time; raises InvalidInput saying what the file should hold."""
    try:
        steps = [
            Step(float(s["after_s"]), str(s["status"]), str(s.get("phone", ""))) for s in json.loads(path.read_text())
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidInput({"scenario": f"{path.name} is not a scenario. It holds a list such as {_FORM}."}) from error
    return sorted(steps, key=lambda step: step.after_s)


class ScenarioPlayer:
    """Plays the steps on parcels booked from now on; each step once a parcel."""

    def __init__(self, practice: PracticeServer, steps: list[Step], clock: Clock) -> None:
        self._practice, self._steps, self._clock = practice, steps, clock
        self._since_us = clock.now_us()
        self._played: set[tuple[str, Step]] = set()
        self._stopped = threading.Event()

    def play_due(self) -> int:
        """Take every step whose time has come; how many were taken."""
        now, taken = self._clock.now_us(), 0
        for parcel in self._practice.booked_since(self._since_us):
            for step in self._steps:
                due = parcel.created_at_us + int(step.after_s * US_PER_S) <= now
                mine = step.phone in {"", parcel.recipient_phone}
                mark = (parcel.consignment_id, step)
                if due and mine and mark not in self._played:
                    self._played.add(mark)
                    self._practice.move(parcel.consignment_id, step.status)
                    taken += 1
        return taken

    def start(self) -> None:
        """Look every second, on a thread of its own."""
        threading.Thread(target=self._run, daemon=True, name="practice-scenario").start()

    def stop(self) -> None:
        """Play no more."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(LOOK_EVERY_S):
            self.play_due()
