"""Money that belongs to customers over HTTP: given back, kept, shared, used, paid out, and what is owed."""

from __future__ import annotations

from tests.api.conftest import Client
from tests.core.nobodys_money import came, nobodys
from tests.small_shop import Shop

LINE = "/api/v1/wallet-messages/bkash/BLU1H6X8AA"


async def test_money_of_no_order_is_given_back_once_with_the_wallets_reference(client: Client, shop: Shop) -> None:
    came(shop, 500)
    body = {"method": "bkash", "reference": "SENT123456"}
    assert (await client.post(f"{LINE}/give-back", json={"method": "bkash"})).status_code == 422
    key = {"Idempotency-Key": "k1"}
    for _ in range(2):
        answer = await client.post(f"{LINE}/give-back", json=body, headers=key)
        assert (answer.status_code, answer.json()["amount_poisha"]) == (200, 50_000)
    again = await client.post(f"{LINE}/give-back", json=body)
    assert (again.status_code, again.json()["code"], nobodys(shop)) == (409, "nothing-left", [])
    unknown = await client.post("/api/v1/wallet-messages/bkash/NOSUCH1234/give-back", json=body)
    assert unknown.status_code == 404


async def test_credit_is_kept_previewed_used_and_paid_out(client: Client, shop: Shop) -> None:
    came(shop, 1_000)
    assert (await client.post(f"{LINE}/keep", json={})).json() == {"amount_poisha": 100_000, "phone": "01711000000"}
    number = (await client.place(("MUG", 1))).json()["number"]
    seen = await client.post(f"/api/v1/orders/{number}/actions/pay_with_credit/preview", json={})
    assert seen.json()["postings"] == [
        {"debit": "payable:credits", "credit": "receivable:customers", "amount_poisha": 90_000}
    ]
    order = (await client.act(number, "pay_with_credit")).json()
    (paid,) = order["payments"]
    assert (order["money"], order["credit_used_poisha"]) == ("paid", 90_000)
    assert (paid["method"], paid["transaction_id"], paid["amount_poisha"]) == ("credit", None, 90_000)
    owed = (await client.get("/api/v1/reports/owed-to-customers")).json()
    assert [(row["kind"], row["amount_poisha"]) for row in owed["rows"]] == [("credit", 10_000)]
    assert owed["total_poisha"] == 10_000
    out = {"method": "bkash", "amount_poisha": 10_000, "reference": "SENT123456"}
    assert (await client.post("/api/v1/credits/01711000000/pay-out", json=out)).status_code == 200
    assert (await client.get("/api/v1/credits/01711000000")).json()["credit_poisha"] == 0


async def test_one_payment_is_shared_by_two_orders_and_each_lists_its_part(client: Client, shop: Shop) -> None:
    came(shop, 1_900)
    numbers = [(await client.place(("MUG", 1))).json()["number"] for _ in range(2)]
    parts = [{"order": number, "amount_poisha": 90_000} for number in numbers]
    answer = (await client.post(f"{LINE}/share", json={"parts": parts, "rest": "credit"})).json()
    assert [order["money"] for order in answer["orders"]] == ["paid", "paid"]
    assert answer["credit_poisha"] == 10_000
    for number in numbers:
        (paid,) = (await client.get(f"/api/v1/orders/{number}")).json()["payments"]
        assert (paid["transaction_id"], paid["amount_poisha"], paid["part"]) == ("BLU1H6X8AA", 90_000, True)
