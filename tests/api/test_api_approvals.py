"""Money that waits for a second person, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from dokango.orders.lifecycle import commands as c
from dokango.people import api_keys
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from tests.api.conftest import Client
from tests.small_shop import Shop

OTHER = Actor(902, "Rahim", Role.OWNER)


def key_of_another(shop: Shop) -> dict[str, str]:
    key = shop.db.write(lambda tx: api_keys.make(tx, OTHER, "Rahim's phone", "owner", shop.clock))
    return {"Authorization": f"Bearer {key}"}


async def test_a_large_payment_waits_in_the_queue_until_another_approves_it(client: Client, served: Shop) -> None:
    served.set_profile(second_person_above_poisha=50_000)
    number = served.place(("MUG", 1)).number
    body = {"method": "bkash", "transaction_id": "BIGMONEY01", "amount_poisha": 90_000}
    asked = await client.act(number, "verify_payment", **body)
    assert asked.status_code == 200, asked.text
    assert (asked.json()["waits_for_approval"], asked.json()["paid_poisha"]) == ("payment", 0)
    queue = (await client.get("/api/v1/approvals")).json()
    assert queue["waiting"] == 1 and queue["next_cursor"] is None
    waits = queue["approvals"][0]
    assert (waits["order"], waits["amount_poisha"], waits["own"]) == (number, 90_000, True)
    own = await client.post(f"/api/v1/approvals/{waits['id']}/approve", json={})
    assert own.status_code == 409 and "yourself" in own.json()["detail"]
    other = key_of_another(served)
    seen = (await client.get("/api/v1/approvals", headers=other)).json()["approvals"][0]
    assert seen["own"] is False
    address = f"/api/v1/approvals/{waits['id']}/approve"
    stale = await client.post(address, json={"version": 1}, headers=other)
    assert stale.status_code == 409 and "Nothing of yours was done" in stale.json()["detail"]
    done = await client.post(address, json={"version": seen["version"]}, headers=other)
    assert done.status_code == 200 and done.json()["money"] == "paid"
    again = await client.post(address, json={"version": done.json()["version"]}, headers=other)
    assert again.status_code == 409 and "approved by key Rahim's phone" in again.json()["detail"]
    assert (await client.get("/api/v1/approvals")).json() == {"waiting": 0, "approvals": [], "next_cursor": None}


async def test_a_refusal_is_kept_with_its_word(client: Client, served: Shop) -> None:
    served.set_profile(second_person_above_poisha=50_000)
    order = served.place(("MUG", 1))
    served.do(order, c.VerifyPayment(method="bkash", transaction_id="BIGMONEY01", amount_poisha=90_000), actor=OTHER)
    waits = (await client.get("/api/v1/approvals")).json()["approvals"][0]
    address = f"/api/v1/approvals/{waits['id']}/refuse"
    assert (await client.post(address, json={})).status_code == 422
    refused = await client.post(address, json={"reason": "not in the wallet"})
    assert refused.status_code == 200 and refused.json()["waits_for_approval"] is None
    assert "not in the wallet" in refused.json()["events"][-1]["note"]
    assert (await client.post("/api/v1/approvals/77/approve", json={})).status_code == 404


async def test_who_may_not_approve_does_not_see_the_queue(client: Client, key_of: Callable[[Role], str]) -> None:
    headers = {"Authorization": f"Bearer {key_of(Role.PACKER)}"}
    assert (await client.get("/api/v1/approvals", headers=headers)).status_code == 403
