"""Several workers are one site: what comes in at one is on the pages of all, whether or not Redis answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Page, expect

from dokango.people import api_keys
from dokango.people.actor import SYSTEM
from tests.pages.quiet import until
from tests.pages.site import PASSWORD, Site, Tabs, running_site
from tests.pages.warm import WarmTabs
from tests.postgres import running_postgres
from tests.valkey import Valkey, running_valkey

WORKERS = 2
ANSWER_S = 20.0
TABS = 6  # the system gives each tab's socket to either worker


@dataclass
class Shared:
    """A site of several workers, and the Valkey that they share."""

    site: Site
    valkey: Valkey
    key: str

    def post(self, path: str, body: dict[str, object]) -> dict[str, object]:
        """A call of the API, by whichever worker takes it."""
        answered = httpx.post(
            f"{self.site.url}/api/v1{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=ANSWER_S,
        )
        assert answered.is_success, answered.text
        found: dict[str, object] = answered.json()
        return found

    def health(self) -> dict[str, str]:
        """What /healthz says."""
        found: dict[str, str] = httpx.get(f"{self.site.url}/healthz", timeout=ANSWER_S).raise_for_status().json()
        return found


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """Two workers on PostgreSQL and Valkey, with the sample shop."""
    folder = tmp_path_factory.mktemp("workers")
    with (
        running_valkey(folder) as valkey,
        running_postgres() as databases,
        databases.one() as url,
        running_site(
            folder, sample=True, WORKERS=str(WORKERS), DOKANGO_DATABASE_URL=url, DOKANGO_REDIS_URL=valkey.url
        ) as site,
    ):
        key = site.db.write(lambda tx: api_keys.make(tx, SYSTEM, "tests", "owner", site.clock))
        yield Shared(site, valkey, key)


@pytest.fixture
def tabs(shared: Shared, warm: WarmTabs) -> Iterator[Tabs]:
    """Tabs on this site."""
    opened = Tabs(shared.site, warm)
    yield opened
    opened.close()
    assert opened.unexpected() == []


def order(shared: Shared) -> str:
    """A new order of the sample shop."""
    body = {
        "customer": {"name": "Rahima Akter", "phone": "01711000000"},
        "address": {"line": "House 7, Road 3", "area": "Dhanmondi", "city": "Dhaka", "district": "Dhaka"},
        "lines": [{"sku": _any_sku(shared), "quantity": 1}],
        "payment": {"method": "cod"},
    }
    return str(shared.post("/orders", body)["number"])


def _any_sku(shared: Shared) -> str:
    answered = httpx.get(
        f"{shared.site.url}/api/v1/stock", headers={"Authorization": f"Bearer {shared.key}"}, timeout=ANSWER_S
    ).json()
    return str(next(one["sku"] for one in answered["stock"] if one["available"] > 5))


def note(shared: Shared, number: str, words: str) -> None:
    """What anybody's page of the order shows."""
    shared.post(f"/orders/{number}/actions/note", {"text": words})


def everyone_sees(pages: list[Page], words: str) -> None:
    for page in pages:
        expect(page.get_by_text(words).first).to_be_visible()


def test_what_one_worker_commits_is_on_the_pages_of_all_with_redis_without_it_and_after(
    shared: Shared, tabs: Tabs
) -> None:
    number = order(shared)
    pages = [tabs.open(f"/orders/{number}", "owner") for _ in range(TABS)]
    note(shared, number, "calls after five")
    everyone_sees(pages, "calls after five")
    assert shared.health() == {"status": "ok"}

    shared.valkey.stop()
    note(shared, number, "wants the red one")
    everyone_sees(pages, "wants the red one")
    assert "Redis" in shared.health()["redis"]
    signing = tabs.open("/sign-in")
    shared.site.signed_in("manager")
    signing.get_by_label("Login").fill("test-manager")
    signing.get_by_label("Password", exact=True).fill(PASSWORD)
    signing.get_by_role("button", name="Sign in").click()
    expect(signing).to_have_url(re.compile(r"/orders"))

    shared.valkey.start()
    note(shared, number, "the gate is green")
    everyone_sees(pages, "the gate is green")


def test_figures_of_all_workers_are_added_up_whichever_is_asked(shared: Shared) -> None:
    calls = 40
    for _ in range(calls):
        httpx.get(
            f"{shared.site.url}/api/v1/couriers", headers={"Authorization": f"Bearer {shared.key}"}
        ).raise_for_status()
    counted = re.compile(r'dokango_api_calls_total\{method="GET",route="/couriers",status="200"\} (\d+)')
    told = {counted.search(httpx.get(f"{shared.site.url}/metrics").text) for _ in range(6)}
    assert {found[1] for found in told if found} == {f"{calls}"}


def test_a_revoked_key_opens_nothing_at_any_worker(shared: Shared) -> None:
    key = shared.site.db.write(lambda tx: api_keys.make(tx, SYSTEM, "lost", "viewer", shared.site.clock))
    ask = lambda: httpx.get(f"{shared.site.url}/api/v1/orders?limit=1", headers={"Authorization": f"Bearer {key}"})  # noqa: E731
    assert {ask().status_code for _ in range(12)} == {200}
    lost = next(one for one in shared.site.db.read(api_keys.everyone) if one.name == "lost")
    shared.site.db.write(lambda tx: api_keys.revoke(tx, SYSTEM, lost.id, shared.site.clock))
    until(lambda: {ask().status_code for _ in range(12)} == {401}, lambda: "a worker kept a revoked key")
