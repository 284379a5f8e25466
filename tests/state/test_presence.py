"""Who else is at an order: who has it open, who verifies its payment, and that they are gone when their tab is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from dokango.db import Announcement
from dokango_web.dokango_web import app
from dokango_web.door.events import EventLine
from dokango_web.door.tabs import Tabs
from state.kit import live, presence
from state.kit.bus import open_bus
from state.kit.presence import OPEN, VERIFYING, Here, InProcess
from state.orders.presence import PresenceState
from state.orders.verify import VerifyState
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CLAIMED = {"payment": {"method": "bkash", "transaction_id": "BLU1H6X8AA"}}


@pytest.fixture(autouse=True)
def told() -> Iterator[list[set[str]]]:
    """What a registry of this test's own told, change by change."""
    before, heard = presence.registry(), list[set[str]]()
    presence.use(InProcess(heard.append))
    yield heard
    presence.use(before)


async def seen_by(tab: Browser, number: str) -> list[str]:
    await live.refresh(app, {presence.topic_of(number)})
    found: list[str] = tab.sees(PresenceState, "others")
    return found


def test_a_tab_is_at_one_thing_and_each_change_is_told_once(told: list[set[str]]) -> None:
    kept = presence.registry()
    rina = Here("a", 1, "Rina")
    for _ in range(2):
        kept.put("1001", rina)
    kept.put("1002", rina._replace(doing=VERIFYING))
    assert (kept.who("1001"), kept.who("1002")) == ([], [Here("a", 1, "Rina", VERIFYING)])
    for _ in range(2):
        kept.leave("a")
    assert (kept.who("1002"), told) == ([], [{"1001"}, {"1001", "1002"}, {"1002"}])


@SQLITE_ALONE
async def test_an_order_says_who_else_has_it_open_and_who_verifies_it(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 1), **CLAIMED)
    mine, hers = await desk.browser("owner"), await desk.browser("manager")
    await mine.arrive(f"/orders/{order.number}")
    assert mine.sees(PresenceState, "others") == []
    await hers.arrive(f"/orders/{order.number}")
    [name] = [here.name for here in presence.registry().who(order.number) if here.sid == hers.sid]
    assert await seen_by(mine, order.number) == [f"{name} has this open."]
    await hers.call(VerifyState.show, number=order.number)
    assert await seen_by(mine, order.number) == [f"{name} is verifying its payment now."]
    await mine.call(VerifyState.show, number=order.number)
    assert mine.sees(PresenceState, "others") == [f"{name} is verifying its payment now."]
    await hers.call(VerifyState.close)
    await hers.call(PresenceState.stop_verifying)
    assert await seen_by(mine, order.number) == [f"{name} has this open."]
    await hers.arrive("/stock")
    assert await seen_by(mine, order.number) == []


@SQLITE_ALONE
async def test_over_the_list_the_tab_is_where_the_dialog_is(desk: Desk, shop: Shop) -> None:
    first = shop.place(("MUG", 1), **CLAIMED)
    second = shop.place(("MUG", 1), payment={"method": "bkash", "transaction_id": "BLU1H6X8AB"})
    tab = await desk.browser("owner")
    await tab.arrive("/orders?tab=to_verify")
    await tab.call(VerifyState.show, number=first.number)
    assert [here.doing for here in presence.registry().who(first.number)] == [VERIFYING]
    await tab.call(VerifyState.skip)
    assert (presence.registry().who(first.number), len(presence.registry().who(second.number))) == ([], 1)
    await tab.call(VerifyState.skip)
    assert presence.registry().who(second.number) == []


@SQLITE_ALONE
async def test_the_same_person_in_another_tab_is_nobody_else(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    mine, other = await desk.browser("owner"), await desk.browser("owner")
    for tab in (mine, other):
        await tab.arrive(f"/orders/{order.number}")
    people = {here.person for here in presence.registry().who(order.number)}
    assert len(await seen_by(mine, order.number)) == len(people) - 1


def test_who_closes_the_tab_is_gone_with_the_socket() -> None:
    presence.registry().put("1001", Here("socket", 1, "Rina", OPEN))
    EventLine("/_event", app, Tabs())._left("socket")
    assert presence.registry().who("1001") == []


@SQLITE_ALONE
async def test_what_no_database_tells_wakes_the_pages_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    live.announce("presence:1")  # before the site runs: nobody hears it
    bus = await open_bus()
    monkeypatch.setattr(live, "_bus", bus)
    await asyncio.to_thread(live.announce, presence.topic_of("1001"))
    assert await bus.next(5) == {"presence:1001"}
    assert Announcement({"presence:1001"}).events == set()
