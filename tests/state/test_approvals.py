"""A second pair of eyes on the desk: what waits, who sees it, who may approve it, and what the settings warn of."""

from __future__ import annotations

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.orders.customer.tracking import by_link
from dokango.people.actor import Actor
from dokango.shop.profile import load_profile
from state.bell import BellState
from state.orders.lists import OrdersState
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState
from state.orders.verify import VerifyState
from state.settings.shop import SettingsState
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    shop = open_shop(db, clock, owner)
    shop.set_profile(second_person_above_poisha=50_000)
    return shop


async def verified(desk: Desk, number: str) -> Browser:
    """The manager Mina has verified ৳900 of an order."""
    mina = await desk.browser("manager", "Mina")
    await mina.arrive(f"/orders/{number}")
    await mina.call(VerifyState.show, number=number)
    typed = {"wallet": "bkash", "trx": "BIGMONEY01", "received": "900"}
    await mina.call(VerifyState.receive, form=mina.shown(VerifyState, typed))
    return mina


async def test_what_one_verified_another_approves(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    mina, other = await verified(desk, order.number), await desk.browser("owner", "Rahim")
    assert "waits for approval" in " ".join(mina.told)
    await mina.arrive(f"/orders/{order.number}")
    first = mina.sees(OrderState, "first")
    assert first["action"] == "approve" and "yourself" in first["why"]
    await other.arrive("/orders?tab=to_approve")
    assert other.sees(BellState, "approvals") == 1 and other.sees(OrdersState, "counts")["to_approve"] == 1
    assert [row["number"] for row in other.sees(OrdersState, "rows")] == [order.number]
    await other.arrive(f"/orders/{order.number}")
    assert "Asked for by Mina" in other.sees(OrderState, "order")["approval"]
    assert other.sees(OrderState, "first")["why"] == ""
    version = other.sees(OrderState, "version")
    await other.call(OrderStepsState.act, action="approve", number=order.number, version=version)
    assert shop.order(order).paid_poisha == 90_000
    await other.arrive(f"/orders/{order.number}")
    assert other.sees(BellState, "approvals") == 0


async def test_the_customer_reads_that_the_payment_is_checked(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    await verified(desk, order.number)
    token = shop.order(order).token
    assert shop.db.read(lambda tx: by_link(tx, token)).standing == "is.claimed"


async def test_a_shop_of_one_person_is_warned(desk: Desk, shop: Shop) -> None:
    owner = await desk.browser("owner")
    await owner.arrive("/settings?part=payments")
    assert owner.sees(SettingsState, "alone") is True
    form = {**owner.sees(SettingsState, "form"), "second_person_above": "700.50"}
    await owner.call(SettingsState.save_payments, form=form)
    assert shop.db.read(load_profile).second_person_above_poisha == 70_050
    await desk.browser("manager", "Mina")
    await owner.arrive("/settings?part=payments")
    assert owner.sees(SettingsState, "alone") is False
