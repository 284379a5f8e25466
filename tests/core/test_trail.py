"""The audit trail as the repair beneath announcements: what others wrote is found once, whatever the order of ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from dokango import topics
from dokango.db import Announcement, Database, open_database
from dokango.orders.lifecycle import commands as c
from dokango.orders.reading.trail import LATE_S, Trail, topics_of, trail_from_now
from dokango.people import staff
from dokango.people.staff import NewStaff
from dokango.stock.receiving import Receipt, ReceivedLine, receive
from tests.small_shop import Shop


@dataclass(frozen=True)
class Entry:
    """A row of the trail, as far as its reader counts it."""

    id: int


def entries(*ids: int) -> list[Entry]:
    return [Entry(event_id) for event_id in ids]


@pytest.fixture
def elsewhere(db: Database, database_url: str) -> Iterator[Database]:
    """The same database, opened by another process."""
    other = open_database(database_url)
    yield other
    other.close()


@pytest.fixture
def trail(shop: Shop) -> Trail:
    """A reader that starts now and hears what this process commits."""
    begun = shop.db.read(trail_from_now)
    shop.db.listen(lambda told: begun.tell(told.events))
    return begun


def look(shop: Shop, trail: Trail) -> set[str]:
    """One reading; the topics that nobody told here."""
    found = shop.db.read(trail.read)
    told: set[str] = shop.db.read(lambda tx: topics_of(tx, trail.untold(found)))
    trail.take(found, 0.0)
    return told


def test_what_this_process_announced_is_not_told_again(shop: Shop, trail: Trail) -> None:
    shop.place(("MUG", 1))
    assert look(shop, trail) == set()


def test_others_commits_between_our_own_are_told_once_and_ours_are_not(
    shop: Shop, trail: Trail, elsewhere: Database
) -> None:
    other = Shop(elsewhere, shop.clock, shop.owner)
    ours, theirs = shop.place(("HONEY", 1), payment={"method": "cod"}), other.place(("MUG", 1))
    shop.do(ours, c.Confirm())
    assert look(shop, trail) == {
        topics.ORDERS, topics.of_order(theirs.number), topics.STOCK, topics.of_sku("MUG"), topics.MESSAGES,
    }  # fmt: skip
    other.do(theirs, c.AddNote(text="calls after five"))
    assert look(shop, trail) == {topics.ORDERS, topics.of_order(theirs.number)}
    assert look(shop, trail) == set()


def test_others_goods_and_people_are_told_by_what_they_are(shop: Shop, trail: Trail, elsewhere: Database) -> None:
    receipt = Receipt(lines=(ReceivedLine(sku="SARI", quantity=1, unit_cost_poisha=90_000),), supplier="Weavers")
    elsewhere.write(lambda tx: receive(tx, shop.owner, shop.clock, receipt, key="second"))
    assert look(shop, trail) == {topics.STOCK, topics.of_sku("SARI")}
    new = NewStaff("mitu", "Mitu", "manager", "a password for tests")
    elsewhere.write(lambda tx: staff.create(tx, shop.owner, new, shop.clock))
    told = look(shop, trail)
    assert topics.PEOPLE in told and topics.ORDERS not in told


def test_an_event_without_an_announcement_counts_as_untold() -> None:
    """A command that forgot its topic is repaired by the poll, not hidden by it."""
    silent, telling = Announcement(set(), {1}), Announcement({topics.ORDERS}, {2})
    assert Announcement.of_all([silent, telling]) == telling


def test_an_id_that_appears_after_a_higher_one_is_still_found(shop: Shop) -> None:
    """PostgreSQL gives ids before it commits: 8 may be seen while 7 is still open."""
    trail = Trail(5)
    trail.take(entries(6, 8), 0.0)
    assert [entry.id for entry in trail.untold(entries(7, 9))] == [7, 9]
    assert trail._gaps == {7: 0.0}
    trail.take(entries(7, 9), 1.0)
    assert trail._gaps == {}


def test_an_own_event_that_appears_late_is_not_told_again() -> None:
    trail = Trail(5)
    trail.tell({7})
    trail.take(entries(8), 0.0)
    trail.take([], 1.0)
    assert trail.untold(entries(7)) == []


def test_an_id_that_was_rolled_back_is_looked_for_no_longer_than_a_transaction_can_be_open() -> None:
    trail = Trail(5)
    trail.take(entries(7), 0.0)
    trail.take([], LATE_S - 1)
    assert list(trail._gaps) == [6]
    trail.take([], LATE_S)
    assert trail._gaps == {}


def test_a_late_event_of_another_transaction_is_read_from_the_database(
    shop: Shop, trail: Trail, elsewhere: Database
) -> None:
    """The gap is filled by a real row: its id lies below the newest that was read."""
    other = Shop(elsewhere, shop.clock, shop.owner)
    theirs = other.place(("MUG", 1))
    trail.take(entries(theirs.event_id + 1), 0.0)  # something newer was seen first
    found: list[Any] = shop.db.read(trail.read)
    assert [entry.id for entry in found] == [theirs.event_id]
    assert topics.of_order(theirs.number) in look(shop, trail)
