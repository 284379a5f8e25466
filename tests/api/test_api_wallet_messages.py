"""POST /wallet-messages: what a phone passes on is kept once, read, and brought beside the order it pays."""

from __future__ import annotations

from typing import Any

from dokango.people import api_keys
from tests.api.conftest import Client
from tests.small_shop import Shop

URL = "/api/v1/wallet-messages"
INCOME = (
    "You have received Tk {tk} from 01711000000.Ref order. Fee Tk 1.50. Balance Tk 6,075.50. TrxID DLU1H6X8AA at "
    "22/11/2026 12:22"
)


def sent(*texts: str) -> dict[str, Any]:
    return {"messages": [{"text": text} for text in texts]}


async def test_each_message_is_answered_in_the_order_sent(client: Client) -> None:
    payment = {"method": "bkash", "transaction_id": "DLU1H6X8AA", "sender": "01711000000"}
    order = (await client.place(("SARI", 1), payment=payment)).json()
    income = INCOME.format(tk=f"{order['due_poisha'] / 100:.2f}")
    body = sent(income, "Cash Out Tk 5.00 to 01711000000 successful", "hello", income)
    answer = await client.post(URL, json=body)
    assert answer.status_code == 200
    first, out, other, again = answer.json()["messages"]
    assert first == {
        "reading": "income", "words": "", "wallet": "bkash", "transaction_id": "DLU1H6X8AA",
        "amount_poisha": order["due_poisha"], "fee_poisha": 150, "balance_poisha": 607_550, "sender": "01711000000",
        "reference": "order", "sent_at": "2026-11-22T06:22:00.000000Z", "duplicate": False,
        "match": {"order": order["number"], "verdict": "exact", "words": "Wallet, TrxID and amount are as claimed."},
    }  # fmt: skip
    assert (out["reading"], other["reading"], out["match"]) == ("not_income", "not_understood", None)
    assert (out["amount_poisha"], out["wallet"]) == (None, None)
    assert again == {**first, "duplicate": True}
    assert (await client.get(f"/api/v1/orders/{order['number']}")).json()["paid_poisha"] == 0


async def test_a_phones_key_brings_messages_and_reads_nothing(client: Client, shop: Shop) -> None:
    key = shop.db.write(lambda tx: api_keys.make(tx, shop.owner, "The counter's phone", "forwarder", shop.clock))
    phone = {"Authorization": f"Bearer {key}"}
    assert (await client.post(URL, json=sent(INCOME.format(tk="5")), headers=phone)).status_code == 200
    for path in ("/api/v1/orders", "/api/v1/stock", "/api/v1/problems", "/api/v1/messages", "/api/v1/wallet-balances"):
        assert (await client.get(path, headers=phone)).status_code == 403


async def test_what_cannot_be_taken_is_said_by_field(client: Client) -> None:
    for body in ({"messages": []}, sent("x" * 10_001), {"messages": [{"text": "x", "from": "bKash"}]}, {"texts": []}):
        assert (await client.post(URL, json=body)).status_code == 422
    at = {"messages": [{"text": "hello", "received_at": "2026-11-22T12:00:00"}]}
    assert (await client.post(URL, json=at)).json()["messages"][0]["sent_at"] == "2026-11-22T06:00:00.000000Z"


async def test_the_first_gap_of_a_wallets_balances_is_told_with_the_lines_around_it(client: Client) -> None:
    first = INCOME.format(tk="5")
    after = first.replace("DLU1H6X8AA", "DLU1H6X8AB").replace("12:22", "12:30").replace("6,075.50", "6,000.50")
    assert (await client.get("/api/v1/wallet-balances")).json() == {"wallets": []}
    await client.post(URL, json=sent(after, first))
    (bkash,) = (await client.get("/api/v1/wallet-balances")).json()["wallets"]
    gap = bkash.pop("gap")
    assert bkash == {"wallet": "bkash", "balance_poisha": 600_050, "lines": 2}
    assert (gap["off_poisha"], gap["before"]["transaction_id"]) == (-8_000, "DLU1H6X8AA")
    assert gap["after"] == {
        "transaction_id": "DLU1H6X8AB", "amount_poisha": 500, "fee_poisha": 150, "balance_poisha": 600_050,
        "sent_at": "2026-11-22T06:30:00.000000Z",
    }  # fmt: skip


async def test_money_that_went_out_is_listed_and_booked_once(client: Client, shop: Shop) -> None:
    told = "Cash Out Tk 500.00 to 01911000000 successful. Fee Tk 9.25. Balance Tk 119.45. TrxID OUT1H6X8A1"
    await client.post(URL, json=sent(told))
    (line,) = (await client.get("/api/v1/wallet-lines/out")).json()["lines"]
    assert (line["kind"], line["amount_poisha"], line["fee_poisha"]) == ("cash_out", 50_000, 925)
    path = f"/api/v1/wallet-lines/{line['id']}/book"
    assert (await client.post(path, json={"pocket": "moon"})).status_code == 422
    assert (await client.post(path, json={"pocket": "hand"})).json() == line
    assert (await client.post(path, json={"pocket": "hand"})).status_code == 409
    assert (await client.get("/api/v1/wallet-lines/out")).json() == {"lines": [], "next_cursor": None}
    assert shop.balance("cash:hand") == 50_000
