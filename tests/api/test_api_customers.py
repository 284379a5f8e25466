"""Customers over the API: found by any spelling of a number, read whole, and what is done to them."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from dokango.people.permissions import Role
from dokango_web.api.app import api
from tests.api.conftest import Client
from tests.small_shop import Shop

AT = "/api/v1/customers"


@pytest.mark.parametrize("phone", ["01711000000", "+8801711000000", "01711-000 000", "8801711000000", "০১৭১১০০০০০০"])
async def test_a_customer_is_found_by_any_spelling_of_their_number(client: Client, served: Shop, phone: str) -> None:
    delivered, waits = served.bring_to("delivered", ("MUG", 2)), served.place(("MUG", 1))
    found = (await client.get(AT, params={"phone": phone})).json()["customers"]
    one = (await client.get(f"{AT}/{phone}")).json()
    assert [row["phone"] for row in found] == [one["phone"]] == ["01711000000"]
    assert (one["international"], one["record"]["delivered"], one["record"]["open"]) == ("+8801711000000", 1, 1)
    assert one["money"] == {
        "ordered_poisha": 260_000, "paid_poisha": 170_000, "refunded_poisha": 0, "due_poisha": 90_000,
        "refund_due_poisha": 0, "credit_poisha": 0,
    }  # fmt: skip
    assert [order["number"] for order in one["orders"]] == [waits.number, delivered.number]


async def test_a_note_labels_and_a_block_are_written_and_read_back(client: Client, served: Shop) -> None:
    served.place(("MUG", 1))
    at = f"{AT}/01711000000"
    assert (await client.post(f"{at}/notes", json={"words": "rings twice"})).status_code == 200
    assert (await client.post(f"{at}/labels", json={"labels": ["press", "eid"]})).json()["labels"] == ["eid", "press"]
    blocked = (await client.post(f"{at}/block", json={"reason": "never at home"})).json()["blocked"]
    assert blocked["reason"] == "never at home"
    assert (await client.post(f"{at}/block", json={"reason": "again"})).status_code == 409
    listed = (await client.get(AT, params={"filter": "blocked", "q": "pre"})).json()["customers"]
    assert [row["phone"] for row in listed] == ["01711000000"]
    after = (await client.post(f"{at}/unblock", json={})).json()
    assert (after["blocked"], [note["kind"] for note in after["notes"]]) == (
        None,
        ["unblock", "block", "labels", "note"],
    )


async def test_another_number_leads_to_a_customer_until_it_is_separated(client: Client, served: Shop) -> None:
    served.place(("MUG", 1))
    served.place(("MUG", 1), customer={"name": "Rahima", "phone": "01811000000"})
    other = {"other": "+8801811000000"}
    merged = (await client.post(f"{AT}/01711000000/merge", json=other)).json()
    assert (merged["phones"], merged["record"]["orders"]) == (["01711000000", "01811000000"], 2)
    assert (await client.get(f"{AT}/01811000000")).json() == merged
    apart = (await client.post(f"{AT}/01711000000/separate", json=other)).json()
    assert (apart["phones"], apart["record"]["orders"]) == (["01711000000"], 1)
    assert (await client.post(f"{AT}/01711000000/separate", json=other)).status_code == 409


@pytest.mark.parametrize(
    ("path", "body"), [("notes", {"words": ""}), ("labels", {"labels": ["—"]}), ("block", {}), ("notes", {"word": "x"})]
)
async def test_what_cannot_be_kept_of_a_customer_is_said_by_field(
    client: Client, served: Shop, path: str, body: dict[str, object]
) -> None:
    answer = await client.post(f"{AT}/01711000000/{path}", json=body)
    assert (answer.status_code, bool(answer.json()["fields"])) == (422, True)
    assert (await client.get(f"{AT}/12")).status_code == 404


async def test_who_may_look_may_not_block(key_of: Callable[[Role], str], served: Shop) -> None:
    headers = {"Authorization": f"Bearer {key_of(Role.VIEWER)}"}
    async with Client(transport=httpx.ASGITransport(api), base_url="http://localhost", headers=headers) as viewer:
        assert (await viewer.get(f"{AT}/01711000000")).status_code == 200
        assert (await viewer.post(f"{AT}/01711000000/block", json={"reason": "x"})).status_code == 403
