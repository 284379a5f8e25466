"""Confirming many from the list: a preview with every order's checks, and a result for each."""

from __future__ import annotations

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.people import permissions
from dokango.people.actor import Actor
from dokango.people.permissions import Permission, Role
from state.orders.confirming import ConfirmingState
from state.orders.lists import OrdersState
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
COD = {"payment": {"method": "cod"}}


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


def placed(shop: Shop) -> tuple[Done, Done, Done, Done]:
    """Green, amber, red, and one that is not paid."""
    buyers = [{"customer": {"name": "Buyer", "phone": f"0171100000{n}"}} for n in range(4)]
    amber = {"address": {"line": "near the big mosque", "district": "Dhaka"}}
    red = {"address": {"line": "home", "area": "Dhanmondi", "district": "Dhaka"}}
    return (
        shop.place(("MUG", 1), **COD, **buyers[0]),
        shop.place(("MUG", 1), **COD, **amber, **buyers[1]),
        shop.place(("MUG", 1), **COD, **red, **buyers[2]),
        shop.place(("MUG", 1), **buyers[3]),
    )


async def opened(desk: Desk) -> Browser:
    tab = await desk.browser("manager")
    await tab.arrive("/orders?tab=all")
    await tab.call(OrdersState.choose_all, on=True)
    await tab.call(ConfirmingState.open)
    return tab


def rows(tab: Browser) -> dict[str, dict[str, str]]:
    return {row["number"]: row for row in tab.sees(ConfirmingState, "rows")}


def form(tab: Browser, *numbers: str) -> dict[str, str]:
    """What the browser sends when the boxes of `numbers` are ticked; without any, those that are from the start."""
    ticked = numbers or [number for number, row in rows(tab).items() if row["ticked"]]
    boxes = {f"order {number}": rows(tab)[number]["version"] for number in ticked}
    return boxes | {"press": tab.sees(ConfirmingState, "press")}


async def test_each_order_is_shown_with_its_checks_and_only_green_ones_are_ticked(desk: Desk, shop: Shop) -> None:
    green, amber, red, unpaid = placed(shop)
    tab = await opened(desk)

    shown = {number: (row["level"], row["ticked"], row["can"]) for number, row in rows(tab).items()}
    assert shown == {
        green.number: ("good", "1", "1"),
        amber.number: ("warn", "", "1"),
        red.number: ("bad", "", "1"),
        unpaid.number: ("bad", "", ""),
    }
    assert "The address is not complete" in rows(tab)[red.number]["words"]
    assert "is still due" in rows(tab)[unpaid.number]["words"]
    assert [shop.order(done).status for done in (green, amber, red)] == ["pending"] * 3


async def test_what_is_ticked_is_confirmed_and_nothing_else(desk: Desk, shop: Shop) -> None:
    green, amber, red, unpaid = placed(shop)
    tab = await opened(desk)

    await tab.call(ConfirmingState.confirm, form=form(tab))

    assert [shop.order(done).status for done in (green, amber, red)] == ["confirmed", "pending", "pending"]
    assert [(row["number"], row["level"]) for row in tab.sees(ConfirmingState, "results")] == [(green.number, "good")]
    assert set(tab.sees(OrdersState, "chosen")) == {amber.number, red.number, unpaid.number}


async def test_amber_and_red_are_confirmed_when_they_are_ticked_on_purpose(desk: Desk, shop: Shop) -> None:
    _, amber, red, unpaid = placed(shop)
    tab = await opened(desk)

    await tab.call(ConfirmingState.confirm, form=form(tab, amber.number, red.number, unpaid.number))

    results = {row["number"]: row["level"] for row in tab.sees(ConfirmingState, "results")}
    assert results == {amber.number: "good", red.number: "good", unpaid.number: "bad"}


async def test_an_order_that_changed_since_it_was_looked_at_is_refused(desk: Desk, shop: Shop) -> None:
    green, amber, *_ = placed(shop)
    tab = await opened(desk)
    sent = form(tab, green.number, amber.number)
    shop.do(green, c.EditAddress(name="Rahima", phone="01711000000", line="home", district="Dhaka"))

    await tab.call(ConfirmingState.confirm, form=sent)

    results = {row["number"]: row["words"] for row in tab.sees(ConfirmingState, "results")}
    assert "changed while you looked at it" in results[green.number]
    assert (shop.order(green).status, shop.order(amber).status) == ("pending", "confirmed")


async def test_pressed_twice_it_confirms_once_and_nothing_ticked_says_so(desk: Desk, shop: Shop) -> None:
    green, *_ = placed(shop)
    tab = await opened(desk)

    await tab.call(ConfirmingState.confirm, form={"press": tab.sees(ConfirmingState, "press")})
    assert tab.sees(ConfirmingState, "failure") == "Tick the orders that you want to confirm."
    for _ in range(2):
        await tab.call(ConfirmingState.confirm, form=form(tab, green.number))
    assert [row["level"] for row in tab.sees(ConfirmingState, "results")] == ["good"]


async def test_who_may_not_pass_red_cannot_tick_it(desk: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    _, amber, red, _ = placed(shop)
    held = permissions.PERMISSIONS[Role.MANAGER] - {Permission.OVERRULE_CHECKS}
    monkeypatch.setitem(permissions.PERMISSIONS, Role.MANAGER, held)
    tab = await opened(desk)

    assert (rows(tab)[amber.number]["can"], rows(tab)[red.number]["can"]) == ("1", "")
    await tab.call(ConfirmingState.confirm, form=form(tab, red.number))
    assert shop.order(red).status == "pending"
