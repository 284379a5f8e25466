"""What befalls a story: calls that go wrong, a process that is killed, notifications late, lost, repeated, forged."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from dokango.clock import US_PER_S
from dokango.couriers.kind import CourierKind
from dokango.errors import DokangoError
from dokango.jobs.leases import LEASE_S
from tests.core.stories import soundness
from tests.core.stories.mortal import MOMENTS, Killed
from tests.core.stories.people import People
from tests.core.stories.weather import TROUBLES
from tests.core.stories.world import Process, World

HOUR_S, DAY_S = 3_600, 86_400


class Fate:
    """One courier and the shop beside it, in time; `log` tells what happened."""

    def __init__(self, world: World, chance: random.Random, kind: CourierKind) -> None:
        self.world, self.chance, self.kind = world, chance, kind
        self.weather, self.told = world.couriers.weathers[kind.key], world.couriers.told[kind.key]
        self.began_us = world.clock.now_us()
        self.log: list[str] = []
        self._post: list[tuple[int, str, bytes]] = []  # when it arrives
        self.process = Process(world, chance)
        self.people = People(self.process)

    def say(self, words: str) -> None:
        """Write it down."""
        hours = (self.world.clock.now_us() - self.began_us) / HOUR_S / US_PER_S
        self.log.append(f"{hours:8.2f} h  {words}")

    def roll(self, chance: float) -> bool:
        """Whether what has this chance happens."""
        return self.chance.random() < chance

    def maybe_killed(self, chance: float, deed: Callable[[], object], *, writes: int) -> None:
        """Do it in a process that may be killed at one of its writes; a refusal is only said."""
        if self.roll(chance):
            at, moment = self.chance.randint(0, writes), self.chance.choice(MOMENTS)
            self.say(f"to be killed {moment} write {at}")
            self.process.db.die_at(at, moment)
        try:
            deed()
        except DokangoError as refusal:
            self.say(f"{type(refusal).__name__}: {refusal}")
        except Killed:
            self.say("killed; another process begins")
            self.process = Process(self.world, self.chance)
            self.people = People(self.process)
        self.process.db.live_on()

    def maybe_trouble(self, chance: float, *, calls: int) -> None:
        """Some of the next calls may go wrong."""
        if self.roll(chance):
            coming = [self.chance.choice((None, *TROUBLES)) for _ in range(self.chance.randint(1, calls))]
            self.weather.coming.extend(coming)
            self.say(f"coming: {', '.join(map(str, coming))}")

    def maybe_down(self, chance: float) -> None:
        """The courier may be down for hours."""
        if self.roll(chance):
            hours = self.chance.choice((1, 5, 30))
            self.say(f"the courier is down for {hours} h")
            self.weather.be_down(hours)

    def pass_time(self, seconds: float) -> None:
        """Time goes by: notifications arrive, the worker works (and may be killed), and all must hold."""
        self.world.clock.advance(seconds)
        self._take_up_post()
        self._deliver_post()
        worked_in = self.process
        self.maybe_killed(0.08, self.process.work, writes=8)
        if self.process is not worked_in:
            self.world.clock.advance(LEASE_S + 1)  # what a killed worker had in hand is another's then
            self.process.work()
        now_us = self.world.clock.now_us()
        faults = self.world.db.read(lambda tx: soundness.faults_of(tx, now_us))
        assert not faults, faults

    @property
    def is_told_all(self) -> bool:
        """Whether no notification is on its way."""
        return not self._post and not self.told.waiting

    def _take_up_post(self) -> None:
        for key, raw in self.told.waiting:
            fate, now_us = self.chance.random(), self.world.clock.now_us()
            late_s = 0 if fate < 0.55 else self.chance.choice((600, 5 * HOUR_S, 2 * DAY_S))
            if fate > 0.8:
                continue  # it is lost
            self._post.append((now_us + late_s * US_PER_S, key, raw))
            if fate < 0.1:
                self._post.append((now_us + DAY_S * US_PER_S, key, raw))
        self.told.waiting.clear()

    def _deliver_post(self) -> None:
        now_us = self.world.clock.now_us()
        due = [one for one in self._post if one[0] <= now_us]
        self._post = [one for one in self._post if one[0] > now_us]
        self.chance.shuffle(due)
        for one in due:
            _, key, raw = one
            if self.roll(0.1):
                assert self.process.receive(self.kind, f"forged-{key}", raw, token="guessed") == 401
            self.say(f"heard {raw.decode()}")
            self.maybe_killed(0.05, partial(self._hear, one), writes=0)

    def _hear(self, one: tuple[int, str, bytes]) -> None:
        """A courier that gets no answer says it again."""
        try:
            assert 200 <= self.process.receive(self.kind, one[1], one[2]) < 300
        except Killed:
            self._post.append((self.world.clock.now_us() + 30 * US_PER_S, *one[1:]))
            raise
