"""In the scratch copy: the added call answers, refuses and is documented."""

from __future__ import annotations

import pytest

from dokango.people.permissions import Role
from tests.api.conftest import Client

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_call(client: Client, key_of) -> None:
    assert (await client.get("/api/v1/gifts")).json() == {"gifts": ["kettle"]}
    refused = await client.get("/api/v1/gifts", headers={"Authorization": f"Bearer {key_of(Role.VIEWER)}"})
    assert refused.status_code == 403
    described = (await client.get("/api/v1/openapi.json")).json()
    assert "GiftsShape" in str(described["paths"]["/api/v1/gifts"]["get"])
