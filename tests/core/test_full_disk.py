"""A disk that takes nothing: said as it is, nothing half done, and well again when there is room."""

from __future__ import annotations

import sqlite3

import pytest

from dokango.db import Database
from dokango.db.sqlite import SqliteDatabase
from dokango.errors import CannotKeep
from tests.small_shop import Shop

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_MANY = 2**30


def fill_up(db: Database) -> None:
    """No page more than there are."""
    _most_pages(db, 1)


def make_room(db: Database) -> None:
    """As many as are wanted."""
    _most_pages(db, _MANY)


def _most_pages(db: Database, most: int) -> None:
    assert isinstance(db, SqliteDatabase)
    db._writer.execute(f"PRAGMA max_page_count = {most}")


def place_until_full(shop: Shop) -> None:
    """Orders, until there is no page for another."""
    for _ in range(200):
        shop.place(("MUG", 1))


def test_a_full_disk_is_said_and_leaves_nothing_half_done(shop: Shop) -> None:
    fill_up(shop.db)
    with pytest.raises(CannotKeep, match=r"The disk is full, so nothing was changed\. Make room"):
        place_until_full(shop)
    assert shop.db.cannot_keep
    make_room(shop.db)
    assert shop.place(("MUG", 1)).number
    assert shop.db.cannot_keep == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("database or disk is full", "The disk is full"),
        ("attempt to write a readonly database", "may only be read"),
        ("disk I/O error", "did not take"),
    ],
)
def test_each_way_in_which_a_disk_refuses_has_its_sentence(shop: Shop, words: str, said: str) -> None:
    def command(tx: object) -> None:
        raise sqlite3.OperationalError(words)

    with pytest.raises(CannotKeep, match=said):
        shop.db.write(command)


def test_a_fault_of_our_own_is_not_called_the_disks(shop: Shop) -> None:
    with pytest.raises(sqlite3.OperationalError):
        shop.db.write(lambda tx: tx.script("SELECT nonsense FROM nowhere"))
    assert shop.db.cannot_keep == ""
