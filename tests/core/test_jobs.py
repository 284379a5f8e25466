"""Jobs are done once, tried again with patience, and end with a person; a dead worker's job is taken over."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from dokango.clock import ManualClock
from dokango.clocks.worker import ask_a_person
from dokango.courier_errors import CourierUnavailable
from dokango.db import Database, table_of
from dokango.jobs import leases
from dokango.jobs.leases import LEASE_S
from dokango.jobs.models import Job
from dokango.jobs.queue import enqueue
from dokango.jobs.schedule import Periodic, due_tasks
from dokango.jobs.worker import FIRST_WAIT_S, LONGEST_WAIT_S, GiveUp, Work, Worker
from dokango.orders.cases.models import Case

_J, _R = table_of(Job), table_of(Case)


@pytest.fixture
def queue(db: Database, clock: ManualClock) -> Callable[..., None]:
    def add(key: str = "a", kind: str = "greet", **options: Any) -> None:
        db.write(lambda tx: enqueue(tx, kind, key, {"name": key}, now_us=clock.now_us(), **options))

    return add


def worker(db: Database, clock: ManualClock, works: Mapping[str, Work], name: str = "w") -> Worker:
    return Worker(db, clock, works, name=name, rng=Random(1), ask_a_person=ask_a_person)


def jobs(db: Database) -> list[Any]:
    return db.read(lambda tx: tx.rows(select(*_J.c).order_by(_J.c.id)))


def failing(*errors: Exception | None) -> tuple[Work, list[Any]]:
    """Work that fails with `errors` in turn, then works; and the payloads it saw."""
    seen: list[Any] = []
    left = list(errors)

    def run(payload: Mapping[str, Any]) -> None:
        seen.append(payload)
        error = left.pop(0) if left else None
        if error:
            raise error

    return Work(run), seen


def test_a_job_is_done_once(db: Database, clock: ManualClock, queue: Callable[..., None]) -> None:
    work, seen = failing()
    queue("a")
    queue("a")
    one = worker(db, clock, {"greet": work})
    assert (one.run_due(), one.run_due()) == (1, 0)
    assert seen == [{"name": "a"}]
    assert [(job.state, job.tries) for job in jobs(db)] == [("done", 1)]


def test_a_job_waits_until_it_is_due(db: Database, clock: ManualClock, queue: Callable[..., None]) -> None:
    work, seen = failing()
    queue(due_us=clock.now_us() + 60_000_000)
    one = worker(db, clock, {"greet": work})
    assert one.run_due() == 0
    clock.advance(61)
    assert one.run_due() == 1
    assert len(seen) == 1


def test_a_failed_try_is_repeated_after_twice_the_wait_each_time(
    db: Database, clock: ManualClock, queue: Callable[..., None]
) -> None:
    trouble = [CourierUnavailable("steadfast", "away") for _ in range(3)]
    work, seen = failing(*trouble)
    queue()
    one = worker(db, clock, {"greet": work})
    for tries in range(3):
        assert one.run_due() == 1
        wait_s = FIRST_WAIT_S * 2**tries
        clock.advance(wait_s * 0.7)
        assert one.run_due() == 0
        clock.advance(wait_s * 0.6)
    assert one.run_due() == 1
    assert len(seen) == 4
    assert jobs(db)[0].state == "done"


def test_the_wait_never_exceeds_an_hour_by_much(db: Database, clock: ManualClock, queue: Callable[..., None]) -> None:
    work, _ = failing(*[RuntimeError("no")] * 20)
    queue(most_tries=20)
    one = worker(db, clock, {"greet": work})
    for _ in range(19):
        one.run_due()
        job = jobs(db)[0]
        assert job.due_at - clock.now_us() <= LONGEST_WAIT_S * 1.2 * 1_000_000
        clock.advance(LONGEST_WAIT_S * 1.3)


def test_after_the_last_try_a_person_is_asked_once(
    db: Database, clock: ManualClock, queue: Callable[..., None]
) -> None:
    work, seen = failing(*[RuntimeError("broken pipe")] * 9)
    told: list[str] = []
    queue(most_tries=3)
    one = worker(db, clock, {"greet": Work(work.run, lambda tx, job, why: told.append(why))})
    for _ in range(6):
        one.run_due()
        clock.advance(LONGEST_WAIT_S * 1.3)
    assert len(seen) == 3
    assert told == ["RuntimeError: broken pipe"]
    assert jobs(db)[0].state == "failed"
    (case,) = db.read(lambda tx: tx.rows(select(*_R.c)))
    assert case.kind == "job_failed"
    assert "broken pipe" in case.words


def test_what_is_hopeless_is_not_tried_again(db: Database, clock: ManualClock, queue: Callable[..., None]) -> None:
    work, seen = failing(GiveUp("The address does not exist."))
    queue()
    worker(db, clock, {"greet": work}).run_due()
    assert len(seen) == 1
    assert (jobs(db)[0].state, jobs(db)[0].error) == ("failed", "The address does not exist.")


def test_a_job_of_an_unknown_kind_ends_with_a_person(
    db: Database, clock: ManualClock, queue: Callable[..., None]
) -> None:
    queue(kind="teleport")
    worker(db, clock, {}).run_due()
    assert jobs(db)[0].state == "failed"
    assert db.read(lambda tx: len(tx.rows(select(_R.c.id)))) == 1


def test_a_dead_workers_job_is_taken_over_after_its_lease(
    db: Database, clock: ManualClock, queue: Callable[..., None]
) -> None:
    queue()
    db.write(lambda tx: leases.take(tx, "dead", clock.now_us(), 4))
    work, seen = failing()
    other = worker(db, clock, {"greet": work})
    assert other.run_due() == 0
    clock.advance(LEASE_S + 1)
    assert other.run_due() == 1
    assert (len(seen), jobs(db)[0].tries) == (1, 2)


def test_a_worker_that_lost_its_lease_decides_nothing_any_more(
    db: Database, clock: ManualClock, queue: Callable[..., None]
) -> None:
    queue()
    (slow,), _ = db.write(lambda tx: leases.take(tx, "slow", clock.now_us(), 4))
    clock.advance(LEASE_S + 1)
    db.write(lambda tx: leases.take(tx, "quick", clock.now_us(), 4))
    assert not db.write(lambda tx: leases.finish(tx, slow, clock.now_us()))
    assert not db.write(lambda tx: leases.fail(tx, slow, "late", clock.now_us()))
    assert (jobs(db)[0].state, jobs(db)[0].leased_by) == ("running", "quick")


def test_a_worker_that_dies_on_the_last_try_leaves_a_person_to_look(
    db: Database, clock: ManualClock, queue: Callable[..., None]
) -> None:
    queue(most_tries=1)
    db.write(lambda tx: leases.take(tx, "dead", clock.now_us(), 4))
    clock.advance(LEASE_S + 1)
    work, seen = failing()
    worker(db, clock, {"greet": work}).run_due()
    assert seen == []
    assert jobs(db)[0].state == "failed"
    assert db.read(lambda tx: len(tx.rows(select(_R.c.id)))) == 1


def test_many_workers_at_once_do_each_job_exactly_once(
    db: Database, clock: ManualClock, queue: Callable[..., None]
) -> None:
    done: list[str] = []
    lock = threading.Lock()

    def run(payload: Mapping[str, Any]) -> None:
        with lock:
            done.append(payload["name"])

    for number in range(40):
        queue(f"job-{number}")
    workers = [worker(db, clock, {"greet": Work(run)}, name=f"w{i}") for i in range(4)]

    def work_off(one: Worker) -> None:
        while one.run_due() or any(job.state == "waiting" for job in jobs(db)):
            pass

    threads = [threading.Thread(target=work_off, args=(one,)) for one in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == sorted(f"job-{number}" for number in range(40))


def test_a_started_worker_wakes_for_new_work_and_stops(
    db: Database, clock: ManualClock, queue: Callable[..., None]
) -> None:
    arrived = threading.Event()
    one = worker(db, clock, {"greet": Work(lambda payload: arrived.set())})
    one.start()
    queue()
    assert arrived.wait(20)
    one.stop()
    assert not any(thread.is_alive() for thread in one._threads)


def test_a_task_runs_at_its_pace_and_a_failing_one_stops_nothing(db: Database, clock: ManualClock) -> None:
    ran: list[int] = []

    def stumble() -> int:
        raise RuntimeError("no")

    tasks = (Periodic("stumble", 1, stumble), Periodic("count", 10, lambda: ran.append(1) or 1))
    one = Worker(db, clock, {}, name="w", rng=Random(1), ask_a_person=ask_a_person, tasks=tasks)
    for _ in range(5):
        one.run_due()
        clock.advance(4)
    assert len(ran) == 2


def test_a_task_is_due_again_only_after_its_time() -> None:
    task = Periodic("t", 5, lambda: 0)
    next_at: dict[str, int] = {}
    assert due_tasks([task], next_at, 0) == [task]
    assert due_tasks([task], next_at, 4_999_999) == []
    assert due_tasks([task], next_at, 5_000_000) == [task]
