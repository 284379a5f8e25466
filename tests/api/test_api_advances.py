"""Advances over HTTP: what the rule asks is answered, its TrxID taken, and what was seen is held to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from dokango.people.permissions import Role
from dokango_web.api.app import api
from tests.api.conftest import Client
from tests.small_shop import Shop

ASKS_120: dict[str, Any] = {"asks": "amount", "amount_poisha": 12_000}
COD = {"method": "cod"}
ADVANCE = {"method": "cod", "advance_by": "bkash", "transaction_id": "BKA1234567"}


async def test_an_order_with_an_advance_lives_from_its_trx_id_to_what_the_rider_collects(
    client: Client, served: Shop
) -> None:
    served.ask_in_advance(ASKS_120)
    order = (await client.place(payment=ADVANCE)).json()
    assert (order["advance_poisha"], order["advance_reason"], order["money"]) == (12_000, "COD: ask ৳120", "claimed")
    assert order["payment"]["claim"]["method"] == "bkash"
    refused = await client.act(order["number"], "confirm")
    assert (refused.status_code, refused.json()["detail"][:36]) == (409, "৳120 of the advance is still due. Ve")
    paid = {"method": "bkash", "transaction_id": "BKA1234567", "amount_poisha": 12_000}
    order = (await client.act(order["number"], "verify_payment", **paid)).json()
    assert (order["paid_poisha"], order["due_poisha"], order["money"]) == (12_000, 238_000, "cod_due")
    for action, body in (("confirm", {}), ("pack", {}), ("ship", {"courier": "manual", "carrier": "Rider"})):
        order = (await client.act(order["number"], action, **body)).json()
    assert order["shipment"]["cod_poisha"] == 238_000


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"payment": COD, "expected": {"total_poisha": 250_000, "advance_poisha": 12_000}}, 201, ""),
        ({"payment": COD, "expected": {"advance_poisha": 0}}, 409, "asked-otherwise"),
        ({"payment": COD, "expected": {"total_poisha": 249_900}}, 409, "asked-otherwise"),
        ({"payment": {**COD, "transaction_id": "BKA1234567"}}, 422, "invalid-input"),
        ({"payment": {**ADVANCE, "advance_by": "cod"}}, 422, "invalid-input"),
        ({"payment": COD, "without_advance": ""}, 422, "invalid-input"),
    ],
)
async def test_what_was_seen_is_held_to(
    client: Client, served: Shop, body: dict[str, Any], status: int, code: str
) -> None:
    served.ask_in_advance(ASKS_120)
    answer = await client.place(**body)
    assert answer.status_code == status, answer.text
    if code:
        assert answer.json()["type"].endswith(code)
        assert served.level("SARI")[1] == 0
    if code == "asked-otherwise":
        assert (answer.json()["total_poisha"], answer.json()["advance_poisha"]) == (250_000, 12_000)


async def test_only_the_owner_lets_an_advance_be(client: Client, served: Shop, key_of: Callable[[Role], str]) -> None:
    served.ask_in_advance(ASKS_120)
    headers = {"Authorization": f"Bearer {key_of(Role.MANAGER)}"}
    async with Client(transport=httpx.ASGITransport(api), base_url="http://localhost", headers=headers) as manager:
        refused = await manager.place(payment=COD, without_advance="a friend")
        number = (await manager.place(payment=COD)).json()["number"]
        refused_too = await manager.act(number, "waive_advance", reason="a friend")
    assert [(one.status_code, one.json()["permission"]) for one in (refused, refused_too)] == [
        (403, "waive_advance")
    ] * 2
    placed = (await client.place(payment=COD, without_advance="a friend")).json()
    assert (placed["advance_poisha"], placed["advance_reason"][:28]) == (0, "Nothing in advance: a friend")
    waived = (await client.act(number, "waive_advance", reason="a friend")).json()
    assert (waived["advance_poisha"], waived["events"][-1]["note"]) == (0, "৳120 is left to the rider · a friend")
