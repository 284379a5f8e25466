"""The door: where a socket may come from, how fast and how much it may send."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect
from simple_websocket import Client, ConnectionClosed
from simple_websocket import ConnectionError as Refused

from tests.pages.site import Site, Tabs


@pytest.fixture
def address(site: Site) -> str:
    """Where the site's sockets are."""
    return site.url.replace("http", "ws") + "/_event/?EIO=4&transport=websocket&token=test-door"


@pytest.fixture
def socket(address: str) -> Iterator[Client]:
    """An open socket, past socket.io's greeting."""
    client = Client.connect(address)
    client.send("40/_event,")
    while not str(client.receive(timeout=10)).startswith("40/_event"):
        pass
    yield client
    with contextlib.suppress(ConnectionClosed):
        client.close()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
def test_a_socket_from_another_sites_page_is_refused(address: str, origin: str) -> None:
    with pytest.raises(Refused):
        Client.connect(address, headers={"Origin": origin})


def test_a_socket_from_our_own_page_is_taken(site: Site, address: str) -> None:
    Client.connect(address, headers={"Origin": site.url}).close()


def test_a_message_over_the_limit_closes_the_socket(socket: Client) -> None:
    socket.send("42/_event," + json.dumps(["event", {"name": "x", "payload": {"v": "A" * 250_000}}]))
    with pytest.raises(ConnectionClosed) as closed:
        socket.receive(timeout=10)
    assert closed.value.reason == 1009


def test_an_upload_of_reflexs_own_is_not_there(site: Site) -> None:
    answer = httpx.post(f"{site.url}/_upload", files={"files": ("x.txt", b"x")})
    assert answer.status_code in (404, 405)


def test_another_origin_gets_no_cors_headers(site: Site) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = httpx.options(f"{site.url}/api/v1/orders", headers=headers)
    assert "access-control-allow-origin" not in answer.headers


def test_built_files_are_kept_for_a_year_and_pages_are_asked_for(site: Site) -> None:
    page = httpx.get(f"{site.url}/sign-in/")
    asset = page.text.split('src="/assets/')[-1].split('"')[0] if 'src="/assets/' in page.text else ""
    asset = asset or page.text.split("/assets/")[1].split('"')[0]
    assert "immutable" in httpx.get(f"{site.url}/assets/{asset}").headers["cache-control"]
    assert page.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("whose", ["another browser's", "the same browser's"])
def test_a_page_with_a_token_that_is_in_use_gets_its_own_and_works(site: Site, tabs: Tabs, whose: str) -> None:
    first = tabs.open("/sign-in")
    token = first.evaluate("sessionStorage.getItem('token')")
    context = first.context if whose == "the same browser's" else tabs.browser.new_context(base_url=site.url)
    second = context.new_page()
    second.add_init_script(f"sessionStorage.token ??= '{token}'")
    second.goto("/sign-in?why=wrong")
    expect(second.get_by_text("do not belong together")).to_be_visible()
    second.wait_for_function("token => sessionStorage.getItem('token') !== token", arg=token)
    assert first.evaluate("sessionStorage.getItem('token')") == token
    second.reload()
    expect(second.get_by_text("do not belong together")).to_be_visible()
    if whose != "the same browser's":
        context.close()


def test_each_browser_is_named_with_its_first_page_and_never_again(site: Site) -> None:
    with httpx.Client(base_url=site.url) as browser:
        given = browser.get("/sign-in/").headers["set-cookie"]
        assert given.startswith("dokango_visitor=") and "HttpOnly" in given and "SameSite=Lax" in given
        assert "set-cookie" not in browser.get("/sign-in/").headers
    assert "set-cookie" not in httpx.get(f"{site.url}/healthz").headers
