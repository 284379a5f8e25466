"""Orders over HTTP: placing, reading, listing, and the steps of their lives."""

from __future__ import annotations

from tests.api.conftest import Client
from tests.small_shop import Shop


async def test_an_order_lives_from_placing_to_profit_by_the_design_s_figures(client: Client, served: Shop) -> None:
    placed = await client.place(("SARI", 2))
    assert placed.status_code == 201, placed.text
    order = placed.json()
    number = order["number"]
    assert (order["total_poisha"], order["due_poisha"], order["money"], order["status"]) == (
        250_000, 250_000, "unpaid", "pending",
    )  # fmt: skip
    paid = await client.act(
        number, "verify_payment", method="bkash", transaction_id="BKA1234567", amount_poisha=250_000
    )
    assert paid.json()["money"] == "paid"
    assert served.balance("cash:bkash") == 250_000
    for action, body, status in (
        ("confirm", {}, "confirmed"),
        ("pack", {}, "confirmed"),
        ("ship", {"courier": "manual", "carrier": "Sundarban", "tracking_code": "SB-1"}, "shipped"),
        ("deliver", {}, "delivered"),
    ):
        answer = await client.act(number, action, **body)
        assert (answer.status_code, answer.json()["status"]) == (200, status), answer.text
    assert served.balance("expense:cogs") == 180_000
    assert served.level("SARI") == (18, 0, 18 * 90_000)
    read = (await client.get(f"/api/v1/orders/{number}")).json()
    assert read == answer.json()
    assert [event["to"] for event in read["events"]] == [
        "pending", None, "confirmed", None, "shipped", "delivered",
    ]  # fmt: skip
    assert read["shipment"]["tracking_code"] == "SB-1"
