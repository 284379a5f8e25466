"""Taking orders in: what buyers type, and what is refused with a sentence a field."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dokango.errors import InvalidInput
from dokango.orders.placing.request import PlaceOrder
from dokango.people.actor import Actor
from tests.small_shop import Shop, request

BUYER = {"name": "Rahima Akter", "phone": "01711000000"}


@pytest.mark.parametrize("typed", ["01711000000", "+880 1711-000000", "8801711000000", "০১৭১১০০০০০০", "01711 000 000"])
def test_a_phone_is_taken_as_people_write_it(shop: Shop, typed: str) -> None:
    order = shop.place(("MUG", 1), customer={**BUYER, "phone": typed})
    assert shop.order(order).phone == "01711000000"


@pytest.mark.parametrize(("district", "charge"), [("Dhaka", 10_000), (" dhaka", 10_000), ("Sylhet", 15_000)])
def test_delivery_costs_what_the_district_says(shop: Shop, district: str, charge: int) -> None:
    order = shop.order(shop.place(("MUG", 1), address={"line": "House 7", "district": district}))
    assert (order.delivery_poisha, order.total_poisha) == (charge, 80_000 + charge)
    assert shop.balance("revenue:delivery") == -charge


def test_the_same_sku_twice_is_one_line(shop: Shop) -> None:
    order = shop.place(("MUG", 1), ("MUG", 2))
    assert shop.order(order).units == 3
    assert shop.level("MUG")[1] == 3


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(shop: Shop) -> None:
    with pytest.raises(InvalidInput) as wrong:
        shop.place(
            ("NOPE", 1),
            customer={**BUYER, "phone": "12345"},
            payment={"method": "paypal"},
        )
    assert set(wrong.value.fields) == {"customer.phone", "payment.method", "lines.0.sku"}
    assert shop.place(("MUG", 1)).number == "1001"


def test_a_wallet_without_a_number_is_not_offered_to_buyers_and_staff_may_name_it(shop: Shop, buyer: Actor) -> None:
    shop.set_profile(wallets={}, cod_enabled=False)
    for method in ("bkash", "cod"):
        with pytest.raises(InvalidInput, match="does not take"):
            shop.place(("MUG", 1), payment={"method": method}, actor=buyer)
        assert shop.place(("MUG", 1), payment={"method": method}).status == "pending"


@pytest.mark.parametrize("change", [
    {"lines": []},
    {"lines": [{"sku": "MUG", "quantity": 0}]},
    {"lines": [{"sku": "MUG", "quantity": -2}]},
    {"lines": [{"sku": "MUG", "quantity": 1.5}]},
    {"lines": [{"sku": "MUG", "quantity": "1"}]},
    {"lines": [{"sku": "MUG", "quantity": True}]},
    {"lines": [{"sku": "MUG", "quantity": 10**12}]},
    {"lines": [{"sku": "MUG", "quantity": 1, "unit_price_poisha": 1}]},
    {"total_poisha": 1},
    {"customer": {"name": "", "phone": "01711000000"}},
    {"customer": {"name": "x" * 101, "phone": "01711000000"}},
    {"address": {"line": "", "district": "Dhaka"}},
    {"note": "x" * 1_001},
])  # fmt: skip
def test_prices_and_quantities_of_the_clients_making_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PlaceOrder.model_validate({**request(("MUG", 1)).model_dump(), **change})


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=HYPERLINK(1)", "রহিমা আক্তার", "O'Neil; --"])
def test_names_and_notes_are_kept_as_typed(shop: Shop, text: str) -> None:
    order = shop.order(shop.place(("MUG", 1), customer={**BUYER, "name": text}, note=text))
    assert (order.name, order.note) == (text, text)


def test_a_trx_id_given_at_once_waits_to_be_verified(shop: Shop) -> None:
    payment = {"method": "nagad", "transaction_id": "754m-jgaa", "sender": "+8801711000000"}
    assert shop.place(("MUG", 1), payment=payment).money == "claimed"


def test_numbers_follow_each_other_and_links_cannot_be_guessed(shop: Shop) -> None:
    orders = [shop.order(shop.place(("MUG", 1))) for _ in range(5)]
    assert [order.number for order in orders] == ["1001", "1002", "1003", "1004", "1005"]
    assert len({order.token for order in orders}) == 5
    assert all(len(order.token) >= 22 for order in orders)
