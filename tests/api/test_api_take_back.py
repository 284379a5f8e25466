"""Taking a payment back by the API: previewed, once a key, both rows on record."""

from __future__ import annotations

from tests.api.conftest import Client

PAID = {"method": "bkash", "transaction_id": "BLU1H6X8AA", "amount_poisha": 90_000}


async def test_it_is_previewed_done_once_a_key_and_stays_on_record(client: Client) -> None:
    number = (await client.place(("MUG", 1))).json()["number"]
    (paid,) = (await client.act(number, "verify_payment", **PAID)).json()["payments"]
    assert paid["reversed"] is None
    body = {"payment": paid["id"], "reason": "another buyer's"}
    seen = (await client.post(f"/api/v1/orders/{number}/actions/reverse_payment/preview", json=body)).json()
    assert (seen["due_poisha"], seen["postings"]) == (
        90_000, [{"debit": "receivable:customers", "credit": "cash:bkash", "amount_poisha": 90_000}],
    )  # fmt: skip
    for _ in range(2):
        answer = await client.act(number, "reverse_payment", key="back", **body)
        assert (answer.status_code, answer.json()["due_poisha"]) == (200, 90_000)
    (kept,) = answer.json()["payments"]
    assert (kept["id"], kept["reversed"]["reason"]) == (paid["id"], "another buyer's")
    again = await client.act(number, "reverse_payment", **body)
    assert again.status_code == 409 and "reverse_payment" not in again.json()["allowed"]
    other = (await client.place(("MUG", 1))).json()["number"]
    assert (await client.act(other, "verify_payment", **PAID)).json()["money"] == "paid"
