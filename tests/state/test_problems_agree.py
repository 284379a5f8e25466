"""A number that stands beside "problems", or beside what goes wrong, is that of the list it leads to."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from dokango.clock import ManualClock
from dokango.db import Database, Tx
from dokango.orders.cases import lists as cases
from dokango.orders.cases.moves import Happened, Matter, open_case
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels import lists as parcels
from dokango.orders.reading import lists
from dokango.orders.reading.lists import Wanted
from dokango.orders.reading.problems import problems
from dokango.people.actor import Actor
from dokango.reports.going_wrong import what_is_wrong
from dokango.stock.shelf import shelf_page
from state.orders.url import read_url
from state.problems.url import read_url as problems_url
from tests.small_shop import Shop, add_product, open_shop

DAY_S = 86_400
CLAIMED = {"payment": {"method": "bkash", "transaction_id": "BLU1H6X8A1"}}


@pytest.fixture
def troubled(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    """A shop in which everything that can go wrong has, some of it twice on one order."""
    shop = open_shop(db, clock, owner)
    db.write(lambda tx: add_product(tx, "NEVER", "Never came in", 10_000))
    shop.place(("MUG", 1), **CLAIMED)
    shop.place(("MUG", 1))
    clock.advance(5 * DAY_S)
    shop.place(("MUG", 1))
    held = shop.settle(shop.place(("MUG", 1)), 500_000)
    shop.do(held, c.Hold(reason="address"))
    shop.do(shop.place(("MUG", 1)), c.Hold(reason="stock"))
    shop.do(shop.bring_to("confirmed", ("MUG", 1)), c.Cancel(reason="changed their mind"))
    away = shop.bring_to("shipped", ("MUG", 1))
    shop.do(away, c.ReportProblem(problem="not at home"))
    ended = shop.bring_to("delivered", ("MUG", 1))
    for key, order in (("job/1", away), ("job/2", ended)):
        shop.db.write(
            lambda tx, key=key, order=order: open_case(
                tx, Matter(key, order.order_id), "job_failed", Happened(key, "It failed.", clock.now_us())
            )
        )
    return shop


def listed(tx: Tx, href: str) -> int:
    """How many rows the list behind a link has."""
    split = urlsplit(href)
    query = dict(parse_qsl(split.query))
    if split.path == "/stock":
        return len(shelf_page(tx, low_only=query["low"] == "1", size=1_000).rows)
    if split.path == "/shipping":
        return len(parcels.parcels_page(tx, query["tab"]).rows)
    if split.path == "/problems":
        return len(cases.page(tx, problems_url(query).wanted("")).rows)
    return len(lists.page(tx, read_url(query).wanted()).rows)


def test_the_tab_holds_the_orders_of_the_one_list_and_counts_them(troubled: Shop) -> None:
    waiting = {problem.order for problem in troubled.db.read(problems)}
    tab = [row.number for row in troubled.db.read(lambda tx: lists.page(tx, Wanted("problems")).rows)]
    assert sorted(tab) == sorted(waiting)
    assert troubled.db.read(lists.counts)["problems"] == len(tab) == 5


def test_what_a_failed_job_left_is_listed_once(troubled: Shop) -> None:
    ids = [problem.id for problem in troubled.db.read(problems)]
    assert len(ids) == len(set(ids))
    assert [problem.kind for problem in troubled.db.read(problems)].count("job_failed") == 2


def test_each_thing_that_goes_wrong_leads_to_as_many_rows_as_it_counts(troubled: Shop) -> None:
    wrong = troubled.db.read(lambda tx: what_is_wrong(tx, troubled.clock.now_us()))
    counted = {one.words: one.count for one in wrong}
    assert counted == {
        "refunds owed to customers": 2,
        "problems that need us": 3,
        "orders on hold": 2,
        "TrxID to verify on an order from before today": 1,
        "orders not shipped after 3 days": 2,
        "item low in stock or sold out": 1,
    }
    assert {one.words: troubled.db.read(lambda tx, one=one: listed(tx, one.href)) for one in wrong} == counted


def test_the_word_stands_over_no_other_list(troubled: Shop) -> None:
    assert "problems" not in parcels.TABS
