"""What stands beside the calls: health, figures, the document and its page."""

from __future__ import annotations

import pytest

from dokango.db import Database
from dokango.db.sqlite import SqliteDatabase
from tests.api.conftest import Client

ON_BOTH = True  # it asks the database itself


async def test_the_site_is_well_while_its_database_answers(client: Client) -> None:
    answer = await client.get("/healthz", headers={"Authorization": ""})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_disk_that_takes_nothing_is_told_until_it_does_again(client: Client, db: Database) -> None:
    assert isinstance(db, SqliteDatabase)
    db._writer.execute("PRAGMA query_only = ON")
    refused = await client.place(("MUG", 1), key="k")
    assert (refused.status_code, refused.json()["code"]) == (507, "cannot-keep")
    assert refused.headers["retry-after"]
    for _ in range(2):
        answer = await client.get("/healthz")
        assert (answer.status_code, answer.json()["status"]) == (503, "degraded")
        assert answer.json()["reason"] == refused.json()["detail"]
    db._writer.execute("PRAGMA query_only = OFF")
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    assert (await client.place(("MUG", 1), key="k")).status_code == 201


async def test_calls_are_counted_by_route_and_not_by_order(client: Client) -> None:
    number = (await client.place(("MUG", 1))).json()["number"]
    await client.get(f"/api/v1/orders/{number}")
    figures = (await client.get("/metrics")).text
    assert 'dokango_api_calls_total{method="GET",route="/orders/{number}",status="200"}' in figures
    assert f"/orders/{number}" not in figures


async def test_the_page_tells_of_every_documented_call_without_a_script(client: Client) -> None:
    document = (await client.get("/api/v1/openapi.json", headers={"Authorization": ""})).json()
    answer = await client.get("/api/v1/docs", headers={"Authorization": ""})
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script" not in answer.text
    assert all(f"<code>{path}</code>" in answer.text for path in document["paths"])


async def test_the_document_lists_every_call_of_the_contract(client: Client) -> None:
    document = (await client.get("/api/v1/openapi.json")).json()
    told = {(method.upper(), path) for path, calls in document["paths"].items() for method in calls}
    assert told >= {
        ("POST", "/api/v1/orders"), ("GET", "/api/v1/orders"), ("GET", "/api/v1/orders/{number}"),
        ("GET", "/api/v1/stock"), ("POST", "/api/v1/stock/receipts"), ("POST", "/api/v1/stock/counts"),
        ("GET", "/api/v1/products"), ("POST", "/api/v1/products"), ("GET", "/api/v1/ledger/trial-balance"),
        ("GET", "/api/v1/ledger/entries"), ("GET", "/api/v1/reports/profit"), ("GET", "/api/v1/reports/inventory"),
        ("GET", "/api/v1/problems"), ("GET", "/api/v1/resolutions"), ("POST", "/api/v1/webhooks/steadfast"),
        ("GET", "/healthz"),
        *(("POST", f"/api/v1/orders/{{number}}/actions/{action}") for action in (
            "verify_payment", "reject_claim", "confirm", "pack", "ship", "sync", "deliver", "cancel", "hold",
            "release", "receive_return", "refund",
        )),
    }  # fmt: skip
