"""README: to add a courier, touch one file and its row. Here it ships and is heard over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from dokango.couriers import process_desk
from dokango.couriers.desk import CourierDesk
from dokango.couriers.inbox import news_by_id
from dokango.couriers.registry import COURIERS
from dokango_web.api import webhooks
from dokango_web.api.app import api
from dokango_web.routes import native
from tests.api.conftest import Client
from tests.paperplane import PAPERPLANE
from tests.small_shop import Shop


@pytest.fixture(autouse=True)
def desk(served: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[CourierDesk]:
    """Paperplane beside Steadfast, both played."""
    monkeypatch.setitem(COURIERS, PAPERPLANE.key, PAPERPLANE)
    found = CourierDesk(served.clock, None)
    process_desk.use_desk(found)
    yield found
    process_desk.use_desk(None)
    found.close()


async def test_an_order_is_shipped_and_synced_by_it(client: Client, served: Shop, desk: CourierDesk) -> None:
    number = served.bring_to("packed").number
    order = (await client.act(number, "ship", courier="paperplane")).json()
    shipment = order["shipment"]
    assert (order["status"], shipment["courier"], shipment["carrier"]) == ("shipped", "paperplane", "Paperplane")
    desk.practice("paperplane").move(shipment["consignment_id"], "landed")
    assert (await client.act(number, "sync")).json()["status"] == "delivered"


async def test_a_courier_that_nobody_knows_is_answered_with_those_there_are(client: Client, served: Shop) -> None:
    answer = await client.act(served.bring_to("packed").number, "ship", courier="pigeon")
    assert answer.status_code == 422 and ", ".join(COURIERS) in answer.text


async def test_its_webhook_has_its_own_address_and_proof(served: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = {"paperplane": "s3cret", "manual": "", "steadfast": "other"}
    monkeypatch.setattr(webhooks, "webhook_keys", lambda courier: (tokens.get(courier, ""), {}))
    body = {"plane": "PP9", "says": "landed"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://shop") as anyone:

        async def post(courier: str, **headers: str) -> int:
            return (await anyone.post(f"/api/v1/webhooks/{courier}", json=body, headers=headers)).status_code

        assert await post("paperplane", **{"X-Paperplane": "wrong"}) == 401
        assert await post("steadfast", **{"X-Paperplane": "s3cret"}) == 401
        assert await post("paperplane", **{"X-Paperplane": "s3cret"}) == 200
        assert [await post(courier) for courier in ("manual", "pigeon")] == [404, 404]
    assert served.db.read(lambda tx: news_by_id(tx, 1)).courier == "paperplane"


async def test_its_practice_server_stands_beside_the_first_ones(served: Shop, desk: CourierDesk) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(native, client=("127.0.0.1", 1))) as here:

        async def at(path: str) -> int:
            return (await here.get(f"http://localhost/_practice{path}")).status_code

        assert [await at(path) for path in ("/parcels", "/steadfast/parcels", "/paperplane/planes/PP1")] == [
            200,
            200,
            404,
        ]
        desk.practice("paperplane").planes["PP1"] = {"plane": "PP1"}
        assert await at("/paperplane/planes/PP1") == 200


async def test_who_carries_by_hand_is_refused_in_the_pages_words(client: Client, served: Shop) -> None:
    answer = await client.act(served.bring_to("packed").number, "ship", courier="manual", carrier="x" * 61)
    assert answer.status_code == 422
    assert answer.json()["fields"]["carrier"] == "The carrier's name may have up to 60 characters."
