"""The worker: takes due jobs under a lease, runs them outside transactions, tries again, in the end asks a person."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from threading import Event, Thread

from dokango import topics
from dokango.clock import US_PER_S, Clock
from dokango.db import EVERYTHING, Announcement, Database, Tx
from dokango.errors import DokangoError
from dokango.jobs import leases
from dokango.jobs.leases import Taken
from dokango.jobs.queue import Payload
from dokango.jobs.schedule import Periodic, due_tasks

log = logging.getLogger(__name__)
AT_ONCE = 4
IDLE_S = 2.0  # how late a worker may notice new work that nobody told it of
FIRST_WAIT_S, LONGEST_WAIT_S = 15, 3_600
WAITING = -1  # the lane of tasks that wait for somebody else's computer
_WAKING = frozenset({topics.JOBS, topics.MESSAGES, EVERYTHING})


class GiveUp(DokangoError):
    """A handler says that trying again is of no use; the text is for whoever looks at it."""

    code = "given-up"


@dataclass(frozen=True, slots=True)
class Work:
    """How one kind of job is done: `run` outside a transaction; `given_up` inside the one that notes its end."""

    run: Callable[[Payload], object]
    given_up: Callable[[Tx, Taken, str], None] | None = None


class Worker:
    """Runs jobs until stopped. Several may run at once, in one process or many: a lease keeps a job with one of them.

    `ask_a_person` is called inside the transaction in which a job fails for good.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        works: Mapping[str, Work],
        *,
        name: str,
        rng: Random,
        ask_a_person: Callable[[Tx, Taken, str, int], None],
        tasks: Sequence[Periodic] = (),
    ) -> None:
        self._db, self._clock, self._works, self._name, self._rng = db, clock, works, name, rng
        self._ask_a_person, self._tasks = ask_a_person, tasks
        self._woken = Event()
        self._stopped = Event()
        self._threads: list[Thread] = []
        self._next_at: dict[str, int] = {}
        db.listen(self._heard)

    def start(self, threads: int = 2) -> None:
        """Run in the background: lanes for jobs, so that a slow courier does not keep mail waiting, and one for what
        waits by itself."""
        self._db.hear(self._heard)
        lanes = [WAITING, *range(threads)]
        self._threads = [Thread(target=self.run, args=(lane,), name=f"worker-{lane}", daemon=True) for lane in lanes]
        for thread in self._threads:
            thread.start()

    def stop(self, patience_s: float = 5.0) -> None:
        """Ask the lanes to end and wait for what is in their hands; a longer job is another's after its lease."""
        self._stopped.set()
        self._woken.set()
        for thread in self._threads:
            thread.join(patience_s)

    def run(self, lane: int = 0) -> None:
        """Work until stopped."""
        while not self._stopped.is_set():
            if lane != WAITING:
                self._woken.clear()
            try:
                worked = self.run_due(lane)
            except Exception:
                log.exception("the worker stumbled; it goes on")
                worked = 0
            if lane == WAITING:
                self._stopped.wait(IDLE_S)
            elif not worked:
                self._woken.wait(IDLE_S)

    def run_due(self, lane: int | None = None) -> int:
        """Do everything that is due now; how much was done. Of several lanes the first does the tasks of the schedule,
        and WAITING those that wait; without a lane all are done here."""
        done = sum(self._run_task(task) for task in self._due(lane))
        return done if lane == WAITING else done + self._run_jobs(f"{self._name}/{lane or 0}")

    def _due(self, lane: int | None) -> list[Periodic]:
        if lane not in (None, 0, WAITING):
            return []
        mine = [task for task in self._tasks if lane is None or task.waits == (lane == WAITING)]
        return due_tasks(mine, self._next_at, self._clock.now_us())

    def _run_jobs(self, who: str) -> int:
        now_us = self._clock.now_us()
        if not self._db.read(lambda tx: leases.anything_due(tx, now_us)):
            return 0
        taken = self._db.write(lambda tx: self._take(tx, who, now_us))
        for job in taken:
            self._do(job)
        return len(taken)

    def _take(self, tx: Tx, who: str, now_us: int) -> list[Taken]:
        taken, abandoned = leases.take(tx, who, now_us, AT_ONCE)
        for job in abandoned:
            self._end(tx, job, "The worker stopped in the middle of the last try.", now_us)
        return taken

    def _do(self, job: Taken) -> None:
        work = self._works.get(job.kind)
        try:
            if work is None:
                raise GiveUp(f"Nobody here knows how to do “{job.kind}”.")
            work.run(job.payload)
        except GiveUp as error:
            self._failed(job, str(error), for_good=True)
        except DokangoError as error:
            self._failed(job, str(error), for_good=job.is_last_try)
        except Exception as error:
            log.exception("job %s failed", job.key)
            self._failed(job, f"{type(error).__name__}: {error}", for_good=job.is_last_try)
        else:
            self._db.write(lambda tx: leases.finish(tx, job, self._clock.now_us()))

    def _failed(self, job: Taken, why: str, *, for_good: bool) -> None:
        now_us = self._clock.now_us()
        log.warning("job %s, try %s of %s: %s", job.key, job.tries, job.most_tries, why)
        if not for_good:
            self._db.write(lambda tx: leases.put_back(tx, job, why, now_us + self._wait_us(job.tries)))
            return
        self._db.write(lambda tx: self._fail(tx, job, why, now_us))

    def _fail(self, tx: Tx, job: Taken, why: str, now_us: int) -> None:
        if leases.fail(tx, job, why, now_us):
            self._end(tx, job, why, now_us)

    def _end(self, tx: Tx, job: Taken, why: str, now_us: int) -> None:
        work = self._works.get(job.kind)
        if work is not None and work.given_up is not None:
            work.given_up(tx, job, why)
        self._ask_a_person(tx, job, why, now_us)

    def _wait_us(self, tries: int) -> int:
        """Twice as long each time, up to an hour, give or take a fifth so that many do not return together."""
        wait_s = min(FIRST_WAIT_S * 2 ** (tries - 1), LONGEST_WAIT_S)
        return int(wait_s * self._rng.uniform(0.8, 1.2) * US_PER_S)

    def _run_task(self, task: Periodic) -> int:
        try:
            return task.run()
        except DokangoError as error:
            log.warning("task %s: %s", task.name, error)
        except Exception:
            log.exception("task %s failed", task.name)
        return 0

    def _heard(self, announcement: Announcement) -> None:
        if announcement.topics & _WAKING:
            self._woken.set()
