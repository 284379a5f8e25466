"""What has ended is let go after its days, what has not stays, and the history of an order never goes."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from dokango.audit import Event
from dokango.db import table_of
from dokango.jobs.models import Job
from dokango.jobs.queue import enqueue
from dokango.ledger.models import Posting
from dokango.orders.lifecycle import commands as c
from dokango.pruning import round as pruning
from dokango.pruning.table import TABLE, LetGo
from dokango.shop.profile import load_profile
from dokango.stock.models import Movement
from tests.core.couriered import COD
from tests.small_shop import Shop

DAY_S = 86_400
FOR_EVER = (Event, Posting, Movement)
_J = table_of(Job)


def count(shop: Shop, row: LetGo) -> int:
    return int(shop.db.read(lambda tx: tx.value(select(func.count()).select_from(row.table))))


def lived(shop: Shop) -> None:
    """Orders that leave something of every kind behind."""
    order = shop.bring_to("delivered", ("MUG", 1), **COD)
    shop.do(order, c.AddNote(text="left at the gate"))
    shop.db.write(lambda tx: enqueue(tx, "sync", "old work", {}, now_us=shop.clock.now_us()))
    shop.db.write(lambda tx: tx.run(_J.update().values(state="done", ended_at=shop.clock.now_us())))
    shop.db.write(lambda tx: enqueue(tx, "sync", "waits", {}, now_us=shop.clock.now_us()))


def test_what_is_done_goes_after_its_days_and_what_waits_stays(shop: Shop) -> None:
    lived(shop)
    days = TABLE[0].days(shop.db.read(load_profile))
    shop.clock.advance((days - 1) * DAY_S)
    pruning.let_go(shop.db, shop.clock)
    assert shop.db.read(lambda tx: tx.value(select(func.count()).where(_J.c.key == "old work"))) == 1
    shop.clock.advance(2 * DAY_S)
    pruning.let_go(shop.db, shop.clock)
    assert [row.key for row in shop.db.read(lambda tx: tx.rows(select(_J.c.key).where(_J.c.state == "done")))] == []
    assert shop.db.read(lambda tx: tx.value(select(func.count()).where(_J.c.key == "waits"))) == 1


def test_the_history_of_orders_stays_for_ever(shop: Shop) -> None:
    lived(shop)
    before = {model: _rows(shop, model) for model in FOR_EVER}
    shop.clock.advance(3_650 * DAY_S)
    assert pruning.let_go(shop.db, shop.clock) > 0
    assert {model: _rows(shop, model) for model in FOR_EVER} == before
    assert pruning.let_go(shop.db, shop.clock) == 0


def _rows(shop: Shop, model: type) -> int:
    return int(shop.db.read(lambda tx: tx.value(select(func.count()).select_from(table_of(model)))))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_nothing_goes_where_the_owner_says_never(shop: Shop, row: LetGo) -> None:
    lived(shop)
    shop.set_profile(**{one.setting: 0 for one in TABLE})
    before = count(shop, row)
    shop.clock.advance(3_650 * DAY_S)
    pruning.let_go(shop.db, shop.clock)
    assert count(shop, row) == before


def test_it_goes_in_steps_and_what_is_left_goes_next_time(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "AT_ONCE", 2)
    monkeypatch.setattr(pruning, "MOST_STEPS", 2)
    for number in range(7):
        shop.db.write(lambda tx, n=number: enqueue(tx, "sync", f"work {n}", {}, now_us=shop.clock.now_us()))
    shop.db.write(lambda tx: tx.run(_J.update().values(state="done", ended_at=shop.clock.now_us())))
    done = count(shop, TABLE[0])
    shop.clock.advance(100 * DAY_S)
    for _ in range(3):
        pruning.let_go(shop.db, shop.clock)
    assert count(shop, TABLE[0]) == max(0, done - 12)
