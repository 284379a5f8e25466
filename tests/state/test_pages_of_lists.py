"""Previous and next on every page that shows a list, through the gate: the same rows both ways, and the place kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from dokango import topics
from dokango.clock import US_PER_S
from dokango.db import Tx
from dokango.orders.lifecycle import commands as c
from dokango.paging import ROWS
from dokango.people.actor import Actor
from dokango.stock.receiving import Receipt, ReceivedLine, receive
from dokango_web.dokango_web import app
from state.catalogue.products import ProductsState
from state.cod.held import HeldCashState
from state.cod.payouts import PayoutsState
from state.kit import live
from state.orders.lists import OrdersState
from state.owner.books import BooksState
from state.owner.insights import InsightsState
from state.pack.queue import PackState
from state.problems.lists import ProblemsState
from state.settings.mail import OutboxState
from state.shipping.lists import ShippingState
from state.stock.shelf import StockState
from tests.core.payouts import Paying, as_csv
from tests.small_shop import Shop, add_product, open_shop
from tests.state.desk import Browser, Desk

COD = {"payment": {"method": "cod"}}
DAY = "2026-11-22"


@dataclass(frozen=True)
class Listing:
    """A list on a page: where it stands, the vars it fills, how a row comes into it, and what its commit announces."""

    path: str
    state: Any
    rows: str
    key: str
    add: Callable[[Shop, int], Any]
    topic: str
    previous: str = "previous_url"
    next: str = "next_url"

    def shown(self, tab: Browser) -> list[str]:
        """What tells the rows apart that a tab shows."""
        return [row[self.key] for row in tab.sees(self.state, self.rows)]

    def ways(self, tab: Browser) -> tuple[str, str]:
        """Where *Previous* and *Next* lead."""
        return tab.sees(self.state, self.previous), tab.sees(self.state, self.next)


def _place(shop: Shop, _: int) -> None:
    shop.place(("CARD", 1), **COD)


def _confirm(shop: Shop, _: int) -> None:
    shop.bring_to("confirmed", ("CARD", 1), **COD)


def _pack(shop: Shop, _: int) -> None:
    shop.bring_to("packed", ("CARD", 1), **COD)


def _trouble(shop: Shop, _: int) -> None:
    shop.do(shop.bring_to("shipped", ("CARD", 1), **COD), c.ReportProblem(problem="away"))


def _product(shop: Shop, turn: int) -> None:
    def add(tx: Tx) -> None:
        add_product(tx, f"NEW.{turn:03}", "New thing", 100)
        tx.changed(topics.CATALOGUE)

    shop.db.write(add)


def _receive(shop: Shop, turn: int) -> None:
    goods = Receipt(lines=(ReceivedLine(sku="MUG", quantity=1, unit_cost_poisha=100),), supplier="Potters")
    shop.db.write(lambda tx: receive(tx, shop.owner, shop.clock, goods, key=f"mug-{turn}"))


def _held(shop: Shop, _: int) -> None:
    shop.bring_to("delivered", ("CARD", 1), **COD)


def _pay_out(shop: Shop, turn: int) -> None:
    paying = Paying(shop)
    row = (paying.name(shop.bring_to("delivered", ("CARD", 1), **COD)), "", 250, 50, 200)
    paying.book(paying.read(as_csv(row), f"P-{turn}"))


LISTINGS = {
    "payouts": Listing("/cod/payouts", PayoutsState, "rows", "id", _pay_out, topics.ORDERS),
    "held by couriers": Listing("/cod", HeldCashState, "orders", "number", _held, topics.ORDERS),
    "held by one": Listing("/cod?courier=rider", HeldCashState, "orders", "number", _held, topics.ORDERS),
    "orders": Listing("/orders?tab=to_confirm", OrdersState, "rows", "number", _place, topics.ORDERS),
    "to pack": Listing("/pack", PackState, "rows", "number", _confirm, topics.ORDERS),
    "to ship": Listing("/shipping", ShippingState, "rows", "number", _pack, topics.ORDERS),
    "problems": Listing("/problems?who=nobody", ProblemsState, "rows", "number", _trouble, topics.ORDERS),
    "outbox": Listing("/settings?part=outbox", OutboxState, "rows", "id", _place, topics.MESSAGES),
    "products": Listing("/products?q=new", ProductsState, "rows", "id", _product, topics.CATALOGUE),
    "shelf": Listing("/stock?q=new", StockState, "rows", "sku", _product, topics.CATALOGUE),
    "movements": Listing(
        "/stock?sku=MUG", StockState, "opened_movements", "id", _receive, topics.STOCK, "later_moves_url",
        "earlier_moves_url",
    ),
    "journal": Listing("/books?tab=journal", BooksState, "entries", "key", _place, topics.ORDERS),
    "orders behind a bar": Listing(
        f"/insights?bar={DAY}", InsightsState, "bar_rows", "number", _place, topics.ORDERS, "bar_previous_url",
        "bar_next_url",
    ),
}  # fmt: skip
each_list = pytest.mark.parametrize("one", LISTINGS.values(), ids=LISTINGS)


@pytest.fixture
def shop(desk: Desk, owner: Actor) -> Shop:
    """A stocked shop under the desk."""
    return open_shop(desk.db, desk.clock, owner)


async def opened(desk: Desk, shop: Shop, one: Listing, count: int) -> Browser:
    """A tab on the list, after `count` rows more came into it."""
    for turn in range(count):
        one.add(shop, turn)
    tab = await desk.browser("owner")
    await tab.arrive(one.path)
    return tab


@each_list
async def test_previous_leads_back_to_the_rows_that_next_left(desk: Desk, shop: Shop, one: Listing) -> None:
    tab = await opened(desk, shop, one, 2 * ROWS + 3)
    pages, backs = [one.shown(tab)], []
    assert one.ways(tab)[0] == ""
    while one.ways(tab)[1]:
        await tab.arrive(one.ways(tab)[1])
        pages.append(one.shown(tab))
    assert len(pages) > 2 and {len(page) for page in pages[:-1]} == {ROWS} and pages[-1]
    assert len({key for page in pages for key in page}) == sum(map(len, pages))
    while one.ways(tab)[0]:
        await tab.arrive(one.ways(tab)[0])
        backs.append(one.shown(tab))
    assert backs == pages[-2::-1]


@each_list
async def test_a_page_that_is_refreshed_stays_where_it_is(desk: Desk, shop: Shop, one: Listing) -> None:
    tab = await opened(desk, shop, one, 2 * ROWS)
    await tab.arrive(one.ways(tab)[1])
    second, ways = one.shown(tab), one.ways(tab)
    assert ways[0] and len(second) >= ROWS - 1
    one.add(shop, 2 * ROWS)
    await live.refresh(app, {one.topic})
    assert [key for key in second if key not in one.shown(tab)] == []
    assert one.ways(tab)[0] == ways[0]


@each_list
async def test_a_link_of_somebodys_own_making_shows_the_first_page(desk: Desk, shop: Shop, one: Listing) -> None:
    tab = await opened(desk, shop, one, ROWS + 2)
    first = one.shown(tab)
    mark = "moved" if one.rows == "opened_movements" else "cursor"
    await tab.arrive(f"{one.path}{'&' if '?' in one.path else '?'}{mark}=after.rubbish.1.2.3")
    assert first and (one.shown(tab) == first or one is LISTINGS["shelf"])
    assert tab.told == []


async def test_a_row_over_a_full_page_makes_next_appear_without_a_reload(desk: Desk, shop: Shop) -> None:
    one = LISTINGS["orders"]
    tab = await opened(desk, shop, one, ROWS)
    assert one.ways(tab) == ("", "")
    shop.clock.advance(US_PER_S)
    one.add(shop, ROWS)
    await live.refresh(app, {one.topic})
    assert one.ways(tab)[1] != "" and len(one.shown(tab)) == ROWS


async def test_exactly_a_page_of_movements_promises_no_more(desk: Desk, shop: Shop) -> None:
    one = LISTINGS["movements"]
    tab = await opened(desk, shop, one, ROWS - 1)  # and the opening receipt
    assert (len(one.shown(tab)), one.ways(tab)) == (ROWS, ("", ""))


async def test_another_sku_begins_with_its_newest_movements(desk: Desk, shop: Shop) -> None:
    one = LISTINGS["movements"]
    tab = await opened(desk, shop, one, ROWS)
    await tab.arrive(one.ways(tab)[1])
    await tab.call(StockState.open_sku, sku="HONEY")
    assert tab.redirects[-1] == "/stock?sku=HONEY"


async def test_when_the_rows_of_the_last_page_have_gone_the_page_before_is_shown(desk: Desk, shop: Shop) -> None:
    one = LISTINGS["to pack"]
    tab = await opened(desk, shop, one, ROWS + 1)
    first, following = one.shown(tab), one.ways(tab)[1]
    await tab.arrive(following)
    (number,) = one.shown(tab)
    shop.do(number, c.Pack())
    await tab.arrive(following)
    assert one.shown(tab) == first
