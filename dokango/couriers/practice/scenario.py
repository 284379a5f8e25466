"""What practice parcels do by themselves: a play by its name, or a script of the tester's own."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dokango.clock import US_PER_S, Clock
from dokango.couriers.practice.plays import Move, Play, named_in
from dokango.couriers.practice.server import PracticeParcel, PracticeServer
from dokango.errors import InvalidInput

LOOK_EVERY_S = 1.0
STEP_S = 10.0
_FORM = '[{"after_s": 30, "status": "pending"}, {"after_s": 90, "status": "delivered"}, {"after_s": 120}]'


@dataclass(frozen=True, slots=True)
class Step:
    """`after_s` seconds after the booking `move` happens; `phone` limits it to one buyer's parcels."""

    after_s: float
    move: Move
    phone: str = ""


def read_scenario(path: Path) -> list[Step]:
    """The steps in a JSON file, by time; raises InvalidInput saying what the file should hold."""
    try:
        steps = [_step(step) for step in json.loads(path.read_text())]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        names = ", ".join(Play)
        words = f"{path.name} is neither a scenario ({names}) nor a file with one. A file holds a list such as {_FORM}."
        raise InvalidInput({"scenario": words}) from error
    return sorted(steps, key=lambda step: step.after_s)


def _step(given: dict[str, object]) -> Step:
    percent = given.get("takes_percent")
    move = Move(str(given.get("status", "")), None if percent is None else int(str(percent)))
    return Step(float(str(given["after_s"])), move, str(given.get("phone", "")))


def steps_of(practice: PracticeServer, play: Play, step_s: float = STEP_S) -> list[Step]:
    """A play as steps, one every `step_s` seconds; none where the courier does not know it."""
    return [Step(step_s * at, move) for at, move in enumerate(practice.plays.get(play, ()), start=1)]


def play_at_once(practice: PracticeServer, parcel: PracticeParcel, play: Play) -> None:
    """All of a play, now."""
    for move in practice.plays.get(play, ()):
        _make(practice, parcel, move)


class ScenarioPlayer:
    """Plays the steps on parcels booked from now on, each once a parcel; its note may name another play."""

    def __init__(self, practice: PracticeServer, steps: Sequence[Step], clock: Clock, step_s: float = STEP_S) -> None:
        self._practice, self._steps, self._clock = practice, steps, clock
        self._by_play = {play: steps_of(practice, play, step_s) for play in practice.plays}
        self._since_us = clock.now_us()
        self._played: set[tuple[str, Step]] = set()
        self._stopped = threading.Event()

    def play_due(self) -> int:
        """Take every step whose time has come; how many were taken."""
        now, taken = self._clock.now_us(), 0
        for parcel in self._practice.booked_since(self._since_us):
            play = named_in(parcel.note)
            for step in self._steps if play is None else self._by_play.get(play, []):
                due = parcel.created_at_us + int(step.after_s * US_PER_S) <= now
                mine = step.phone in {"", parcel.recipient_phone}
                mark = (parcel.consignment_id, step)
                if due and mine and mark not in self._played:
                    self._played.add(mark)
                    _make(self._practice, parcel, step.move)
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


def _make(practice: PracticeServer, parcel: PracticeParcel, move: Move) -> None:
    if not move.word:
        practice.pay_out()
        return
    taken = None if move.takes_percent is None else parcel.cod_taka * move.takes_percent // 100
    practice.move(parcel.consignment_id, move.word, taken)
