"""The checkout tells a visitor, in their language, what the shop's limits leave them to do; the cart stays."""

from __future__ import annotations

import json
from typing import Any

import pytest

from state.store.cart import CartState
from state.store.checkout import CheckoutState
from tests.core.shop_to_buy_from import open_shop
from tests.state.desk import Browser, Desk
from tests.state.test_customer_states import orders, place, presses, shopping

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def checks_out(desk: Desk, cart: dict[str, Any], address: str = "", **typed: str) -> Browser:
    """A visitor with `cart`, from `address`, presses the button."""
    visitor = await shopping(desk, cart)
    visitor.address = address or visitor.address
    await visitor.call(CheckoutState.choose_district, district="Dhaka")
    await visitor.call(CheckoutState.choose_method, method="cod")
    await presses(visitor, **typed)
    return visitor


async def test_too_many_of_one_is_said_at_the_line_and_at_the_button(desk: Desk) -> None:
    open_shop(desk.db, desk.clock)
    visitor = await checks_out(desk, {"SARI-RED": 12})
    assert visitor.sees(CheckoutState, "failure") == (
        "At most 10 of “Jamdani sari · Red” can be ordered here at once. Nothing was ordered yet, and your cart is "
        "kept. Lower the number, or call the shop for more (01711-000000)."
    )
    line = visitor.sees(CartState, "lines")[0]
    assert line["trouble"].startswith("At most 10 of it can be ordered here at once.")
    assert json.loads(visitor.sees(CartState, "kept")) == {"SARI-RED": 12}
    assert orders(desk) == 0
    assert not visitor.sees(CheckoutState, "pending")


async def test_a_fourth_open_order_of_a_phone_is_refused_and_another_phones_is_not(desk: Desk) -> None:
    open_shop(desk.db, desk.clock)
    for key in ("a", "b", "c"):
        place(desk, key, method="cod")
    visitor = await checks_out(desk, {"SARI-RED": 1})
    assert visitor.sees(CheckoutState, "failure").startswith("This mobile number cannot order more while 3 of")
    assert visitor.redirects == []
    other = await checks_out(desk, {"SARI-RED": 1}, phone="01811000000")
    assert other.redirects[-1].startswith("/t/")


async def test_the_network_a_visitor_calls_from_is_counted(desk: Desk) -> None:
    open_shop(desk.db, desk.clock, web_open_by_network=1)
    first = await checks_out(desk, {"SARI-RED": 1}, "2a00:1450:4001:2::1", phone="01811000001")
    neighbour = await checks_out(desk, {"SARI-RED": 1}, "2a00:1450:4001:2:ffff::9", phone="01811000002")
    stranger = await checks_out(desk, {"SARI-RED": 1}, "2a00:1450:4001:3::1", phone="01811000003")
    assert first.redirects and stranger.redirects and not neighbour.redirects
    assert neighbour.sees(CheckoutState, "failure").startswith("No more can be ordered from your internet")
