"""Who may call: keys, their roles, and what they cannot do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from dokango.people import api_keys
from dokango.people.permissions import Role
from dokango_web.api.kit import auth
from tests.api.conftest import WANTED, Client
from tests.small_shop import Shop

ON_BOTH = True  # calls at once

CALLS = [
    ("GET", "/api/v1/orders"),
    ("GET", "/api/v1/orders/1001"),
    ("POST", "/api/v1/orders"),
    ("POST", "/api/v1/orders/1001/actions/confirm"),
    ("POST", "/api/v1/orders/1001/actions/explode"),
    ("GET", "/api/v1/stock"),
    ("POST", "/api/v1/stock/receipts"),
    ("POST", "/api/v1/stock/counts"),
    ("GET", "/api/v1/products"),
    ("POST", "/api/v1/products"),
    ("GET", "/api/v1/ledger/trial-balance"),
    ("GET", "/api/v1/ledger/entries"),
    ("GET", "/api/v1/reports/profit"),
    ("GET", "/api/v1/reports/inventory"),
    ("GET", "/api/v1/problems"),
    ("GET", "/api/v1/resolutions"),
]


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer dk_wrong", "Basic b3duZXI6eA==", "dk_bare"])
async def test_without_a_good_key_every_call_is_401_and_says_how(client: Client, authorization: str) -> None:
    for method, path in CALLS:
        answer = await client.request(method, path, headers={"Authorization": authorization})
        assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in"), path
        assert answer.headers["www-authenticate"].startswith("Bearer")


# What each role is refused, of the calls that read and the actions on an order.
REFUSED = {
    Role.OWNER: set(),
    Role.MANAGER: {"ledger/trial-balance", "ledger/entries", "reports/profit"},
    Role.PACKER: {
        "ledger/trial-balance", "ledger/entries", "reports/profit", "reports/inventory", "verify_payment", "confirm",
        "cancel", "refund", "deliver", "receive_return", "place",
    },
    Role.VIEWER: {
        "ledger/trial-balance", "ledger/entries", "reports/profit", "reports/inventory", "verify_payment", "confirm",
        "cancel", "refund", "deliver", "receive_return", "hold", "pack", "place",
    },
}  # fmt: skip


@pytest.mark.parametrize("role", list(REFUSED))
async def test_a_key_may_what_its_role_may(
    client: Client, served: Shop, key_of: Callable[[Role], str], role: Role
) -> None:
    number = served.place(("MUG", 1)).number
    client.headers["Authorization"] = f"Bearer {key_of(role)}"
    seen = {}
    for path in ("orders", "stock", "ledger/trial-balance", "ledger/entries", "reports/profit", "reports/inventory"):
        seen[path] = (await client.get(f"/api/v1/{path}")).status_code
    for action in ("verify_payment", "confirm", "cancel", "refund", "deliver", "receive_return", "hold", "pack"):
        seen[action] = (await client.act(number, action)).status_code
    seen["place"] = (await client.post("/api/v1/orders", json={**WANTED, "lines": []})).status_code
    assert {name for name, status in seen.items() if status == 403} == REFUSED[role]


async def test_a_revoked_key_opens_nothing_once_it_is_looked_up_again(
    client: Client, served: Shop, key_of: Callable[[Role], str]
) -> None:
    headers = {"Authorization": f"Bearer {key_of(Role.MANAGER)}"}
    assert (await client.get("/api/v1/stock", headers=headers)).status_code == 200
    newest = served.db.read(api_keys.everyone)[0]
    assert newest.used_at is not None
    served.db.write(lambda tx: api_keys.revoke(tx, served.owner, newest.id, served.clock))
    auth.forget()
    assert (await client.get("/api/v1/stock", headers=headers)).status_code == 401


async def test_eighty_calls_of_one_key_at_once_are_all_answered(client: Client) -> None:
    answers = await asyncio.gather(*(client.get("/api/v1/orders") for _ in range(80)))
    assert {answer.status_code for answer in answers} == {200}


async def test_too_many_at_once_are_asked_to_come_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "MOST_AT_ONCE", 2)
    answers = await asyncio.gather(*(client.get("/api/v1/orders") for _ in range(20)))
    throttled = [answer for answer in answers if answer.status_code == 429]
    assert throttled
    assert throttled[0].headers["retry-after"] == "1"
    assert (await client.get("/api/v1/orders")).status_code == 200


async def test_guessing_keys_is_slowed_down_and_good_keys_go_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await client.get("/api/v1/stock")).status_code == 200
    monkeypatch.setattr(auth, "UNKNOWN_PER_MINUTE", 3)
    tries = [
        (await client.get("/api/v1/stock", headers={"Authorization": f"Bearer dk_{n}"})).status_code for n in range(5)
    ]
    assert tries == [401, 401, 401, 429, 429]
    assert (await client.get("/api/v1/stock")).status_code == 200
