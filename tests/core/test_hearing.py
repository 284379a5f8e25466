"""What one process commits, others hear from PostgreSQL as it is committed: no more, no less, and after a gap all."""

from __future__ import annotations

import json
import queue
from collections.abc import Iterator

import pytest

from dokango import topics
from dokango.db import EVERYTHING, Announcement, Database, Tx, open_database
from dokango.db.hearing import MOST_BYTES, announcement_in, payload_of
from dokango.orders.lifecycle import commands as c
from tests.core.cut_line import CutLine, line_to
from tests.small_shop import Shop

PATIENCE_S = 10.0
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


class Heard:
    """A listener that can be asked."""

    def __init__(self) -> None:
        self._queue: queue.Queue[Announcement] = queue.Queue()

    def __call__(self, announcement: Announcement) -> None:
        self._queue.put(announcement)

    def next(self) -> Announcement:
        """The next announcement, waited for."""
        return self._queue.get(timeout=PATIENCE_S)


@pytest.fixture
def elsewhere(db: Database, database_url: str) -> Iterator[Database]:
    """The same database, opened by another process."""
    other = open_database(database_url)
    yield other
    other.close()


@on_postgresql
def test_another_process_hears_what_was_committed_and_not_what_was_taken_back(shop: Shop, elsewhere: Database) -> None:
    class Regret(Exception):
        """Taken back."""

    def regret(tx: Tx) -> None:
        tx.changed(topics.CATALOGUE)
        raise Regret

    heard = Heard()
    elsewhere.hear(heard)
    with pytest.raises(Regret):
        shop.db.write(regret)
    order = shop.place(("MUG", 1))
    told = heard.next()
    assert told.topics >= {topics.ORDERS, topics.of_order(order.number), topics.of_sku("MUG")}
    assert topics.CATALOGUE not in told.topics
    assert told.events


@on_postgresql
def test_nobody_hears_themselves(shop: Shop, elsewhere: Database) -> None:
    here = Heard()
    shop.db.hear(here)
    order = shop.place(("MUG", 1))
    Shop(elsewhere, shop.clock, shop.owner).do(order, c.AddNote(text="calls after five"))
    first = here.next()
    assert first.topics == {topics.ORDERS, topics.of_order(order.number)}, "the order's own placing came back"


@on_postgresql
def test_a_listener_that_fails_keeps_nothing_from_the_others(shop: Shop, elsewhere: Database) -> None:
    def fails(_: Announcement) -> None:
        raise RuntimeError

    heard = Heard()
    elsewhere.hear(fails)
    elsewhere.hear(heard)
    shop.place(("MUG", 1))
    shop.place(("MUG", 1))
    assert topics.ORDERS in heard.next().topics
    assert topics.ORDERS in heard.next().topics


@pytest.fixture
def line(database_url: str) -> Iterator[CutLine]:
    """A line to the database that can break."""
    with line_to(database_url) as line:
        yield line


@on_postgresql
def test_after_a_gap_everything_counts_as_changed_and_what_follows_is_heard(shop: Shop, line: CutLine) -> None:
    far = open_database(line.url)
    heard = Heard()
    far.hear(heard)
    line.go_down()
    shop.place(("MUG", 1))
    line.come_up()
    assert heard.next().topics == {EVERYTHING}
    shop.place(("MUG", 1))
    assert topics.ORDERS in heard.next().topics
    far.close()


@on_postgresql
def test_a_change_of_very_much_arrives_as_a_change_of_everything(shop: Shop, elsewhere: Database) -> None:
    heard = Heard()
    elsewhere.hear(heard)
    shop.db.write(lambda tx: tx.changed(*(topics.of_sku(f"SKU-{n:06}") for n in range(2_000))))
    assert heard.next().topics == {EVERYTHING}


@pytest.mark.parametrize(
    "topic", ["sku:Bob's 'best' \\ mug", "sku:লাল শাড়ি", 'sku:"; DROP TABLE event; --', "sku:" + "ঝ" * 200]
)
@on_postgresql
def test_whatever_a_name_is_made_of_it_arrives_as_it_is(shop: Shop, elsewhere: Database, topic: str) -> None:
    heard = Heard()
    elsewhere.hear(heard)
    shop.db.write(lambda tx: tx.changed(topic))
    assert heard.next().topics == {topic}


@pytest.mark.parametrize("count", [0, 1, 100, 300, 700, 10_000])
def test_what_travels_fits_always(count: int) -> None:
    told = Announcement({topics.of_sku("ঝ" * (n % 7) + str(n)) for n in range(count)}, set(range(count)))
    travels = payload_of(told, "somebody")
    assert len(travels.encode()) <= MOST_BYTES
    assert announcement_in(travels, but_not="nobody") in (told, Announcement.of_everything())


@pytest.mark.parametrize(
    "payload", ["", "hello", "[]", "null", "{}", json.dumps({"by": "x", "topics": 1, "events": []}),
                json.dumps({"by": "x", "topics": [], "events": ["one"]})],
)  # fmt: skip
def test_what_another_program_says_on_the_channel_is_passed_over(payload: str) -> None:
    assert announcement_in(payload, but_not="me") is None
