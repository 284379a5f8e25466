"""From somebody's call to somebody else's screen: an order is held and released over HTTP while a browser shows it."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

from dokango.clock import SystemClock
from dokango.people import api_keys
from dokango.people.actor import SYSTEM
from dokango.people.permissions import Role
from tests.pages.site import Site, Tabs, launch, running_site
from tests.pages.warm import WarmTabs

CHANGES = 40
_WATCH = """() => {
    window.seen = []; let held = false;
    new MutationObserver(() => {
        const now = document.querySelector('main').innerText.includes('On hold');
        if (now !== held) { held = now; window.seen.push(Date.now()); }
    }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def measure(site: Site, page: Page, api: httpx.Client, number: str) -> list[float]:
    """Milliseconds from sending each change to seeing it."""
    page.goto(f"{site.url}/orders/{number}")
    page.get_by_role("heading", name=f"Order #{number}").wait_for()
    page.evaluate(_WATCH)
    took = []
    for change in range(CHANGES):
        action, body = ("release", {}) if change % 2 else ("hold", {"reason": "address"})
        sent = time.time() * 1000
        api.post(f"/api/v1/orders/{number}/actions/{action}", json=body).raise_for_status()
        page.wait_for_function(f"() => window.seen.length > {change}")
        took.append(page.evaluate(f"() => window.seen[{change}]") - sent)
        time.sleep(0.15)
    return took


def main() -> None:
    """Print the median, the 95th percentile and the slowest of CHANGES changes."""
    with (
        tempfile.TemporaryDirectory(prefix="dokango-bench-") as folder,
        sync_playwright() as playwright,
        running_site(Path(folder), sample=True, module="dokango_web") as site,
    ):
        key = site.db.write(lambda tx: api_keys.make(tx, SYSTEM, "bench", Role.OWNER, SystemClock()))
        api = httpx.Client(base_url=site.url, headers={"Authorization": f"Bearer {key}"})
        number = api.get("/api/v1/orders?status=pending&limit=1").json()["orders"][0]["number"]
        chromium = launch(playwright)
        took = sorted(measure(site, Tabs(site, WarmTabs(chromium)).open("/orders", "owner"), api, number))
        chromium.close()
    cuts = statistics.quantiles(took, n=20)
    print(f"call to another screen      p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms, slowest {took[-1]:.0f} ms")


if __name__ == "__main__":
    main()
