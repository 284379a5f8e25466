"""Behind nginx and behind Caddy, with the files of deploy/: pages come, and are live."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dokango.orders.lifecycle import commands as c
from tests.e2e.facts import Facts
from tests.pages.proxies import PROXIES, proxied
from tests.pages.site import Site, Tabs, free_port, running_site
from tests.pages.warm import WarmTabs

NUMBER = "1001"  # of the sample shop


@pytest.fixture(scope="module")
def port() -> int:
    """Where the proxy is: the site's address, as its people know it."""
    return free_port()


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Site]:
    """The site, as its own port knows it."""
    environment = {"DOKANGO_PUBLIC_URL": f"http://localhost:{port}", "DOKANGO_TRUSTED_PROXY_HOPS": "1"}
    with running_site(tmp_path_factory.mktemp("behind"), sample=True, **environment) as site:
        yield site


@pytest.mark.parametrize("kind", PROXIES)
def test_a_page_behind_a_proxy_is_live(kind: str, behind: Site, port: int, warm: WarmTabs, tmp_path: Path) -> None:
    if shutil.which(kind) is None:
        pytest.skip(f"{kind} is not on the PATH: deploy/ is not tried with it here")
    with proxied(kind, port, behind.url.removeprefix("http://"), tmp_path) as address:
        tabs = Tabs(dataclasses.replace(behind, url=address), warm)
        shop = Facts(behind).shop
        order = shop.order(NUMBER)
        page = tabs.open(f"/orders/{order.number}", "owner")
        shop.do(order, c.AddNote(text=f"by way of {kind}"))
        expect(page.get_by_text(f"by way of {kind}").first).to_be_visible()
        tabs.close()
        assert tabs.unexpected() == []
