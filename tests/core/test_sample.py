"""The sample shop is whole, in every state, the same for the same seed, and drawn by our own code."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from dokango.checks import run_checks
from dokango.clock import ManualClock
from dokango.db import Database, Tx, table_of
from dokango.notify.models import Message
from dokango.orders.book.models import Order
from dokango.sample.make import is_empty, sample
from dokango.sample.ordering import order
from dokango.sample.pictures import FOLDER, draw_all
from dokango.sample.stage import SampleOrder, Stage
from dokango.sample.stories import STORIES
from dokango.stock.models import Level

_O, _M = table_of(Order), table_of(Message)


@pytest.fixture
def shop(db: Database, clock: ManualClock) -> Database:
    sample(db, clock, Random(1971))
    return db


def _column(db: Database, name: str) -> list[str]:
    return [row[0] for row in db.read(lambda tx: tx.rows(select(_O.c[name]).order_by(_O.c.id)))]


def test_the_books_and_the_stock_of_the_sample_are_right(shop: Database) -> None:
    assert [result.name for result in shop.read(run_checks) if result.problems] == []


def test_every_status_and_every_state_of_money_has_an_order(shop: Database) -> None:
    assert set(_column(shop, "status")) == {"pending", "confirmed", "shipped", "delivered", "cancelled", "returned"}
    assert set(_column(shop, "money")) == {
        "unpaid", "claimed", "part_paid", "paid", "cod_due", "cod_with_courier", "refund_due", "refunded",
    }  # fmt: skip


def test_fifty_units_at_five_hundred_wait_for_the_first_order(shop: Database) -> None:
    level = table_of(Level)
    rows = shop.read(lambda tx: tx.rows(select(level.c.on_hand, level.c.reserved, level.c.value_poisha)))
    assert (50, 0, 2_500_000) in rows


def test_orders_are_numbered_in_the_order_of_time_and_end_now(shop: Database, clock: ManualClock) -> None:
    placed = [int(at_us) for at_us in _column(shop, "placed_at")]
    assert placed == sorted(placed)
    assert max(int(at_us) for at_us in _column(shop, "changed_at")) <= clock.now_us()


def test_a_buyer_whose_orders_wait_calls_the_shop_for_more(shop: Database, clock: ManualClock) -> None:
    unpaid = next(story for story in STORIES if story.name == "unpaid")

    def go_on(tx: Tx) -> list[SampleOrder]:
        stage = Stage(tx, clock, Random(7), 9_000_000)
        return [order(stage, unpaid) for _ in range(60)]

    buyers = [placed.buyer.phone for placed in shop.write(go_on)]
    assert max(buyers.count(phone) for phone in buyers) > 3


def test_the_sample_is_only_for_an_empty_shop(db: Database, clock: ManualClock) -> None:
    assert db.read(is_empty)
    sample(db, clock, Random(1))
    assert not db.read(is_empty)


def test_nobody_of_the_sample_is_ever_written_to(shop: Database) -> None:
    waiting = shop.read(lambda tx: tx.value(select(func.count()).where(_M.c.state == "waiting")))
    assert waiting == 0


def test_the_committed_pictures_are_the_drawn_ones(tmp_path: Path) -> None:
    draw_all(tmp_path)
    drawn = {file.name: file.read_text() for file in tmp_path.iterdir()}
    assert drawn == {file.name: file.read_text() for file in FOLDER.iterdir()}
