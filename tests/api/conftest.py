"""The API as a program meets it: the real application over ASGI, on a fresh shop of each database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest

from dokango import process
from dokango.people import api_keys
from dokango.people.permissions import Role
from dokango_web.api.app import api
from dokango_web.api.kit import auth
from tests.databases import choose
from tests.small_shop import Shop

WANTED: dict[str, Any] = {
    "customer": {"name": "Rahima Akter", "phone": "01711000000"},
    "address": {"line": "House 7, Road 3", "area": "Dhanmondi", "city": "Dhaka", "district": "Dhaka"},
    "lines": [{"sku": "SARI", "quantity": 2}],
    "payment": {"method": "bkash"},
}


class Client(httpx.AsyncClient):
    """An HTTP client with the shop's usual calls as words."""

    async def place(self, *lines: tuple[str, int], key: str | None = None, **changes: Any) -> httpx.Response:
        """POST /orders of `lines`; `changes` go into the body."""
        body = {**WANTED, **changes}
        if lines:
            body["lines"] = [{"sku": sku, "quantity": quantity} for sku, quantity in lines]
        headers = {"Idempotency-Key": key} if key else {}
        return await self.post("/api/v1/orders", json=body, headers=headers)

    async def act(self, number: str, action: str, key: str | None = None, **body: Any) -> httpx.Response:
        """POST an action."""
        headers = {"Idempotency-Key": key} if key else {}
        return await self.post(f"/api/v1/orders/{number}/actions/{action}", json=body, headers=headers)


@pytest.fixture
def served(shop: Shop) -> Iterator[Shop]:
    """The small shop, put in place as the process's own."""
    process.use(shop.db, shop.clock)
    auth.forget()
    yield shop
    process.use(None)


@pytest.fixture
def key_of(served: Shop) -> Callable[[Role], str]:
    """A new API key of a role."""
    return lambda role: served.db.write(
        lambda tx: api_keys.make(tx, served.owner, f"test {role}", role.value, served.clock)
    )


@pytest.fixture
async def client(key_of: Callable[[Role], str]) -> AsyncIterator[Client]:
    """The owner's client."""
    headers = {"Authorization": f"Bearer {key_of(Role.OWNER)}"}
    async with Client(transport=httpx.ASGITransport(api), base_url="http://localhost", headers=headers) as found:
        yield found


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The API has no SQL of its own: what it asks, the core asks both databases."""
    choose(metafunc)
