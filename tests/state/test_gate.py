"""The one gate."""

from __future__ import annotations

from tests.state.conftest import Desk


async def test_probe(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/sign-in?why=wrong")
    print(tab.states)
    await tab.send("reflex___state____state.setvar", {"var_name":"is_hydrated","value":True})
    print(tab.told, tab.received[-1])
    assert 0
