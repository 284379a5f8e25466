"""Booked parcels over HTTP, cancelled and changed with a practice courier that answers."""

from __future__ import annotations

import pytest

from dokango.couriers.desk import CourierDesk
from dokango.couriers.parcels import shipments
from dokango.couriers.practice.faults import Fault
from dokango.orders import Context
from dokango.orders.parcels.book import ship_by_courier
from tests.api.conftest import Client
from tests.small_shop import Shop

WHY = {"reason": "ordered twice"}


@pytest.fixture
def booked(served: Shop, practice_courier: CourierDesk) -> str:
    """The number of an order that RedX is to fetch."""
    order = served.bring_to("packed", ("MUG", 1), payment={"method": "cod"})
    ship_by_courier(practice_courier, served.db, Context(served.owner, served.clock), order.number, "redx")
    return order.number


async def test_a_booking_is_cancelled_once_for_its_key_and_the_order_waits_to_be_shipped(
    client: Client, served: Shop, booked: str
) -> None:
    path, key = f"/api/v1/orders/{booked}/booking/cancel", {"Idempotency-Key": "once"}
    answer = await client.post(path, json=WHY, headers=key)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["status"], answer.json()["packed"]) == ("confirmed", True)
    assert "ordered twice" in answer.json()["events"][-1]["note"]
    assert (await client.post(path, json=WHY, headers=key)).json() == answer.json()
    again = await client.post(path, json=WHY)
    assert (again.status_code, again.json()["action"]) == (409, "cancel_booking")
    other = await client.act(booked, "ship", courier="redx")
    assert other.status_code == 200, other.text


async def test_what_the_courier_refuses_is_said_in_its_words(
    client: Client, served: Shop, booked: str, practice_courier: CourierDesk
) -> None:
    order_id = served.order(booked).id
    (parcel,) = served.db.read(lambda tx: shipments.all_of(tx, order_id))
    practice_courier.practice("redx").move(parcel.consignment_id, "ready-for-delivery")
    refused = await client.post(f"/api/v1/orders/{booked}/booking/cancel", json=WHY)
    assert (refused.status_code, refused.json()["courier"]) == (409, "redx")
    assert "picked up and cannot be cancelled" in refused.json()["detail"]
    assert served.order(booked).status == "shipped"


async def test_what_nobody_knows_is_202_and_a_person_says_what_came_of_it(
    client: Client, served: Shop, booked: str, practice_courier: CourierDesk
) -> None:
    practice_courier.practice("redx").faults.add(Fault("drop", "/parcels"))
    path = f"/api/v1/orders/{booked}/booking"
    unknown = await client.post(f"{path}/cancel", json=WHY)
    assert (unknown.status_code, unknown.json()["status"]) == (202, "shipped")
    (problem,) = (await client.get("/api/v1/problems")).json()["problems"]
    assert (problem["kind"], problem["next_act"]) == ("cancel_uncertain", "settle_cancel")
    assert set(problem["acts"]) >= {"they_cancelled", "not_cancelled"} and "close" not in problem["acts"]
    goes_on = await client.post(f"{path}/cancelled", json={"cancelled": False})
    assert (goes_on.status_code, goes_on.json()["status"]) == (200, "shipped")
    done = await client.post(f"{path}/cancelled", json={"cancelled": True, "reason": "seen in the panel"})
    assert (done.status_code, done.json()["status"]) == (200, "confirmed")
    late = await client.post(f"{path}/cancelled", json={"cancelled": True})
    assert late.status_code == 409 and (await client.get("/api/v1/problems")).json()["problems"] == []


async def test_who_can_cancel_by_its_api_is_said_of_each_courier(client: Client, served: Shop) -> None:
    couriers = (await client.get("/api/v1/couriers")).json()["couriers"]
    assert [one["key"] for one in couriers if "cancel" in one["can"]] == ["redx"]


async def test_a_courier_is_told_of_another_address_by_its_api(client: Client, served: Shop, booked: str) -> None:
    nothing = await client.post(f"/api/v1/orders/{booked}/booking/tell")
    assert (nothing.status_code, nothing.json()["action"]) == (409, "tell_changes")
    row = served.order(booked)
    where = {"line": "House 9", "area": "Banani", "city": "Dhaka", "district": "Dhaka"}
    corrected = await client.act(booked, "correct_address", name=row.name, phone=row.phone, **where)
    assert corrected.status_code == 200, corrected.text
    told = await client.post(f"/api/v1/orders/{booked}/booking/tell", json={"version": corrected.json()["version"]})
    assert told.status_code == 200, told.text
    assert "House 9, Banani, Dhaka" in told.json()["events"][-1]["note"]
