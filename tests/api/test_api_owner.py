"""Stock, catalogue, books, reports and problems over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dokango.people.permissions import Role
from tests.api.conftest import Client
from tests.small_shop import Shop

GIFT = {"title": "Kantha throw", "category": "Home", "variants": [{"sku": "KANTHA-R", "price_poisha": 350_000}]}


async def stock_of(client: Client, sku: str) -> dict[str, int]:
    found = (await client.get("/api/v1/stock")).json()["stock"]
    return next(line for line in found if line["sku"] == sku)


async def test_fifty_units_at_five_hundred_become_forty_eight_worth_24000(client: Client) -> None:
    assert (await stock_of(client, "MUG"))["on_hand"] == 50
    number = (await client.place(("MUG", 2))).json()["number"]
    line = await stock_of(client, "MUG")
    assert (line["on_hand"], line["reserved"], line["available"]) == (50, 2, 48)
    due = (await client.get(f"/api/v1/orders/{number}")).json()["due_poisha"]
    await client.act(number, "verify_payment", method="nagad", transaction_id="NGD12345", amount_poisha=due)
    for action, body in (
        ("confirm", {}),
        ("pack", {}),
        ("ship", {"courier": "manual", "carrier": "Rider"}),
        ("deliver", {}),
    ):
        assert (await client.act(number, action, **body)).status_code == 200
    line = await stock_of(client, "MUG")
    assert (line["on_hand"], line["value_poisha"], line["unit_cost_poisha"]) == (48, 2_400_000, 50_000)
    accounts = (await client.get("/api/v1/ledger/trial-balance")).json()["accounts"]
    assert {a["account"]: a["balance_poisha"] for a in accounts}["expense:cogs"] == 100_000
    assert sum(a["debit_poisha"] for a in accounts) == sum(a["credit_poisha"] for a in accounts)


async def test_a_new_product_is_received_counted_and_sold(client: Client) -> None:
    added = await client.post("/api/v1/products", json=GIFT)
    assert (added.status_code, added.json()["slug"]) == (201, "kantha-throw")
    assert (await client.place(("KANTHA-R", 1))).json()["items"] == [{"sku": "KANTHA-R", "wanted": 1, "available": 0}]
    receipt = {"lines": [{"sku": "KANTHA-R", "quantity": 5, "unit_cost_poisha": 200_000}], "paid_from": "bank"}
    received = await client.post("/api/v1/stock/receipts", json=receipt)
    assert (received.status_code, received.json()["stock"][0]["on_hand"]) == (201, 5)
    counted = await client.post(
        "/api/v1/stock/counts", json={"lines": [{"sku": "KANTHA-R", "counted": 4}], "reason": "one is stained"}
    )
    assert counted.json()["stock"][0]["value_poisha"] == 800_000
    assert (await client.place(("KANTHA-R", 1))).status_code == 201
    again = await client.post("/api/v1/products", json=GIFT)
    assert (again.status_code, again.json()["code"]) == (409, "already-exists")


async def test_profit_is_700_taka_for_the_design_s_order(client: Client, served: Shop) -> None:
    order = served.bring_to("delivered", ("SARI", 2))
    report = (await client.get("/api/v1/reports/profit?from=2026-11-22&to=2026-11-22&by=day")).json()
    figures = {"revenue_poisha": 250_000, "cogs_poisha": 180_000, "expenses_poisha": 0, "profit_poisha": 70_000}
    assert report == {"rows": [{"period": "2026-11-22", **figures}], "totals": figures}
    entries = (await client.get(f"/api/v1/ledger/entries?order={order.number}")).json()["entries"]
    assert [entry["action"] for entry in entries] == ["place", "verify_payment", "deliver"]
    assert entries[2]["postings"] == [{"debit": "expense:cogs", "credit": "asset:inventory", "amount_poisha": 180_000}]


async def test_what_is_on_its_way_is_booked_and_not_realised(client: Client, served: Shop) -> None:
    served.bring_to("shipped", ("SARI", 2))
    asked = "/api/v1/reports/profit?from=2026-11-22&to=2026-11-22&basis="
    by_basis = {basis: (await client.get(asked + basis)).json()["totals"] for basis in ("booked", "realised")}
    assert by_basis["booked"]["revenue_poisha"] == 250_000
    assert by_basis["realised"]["profit_poisha"] == 0
    assert (await client.get(asked + "cash")).status_code == 422


async def test_the_journal_comes_in_pages_that_join_without_a_gap(client: Client, served: Shop) -> None:
    served.bring_to("delivered")
    whole = (await client.get("/api/v1/ledger/entries")).json()
    assert whole["next_cursor"] is None
    joined, cursor = [], ""
    while True:
        page = (await client.get(f"/api/v1/ledger/entries?limit=2&cursor={cursor}")).json()
        joined += page["entries"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert joined == whole["entries"]


async def test_the_shelf_is_worth_what_it_was_at_the_end_of_a_day(client: Client, served: Shop) -> None:
    before = (await client.get("/api/v1/reports/inventory")).json()["totals"]
    served.clock.advance(86_400)
    served.bring_to("delivered", ("MUG", 2))
    then = (await client.get("/api/v1/reports/inventory?at=2026-11-22")).json()["totals"]
    now = (await client.get("/api/v1/reports/inventory")).json()["totals"]
    assert then == before
    assert before["value_poisha"] - now["value_poisha"] == 100_000


@pytest.mark.parametrize(
    "query",
    [
        "at=yesterday",
        "at=2026-13-40",
        "at=9999-12-31",
        "at=2026-11-22T10:00:00",
        "at=2026-11-22&at=2026-11-21",
        "when=now",
    ],
)
async def test_a_time_that_cannot_be_read_is_refused_with_a_sentence(client: Client, query: str) -> None:
    answer = await client.get(f"/api/v1/ledger/trial-balance?{query}")
    assert answer.status_code == 422
    assert answer.json()["fields"]


async def test_what_waits_for_a_person_is_listed(client: Client, served: Shop) -> None:
    held = (await client.place(("MUG", 1))).json()["number"]
    await client.act(held, "hold", reason="suspicious", note="same phone as two returns")
    over = served.settle(served.place(("MUG", 1)), 500_000)
    found = (await client.get("/api/v1/problems")).json()["problems"]
    assert {(one["order"], one["kind"]) for one in found} == {(held, "held"), (over.number, "refund_due")}
    assert (await client.get("/api/v1/resolutions")).json() == {"resolutions": []}


async def test_a_packer_sees_the_shelf_without_its_cost(client: Client, key_of: Callable[[Role], str]) -> None:
    headers = {"Authorization": f"Bearer {key_of(Role.PACKER)}"}
    stock = (await client.get("/api/v1/stock", headers=headers)).json()["stock"]
    assert {(line["unit_cost_poisha"], line["value_poisha"]) for line in stock} == {(None, None)}
    for path in ("reports/inventory", "reports/profit", "ledger/trial-balance", "ledger/entries"):
        assert (await client.get(f"/api/v1/{path}", headers=headers)).status_code == 403
