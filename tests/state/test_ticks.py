"""Ticking rows, the same in every list: one, a range, the page, none; and what stays ticked when the rows change."""

from __future__ import annotations

from typing import Any

import pytest

from dokango.orders.lifecycle import commands as c
from dokango_web.dokango_web import app
from state.kit import live
from state.orders.lists import OrdersState
from state.pack.queue import PackState
from state.shipping.lists import ShippingState
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk
from tests.state.filling import ticked

# Each list, its address, and how far an order has come that stands in it.
LISTS: dict[Any, tuple[str, str]] = {
    OrdersState: ("/orders?tab=all", "confirmed"),
    PackState: ("/pack", "confirmed"),
    ShippingState: ("/shipping", "packed"),
}
SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EACH = pytest.mark.parametrize("state", LISTS)


def test_every_list_with_ticks_is_tried_here() -> None:
    assert set(ticked()) == set(LISTS)


async def opened(desk: Desk, shop: Shop, state: Any) -> tuple[Browser, list[str]]:
    """The list with five orders, and their numbers as the page shows them."""
    path, stage = LISTS[state]
    for _ in range(5):
        shop.bring_to(stage)
    tab = await desk.browser("owner")
    await tab.arrive(path)
    return tab, [row["number"] for row in tab.sees(state, "rows")]


@SQLITE_ALONE
@EACH
async def test_a_click_that_is_sent_twice_ticks_once(desk: Desk, shop: Shop, state: Any) -> None:
    tab, shown = await opened(desk, shop, state)
    for _ in range(2):
        await tab.call(state.choose, number=shown[1], on=True)
    assert tab.sees(state, "chosen") == [shown[1]]
    for _ in range(2):
        await tab.call(state.choose, number=shown[1], on=False)
    assert tab.sees(state, "chosen") == []


@SQLITE_ALONE
@EACH
@pytest.mark.parametrize(("first", "last"), [(1, 3), (3, 1)])
async def test_a_range_is_ticked_from_the_row_that_was_clicked_before(
    desk: Desk, shop: Shop, state: Any, first: int, last: int
) -> None:
    tab, shown = await opened(desk, shop, state)
    await tab.call(state.choose, number=shown[first], on=True)
    await tab.call(state.choose, number=shown[last], on=True)
    await tab.call(state.choose_to, number=shown[last])
    assert sorted(tab.sees(state, "chosen")) == sorted(shown[1:4])
    assert tab.sees(state, "all_chosen") is False


@SQLITE_ALONE
@EACH
async def test_the_page_is_ticked_and_let_go(desk: Desk, shop: Shop, state: Any) -> None:
    tab, shown = await opened(desk, shop, state)
    await tab.call(state.choose_all, on=True)
    assert (tab.sees(state, "chosen"), tab.sees(state, "all_chosen")) == (shown, True)
    await tab.call(state.choose_none)
    assert (tab.sees(state, "chosen"), tab.sees(state, "all_chosen")) == ([], False)


@SQLITE_ALONE
@EACH
@pytest.mark.parametrize("odd", [None, 7, "9999", ["1001"], {"number": "1001"}])
async def test_what_is_not_on_the_page_is_not_ticked(desk: Desk, shop: Shop, state: Any, odd: Any) -> None:
    tab, _ = await opened(desk, shop, state)
    await tab.call(state.choose, number=odd, on=True)
    await tab.call(state.choose_to, number=odd)
    assert tab.sees(state, "chosen") == []


@SQLITE_ALONE
@pytest.mark.parametrize("state", [PackState, ShippingState])
async def test_ticks_stay_with_the_rows_that_still_wait(desk: Desk, shop: Shop, state: Any) -> None:
    tab, shown = await opened(desk, shop, state)
    await tab.call(state.choose, number=shown[0], on=True)
    await tab.call(state.choose, number=shown[2], on=True)
    shop.do(shown[2], c.Hold(reason="address"))
    shop.do(shown[2], c.Cancel(reason="gone"))
    await live.refresh(app, {"orders", "packing"})
    assert tab.sees(state, "chosen") == [shown[0]]
    await tab.call(state.choose_all, on=True)
    assert sorted(tab.sees(state, "chosen")) == sorted(number for number in shown if number != shown[2])


@EACH
@SQLITE_ALONE
async def test_ticks_of_before_a_restart_come_back_beside_those_made_since(desk: Desk, shop: Shop, state: Any) -> None:
    tab, numbers = await opened(desk, shop, state)
    await tab.call(state.choose, number=numbers[0], on=True)
    await tab.call(state.bring_back, kept=f"{numbers[2]},gone,,{numbers[4]}")
    assert tab.sees(state, "chosen") == [numbers[0], numbers[2], numbers[4]]
    await tab.call(state.bring_back, kept={"not": "text"})
    assert tab.sees(state, "chosen") == [numbers[0], numbers[2], numbers[4]]
