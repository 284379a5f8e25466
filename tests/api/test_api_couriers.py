"""A courier over HTTP: ship and sync by its API, what is not known yet, and its webhook."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import httpx
import pytest
from pydantic import SecretStr

from dokango.couriers import process_desk
from dokango.couriers.desk import CourierDesk
from dokango.couriers.inbox import news_by_id
from dokango.couriers.practice.faults import Fault
from dokango.settings import settings
from dokango_web.api import courier_calls, webhooks
from dokango_web.api.app import api
from tests.api.conftest import Client
from tests.small_shop import Shop


@pytest.fixture(autouse=True)
def desk(served: Shop) -> Iterator[CourierDesk]:
    """The practice courier, in memory."""
    found = CourierDesk(served.clock, None, timeout=httpx.Timeout(0.3))
    process_desk.use_desk(found)
    yield found
    process_desk.use_desk(None)
    found.close()


async def test_shipped_synced_and_delivered_through_the_courier(
    client: Client, served: Shop, desk: CourierDesk
) -> None:
    number = served.bring_to("packed", ("SARI", 2)).number
    answer = await client.act(number, "ship", courier="steadfast")
    order = answer.json()
    assert (answer.status_code, order["status"]) == (200, "shipped"), answer.text
    shipment = order["shipment"]
    assert (shipment["courier"], shipment["booking"], shipment["status"]) == ("steadfast", "booked", "in_review")
    assert shipment["consignment_id"] and shipment["tracking_code"]
    desk.practice().move(shipment["consignment_id"], "Delivered")
    synced = (await client.act(number, "sync")).json()
    assert (synced["status"], synced["shipment"]["raw_status"]) == ("delivered", "Delivered")
    assert [e["action"] for e in synced["events"]][-3:] == ["ship", "sync", "deliver"]


async def test_an_unanswered_booking_is_202_and_blocks_the_next(
    client: Client, served: Shop, desk: CourierDesk
) -> None:
    number = served.bring_to("packed").number
    desk.practice().faults.add(Fault("timeout", "create_order", delay_s=3, lands=True))
    answer = await client.act(number, "ship", courier="steadfast", key="k")
    assert (answer.status_code, answer.json()["shipment"]["booking"]) == (202, "uncertain")
    again = await client.act(number, "ship", courier="steadfast", key="k")
    assert (again.status_code, again.content) == (202, answer.content)
    assert (await client.act(number, "ship", courier="steadfast")).status_code == 409
    assert (await client.act(number, "cancel", reason="no")).status_code == 409


async def test_what_the_courier_refuses_is_409_and_the_order_stays(
    client: Client, served: Shop, desk: CourierDesk
) -> None:
    number = served.bring_to("packed").number
    desk.practice().faults.add(Fault("fail", "create_order", http_status=422))
    answer = await client.act(number, "ship", courier="steadfast")
    assert answer.status_code == 409
    assert "Steadfast refused" in answer.json()["detail"]
    assert (await client.get(f"/api/v1/orders/{number}")).json()["status"] == "confirmed"


@pytest.mark.parametrize(("courier", "status"), [("pigeon", 422), ("", 422), ("manual", 422)])
async def test_a_courier_nobody_knows_is_said_by_field(client: Client, served: Shop, courier: str, status: int) -> None:
    number = served.bring_to("packed").number
    assert (await client.act(number, "ship", courier=courier)).status_code == status


async def test_the_webhook_is_refused_without_a_token_and_stored_with_it(
    served: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = served.bring_to("packed")
    body = json.dumps({"consignment_id": 9, "invoice": order.number, "status": "delivered"})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://shop") as anyone:

        async def post(token: str, content: str = body) -> httpx.Response:
            headers = {"Authorization": f"Bearer {token}"}
            return await anyone.post("/api/v1/webhooks/steadfast", content=content, headers=headers)

        assert (await post("")).status_code == 401
        monkeypatch.setattr(webhooks, "webhook_keys", lambda courier: ("right", {}))
        assert [(await post(t)).status_code for t in ("wrong", "right", "right")] == [401, 200, 200]
        assert (await post("right", "nonsense")).status_code == 400
        assert (await post("right")).json() == {"status": "success", "message": "Webhook received successfully."}
    assert served.db.read(lambda tx: news_by_id(tx, 1)).body == body
    assert served.db.read(lambda tx: news_by_id(tx, 2)) is None


def test_the_token_is_the_settings_own(served: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = settings().model_copy(update={"steadfast_webhook_token": SecretStr("t")})
    monkeypatch.setattr(process_desk, "settings", lambda: changed)
    assert process_desk.webhook_keys("steadfast")[0] == "t"


async def test_a_ship_sent_many_times_at_once_under_one_key_books_one_parcel(
    client: Client, served: Shop, desk: CourierDesk
) -> None:
    number = served.bring_to("packed").number
    answers = await asyncio.gather(*(client.act(number, "ship", courier="steadfast", key="k") for _ in range(8)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}


async def test_a_slow_courier_is_not_waited_for_and_its_answer_still_counts(
    client: Client, served: Shop, desk: CourierDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier_calls, "WAIT_S", 0.01)
    number = served.bring_to("packed").number
    desk.practice().faults.add(Fault("slow", "create_order", delay_s=0.2))
    answer = await client.act(number, "ship", courier="steadfast")
    order = answer.json()
    assert (answer.status_code, order["status"]) == (202, "confirmed")
    assert order["shipment"] is None or order["shipment"]["booking"] == "requested"  # asked for, or about to be
    await asyncio.wait(set(courier_calls._under_way))
    order = (await client.get(f"/api/v1/orders/{number}")).json()
    assert (order["status"], order["shipment"]["booking"]) == ("shipped", "booked")
