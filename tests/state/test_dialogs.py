"""Dialogs belong to their page."""

from __future__ import annotations

import pytest

from dokango.people.actor import Actor
from state.dialogs import DIALOGS
from state.pack.queue import PackState
from tests.small_shop import open_shop
from tests.state.desk import Desk


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


def test_every_dialog_that_can_be_left_open_starts_closed() -> None:
    for state, var, closed in DIALOGS:
        assert state.get_fields()[var].default == closed, f"{state.__name__}.{var}"
