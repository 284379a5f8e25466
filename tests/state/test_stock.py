"""The stock page's states, through the gate: receiving, counting, and that cost stays with those who may see it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dokango import topics
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from dokango_web.dokango_web import app
from state.kit import live
from state.stock.count import CountState
from state.stock.receive import ReceiveState
from state.stock.shelf import StockState
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk

TAKA = 100


@pytest.fixture
def shop(desk: Desk, owner: Actor) -> Shop:
    """A stocked shop under the desk."""
    return open_shop(desk.db, desk.clock, owner)


def row(tab: Browser, sku: str) -> dict[str, str]:
    """One row of the table as the tab shows it."""
    return next(r for r in tab.sees(StockState, "rows") if r["sku"] == sku)


async def test_the_owner_sees_what_is_there_and_what_it_cost(desk: Desk, shop: Shop) -> None:
    shop.place(("MUG", 2))
    tab = await desk.browser("owner")
    await tab.arrive("/stock")
    mug = row(tab, "MUG")
    assert (mug["on_hand"], mug["reserved"], mug["available"]) == ("50", "2", "48")
    assert (mug["cost"], mug["value"]) == ("৳500.00", "৳25,000.00")


async def test_what_is_reserved_says_how_much_of_it_nobody_has_confirmed(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 9), payment={"method": "cod"})
    shop.bring_to("confirmed", ("MUG", 3))
    tab = await desk.browser("viewer")
    await tab.arrive("/stock?sku=MUG")
    mug = row(tab, "MUG")
    assert (mug["reserved"], mug["unconfirmed"]) == ("12", "of which 9 unconfirmed")
    assert tab.sees(StockState, "opened")["unconfirmed"] == "of which 9 unconfirmed"
    shop.do(order, c.Confirm())
    await live.refresh(app, {topics.STOCK})
    await asyncio.sleep(0.05)
    assert (row(tab, "MUG")["reserved"], row(tab, "MUG")["unconfirmed"]) == ("12", "")


def test_a_confirm_is_news_to_the_stock_page(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 1), payment={"method": "cod"})
    heard: list[set[str]] = []
    shop.db.listen(lambda announcement: heard.append(set(announcement.topics)))
    shop.do(order, c.Confirm())
    shop.do(order, c.Pack())
    assert [topics.STOCK in told for told in heard] == [True, False]


@pytest.mark.parametrize("role", ["packer", "viewer"])
async def test_no_cost_is_ever_sent_to_who_may_not_see_it(desk: Desk, shop: Shop, role: str) -> None:
    shop.bring_to("delivered", ("HONEY", 2))  # at 300.01 each: a cost that nothing else shows
    tab = await desk.browser(role)
    await tab.arrive("/stock?sku=HONEY")
    await tab.call(ReceiveState.open, sku="HONEY")
    await tab.call(CountState.open, sku="HONEY")
    await tab.call(CountState.submit, form={"sku-1": "HONEY", "quantity-1": "1", "reason": "x"})
    assert tab.sees(StockState, "opened")["on_hand"] == "5"
    sent = " ".join(tab.received)
    for secret in ("300.01", "1,500.05", "600.02", "30001"):
        assert secret not in sent
    assert len(tab.told) == 3  # each refused


@pytest.mark.parametrize("role", ["packer", "viewer"])
@pytest.mark.parametrize("handler", [ReceiveState.submit, CountState.submit])
async def test_receiving_and_counting_are_refused_to_packer_and_viewer(
    desk: Desk, shop: Shop, role: str, handler: Any
) -> None:
    tab = await desk.browser(role)
    await tab.arrive("/stock")
    await tab.call(handler, form={"sku-1": "MUG", "quantity-1": "1", "cost-1": "1", "reason": "x"})
    assert "Your role may not" in tab.told[0]
    assert shop.level("MUG")[0] == 50


async def test_goods_received_twice_by_a_double_click_come_in_once(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/stock")
    await tab.call(ReceiveState.open, sku="MUG")
    form = {"sku-1": "MUG", "quantity-1": "১০", "cost-1": "620", "supplier": "Potters", "paid_from": "bank"}
    await tab.call(ReceiveState.submit, form=form)
    await tab.call(ReceiveState.submit, form=form)
    assert shop.level("MUG") == (60, 0, 31_200 * TAKA)
    assert shop.balance("cash:bank") == -6_200 * TAKA
    assert tab.told[0] == "10 units received."
    assert tab.sees(ReceiveState, "is_open") is False
    await tab.call(ReceiveState.open)
    await tab.call(ReceiveState.submit, form=form)
    assert shop.level("MUG")[0] == 70


async def test_each_wrong_field_gets_its_sentence_and_nothing_comes_in(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await tab.arrive("/stock")
    await tab.call(ReceiveState.open)
    for _ in range(3):
        await tab.call(ReceiveState.add_line)
    form = {
        "sku-1": "MUG", "quantity-1": "10", "cost-1": "500",
        "sku-2": "", "quantity-2": "-1", "cost-2": "",
        "sku-3": "MUG", "quantity-3": "2.5", "cost-3": "1e9",
        "paid_from": "the moon", "supplier": "x" * 200,
    }  # fmt: skip
    await tab.call(ReceiveState.submit, form=form)
    assert set(tab.sees(ReceiveState, "errors")) == {
        "sku-2", "quantity-2", "cost-2", "quantity-3", "cost-3", "paid_from", "supplier",
    }  # fmt: skip
    await tab.call(ReceiveState.submit, form={"sku-1": "MUG", "quantity-1": "1", "cost-1": "1", "sku-3": "NOPE",
                                              "quantity-3": "1", "cost-3": "1"})  # fmt: skip
    assert "There is no SKU NOPE" in tab.sees(ReceiveState, "errors")["sku-3"]
    assert tab.sees(ReceiveState, "is_open") is True
    assert shop.level("MUG")[0] == 50


async def test_a_count_shows_its_differences_before_it_is_saved(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/stock")
    await tab.call(CountState.open, sku="MUG")
    form = {"sku-1": "MUG", "quantity-1": "47", "reason": "rain"}
    await tab.call(CountState.submit, form=form)
    shown = tab.sees(CountState, "shown")[0]
    assert (shown["on_hand"], shown["counted"], shown["change"], shown["value"]) == ("50", "47", "−3", "−৳1,500.00")
    assert shop.level("MUG")[0] == 50
    await tab.call(CountState.submit, form=form)
    assert shop.level("MUG") == (47, 0, 23_500 * TAKA)
    assert shop.balance("expense:write-off") == 1_500 * TAKA


async def test_a_count_is_not_saved_when_stock_moved_meanwhile(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 2))
    tab = await desk.browser("owner")
    await tab.arrive("/stock")
    await tab.call(CountState.open)
    form = {"sku-1": "MUG", "quantity-1": "49", "reason": "monthly"}
    await tab.call(CountState.submit, form=form)
    shop.do(order, c.Deliver())
    await tab.call(CountState.submit, form=form)
    assert "stock moved while you counted" in tab.sees(CountState, "failure")
    assert tab.sees(CountState, "shown")[0]["on_hand"] == "48"
    assert shop.level("MUG")[0] == 48
    await tab.call(CountState.submit, form=form)
    assert shop.level("MUG")[0] == 49


async def test_fewer_than_promised_cannot_be_counted(desk: Desk, shop: Shop) -> None:
    shop.place(("MUG", 10))
    tab = await desk.browser("owner")
    await tab.arrive("/stock")
    await tab.call(CountState.open)
    form = {"sku-1": "MUG", "quantity-1": "5", "reason": "rain"}
    await tab.call(CountState.submit, form=form)
    assert tab.sees(CountState, "shown")[0]["promised"] == "10 are promised to orders"
    await tab.call(CountState.submit, form=form)
    assert "promised to orders" in tab.sees(CountState, "failure")
    assert shop.level("MUG")[0] == 50


@pytest.mark.parametrize("form", [None, [], "x", {"sku-1": 5}, {"sku-1": {"a": 1}, "quantity-1": float("nan")}, {}])
async def test_odd_payloads_do_nothing(desk: Desk, shop: Shop, form: Any) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/stock")
    for state in (ReceiveState, CountState):
        await tab.call(state.open)
        await tab.call(state.submit, form=form)
    assert shop.level("MUG") == (50, 0, 25_000 * TAKA)


async def test_the_address_says_what_is_shown(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("viewer")
    await tab.arrive("/stock?q=honey")
    assert [r["sku"] for r in tab.sees(StockState, "rows")] == ["HONEY"]
    await tab.call(StockState.open_sku, sku="HONEY")
    assert tab.redirects[-1] == "/stock?q=honey&sku=HONEY"
    await tab.arrive("/stock?sku=NOPE")
    assert "There is no SKU with stock NOPE" in tab.sees(StockState, "missing")
