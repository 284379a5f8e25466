"""Problems over HTTP: what waits, by when, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dokango.couriers.desk import CourierDesk
from dokango.couriers.parcels import shipments
from dokango.orders import Context
from dokango.orders.parcels.book import ship_by_courier
from dokango.orders.parcels.news import sync_order
from dokango.people.permissions import Role
from tests.api.conftest import Client
from tests.small_shop import Shop


@pytest.fixture
def failed(served: Shop, practice_courier: CourierDesk) -> str:
    """The number of an order whose delivery has failed."""
    order = served.bring_to("packed", ("MUG", 1), payment={"method": "cod"})
    context = Context(served.owner, served.clock)
    ship_by_courier(practice_courier, served.db, context, order.number, "steadfast")
    (parcel,) = served.db.read(lambda tx: shipments.all_of(tx, order.order_id))
    practice_courier.practice().move(parcel.consignment_id, "hold")
    sync_order(practice_courier, served.db, context, order.number)
    return order.number


async def waiting(client: Client) -> dict[str, Any]:
    (found,) = (await client.get("/api/v1/problems")).json()["problems"]
    return dict(found)


async def test_a_failed_delivery_says_its_deadline_its_state_and_what_can_be_done(client: Client, failed: str) -> None:
    found = await waiting(client)
    assert (found["order"], found["kind"], found["state"]) == (failed, "held_at_hub", "needs_us")
    assert found["due_at"] > found["since"] and found["next_act"] == "ask_courier"
    assert {"redeliver", "ask_customer", "ask_back", "take", "close"} <= set(found["acts"])
    assert (await client.get("/api/v1/resolutions")).json()["resolutions"] == [found]


async def test_an_act_answers_the_problem_as_it_is_then_once_for_its_key(client: Client, failed: str) -> None:
    found = await waiting(client)
    path, key = f"/api/v1/problems/{found['id']}/acts/redeliver", {"Idempotency-Key": "again"}
    body = {"day": "2026-11-24", "version": found["version"]}
    answer = await client.post(path, json=body, headers=key)
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert (
        after["said"] == "Redelivery is asked for. Now tell the courier."
        and "again on 24 Nov 2026" in after["to_courier"]
    )
    assert (await client.post(path, json=body, headers=key)).json() == after
    stale = await client.post(path, json=body)
    assert (stale.status_code, "told" in stale.json()["allowed"]) == (409, True)
    told = (await client.post(f"/api/v1/problems/{found['id']}/acts/told")).json()
    assert (told["state"], told["to_courier"]) == ("asked_courier", None)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("{id}/acts/redeliver", {"day": "never"}, 422),
        ("{id}/acts/redeliver", {"day": "2026-11-24", "extra": 1}, 422),
        ("{id}/acts/dance", {}, 404),
        ("case-999/acts/take", {}, 404),
        ("held-1001/acts/take", {}, 404),
        ("99999999999999999999/acts/take", {}, 404),
        ("{id}/acts/told", {}, 409),
    ],
)
async def test_what_cannot_be_done_is_a_problem_document(
    client: Client, failed: str, path: str, body: dict[str, Any], status: int
) -> None:
    found = await waiting(client)
    answer = await client.post(f"/api/v1/problems/{path.format(id=found['id'])}", json=body)
    assert (answer.status_code, bool(answer.json()["detail"])) == (status, True)
    assert await waiting(client) == found


async def test_a_key_that_may_not_ship_can_do_nothing(
    client: Client, failed: str, key_of: Callable[[Role], str]
) -> None:
    headers = {"Authorization": f"Bearer {key_of(Role.VIEWER)}"}
    (found,) = (await client.get("/api/v1/problems", headers=headers)).json()["problems"]
    assert found["acts"] == []
    answer = await client.post(f"/api/v1/problems/{found['id']}/acts/take", headers=headers)
    assert answer.status_code == 403
