"""Confirming over HTTP: one order with its warnings, and many by one call."""

from __future__ import annotations

import pytest

from dokango.people import permissions
from dokango.people.permissions import Permission, Role
from tests.api.conftest import Client
from tests.small_shop import Shop

COD = {"payment": {"method": "cod"}}
BULK = "/api/v1/orders/actions/confirm"
RED = {"check": "Address", "level": "red"}


async def placed(client: Client) -> list[str]:
    """A green order and a red one."""
    far = {"customer": {"name": "Karim", "phone": "01811000000"}, "address": {"line": "home", "district": "Dhaka"}}
    return [(await client.place(("MUG", 1), **COD, **more)).json()["number"] for more in ({}, far)]


async def test_one_order_is_confirmed_with_its_warnings(client: Client, served: Shop) -> None:
    green, red = await placed(client)
    answers = [(await client.act(number, "confirm")).json() for number in (green, red)]
    assert [answer["status"] for answer in answers] == ["confirmed", "confirmed"]
    assert answers[0]["warnings"] == []
    assert [RED.items() <= warning.items() for warning in answers[1]["warnings"]] == [True]
    assert "warnings" not in (await client.act(green, "pack")).json()


async def test_many_are_confirmed_by_one_call_and_red_is_left_out(client: Client, served: Shop) -> None:
    green, red = await placed(client)
    body = {"orders": [{"number": red}, {"number": green, "version": 1}, {"number": "99"}]}
    answer = await client.post(BULK, json=body, headers={"Idempotency-Key": "bulk-1"})
    assert answer.status_code == 200
    left, confirmed, unknown = answer.json()["results"]
    assert (left["outcome"], left["order"], left["warnings"][0]["level"]) == ("left_out", None, "red")
    assert (confirmed["outcome"], confirmed["order"]["status"], confirmed["warnings"]) == ("confirmed", "confirmed", [])
    assert (unknown["outcome"], unknown["problem"]["code"]) == ("refused", "not-found")
    again = await client.post(BULK, json=body, headers={"Idempotency-Key": "bulk-1"})
    assert again.json() == answer.json()
    anyway = await client.post(BULK, json={"orders": [{"number": red, "anyway": True}]})
    assert [result["outcome"] for result in anyway.json()["results"]] == ["confirmed"]


async def test_a_role_may_be_forbidden_to_pass_red(
    client: Client, served: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, red = await placed(client)
    held = permissions.PERMISSIONS[Role.OWNER] - {Permission.OVERRULE_CHECKS}
    monkeypatch.setitem(permissions.PERMISSIONS, Role.OWNER, held)
    answer = await client.act(red, "confirm")
    assert (answer.status_code, answer.json()["permission"]) == (403, "overrule_checks")
    many = await client.post(BULK, json={"orders": [{"number": red, "anyway": True}]})
    assert many.json()["results"][0]["problem"]["code"] == "not-allowed"
    assert served.order(red).status == "pending"


@pytest.mark.parametrize("orders", [[], [{"number": "1"}] * 101, [{"number": ""}], [{"number": "1", "more": 1}], "1"])
async def test_what_is_no_list_of_orders_is_refused(client: Client, orders: object) -> None:
    answer = await client.post(BULK, json={"orders": orders})
    assert answer.status_code == 422
