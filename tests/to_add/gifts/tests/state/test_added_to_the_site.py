"""In the scratch copy: what was added to the site is there and works."""

from __future__ import annotations

import anyio.to_thread
import httpx
import pytest
from state.gifts import GiftsState

from dokango_web.dokango_web import app
from dokango_web.door.way_in import through_the_door
from state.actions import ActionsState
from state.bell import BellState
from state.dialogs import DialogsState
from state.kit import session
from state.orders.lists import OrdersState
from state.orders.order import OrderState
from state.owner.insights import InsightsState
from tests.small_shop import open_shop
from tests.state.desk import Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def shop(desk: Desk, owner):
    return open_shop(desk.db, desk.clock, owner)


async def test_a_page(desk: Desk) -> None:
    loads = [handler.fn for handler in app._load_events["gifts"]]
    assert loads == [DialogsState.settle.fn, GiftsState.load.fn, ActionsState.begin.fn, BellState.load.fn]
    drawn = str(app._unevaluated_pages["gifts"].component().render())
    assert "Wrap" in drawn and "g x" in drawn
    elsewhere = str(app._unevaluated_pages["pack"].component().render())
    assert "/gifts" in elsewhere and "g x" in elsewhere
    tab = await desk.browser("viewer")
    await tab.arrive("/gifts")
    assert tab.sees(GiftsState, "loaded") is True


async def test_an_event_handler(desk: Desk) -> None:
    packer, viewer = await desk.browser("packer"), await desk.browser("viewer")
    for tab in (packer, viewer):
        await tab.arrive("/gifts")
        await tab.call(GiftsState.wrap)
        await tab.call(GiftsState.forgotten)
    assert packer.sees(GiftsState, "wrapped") == 1
    assert viewer.sees(GiftsState, "wrapped") == 0


async def test_a_report_on_its_page(desk: Desk, shop) -> None:
    await anyio.to_thread.run_sync(lambda: shop.place(("SARI", 1), note="a gift, wrapped"))
    tab = await desk.browser("owner")
    await tab.arrive("/insights")
    assert ("Gifts", "1") in [(tile["label"], tile["value"]) for tile in tab.sees(InsightsState, "figures")]
    assert tab.sees(InsightsState, "charts")["gifts"]["data"]
    assert [line["name"] for line in tab.sees(InsightsState, "tables")["gifts-list"]] == ["a gift, wrapped"]
    drawn = str(app._unevaluated_pages["insights"].component().render())
    assert "Gifts by note" in drawn and "No gift yet." in drawn and "/export/gifts.xlsx?" in drawn
    async with _browser(await desk.browser("owner")) as browser:
        assert '"a gift, wrapped",1' in (await browser.get("/export/gifts.csv")).text


async def test_a_plain_route(desk: Desk) -> None:
    async with _browser(None) as stranger:
        assert (await stranger.get("/papers/gifts.txt")).status_code == 303
    async with _browser(await desk.browser("viewer")) as viewer:
        assert (await viewer.get("/papers/gifts.txt")).status_code == 403
    async with _browser(await desk.browser("packer")) as packer:
        assert (await packer.get("/papers/gifts.txt")).text == "one kettle"


async def test_a_tab_on_its_page(desk: Desk, shop) -> None:
    await anyio.to_thread.run_sync(lambda: shop.place(("SARI", 1), note="a gift, wrapped"))
    await anyio.to_thread.run_sync(lambda: shop.place(("SARI", 1)))
    tab = await desk.browser("viewer")
    await tab.arrive("/orders?tab=gifts")
    assert [row["number"] for row in tab.sees(OrdersState, "rows")] == ["1001"]
    assert tab.sees(OrdersState, "counts")["gifts"] == 1
    assert "Gifts to wrap" in str(app._unevaluated_pages["orders"].component().render())


async def test_a_check_before(desk: Desk, shop) -> None:
    await anyio.to_thread.run_sync(lambda: shop.place(("SARI", 1), note="a gift, wrapped"))
    tab = await desk.browser("viewer")
    await tab.arrive("/orders/1001")
    assert "A gift: wrap it." in str(tab.sees(OrderState, "verdicts"))


def _browser(tab) -> httpx.AsyncClient:
    async def site(scope, receive, send) -> None:
        raise AssertionError("Reflex was asked")

    cookies = {session.COOKIE: tab.secret} if tab else {}
    transport = httpx.ASGITransport(through_the_door(site))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost", cookies=cookies)
