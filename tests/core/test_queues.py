"""The tabs of the desk: where an order stands at each moment of its life, and that the counts agree with the lists."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.orders import Done
from dokango.orders.book.queues import QUEUES
from dokango.orders.cases import rows as cases
from dokango.orders.cases.moves import Happened, Matter, close, open_case
from dokango.orders.lifecycle import commands as c
from dokango.orders.reading import lists
from dokango.orders.reading.lists import Wanted
from dokango.people.actor import Actor
from tests.small_shop import Shop, open_shop

COD = {"payment": {"method": "cod"}}
CLAIMED = {"payment": {"method": "bkash", "transaction_id": "BLU1H6X8AA", "sender": "01711000000"}}


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


def tabs_of(shop: Shop, done: Done) -> set[str]:
    """The counted tabs, and Done, in which the order is listed."""
    keys = [queue.key for queue in QUEUES if queue.key != "all"]
    pages = {key: shop.db.read(lambda tx, key=key: lists.page(tx, Wanted(key))) for key in keys}
    return {key for key, page in pages.items() if done.number in [row.number for row in page.rows]}


def held(shop: Shop, done: Done) -> Done:
    return shop.do(done, c.Hold(reason="address"))


def troubled(shop: Shop) -> Done:
    return shop.do(shop.bring_to("shipped"), c.ReportProblem(problem="nobody at home"))


LIVES: dict[str, tuple[Callable[[Shop], Done], set[str]]] = {
    "placed, to be paid by wallet": (lambda s: s.place(("MUG", 1)), {"unpaid"}),
    "placed with a TrxID": (lambda s: s.place(("MUG", 1), **CLAIMED), {"to_verify"}),
    "paid in part": (lambda s: s.settle(s.place(("MUG", 1)), 10_000), {"unpaid"}),
    "paid": (lambda s: s.settle(s.place(("MUG", 1))), {"to_confirm"}),
    "paid too much": (lambda s: s.settle(s.place(("MUG", 1)), 500_000), {"to_confirm", "problems"}),
    "cash on delivery": (lambda s: s.place(("MUG", 1), **COD), {"to_confirm"}),
    "confirmed": (lambda s: s.bring_to("confirmed"), {"to_pack"}),
    "packed": (lambda s: s.bring_to("packed"), {"to_ship"}),
    "shipped": (lambda s: s.bring_to("shipped"), {"in_transit"}),
    "shipped, in trouble": (troubled, {"in_transit", "problems"}),
    "delivered": (lambda s: s.bring_to("delivered"), {"done"}),
    "cancelled unpaid": (lambda s: s.bring_to("cancelled"), {"done"}),
    "cancelled after paying": (lambda s: s.do(s.bring_to("confirmed"), c.Cancel(reason="late")), {"done", "problems"}),
    "held unpaid": (lambda s: held(s, s.place(("MUG", 1))), {"problems"}),
    "held with a TrxID": (lambda s: held(s, s.place(("MUG", 1), **CLAIMED)), {"to_verify", "problems"}),
    "held when packed": (lambda s: held(s, s.bring_to("packed")), {"problems"}),
}


@pytest.mark.parametrize("life", LIVES)
def test_an_order_stands_where_the_next_person_looks_for_it(shop: Shop, life: str) -> None:
    arrange, expected = LIVES[life]
    done = arrange(shop)

    assert tabs_of(shop, done) == expected


def test_counts_agree_with_the_lists(shop: Shop) -> None:
    for arrange, _ in LIVES.values():
        if arrange is not LIVES["placed with a TrxID"][0] and arrange is not LIVES["held with a TrxID"][0]:
            arrange(shop)
    counts = shop.db.read(lists.counts)
    listed = {key: len(shop.db.read(lambda tx, key=key: lists.page(tx, Wanted(key, limit=100))).rows) for key in counts}

    assert counts == listed
    assert sum(counts.values()) > 10


def test_an_open_case_makes_its_order_a_problem_until_it_is_closed(shop: Shop) -> None:
    done = shop.bring_to("shipped")
    matter = Matter(f"order/{done.order_id}", done.order_id)
    case_id = shop.db.write(lambda tx: open_case(tx, matter, "lost", Happened("lost/1", "Lost", 1)))
    assert tabs_of(shop, done) == {"in_transit", "problems"}

    shop.db.write(lambda tx: close(tx, cases.by_id(tx, case_id), "found", Happened("found/1", "Found", 2)))
    assert tabs_of(shop, done) == {"in_transit"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("queue", [queue.key for queue in QUEUES if queue.where and queue.key != "problems"])
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("place", [{}, {"place_0": 1, "place_1": 1}], ids=["first page", "page far down"])
def test_each_queue_is_read_from_its_own_index_without_sorting(
    shop: Shop, queue: str, place: dict[str, int], backwards: bool
) -> None:
    listed = lists._listed(lists._Shape(queue, frozenset(), False, "sqlite"))
    statement = listed.statement(bounded=bool(place), backwards=backwards).compiled("sqlite")
    values = statement.bind({"most": 26, **place})
    plan = shop.db.read(lambda tx: tx.connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", values).fetchall())
    words = " ".join(str(row[-1]) for row in plan)

    assert f"USING INDEX order_{queue}" in words
    assert not re.search("TEMP B-TREE|SCAN order$", words)
