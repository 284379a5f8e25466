"""The way back from an order leads to the list as it was left; and what is said twice is shown once."""

from __future__ import annotations

import json
import re

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.errors import Refused
from dokango.people.actor import Actor
from state.kit.feedback import done, toast_of, warned
from state.orders.came_from import CameFromState
from tests.small_shop import Shop, open_shop
from tests.state.desk import Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


async def test_back_leads_to_tab_filters_search_and_page(desk: Desk, shop: Shop) -> None:
    placed = [shop.place(("CARD", 1), payment={"method": "cod"}) for _ in range(27)]
    tab = await desk.browser("manager")
    await tab.arrive("/orders?tab=all&method=cod&sort=oldest")
    assert tab.sees(CameFromState, "orders_url") == "/orders?tab=all&sort=oldest&method=cod"
    cursor = f"/orders?tab=all&sort=oldest&method=cod&cursor=after.{shop.clock.now_us()}.{placed[24].order_id}"
    await tab.arrive(f"{cursor}&peek={placed[26].number}")
    assert tab.sees(CameFromState, "orders_url") == cursor


@pytest.mark.parametrize("say", [done, warned, lambda words: toast_of(Refused("x", words))])
def test_the_same_sentence_takes_its_own_place(database_url: str, say: object) -> None:
    first, second = (_id_of(say("Order #1001 is held.")) for _ in range(2))  # type: ignore[operator]
    assert first == second != _id_of(say("Order #1002 is held."))  # type: ignore[operator]


def _id_of(toast: object) -> str:
    found = re.search(r'\["id"\] : ("(?:[^"\\]|\\.)*")', str(toast))
    assert found, toast
    return str(json.loads(found[1]))
