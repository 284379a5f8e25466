"""The bell: what is news to whom."""

from __future__ import annotations

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.notify import notices
from dokango.orders.lifecycle import commands as c
from dokango.people import staff
from dokango.people.actor import SYSTEM, Actor, customer
from dokango.people.staff import NewStaff
from tests.small_shop import Shop, open_shop


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


def take_on(shop: Shop, login: str) -> int:
    new = NewStaff(login, login.title(), "packer", "a password for tests")
    return shop.db.write(lambda tx: staff.create(tx, SYSTEM, new, shop.clock))


def unread(shop: Shop, user_id: int) -> int:
    return shop.db.read(lambda tx: notices.unread(tx, user_id))


def test_what_happened_before_ones_first_day_is_no_news(shop: Shop) -> None:
    shop.place(("MUG", 1))
    piyal = take_on(shop, "piyal")
    assert unread(shop, piyal) == 0

    shop.place(("MUG", 1))
    assert unread(shop, piyal) == 1


def test_each_reads_the_bell_for_themselves(shop: Shop) -> None:
    piyal, mitu = take_on(shop, "piyal"), take_on(shop, "mitu")
    done = shop.place(("MUG", 1))
    shop.do(done, c.Cancel(reason="changed my mind"), actor=customer("Rahima Akter"))
    latest = shop.db.read(lambda tx: notices.latest(tx, piyal))
    assert [(notice.number, notice.unread) for notice in latest] == [(done.number, True)] * 2

    shop.db.write(lambda tx: notices.mark_read(tx, piyal, latest[0].id))
    assert (unread(shop, piyal), unread(shop, mitu)) == (0, 2)


def test_reading_never_goes_backwards(shop: Shop) -> None:
    piyal = take_on(shop, "piyal")
    shop.place(("MUG", 1))
    newest = shop.db.read(lambda tx: notices.latest(tx, piyal))[0].id
    shop.db.write(lambda tx: notices.mark_read(tx, piyal, newest))

    shop.db.write(lambda tx: notices.mark_read(tx, piyal, newest - 1))

    assert unread(shop, piyal) == 0
