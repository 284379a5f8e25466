"""An order is edited over HTTP: previewed, changed once, refused when it is stale or short; its COD is lowered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dokango.people.permissions import Role
from tests.api.conftest import Client
from tests.small_shop import Shop

COD = {"payment": {"method": "cod"}}
TWO: dict[str, Any] = {
    "lines": [{"sku": "MUG", "quantity": 2, "discount_percent": 10}], "discount_poisha": 4_000, "reason": "a regular",
}  # fmt: skip


async def test_it_is_previewed_and_changed_once(client: Client, served: Shop) -> None:
    number = served.place(("MUG", 1), **COD).number
    path = f"/api/v1/orders/{number}/actions/edit"
    preview = (await client.post(f"{path}/preview", json=TWO)).json()
    assert preview["movements"] == [{"sku": "MUG", "kind": "reserved", "quantity": 1, "value_poisha": 0}]
    assert preview["due_poisha"] == 150_000 and served.order(number).version == 1

    answers = [await client.act(number, "edit", key="twice", **TWO) for _ in range(2)]
    order = answers[0].json()
    assert (answers[0].status_code, answers[1].content) == (200, answers[0].content)
    assert {name: order[name] for name in ("subtotal_poisha", "discount_poisha", "total_poisha", "due_poisha")} == {
        "subtotal_poisha": 160_000, "discount_poisha": 20_000, "total_poisha": 150_000, "due_poisha": 150_000,
    }  # fmt: skip
    assert (order["discount_reason"], order["lines"][0]["discount_poisha"]) == ("a regular", 16_000)
    assert order["events"][-1]["action"] == "edit" and "Clay mug: 2 instead of 1" in order["events"][-1]["note"]


async def test_what_is_short_answers_with_the_items(client: Client, served: Shop) -> None:
    number = served.place(("MUG", 1), **COD).number
    answer = await client.act(number, "edit", lines=[{"sku": "MUG", "quantity": 99}])
    assert (answer.status_code, answer.json()["items"]) == (409, [{"sku": "MUG", "wanted": 98, "available": 49}])


async def test_a_stale_edit_brings_the_order_and_who_changed_it(client: Client, served: Shop) -> None:
    number = served.place(("MUG", 1), **COD).number
    await client.act(number, "note", text="calls at five")
    answer = await client.act(number, "edit", version=1, **TWO)
    assert (answer.status_code, answer.json()["order"]["version"], answer.json()["changed"]) == (409, 2, "note")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"lines": []}, "lines"),
        ({"lines": [{"sku": "MUG", "quantity": 0}]}, "lines.0.quantity"),
        ({"lines": [{"sku": "GONE", "quantity": 1}]}, "lines.0.sku"),
        ({"discount_percent": 101, "reason": "x"}, "discount_percent"),
        ({"discount_poisha": 100}, "reason"),
    ],
)
async def test_what_cannot_be_is_said_by_field(client: Client, served: Shop, body: dict[str, Any], field: str) -> None:
    number = served.place(("MUG", 1), **COD).number
    answer = await client.act(number, "edit", **body)
    assert answer.status_code == 422 and field in answer.json()["fields"], answer.text


async def test_a_key_that_may_only_pack_edits_nothing(
    client: Client, served: Shop, key_of: Callable[[Role], str]
) -> None:
    number = served.place(("MUG", 1), **COD).number
    client.headers["Authorization"] = f"Bearer {key_of(Role.PACKER)}"
    assert (await client.act(number, "edit", **TWO)).status_code == 403
    assert (await client.act(number, "lower_cod", collects_poisha=0, reason="x")).status_code == 403


async def test_the_cod_of_a_parcel_is_lowered(client: Client, served: Shop) -> None:
    number = served.bring_to("shipped", ("MUG", 1), **COD).number
    order = (await client.act(number, "lower_cod", collects_poisha=70_000, reason="bargained")).json()
    assert (order["total_poisha"], order["discount_poisha"], order["due_poisha"]) == (70_000, 20_000, 70_000)
    assert (order["shipment"]["cod_poisha"], order["shipment"]["should_collect_poisha"]) == (90_000, 70_000)


async def test_what_a_payment_is_short_by_is_forgiven_over_http(client: Client, served: Shop) -> None:
    number = served.place(("MUG", 1)).number
    paid = {"method": "bkash", "transaction_id": "SHORT12345", "amount_poisha": 89_950}
    assert (await client.act(number, "verify_payment", **paid)).json()["due_poisha"] == 50
    order = (await client.act(number, "confirm", forgive=True)).json()
    assert (order["status"], order["due_poisha"], order["forgiven_poisha"]) == ("confirmed", 0, 50)
