"""The last step of an order is undone over HTTP: once, at the version that was seen, with who and when otherwise."""

from __future__ import annotations

from collections.abc import Callable

from dokango.orders.lifecycle import commands as c
from dokango.people.permissions import Role
from tests.api.conftest import Client
from tests.small_shop import Shop

COD = {"payment": {"method": "cod"}}


async def test_it_goes_back_once_and_both_stay_on_record(client: Client, served: Shop) -> None:
    done = served.bring_to("confirmed", ("MUG", 1), **COD)
    path, body = f"/api/v1/orders/{done.number}/undo", {"version": done.version, "reason": "too early"}
    answers = [await client.post(path, json=body, headers={"Idempotency-Key": "undo-1"}) for _ in range(2)]
    order = answers[0].json()
    assert (answers[0].status_code, answers[1].content) == (200, answers[0].content)
    assert (order["status"], [event["action"] for event in order["events"]]) == (
        "pending",
        ["place", "confirm", "undo"],
    )
    assert order["events"][-1]["note"].startswith("“Confirm order” by Olin Owner") and order["version"] == 3
    again = await client.act(done.number, "confirm")
    assert (again.status_code, again.json()["status"]) == (200, "confirmed")


async def test_a_stale_one_says_who_did_what_and_brings_the_order(client: Client, served: Shop) -> None:
    done = served.bring_to("confirmed", ("MUG", 1), **COD)
    served.do(done, c.Pack())
    answer = await client.post(f"/api/v1/orders/{done.number}/undo", json={"version": done.version})
    body = answer.json()
    assert (answer.status_code, body["changed"], body["order"]["packed"]) == (409, "pack", True)
    assert "Olin Owner did “pack” 22 Nov 2026, 12:00" in body["detail"]


async def test_what_is_not_undone_says_why(client: Client, served: Shop) -> None:
    done = served.bring_to("shipped", ("MUG", 1), **COD)
    answer = await client.post(f"/api/v1/orders/{done.number}/undo", json={"version": done.version})
    assert (answer.status_code, "Its rider may have it" in answer.json()["detail"]) == (409, True)
    none = await client.post(f"/api/v1/orders/{done.number}/undo", json={})
    assert (none.status_code, list(none.json()["fields"])) == (422, ["version"])


async def test_it_takes_the_permission_of_the_step(client: Client, served: Shop, key_of: Callable[[Role], str]) -> None:
    done = served.bring_to("confirmed", ("MUG", 1), **COD)
    for role in (Role.VIEWER, Role.PACKER):
        client.headers["Authorization"] = f"Bearer {key_of(role)}"
        answer = await client.post(f"/api/v1/orders/{done.number}/undo", json={"version": done.version})
        assert (answer.status_code, answer.json()["permission"]) == (403, "confirm")
