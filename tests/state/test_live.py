"""Live refresh: what one commits, the others see; and only those who may."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import anyio.to_thread
import pytest
import reflex as rx
from sqlalchemy import func, select

from dokango.db import Database, Statement, table_of
from dokango.orders.book.models import Order
from dokango.orders.lifecycle.commands import Hold
from dokango.people import sessions
from dokango.people.permissions import Permission
from dokango_web.dokango_web import app
from state.kit import bus, live
from state.kit.session import allow, current_actor
from state.kit.work import read
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

ON_BOTH = True  # PostgreSQL tells what others commit

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_readings: list[str] = []


class WatchingState(rx.State):
    """A page's state as the slices write it."""

    seen: int = 0
    by: str = ""

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> None:
        """The page's on_load."""
        live.watch(self, "orders")
        await self._refresh()

    async def _refresh(self) -> None:
        self.seen += 1
        self.by = current_actor().name
        await live.once("a view", lambda tx: _readings.append(tx.dialect))


@pytest.fixture
async def watching(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """The desk with its live task running, which reads the trail often."""
    monkeypatch.setattr(live, "POLL_S", 0.05)
    monkeypatch.setattr(bus, "SETTLE_S", 0.05)
    _readings.clear()
    task = asyncio.create_task(live.run(app))
    await asyncio.sleep(0.1)
    yield desk
    task.cancel()


async def until(tab: Browser, seen: int) -> bool:
    """Whether the tab has been refreshed to `seen` or further within two seconds."""
    for _ in range(200):
        if tab.sees(WatchingState, "seen") >= seen:
            return True
        await asyncio.sleep(0.01)
    return False


async def place(shop: Shop) -> None:
    await anyio.to_thread.run_sync(lambda: shop.place(("MUG", 1)))


@SQLITE_ALONE
async def test_a_commit_is_on_every_watching_tab_after_one_reading(watching: Desk, shop: Shop) -> None:
    tabs = [await watching.browser(role) for role in ("owner", "viewer", "packer")]
    for tab in tabs:
        await tab.arrive("/orders")
        await tab.call(WatchingState.load)
    _readings.clear()
    await place(shop)
    assert [await until(tab, 2) for tab in tabs] == [True] * 3
    assert tabs[1].sees(WatchingState, "by").startswith("Viewer")
    assert len(_readings) == 1


@SQLITE_ALONE
async def test_a_tab_that_went_to_another_page_is_left_alone(watching: Desk, shop: Shop) -> None:
    tab = await watching.browser("owner")
    await tab.arrive("/orders")
    await tab.call(WatchingState.load)
    await tab.arrive("/sign-in")
    await place(shop)
    assert not await until(tab, 2)


@SQLITE_ALONE
async def test_another_socket_that_brings_a_tabs_token_and_says_nothing_is_told_nothing(
    watching: Desk, shop: Shop
) -> None:
    staff, customer = await watching.browser("owner"), await watching.browser()
    done = await anyio.to_thread.run_sync(lambda: shop.place(("MUG", 1)))
    await staff.arrive("/orders")
    await staff.call(WatchingState.load)
    await customer.arrive(f"/t/{shop.order(done).token}")
    bystander = await watching.browser("owner")
    await bystander.arrive("/orders")
    await bystander.call(WatchingState.load)
    staff.reconnect()
    customer.reconnect()
    before = len(staff.received), len(customer.received)
    await anyio.to_thread.run_sync(lambda: shop.do(done, Hold(reason="address")))
    assert await until(bystander, 2)
    assert (len(staff.received), len(customer.received)) == before


@SQLITE_ALONE
async def test_a_tab_whose_line_came_back_is_live_again(watching: Desk, shop: Shop) -> None:
    tab = await watching.browser("owner")
    await tab.arrive("/orders")
    await tab.call(WatchingState.load)
    tab.reconnect()
    await tab.call(WatchingState.load)  # the page's own load, which each connect runs
    shown = tab.sees(WatchingState, "seen")
    await place(shop)
    assert await until(tab, shown + 1)


@SQLITE_ALONE
async def test_a_tab_whose_session_ended_gets_nothing_and_is_shown_out(
    watching: Desk, shop: Shop, db: Database
) -> None:
    tab = await watching.browser("owner")
    await tab.arrive("/orders")
    await tab.call(WatchingState.load)
    await anyio.to_thread.run_sync(lambda: db.write(lambda tx: sessions.end(tx, tab.secret)))
    for _ in range(200):
        if tab.redirects:
            break
        await asyncio.sleep(0.01)
    assert tab.redirects == ["/sign-in?why=ended"]
    assert tab.sees(WatchingState, "by") == ""
    await place(shop)
    assert not await until(tab, 2)


@SQLITE_ALONE
async def test_what_another_process_wrote_is_seen_by_the_slow_poll(
    watching: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = await watching.browser("owner")
    await tab.arrive("/orders")
    await tab.call(WatchingState.load)
    monkeypatch.setattr(shop.db, "_listeners", [])  # another process's commits reach no listener of ours
    await place(shop)
    assert await until(tab, 2)


async def test_outside_a_refresh_every_reading_is_its_own(desk: Desk) -> None:
    first = await live.once("k", lambda tx: object())
    assert first is not await live.once("k", lambda tx: object())
    assert await read(lambda tx: tx.dialect) == desk.db.dialect


class CalmState(rx.State):
    """A page whose reading is heavy."""

    orders: int = 0
    refreshed: int = 0

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> None:
        """The page's on_load."""
        live.watch(self, "orders", calm_s=1.0)

    async def _refresh(self) -> None:
        self.refreshed += 1
        self.orders = await read(lambda tx: tx.value(_ORDERS))


_ORDERS = Statement(select(func.count()).select_from(table_of(Order)))


@SQLITE_ALONE
async def test_a_calm_page_rests_between_refreshes_and_misses_nothing(watching: Desk, shop: Shop) -> None:
    tab = await watching.browser("owner")
    await tab.arrive("/orders")
    await tab.call(CalmState.load)
    for _ in range(8):
        await place(shop)
    for _ in range(800):
        if tab.sees(CalmState, "orders") == 8:
            break
        await asyncio.sleep(0.01)
    assert tab.sees(CalmState, "orders") == 8
    assert tab.sees(CalmState, "refreshed") < 8
