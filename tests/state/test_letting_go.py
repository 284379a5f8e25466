"""The states of tabs that nobody uses are let go, and a tab that comes back is built anew by its page's own load."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

import pytest
from reflex.istate.manager.memory import StateManagerMemory

from dokango.settings import settings
from dokango_web.dokango_web import app
from dokango_web.door.tabs import Tabs
from dokango_web.door.visitors import Visitors
from dokango_web.letting_go import STAFF_TIMES_LONGER, LettingGo
from state.store.cart import CartState
from state.store.checkout import CheckoutState
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
STORAGE = f"{CartState.get_full_name()}.kept_rx_state_"
GONE_S, SILENT_S = settings().visitor_gone_s, settings().visitor_silent_s


@dataclass
class House:
    """What lets go, with a clock that only the test moves."""

    tabs: Tabs
    visitors: Visitors
    letting: LettingGo
    now_s: float = 0.0

    def holds(self, tab: Browser) -> bool:
        """Whether the server holds states of the tab."""
        return any(tab.token in key for key in app.state_manager.states)  # type: ignore[attr-defined]

    async def after(self, seconds: float) -> None:
        """Time passes, and what is due is let go."""
        self.now_s += seconds
        await self.letting.sweep()


@pytest.fixture
def house(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> House:
    """On the desk's states."""
    found = House.__new__(House)
    found.now_s = 0.0
    found.tabs, found.visitors = Tabs(lambda: found.now_s), Visitors()
    found.letting = LettingGo(app, found.tabs, found.visitors)
    monkeypatch.setattr(LettingGo, "_close", lambda self, token: _went(found, token))
    return found


async def _went(house: House, token: str) -> None:
    house.tabs.went(token)


def quiet_for(tab: Browser, seconds: float) -> None:
    """The tab sent its last event so long ago."""
    manager = app.state_manager
    assert isinstance(manager, StateManagerMemory)
    for key, (_, token) in list(manager._token_expires_at.items()):
        if tab.token in key:
            manager._token_expires_at[key] = (time.time() + manager.token_expiration - seconds, token)


async def arrived(desk: Desk, house: House, path: str, role: str = "", network: str = "") -> Browser:
    """A tab on a page."""
    tab = await desk.browser(role)
    house.tabs.came(tab.token, network)
    house.visitors.takes(tab.token, "somebody")
    await tab.arrive(path)
    return tab


async def test_a_tab_whose_socket_closed_is_forgotten_after_some_minutes(desk: Desk, house: House) -> None:
    tab = await arrived(desk, house, "/checkout")
    house.tabs.went(tab.token)
    await house.after(GONE_S - 1)
    assert house.holds(tab)
    await house.after(1)
    assert not house.holds(tab)
    assert len(house.tabs) == 0
    assert house.visitors.takes(tab.token, "somebody else")


async def test_a_line_that_was_lost_for_a_moment_costs_nothing(desk: Desk, house: House) -> None:
    tab = await arrived(desk, house, "/checkout")
    house.tabs.went(tab.token)
    await house.after(GONE_S - 1)
    house.tabs.came(tab.token, "")
    await house.after(GONE_S * STAFF_TIMES_LONGER + 1)
    assert house.holds(tab)


async def test_staff_keep_theirs_longer_but_not_for_ever(desk: Desk, house: House) -> None:
    tab = await arrived(desk, house, "/orders", "packer")
    house.tabs.went(tab.token)
    await house.after(GONE_S * STAFF_TIMES_LONGER - 1)
    assert house.holds(tab)
    await house.after(1)
    assert not house.holds(tab)


@pytest.mark.parametrize(("role", "silent_s", "stays"), [("", SILENT_S - 5, True), ("", SILENT_S, False),
                                                         ("viewer", SILENT_S, True)])  # fmt: skip
async def test_a_visitor_who_says_nothing_for_long_is_let_go(
    desk: Desk, house: House, role: str, silent_s: float, stays: bool
) -> None:
    tab = await arrived(desk, house, "/checkout", role)
    quiet_for(tab, silent_s)
    await house.after(1)
    await house.after(GONE_S)
    assert house.holds(tab) == stays


async def test_a_customer_who_watches_an_order_is_not_silent(desk: Desk, house: House, shop: Shop) -> None:
    number = shop.place(("HONEY", 1))
    tab = await arrived(desk, house, f"/t/{shop.order(number).token}")
    quiet_for(tab, 10 * SILENT_S)
    await house.after(GONE_S)
    await house.after(GONE_S)
    assert house.holds(tab)


async def test_a_tab_in_the_middle_of_something_waits_for_the_next_time(desk: Desk, house: House) -> None:
    tab = await arrived(desk, house, "/checkout")
    house.tabs.went(tab.token)
    manager: Any = app.state_manager
    lock = next(lock for key, lock in manager._states_locks.items() if tab.token in key)
    async with lock:
        await house.after(GONE_S)
        assert house.holds(tab)
    await house.after(0)
    assert not house.holds(tab)


async def test_a_tab_that_comes_back_finds_its_cart(desk: Desk, house: House, shop: Shop) -> None:
    tab = await arrived(desk, house, "/checkout")
    kept = {STORAGE: json.dumps({"MUG": 2})}
    boot = "reflex___state____state.hydrate_and_load"
    await tab.send(boot, {"vars": kept})
    before = (tab.sees(CartState, "lines"), tab.sees(CheckoutState, "total"))
    house.tabs.went(tab.token)
    await house.after(GONE_S)
    assert not house.holds(tab)
    tab.reconnect()
    tab.states.clear()
    await tab.send(boot, {"vars": kept})
    assert (tab.sees(CartState, "lines"), tab.sees(CheckoutState, "total")) == before
    assert [line["sku"] for line in before[0]] == ["MUG"]


async def test_of_one_network_the_tab_that_went_first_makes_way(desk: Desk, house: House) -> None:
    most = settings().sockets_per_network
    tabs = [await arrived(desk, house, "/sign-in", network="8.8.8.8") for _ in range(3)]
    for number in range(most - 3):
        house.tabs.came(f"open-{number}", "8.8.8.8")
    for tab in (tabs[1], tabs[0]):
        house.tabs.went(tab.token)
    house.letting.make_room("9.9.9.9")
    assert [house.holds(tab) for tab in tabs] == [True, True, True]
    house.letting.make_room("8.8.8.8")
    assert [house.holds(tab) for tab in tabs] == [True, False, True]
