"""Dialogs belong to their page."""

from __future__ import annotations

import pytest

from dokango.people.actor import Actor
from state.kit.dialog import overlays
from state.pack.queue import PackState
from tests.small_shop import open_shop
from tests.state import drawn
from tests.state.desk import Desk

# Drawers whose address says what is open: loading another address closes them.
ADDRESSED = {("OrdersState", "peek"), ("StockState", "asked"), ("InsightsState", "bar_said")}


@pytest.mark.parametrize("elsewhere", ["/orders", "/shipping", "/stock", "/books"])
async def test_a_dialog_left_open_is_closed_on_another_page(desk: Desk, owner: Actor, elsewhere: str) -> None:
    open_shop(desk.db, desk.clock, owner).bring_to("confirmed")
    tab = await desk.browser("owner")
    await tab.arrive("/pack")
    await tab.call(PackState.choose_all, on=True)
    await tab.call(PackState.show_pick, is_open=True)
    await tab.arrive("/pack")
    assert tab.sees(PackState, "pick_open") is True, "a reload of the same page keeps it"
    await tab.arrive(elsewhere)
    assert tab.sees(PackState, "pick_open") is False


def test_every_dialog_that_a_page_draws_is_closed_on_another_page() -> None:
    closed = {(state.get_full_name(), var): state.__name__ for state in overlays() for var in state.open_vars}
    left_open = {(drawn.state_named(name).__name__, var) for name, var in drawn.dialogs() if (name, var) not in closed}
    assert left_open == ADDRESSED


def test_every_dialog_that_can_be_left_open_starts_closed() -> None:
    for state in overlays():
        for var in state.open_vars:
            assert not state.get_fields()[var].default_value(), f"{state.__name__}.{var}"
