"""Handlers that move money, stock or parcels are refused at the gate, before any of their code runs."""

from __future__ import annotations

from typing import Any

import pytest

from dokango.people.permissions import PERMISSIONS, STAFF_ROLES, Permission
from state.kit.access import access_of
from state.orders.steps import OrderStepsState
from state.shipping.parcel import ParcelState
from state.stock.count import CountState
from tests.small_shop import Shop
from tests.state.desk import Desk

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HANDLERS: list[tuple[Any, Permission, dict[str, Any]]] = [
    (CountState.submit, Permission.COUNT_STOCK, {"form": {"reason": "monthly", "sku-1": "MUG", "quantity-1": "3"}}),
    (CountState.open, Permission.COUNT_STOCK, {"sku": "MUG"}),
    (ParcelState.ask_back, Permission.SHIP, {"form": {"reason": "gave up"}}),
    (OrderStepsState.refund, Permission.REFUND, {
        "form": {"method": "bkash", "amount_poisha": "10", "reference": "R1"}}),
    (OrderStepsState.pay_out, Permission.SETTLE_COD, {"form": {"amount_poisha": "10", "reference": "P1"}}),
]  # fmt: skip


@SQLITE_ALONE
@pytest.mark.parametrize(("handler", "permission", "payload"), HANDLERS)
async def test_a_handler_is_closed_to_every_role_without_its_permission(
    desk: Desk, shop: Shop, handler: Any, permission: Permission, payload: dict[str, Any]
) -> None:
    access = access_of(handler)
    assert access is not None and access.permissions == {permission}
    order = shop.settle(shop.place(("MUG", 2)))
    words = permission.value.replace("_", " ")
    for role in [role.value for role in STAFF_ROLES if permission not in PERMISSIONS[role]]:
        tab = await desk.browser(role)
        await tab.arrive(f"/orders/{order.number}")
        tab.told.clear()
        await tab.call(handler, **payload)
        assert tab.told == [f"Your role may not do this ({words}). Ask the owner."]
    assert shop.level("MUG")[0] == 50 and shop.order(order).refunded_poisha == 0
