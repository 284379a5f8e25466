"""A courier's charges over HTTP: `pay_out` with the charge alone, of prepaid parcels and of those that came back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Client
from tests.small_shop import Shop

COD: dict[str, Any] = {"payment": {"method": "cod"}}
RIDER = "receivable:courier:rider"


@pytest.mark.parametrize(
    ("status", "changes"),
    [("delivered", {}), ("returned", {}), ("returned", COD), ("shipped", COD), ("delivered", COD)],
)
async def test_the_charge_alone_is_booked(client: Client, served: Shop, status: str, changes: dict[str, Any]) -> None:
    order = served.bring_to(status, ("MUG", 1), **changes)
    held = served.balance(RIDER)
    answer = await client.act(order.number, "pay_out", charge_poisha=8_000)
    assert (answer.status_code, answer.json()["status"]) == (200, status), answer.text
    assert (served.balance("expense:courier"), served.balance(RIDER)) == (8_000, held - 8_000)
    again = await client.act(order.number, "pay_out", charge_poisha=8_000)
    assert (again.status_code, again.json()["detail"]) == (409, "The charge of this parcel is booked already: ৳80.")
    other = await client.act(order.number, "pay_out", charge_poisha=8_500)
    assert (other.status_code, served.balance("expense:courier")) == (200, 8_500)


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "amount_poisha"), ({"amount_poisha": 1}, "amount_poisha"), ({"amount_poisha": -1}, "amount_poisha"),
     ({"charge_poisha": -1}, "charge_poisha"), ({"charge_poisha": 100, "parcel": "DG-9"}, "parcel")],
)  # fmt: skip
async def test_what_cannot_be_booked_on_a_prepaid_parcel_is_said_by_field(
    client: Client, served: Shop, body: dict[str, Any], field: str
) -> None:
    order = served.bring_to("delivered", ("MUG", 1))
    answer = await client.act(order.number, "pay_out", **body)
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]
    assert served.balance("expense:courier") == 0


async def test_the_documents_tell_how_a_charge_is_booked(client: Client) -> None:
    schema = (await client.get("/api/v1/openapi.json")).json()
    body = schema["components"]["schemas"]["PayOutBody"]["properties"]
    assert "in all" in body["charge_poisha"]["description"]
    assert "below 0" in body["amount_poisha"]["description"]
    assert "came back" in schema["paths"]["/api/v1/orders/{number}/actions/pay_out"]["post"]["description"]
