"""What a careless or hostile program sends: each time a sentence about what to do, and nothing written."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from dokango_web.api.app import api
from dokango_web.door.way_in import through_the_door
from tests.api.conftest import WANTED, Client
from tests.small_shop import Shop

ON_BOTH = True  # what one database takes the other may not

JSON = {"Content-Type": "application/json"}


def with_line(**line: Any) -> dict[str, Any]:
    return {**WANTED, "lines": [{"sku": "MUG", "quantity": 1, **line}]}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (with_line(quantity=0), "lines.0.quantity"),
        (with_line(quantity=-1), "lines.0.quantity"),
        (with_line(quantity=1.5), "lines.0.quantity"),
        (with_line(quantity=2.0), "lines.0.quantity"),
        (with_line(quantity="2"), "lines.0.quantity"),
        (with_line(quantity=True), "lines.0.quantity"),
        (with_line(quantity=None), "lines.0.quantity"),
        (with_line(quantity=10**30), "lines.0.quantity"),
        (with_line(unit_price_poisha=1), "lines.0.unit_price_poisha"),
        (with_line(sku="NO-SUCH"), "lines.0.sku"),
        (with_line(sku="MUG\x00"), "lines.0.sku"),
        ({**WANTED, "total_poisha": 1}, "total_poisha"),
        ({**WANTED, "lines": []}, "lines"),
        ({**WANTED, "lines": "MUG"}, "lines"),
        ({**WANTED, "lines": [None]}, "lines.0"),
        ({**WANTED, "customer": {"name": "R", "phone": "12345"}}, "customer.phone"),
        ({**WANTED, "customer": {"name": " ", "phone": "01711000000"}}, "customer.name"),
        ({**WANTED, "customer": {"name": "x" * 101, "phone": "01711000000"}}, "customer.name"),
        ({**WANTED, "payment": {"method": "paypal"}}, "payment.method"),
        ({**WANTED, "payment": {"method": "bkash", "transaction_id": "!!"}}, "payment.transaction_id"),
        ({**WANTED, "payment": {"method": "cod", "transaction_id": "AAAA111111"}}, "payment.transaction_id"),
        ({**WANTED, "note": "x" * 1_001}, "note"),
        ({name: WANTED[name] for name in ("customer", "address", "lines")}, "payment"),
        ([], "body"),
        ("order", "body"),
        (None, "body"),
    ],
)
async def test_an_order_that_cannot_be_is_refused_by_field(client: Client, served: Shop, body: Any, field: str) -> None:
    answer = await client.post("/api/v1/orders", content=json.dumps(body), headers=JSON)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert problem["fields"][field].endswith("."), problem
    assert served.level("MUG")[1] == 0


@pytest.mark.parametrize(
    "raw",
    [
        b"{", b"{'a': 1}", b"\xff\xfe", b'{"note": "\xc3\x28"}', b'{"note": "\\ud800"}', b"NaN1", b"[" * 100_000,
        b'{"a": 1} {"b": 2}', b'{"quantity": 1' + b"0" * 5_000 + b"}", b'{"note": "a\x00b"}',
    ],
)  # fmt: skip
async def test_what_is_no_json_is_refused(client: Client, raw: bytes) -> None:
    answer = await client.post("/api/v1/orders", content=raw, headers=JSON)
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["detail"]


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e400", b"-0.0"])
async def test_numbers_that_are_none_are_refused(client: Client, number: bytes) -> None:
    raw = json.dumps(with_line(quantity="@")).encode().replace(b'"@"', number)
    answer = await client.post("/api/v1/orders", content=raw, headers=JSON)
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "multipart/form-data"])
async def test_a_body_of_another_type_is_refused(client: Client, kind: str) -> None:
    answer = await client.post("/api/v1/orders", content=b"a=1", headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported-media-type")


async def test_more_parameters_than_any_call_takes_are_refused(client: Client) -> None:
    answer = await client.get("/api/v1/orders?" + "&".join(f"p{n}=1" for n in range(60)))
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["query"])


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=101", "limit=x", "limit=1.5", "limit=1&limit=2", "cursor=zzz", "cursor=AAAAAAAAAAA",
        "cursor=%00", "q=%00", "status=lost", "money=gold", "page=2", "q=" + "x" * 201, "limit=" + "9" * 30,
    ],
)  # fmt: skip
async def test_a_list_asked_for_wrongly_is_refused(client: Client, query: str) -> None:
    answer = await client.get(f"/api/v1/orders?{query}")
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [query.partition("=")[0]]


async def test_parameters_without_a_value_count_as_left_out(client: Client) -> None:
    assert (await client.get("/api/v1/orders?status=&money=&q=&limit=&cursor=")).status_code == 200


@pytest.mark.parametrize("typed", ["a", "ab", "'", '"', "*", "AND", "ra OR", "()", "%", "১২", "-", "🙂", "a:b", "\\"])
async def test_nothing_that_is_searched_for_breaks_the_search(client: Client, served: Shop, typed: str) -> None:
    served.place(("MUG", 1))
    answer = await client.get("/api/v1/orders", params={"q": typed})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/orders/9999", 404),
        ("GET", "/api/v1/orders/%00", 422),
        ("GET", "/api/v1/orders/", 404),
        ("GET", "/api/v1/ledger/entries?order=9999", 404),
        ("POST", "/api/v1/orders/9999/actions/confirm", 404),
        ("POST", "/api/v1/orders/9999/actions/explode", 404),
        ("DELETE", "/api/v1/orders", 405),
        ("PUT", "/api/v1/orders/1001", 405),
        ("PATCH", "/healthz", 405),
    ],
)
async def test_what_is_not_there_is_a_problem_too(client: Client, method: str, path: str, status: int) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert (status == 405) == ("allow" in answer.headers)


async def test_an_address_names_every_method_that_it_takes(client: Client) -> None:
    answer = await client.request("DELETE", "/api/v1/orders")
    assert answer.headers["allow"] == "GET, HEAD, POST"


async def test_head_is_answered_like_get_without_a_body(client: Client) -> None:
    head, got = await client.head("/api/v1/stock"), await client.get("/api/v1/stock")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]


async def test_a_body_that_grows_too_large_is_413(client: Client) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(12):
            yield b" " * 100_000

    through = Client(
        transport=httpx.ASGITransport(through_the_door(api)), base_url="http://shop", headers=client.headers
    )
    answer = await through.post("/api/v1/orders", content=pieces(), headers=JSON)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


@pytest.mark.parametrize("version", [0, -1, "1", 1.5, True, 2**80])
async def test_a_version_that_is_none_is_refused(client: Client, version: Any) -> None:
    number = (await client.place(("MUG", 1))).json()["number"]
    answer = await client.act(number, "hold", reason="other", version=version)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["version"])


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=1+1", "'; DROP TABLE", "🙂 শাড়ি"])
async def test_words_are_kept_as_they_were_typed(client: Client, text: str) -> None:
    order = (await client.place(("MUG", 1), note=text, customer={"name": text, "phone": "01711000000"})).json()
    assert (order["note"], order["customer"]["name"]) == (text, text)
