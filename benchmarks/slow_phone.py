"""The customers' pages on a bad line and a cheap phone: 400 kbit/s, 400 ms, a CPU four times slower, nothing cached.

For each page: bytes by kind as they come over the line, when its text is painted, when the live page has taken over.
"""

from __future__ import annotations

import re
import statistics
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, CDPSession, sync_playwright

from dokango.clock import SystemClock
from dokango.people import api_keys
from dokango.people.actor import SYSTEM
from dokango.people.permissions import Role
from tests.pages.site import PHONE, Site, launch, running_site

LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
    "connectionType": "cellular3g",
}
SLOWER = 4
RUNS = 3
_ORDER = {
    "customer": {"name": "Bench", "phone": "01900000001"},
    "address": {"line": "House 1, Road 2", "area": "Dhanmondi", "district": "Dhaka"},
    "payment": {"method": "cod"},
}
# The first contentful paint counts only once the middle of the page has words to paint.
_MARKS = """() => {
    window.marks = {};
    const look = () => {
        const words = document.querySelector('first-page main, main[data-ready="1"]');
        if (words && words.innerText.length > 5 && !('text' in marks)) {
            const paint = performance.getEntriesByName('first-contentful-paint')[0];
            if (paint) marks.text = performance.now();
        }
        if (document.querySelector('[data-ready="1"]') && !document.querySelector('body > first-page')) {
            marks.live = performance.now();
            return;
        }
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One page, seen once by somebody new. Times in seconds from the click."""

    text_s: float
    live_s: float
    bytes_by_kind: Counter[str]


def visit(browser: Browser, url: str) -> Visit:
    """Open `url` in a fresh browser profile on the slow line."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    line = context.new_cdp_session(page)
    counted = _count(line)
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(f"({_MARKS})()")
    page.goto(url, wait_until="commit", timeout=60_000)
    page.wait_for_function("() => window.marks && 'live' in window.marks", timeout=60_000)
    marks = page.evaluate("() => window.marks")
    context.close()
    return Visit(marks.get("text", marks["live"]) / 1000, marks["live"] / 1000, counted)


def _count(line: CDPSession) -> Counter[str]:
    kinds: dict[str, str] = {}
    counted: Counter[str] = Counter()

    def begun(event: dict[str, object]) -> None:
        kinds[str(event["requestId"])] = str(event.get("type", "Other")).lower()

    def ended(event: dict[str, object]) -> None:
        counted[kinds.get(str(event["requestId"]), "other")] += int(event["encodedDataLength"])  # type: ignore[call-overload]

    line.send("Network.enable")
    line.on("Network.responseReceived", begun)
    line.on("Network.loadingFinished", ended)
    return counted


def pages(site: Site) -> dict[str, str]:
    """The four pages that a customer meets, by how their addresses begin."""
    key = site.db.write(lambda tx: api_keys.make(tx, SYSTEM, "bench", Role.OWNER, SystemClock()))
    with httpx.Client(base_url=site.url, headers={"Authorization": f"Bearer {key}"}, trust_env=False) as client:
        product = re.search(r'href="(/p/[^"]+)"', client.get("/").text)
        assert product
        order = client.post("/api/v1/orders", json=_ORDER | {"lines": [_some_line(client)]}).raise_for_status().json()
    return {"/": "/", "/p/…": product[1], "/checkout": "/checkout", "/t/…": urlsplit(order["tracking_url"]).path}


def _some_line(client: httpx.Client) -> dict[str, object]:
    shelf = client.get("/api/v1/stock").raise_for_status().json()
    return {"sku": next(row["sku"] for row in shelf["stock"] if row["available"] > 0), "quantity": 1}


def main() -> None:
    """Print one line a page: the median of RUNS visits."""
    with (
        tempfile.TemporaryDirectory(prefix="dokango-bench-") as folder,
        sync_playwright() as playwright,
        running_site(Path(folder), sample=True, module="dokango_web") as site,
    ):
        browser = launch(playwright)
        for name, path in pages(site).items():
            visits = [visit(browser, site.url + path) for _ in range(RUNS)]
            _tell(name, visits)
        browser.close()


def _tell(name: str, visits: list[Visit]) -> None:
    kinds = visits[0].bytes_by_kind
    text_s = statistics.median(v.text_s for v in visits)
    live_s = statistics.median(v.live_s for v in visits)
    parts = ", ".join(f"{kind} {size / 1000:.0f}" for kind, size in kinds.most_common())
    print(f"{name:<12} text {text_s:.1f} s, live {live_s:.1f} s, {kinds.total() / 1000:.0f} kB ({parts})", flush=True)


if __name__ == "__main__":
    main()
