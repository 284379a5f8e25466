"""A parcel that was kept in part, over HTTP: previewed, booked, and the rest taken in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Client
from tests.small_shop import Shop

COD = {"payment": {"method": "cod"}}
ONE_OF_THREE: dict[str, Any] = {"lines": [{"sku": "MUG", "kept": 1}], "collected_poisha": 90_000}


async def test_it_is_previewed_booked_once_and_the_rest_taken_in(client: Client, served: Shop) -> None:
    number = served.bring_to("shipped", ("MUG", 3), **COD).number
    path = f"/api/v1/orders/{number}/actions/deliver_part"
    preview = (await client.post(f"{path}/preview", json=ONE_OF_THREE)).json()
    assert preview["movements"] == [{"sku": "MUG", "kind": "sold", "quantity": 1, "value_poisha": -50_000}]
    assert [posting["amount_poisha"] for posting in preview["postings"]] == [160_000, 90_000, 50_000]
    assert (preview["due_poisha"], preview["courier_due_poisha"]) == (0, 90_000)
    assert served.order(number).status == "shipped"
    answers = [await client.act(number, "deliver_part", key="part", **ONE_OF_THREE) for _ in range(2)]
    order = answers[0].json()
    assert (answers[1].content, order["status"], order["money"]) == (
        answers[0].content, "delivered", "cod_with_courier",
    )  # fmt: skip
    assert (order["lines"][0]["not_kept"], order["lines"][0]["coming_back"]) == (2, 2)
    back = {"lines": [{"sku": "MUG", "quantity": 2, "restock": True}]}
    order = (await client.act(number, "receive_return", **back)).json()
    assert (order["lines"][0]["coming_back"], order["refund_due_poisha"], order["status"]) == (0, 0, "delivered")


@pytest.mark.parametrize("path", ["deliver_part", "deliver_part/preview"])
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"lines": [{"sku": "MUG", "kept": 4}], "collected_poisha": 0}, "lines.0.kept"),
        ({"lines": [{"sku": "MUG", "kept": 1}], "collected_poisha": 50}, "collected_poisha"),
        ({"lines": []}, "lines"),
    ],
)
async def test_what_cannot_be_is_said_by_field(
    client: Client, served: Shop, path: str, body: dict[str, Any], field: str
) -> None:
    number = served.bring_to("shipped", ("MUG", 3), **COD).number
    answer = await client.post(f"/api/v1/orders/{number}/actions/{path}", json=body)
    assert answer.status_code == 422 and field in answer.json()["fields"], answer.text


async def test_what_the_rider_collects_is_said_over_http(client: Client, served: Shop) -> None:
    number = served.bring_to("shipped", ("MUG", 1), **COD).number
    paid = {"method": "bkash", "transaction_id": "ONTHEWAY12", "amount_poisha": 80_000}
    shipment = (await client.act(number, "verify_payment", **paid)).json()["shipment"]
    assert (shipment["cod_poisha"], shipment["should_collect_poisha"]) == (90_000, 10_000)
    shipment = (await client.act(number, "say_collects", collects_poisha=10_000)).json()["shipment"]
    assert (shipment["cod_poisha"], shipment["should_collect_poisha"]) == (10_000, None)
