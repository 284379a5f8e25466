"""The practice courier on the site's own port: who reaches it, and that it is gone once a real account is set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.couriers import process_desk
from dokango.couriers.desk import CourierDesk
from dokango.people.permissions import Role
from dokango_web.routes import native
from tests.small_shop import Shop

FAR, NEAR = ("203.0.113.9", 1), ("127.0.0.1", 1)


async def get(path: str, peer: tuple[str, int], **headers: Any) -> int:
    transport = httpx.ASGITransport(native, client=peer)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return (await client.get(path, headers=headers)).status_code


@pytest.mark.parametrize("path", ["/_practice/parcels", "/_practice/api/v1/ping"])
async def test_this_machine_and_keys_that_ship_reach_it_and_nobody_else(
    served: Shop, key_of: Callable[[Role], str], path: str
) -> None:
    assert await get(path, NEAR) == 200
    assert await get(path, FAR) == 403
    assert await get(path, NEAR, **{"X-Forwarded-For": "203.0.113.9"}) == 403
    assert await get(path, NEAR, Origin="https://elsewhere.test") == 403
    assert await get(path, NEAR, Host="elsewhere.test") == 403  # a name that another site gave this machine
    assert await get(path, FAR, Authorization=f"Bearer {key_of(Role.VIEWER)}") == 403
    assert await get(path, FAR, Authorization=f"Bearer {key_of(Role.PACKER)}") == 200


async def test_with_a_real_account_there_is_none(served: Shop, clock: ManualClock) -> None:
    process_desk.use_desk(CourierDesk(clock, None, find_keys=lambda _: {"api_key": "live", "secret_key": "live"}))
    assert await get("/_practice/parcels", NEAR) == 404
