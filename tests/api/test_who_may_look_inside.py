"""What is not for strangers: figures and documentation, names that are not ours, answers that no cache may keep."""

from __future__ import annotations

import httpx
import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from dokango_web.api.app import api
from dokango_web.door.hosts import is_ours
from dokango_web.door.origin_check import same_origin
from dokango_web.door.security_headers import SecurityHeaders
from tests.api.conftest import Client

INSIDE = ("/metrics", "/api/v1/docs", "/api/v1/openapi.json")


def from_afar(**headers: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(api, client=("203.0.113.7", 1))
    return httpx.AsyncClient(transport=transport, base_url="http://shop.example", headers=headers)


@pytest.mark.parametrize("path", INSIDE)
async def test_a_stranger_is_shown_no_figures_and_no_documentation(client: Client, path: str) -> None:
    async with from_afar() as stranger:
        assert (await stranger.get(path)).status_code == 401
    async with from_afar(Authorization=client.headers["Authorization"]) as known:
        assert (await known.get(path)).status_code == 200


@pytest.mark.parametrize("path", INSIDE)
@pytest.mark.parametrize(
    "headers",
    [{"host": "evil.example"}, {"x-forwarded-for": "203.0.113.7"}, {"forwarded": "for=203.0.113.7"}],
    ids=["another name for this machine", "a proxy", "a proxy of the standard"],
)
async def test_this_machine_is_believed_under_its_own_name_alone(
    client: Client, path: str, headers: dict[str, str]
) -> None:
    bare = {"Authorization": ""}
    assert (await client.get(path, headers=bare)).status_code == 200
    assert (await client.get(path, headers={**bare, **headers})).status_code == 401


async def test_health_is_for_everybody(client: Client) -> None:
    async with from_afar() as stranger:
        assert (await stranger.get("/healthz")).status_code == 200


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("localhost:3000", True), ("127.0.0.1:3000", True), ("[::1]:3000", True), ("192.168.0.12:3000", True),
        ("shop-pc:3000", True), ("shop-pc.local", True), ("evil.example", False), ("localhost.evil.example", False),
        ("", False), ("[", False),
    ],
)  # fmt: skip
def test_a_name_that_another_site_gave_this_machine_is_not_ours(host: str, ours: bool) -> None:
    assert is_ours(host) is ours
    assert same_origin(Headers({"host": host, "origin": f"http://{host}"})) is ours


@pytest.mark.parametrize(
    ("path", "kept"), [("/api/v1/orders", "no-store"), ("/api/v1/docs", "no-store"), ("/orders", "no-cache")]
)
async def test_what_the_api_answers_is_kept_by_nobody(path: str, kept: str) -> None:
    transport = httpx.ASGITransport(SecurityHeaders(PlainTextResponse("x")))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        assert (await client.get(path)).headers["cache-control"] == kept
