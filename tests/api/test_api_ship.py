"""Shipping over HTTP with what the dialog takes: told to the courier as it was said, or refused by its names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dokango.couriers.parcels import shipments
from tests.api.conftest import Client
from tests.small_shop import Shop

COD = {"payment": {"method": "cod"}}
GIVEN: dict[str, Any] = {
    "cod_poisha": 10_000, "note": "Ring twice", "name": "Karim Uddin", "phone": "+880 1811-000000",
    "alternative_phone": "01911000000", "address": "House 9, Sylhet", "weight_g": 1_200, "hub_pickup": True,
}  # fmt: skip
TOLD = {
    "cod_amount": 100, "note": "Ring twice", "recipient_name": "Karim Uddin", "recipient_phone": "01811000000",
    "alternative_phone": "01911000000", "recipient_address": "House 9, Sylhet", "delivery_type": 1,
}  # fmt: skip


def parcel_of(shop: Shop, number: str) -> Any:
    """The order's latest parcel."""
    order_id = shop.order(number).id
    return shop.db.read(lambda tx: shipments.all_of(tx, order_id))[-1]


async def test_what_is_given_is_what_the_courier_is_told(client: Client, served: Shop) -> None:
    number = served.bring_to("packed", **COD).number
    answer = await client.act(number, "ship", courier="steadfast", **GIVEN)
    assert answer.status_code == 200, answer.text
    row = parcel_of(served, number)
    assert {name: json.loads(row.payload)[name] for name in TOLD} == TOLD
    assert (row.cod_poisha, row.weight_g) == (10_000, 1_200)
    assert answer.json()["shipment"]["cod_poisha"] == 10_000
    assert answer.json()["customer"]["name"] == "Rahima Akter", "the order itself stays as it was"


async def test_what_is_left_out_is_told_as_the_order_says_it(client: Client, served: Shop) -> None:
    number = served.bring_to("packed", **COD).number
    await client.act(number, "ship", courier="steadfast", hub_pickup=False)
    sent = json.loads(parcel_of(served, number).payload)
    assert (sent["recipient_name"], sent["cod_amount"], sent["delivery_type"]) == ("Rahima Akter", 1_700, 0)
    assert "alternative_phone" not in sent


async def test_a_courier_without_an_api_is_told_it_too(client: Client, served: Shop) -> None:
    number = served.bring_to("packed", **COD).number
    answer = await client.act(number, "ship", courier="manual", carrier="Own rider", **GIVEN)
    assert answer.status_code == 200, answer.text
    row = parcel_of(served, number)
    assert (row.cod_poisha, row.weight_g) == (10_000, 1_200)
    assert json.loads(row.payload)["recipient_phone"] == "01811000000"
    delivered = (await client.act(number, "deliver")).json()
    assert (delivered["due_poisha"], delivered["courier_due_poisha"], delivered["money"]) == (
        160_000, 10_000, "part_paid",
    )  # fmt: skip


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"cod_poisha": 19_250}, "cod_poisha"),
    ({"cod_poisha": -1}, "cod_poisha"),
    ({"cod_poisha": 100.5}, "cod_poisha"),
    ({"name": "x" * 101}, "name"),
    ({"name": " "}, "name"),
    ({"phone": "12345"}, "phone"),
    ({"alternative_phone": "12345"}, "alternative_phone"),
    ({"address": "x" * 491}, "address"),
    ({"note": "x" * 481}, "note"),
    ({"weight_g": 0}, "weight_g"),
    ({"hub_pickup": "yes"}, "hub_pickup"),
]


@pytest.mark.parametrize("courier", [{"courier": "steadfast"}, {"courier": "manual", "carrier": "Rider"}], ids=str)
@pytest.mark.parametrize(("wrong", "field"), WRONG, ids=str)
async def test_what_cannot_be_told_is_refused_by_its_name_and_nothing_is_sent(
    client: Client, served: Shop, courier: dict[str, str], wrong: dict[str, Any], field: str
) -> None:
    number = served.bring_to("packed", **COD).number
    answer = await client.act(number, "ship", **courier, **wrong)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field]), answer.text
    assert served.order(number).status == "confirmed" and served.order(number).shipment_id is None


async def test_more_than_the_courier_takes_at_the_door_is_refused(client: Client, served: Shop) -> None:
    number = served.bring_to("packed", **COD).number
    answer = await client.act(number, "ship", courier="steadfast", cod_poisha=100_000_100)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["cod_poisha"])


async def test_the_documentation_names_what_ship_takes(client: Client) -> None:
    document = (await client.get("/api/v1/openapi.json")).json()
    assert set(GIVEN) < set(document["components"]["schemas"]["ShipBody"]["properties"])
