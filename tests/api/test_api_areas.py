"""Couriers over HTTP: who there are, what they can do, and where a parcel goes in their own lists."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from dokango.couriers import process_desk
from dokango.couriers.desk import CourierDesk
from dokango.couriers.practice.faults import Fault
from dokango.couriers.registry import COURIERS
from dokango.orders.parcels.book import ship_by_courier
from dokango.people.permissions import Role
from tests.api.conftest import Client
from tests.core.couriered import COD, Couriered
from tests.small_shop import Shop


@pytest.fixture(autouse=True)
def desk(served: Shop) -> Iterator[CourierDesk]:
    """Practice couriers in memory."""
    found = CourierDesk(served.clock, None)
    process_desk.use_desk(found)
    yield found
    process_desk.use_desk(None)
    found.close()


async def test_the_couriers_are_those_of_the_registry(client: Client) -> None:
    found = (await client.get("/api/v1/couriers")).json()["couriers"]
    assert [(one["key"], one["can"]) for one in found] == [(kind.key, sorted(kind.can)) for kind in COURIERS.values()]
    assert all(one["practises"] == one["by_api"] for one in found)


async def test_a_program_asks_for_the_places_chooses_and_ships(client: Client, served: Shop) -> None:
    address = {"line": "House 7, Road 3", "area": "Nowhere", "city": "", "district": "Dhaka"}
    number = served.bring_to("packed", address=address).number
    refused = await client.act(number, "ship", courier="pathao")
    assert refused.status_code == 422 and set(refused.json()["fields"]) == {"zone"}
    asked = (await client.get(f"/api/v1/orders/{number}/areas?courier=pathao")).json()
    assert [(level["level"], level["chosen"]) for level in asked["areas"]] == [
        ("store", "4101"), ("city", "1"), ("zone", None), ("area", None)
    ]  # fmt: skip
    assert set(asked["missing"]) == {"zone"}
    zone = next(place["id"] for place in asked["areas"][2]["places"] if place["name"] == "Banani")
    chosen = (await client.get(f"/api/v1/orders/{number}/areas?courier=pathao&chosen=zone:{zone}")).json()
    assert chosen["missing"] == {} and chosen["areas"][3]["places"]
    order = (await client.act(number, "ship", courier="pathao", areas={"zone": zone})).json()
    assert (order["status"], order["shipment"]["courier"]) == ("shipped", "pathao")


async def test_a_courier_without_lists_wants_no_places(client: Client, served: Shop) -> None:
    number = served.bring_to("packed").number
    asked = (await client.get(f"/api/v1/orders/{number}/areas?courier=steadfast")).json()
    assert (asked["areas"], asked["missing"]) == ([], {})


@pytest.mark.parametrize("query", ["", "courier=pigeon", "courier=manual", "courier=pathao&chosen=zone", "other=1"])
async def test_what_cannot_be_asked_is_said(client: Client, served: Shop, query: str) -> None:
    number = served.bring_to("packed").number
    assert (await client.get(f"/api/v1/orders/{number}/areas?{query}")).status_code == 422


async def test_a_courier_that_is_down_is_said(client: Client, served: Shop, desk: CourierDesk) -> None:
    desk.practice("pathao").faults.add(Fault("fail", "city-list"))
    number = served.bring_to("packed").number
    answer = await client.get(f"/api/v1/orders/{number}/areas?courier=pathao")
    assert answer.status_code == 503 and "Pathao" in answer.json()["detail"]


async def test_what_a_courier_would_charge_stands_beside_the_tariff_s_figure(
    client: Client, served: Shop, desk: CourierDesk, key_of: Callable[[Role], str]
) -> None:
    number = served.bring_to("packed", ("MUG", 2), **COD).number
    url = f"/api/v1/orders/{number}/charge?courier=redx"
    cod = served.order(number).due_poisha
    found = (await client.get(url)).json()
    assert found["told"] == {"carrying_poisha": 6_000, "cod_poisha": cod // 10_000 * 100}
    assert found["by_tariff_poisha"] == 6_000 + cod // 100
    desk.practice("redx").faults.add(Fault("fail", "charge_calculator"))
    assert (await client.get(url)).json() == {**found, "told": None}
    assert (await client.get(f"/api/v1/orders/{number}/charge?courier=pigeon")).status_code == 422
    packers = {"Authorization": f"Bearer {key_of(Role.PACKER)}"}
    assert (await client.get(url, headers=packers)).status_code == 403


async def test_the_way_of_a_parcel_is_told_in_both_languages(client: Client, served: Shop, desk: CourierDesk) -> None:
    number = served.bring_to("packed", ("MUG", 2), **COD).number
    url = f"/api/v1/orders/{number}/way"
    assert (await client.get(url)).status_code == 409
    beside = Couriered(served, desk, "redx")
    await asyncio.to_thread(ship_by_courier, desk, served.db, beside.context(), number, "redx")
    found = (await client.get(url)).json()
    assert found["courier"] == "RedX"
    assert [(step["words"], bool(step["words_bn"])) for step in found["steps"]] == [
        ("Parcel is created successfully", True)
    ]
    desk.practice("redx").faults.add(Fault("fail", "track", http_status=503))
    assert (await client.get(url)).status_code == 503
