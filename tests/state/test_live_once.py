"""A change is shown once, to those who watch it, whoever wrote it; and to nobody who took over their tab."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import anyio.to_thread
import pytest
import reflex as rx
from prometheus_client import REGISTRY

from dokango import topics
from dokango.db import Database, open_database
from dokango.orders.lifecycle import commands as c
from dokango.people.permissions import Permission
from dokango_web.dokango_web import app
from state.bell import BellState
from state.kit import bus, live
from state.kit.session import allow, current_actor
from state.orders.order import OrderState
from state.pack.bench import BenchState
from state.shipping.parcel import ParcelState
from state.store.tracking import TrackingState
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
POLL_S = 0.02
COD = {"payment": {"method": "cod"}}
NO_PAGE = "/nowhere"  # where nothing else watches
_tried: list[str] = []  # by the page that cannot be read: what it changes is lost with it


class OneOrderState(rx.State):
    """A page of one order, as the slices write it."""

    refreshed: int = 0
    by: str = ""

    @rx.event
    @allow(Permission.VERIFY_PAYMENT)
    async def load(self, number: str) -> None:
        """The page's on_load."""
        live.watch(self, topics.of_order(number))

    async def _refresh(self) -> None:
        self.refreshed += 1
        self.by = current_actor().name


class BrokenState(rx.State):
    """A page that cannot be read."""

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> None:
        """The page's on_load."""
        live.watch(self, topics.ORDERS)

    async def _refresh(self) -> None:
        _tried.append(current_actor().name)
        raise RuntimeError("the database is away")


@pytest.fixture
async def watching(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """The desk with its live task running; the trail is read fifty times a second."""
    monkeypatch.setattr(live, "POLL_S", POLL_S)
    monkeypatch.setattr(bus, "SETTLE_S", POLL_S)
    task = asyncio.create_task(live.run(app))
    await asyncio.sleep(0.1)
    yield desk
    task.cancel()


@pytest.fixture
def elsewhere(database_url: str, shop: Shop) -> Iterator[Shop]:
    """The same shop in another process, whose commits reach no listener of ours."""
    other: Database = open_database(database_url)
    yield Shop(other, shop.clock, shop.owner)
    other.close()


async def opened(desk: Desk, number: str) -> Browser:
    """A tab that watches the order, once what was done to it before has been told to nobody."""
    await asyncio.sleep(15 * POLL_S)
    tab = await desk.browser("owner")
    await tab.arrive(NO_PAGE)
    await tab.call(OneOrderState.load, number=number)
    return tab


async def do(shop: Shop, number: str, command: c.Command) -> None:
    await anyio.to_thread.run_sync(lambda: shop.do(number, command))


def refreshes() -> float:
    """As /metrics counts them."""
    return REGISTRY.get_sample_value("dokango_live_refreshes_total") or 0.0


async def test_a_commit_is_shown_once_however_often_the_trail_is_read(watching: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    tab = await opened(watching, order.number)
    before = refreshes()
    for step in range(1, 4):
        await do(shop, order.number, c.AddNote(text=f"note {step}"))
        await asyncio.sleep(15 * POLL_S)
        assert tab.sees(OneOrderState, "refreshed") == step
    assert refreshes() - before == 3


async def test_another_processs_commit_is_shown_once_while_this_one_is_busy(
    watching: Desk, shop: Shop, elsewhere: Shop
) -> None:
    watched, other = shop.place(("MUG", 1)), shop.place(("HONEY", 1))
    await asyncio.sleep(15 * POLL_S)  # the placing has been shown to whom it concerns
    tab = await opened(watching, watched.number)
    for turn in range(40):  # never quiet for as long as one reading of the trail
        await do(shop, other.number, c.AddNote(text=f"note {turn}"))
        if turn == 10:
            await do(elsewhere, watched.number, c.Hold(reason="address"))
    await asyncio.sleep(15 * POLL_S)
    assert tab.sees(OneOrderState, "refreshed") == 1


async def test_an_order_leaves_the_pages_of_all_others_asleep(desk: Desk, shop: Shop) -> None:
    """Review, bench, parcel and tracking: a step of another order, with other goods, refreshes none of them."""
    mine = shop.do(shop.place(("MUG", 2), **COD), c.Confirm())
    token = shop.order(mine).token
    staff, packer, customer = await desk.browser("owner"), await desk.browser("packer"), await desk.browser()
    await staff.arrive(f"/orders/{mine.number}")
    await packer.arrive(f"/pack?order={mine.number}")
    await packer.call(ParcelState.open, number=mine.number)
    await customer.arrive(f"/t/{token}")
    pages = {(staff.token, OrderState), (packer.token, BenchState), (packer.token, ParcelState)}
    pages |= {(customer.token, TrackingState)}

    def due(*names: str) -> set[tuple[str, type[rx.State]]]:
        tabs = {staff.token, packer.token, customer.token}
        return {(w.token, w.state) for w in live._watches.take_due(set(names)) if w.token in tabs} & pages

    assert due(topics.ORDERS, topics.of_order("9999"), topics.STOCK, topics.of_sku("SARI"), topics.PACKING) == set()
    assert due(topics.of_order(mine.number)) == pages
    assert due(topics.of_sku("MUG")) == {(staff.token, OrderState), (packer.token, BenchState)}
    assert due(topics.SETTINGS) == {(staff.token, OrderState), (customer.token, TrackingState)}


async def test_whoever_signs_in_on_a_watching_tab_is_shown_nothing_of_it(watching: Desk, shop: Shop) -> None:
    """The tab watched as its owner; the next user's role may not open that page."""
    order = shop.place(("MUG", 1))
    tab = await opened(watching, order.number)
    viewer = await watching.browser("viewer")
    tab.secret = viewer.secret  # signed out and in again as somebody else, on the same page
    await tab.call(BellState.load)
    seen = len(tab.received)
    await do(shop, order.number, c.AddNote(text="what only the owner may see"))
    await asyncio.sleep(15 * POLL_S)
    assert tab.sees(OneOrderState, "refreshed") == 0
    assert not any("one_order_state" in update and "Viewer" in update for update in tab.received[seen:])


async def test_a_page_that_cannot_be_read_is_tried_once_more_and_then_left(watching: Desk, shop: Shop) -> None:
    tab = await watching.browser("owner")
    await tab.arrive(NO_PAGE)
    await tab.call(BrokenState.load)
    _tried.clear()
    await anyio.to_thread.run_sync(lambda: shop.place(("MUG", 1)))
    await asyncio.sleep(20 * POLL_S)
    assert len(_tried) == 2
