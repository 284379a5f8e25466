"""The same Idempotency-Key does a thing once, however often and however closely together it is sent."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.api.conftest import WANTED, Client
from tests.small_shop import Shop

ON_BOTH = True  # calls at once


async def test_the_same_order_again_is_the_same_order(client: Client, served: Shop) -> None:
    first = await client.place(("MUG", 2), key="order-1")
    again = await client.place(("MUG", 2), key="order-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert served.level("MUG")[1] == 2


async def test_another_body_under_a_key_is_refused_and_does_nothing(client: Client, served: Shop) -> None:
    await client.place(("MUG", 2), key="order-1")
    other = await client.place(("MUG", 3), key="order-1")
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")
    assert served.level("MUG")[1] == 2


async def test_an_action_again_answers_as_it_did_the_first_time(client: Client) -> None:
    number = (await client.place(("MUG", 1))).json()["number"]
    paid = {"method": "bkash", "transaction_id": "AAAA111111", "amount_poisha": 90_000}
    first = await client.act(number, "verify_payment", key="pay", **paid)
    await client.act(number, "confirm")
    again = await client.act(number, "verify_payment", key="pay", **paid)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert again.json()["status"] == "pending"


async def test_a_receipt_again_brings_no_more_goods(client: Client, served: Shop) -> None:
    body = {"lines": [{"sku": "MUG", "quantity": 5, "unit_cost_poisha": 50_000}]}
    headers = {"Idempotency-Key": "delivery-7"}
    answers = [await client.post("/api/v1/stock/receipts", json=body, headers=headers) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert served.level("MUG")[0] == 55


async def test_a_refused_command_leaves_its_key_unused(client: Client) -> None:
    number = (await client.place(("MUG", 1), payment={"method": "cod"})).json()["number"]
    assert (await client.act(number, "pack", key="pack")).status_code == 409
    await client.act(number, "confirm")
    assert (await client.act(number, "pack", key="pack")).status_code == 200


async def test_a_key_sent_many_times_at_once_places_one_order(client: Client, served: Shop) -> None:
    answers = await asyncio.gather(*(client.place(("MUG", 1), key="race") for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.json()["number"] for answer in answers}) == 1
    assert served.level("MUG")[1] == 1


async def test_a_product_sent_many_times_at_once_is_added_once(client: Client) -> None:
    body = {"title": "Tray", "variants": [{"sku": "TRAY", "price_poisha": 100}]}
    answers = await asyncio.gather(*(client.post("/api/v1/products", json=body) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9


async def test_fifty_buyers_racing_for_seven_jars_buy_exactly_seven(client: Client, served: Shop) -> None:
    async def buy(buyer: int) -> httpx.Response:
        return await client.place(("HONEY", 1), customer={"name": "Buyer", "phone": f"017{buyer:08d}"})

    answers = await asyncio.gather(*(buy(buyer) for buyer in range(50)))
    assert sorted(answer.status_code for answer in answers) == [201] * 7 + [409] * 43
    assert served.level("HONEY")[:2] == (7, 7)
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json()["items"] == [{"sku": "HONEY", "wanted": 1, "available": 0}]


async def test_two_who_act_on_one_order_at_once_get_one_yes(client: Client, served: Shop) -> None:
    number = served.bring_to("confirmed").number
    answers = await asyncio.gather(*(client.act(number, "pack") for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7


@pytest.mark.parametrize("key", ["", "x" * 201, "tab\there"])
async def test_a_key_that_is_no_key_is_refused(client: Client, key: str) -> None:
    answer = await client.post("/api/v1/orders", json=WANTED, headers={"Idempotency-Key": key})
    assert answer.status_code == 422
