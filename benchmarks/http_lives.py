"""Whole order lives a second over HTTP, against the site as it is served: `python -m benchmarks.http_lives`.

A life is six calls, each durable before the next: place, verify, confirm, pack, ship by hand, deliver. The server is
the real one (granian, Reflex, the door, the API) in a process of its own, on a fresh SQLite shop; the client is bare
asyncio in this process.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from benchmarks.http_client import Connection

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = {"title": "Bench", "variants": [{"sku": "BENCH", "price_poisha": 125_000}]}
RECEIPT = {"lines": [{"sku": "BENCH", "quantity": 1_000_000, "unit_cost_poisha": 50_000}]}


@contextmanager
def served_shop(port: int) -> Iterator[str]:
    """The site on `port` with an empty shop; yields an owner's API key."""
    with tempfile.TemporaryDirectory(prefix="dokango-bench-") as folder:
        environment = {
            **os.environ,
            "PORT": str(port),
            "DOKANGO_HOST": "127.0.0.1",
            "DOKANGO_DATA_DIR": folder,
            "DOKANGO_SAMPLE": "0",
            "DOKANGO_DATABASE_URL": os.environ.get("DOKANGO_BENCH_URL", ""),
        }
        made = subprocess.run(
            [sys.executable, "-m", "dokango", "api-key", "--role", "owner"],
            cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        server = subprocess.Popen([sys.executable, "-m", "benchmarks.serve"], cwd=ROOT, env=environment)
        try:
            key = made.stdout.split()[-1]
            _prepare(port, key)
            yield key
        finally:
            server.terminate()
            server.wait(30)


def _prepare(port: int, key: str) -> None:
    site = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {key}"}, timeout=10)
    deadline = time.monotonic() + 60
    while True:
        try:
            site.get("/healthz").raise_for_status()
            break
        except httpx.HTTPError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
    site.post("/api/v1/products", json=PRODUCT).raise_for_status()
    site.post("/api/v1/stock/receipts", json=RECEIPT).raise_for_status()


def _wanted() -> dict[str, Any]:
    return {
        "customer": {"name": "Bench", "phone": f"0190{secrets.randbelow(10**4):07d}"},
        "address": {"line": "House 1, Road 2", "area": "Dhanmondi", "district": "Dhaka"},
        "lines": [{"sku": "BENCH", "quantity": 2}],
        "payment": {"method": "cod"},
    }


async def life(site: Connection, took: list[float]) -> None:
    """One order from placing to delivered."""

    async def call(path: str, body: Any, wanted: int = 200, key: str = "") -> Any:
        started = time.perf_counter()
        status, answer = await site.call("POST", f"/api/v1/orders{path}", body, key)
        took.append(time.perf_counter() - started)
        if status != wanted:
            raise RuntimeError(f"{path}: {status} {answer}")
        return answer

    order = await call("", _wanted(), 201, secrets.token_hex(8))
    path = f"/{order['number']}/actions"
    trx_id = f"B{secrets.token_hex(5)}"
    paid = {"method": "bkash", "transaction_id": trx_id, "amount_poisha": order["due_poisha"]}
    await call(f"{path}/verify_payment", paid)
    await call(f"{path}/confirm", {})
    await call(f"{path}/pack", {})
    await call(f"{path}/ship", {"courier": "manual", "carrier": "Rider"})
    await call(f"{path}/deliver", {})


async def lives(port: int, key: str, clients: int, total: int) -> tuple[float, list[float]]:
    """Run `total` lives over `clients` connections; how long it took, and each call's time in seconds."""
    left, took = count(), list[float]()

    async def client() -> None:
        site = Connection("127.0.0.1", port, key)
        while next(left) < total:
            await life(site, took)
        site.close()

    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    return time.perf_counter() - started, took


def main() -> None:
    """Print a line for each number of clients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=3790)
    parser.add_argument("--lives", type=int, default=600)
    parser.add_argument("--clients", type=int, nargs="*", default=[1, 16, 64])
    given = parser.parse_args()
    with served_shop(given.port) as key:
        asyncio.run(lives(given.port, key, 16, 100))
        for clients in given.clients:
            seconds, took = asyncio.run(lives(given.port, key, clients, given.lives))
            cuts = statistics.quantiles(took, n=100)
            print(
                f"{clients:3d} clients: {given.lives / seconds:6.1f} lives/s, {len(took) / seconds:6.0f} requests/s, "
                f"p50 {cuts[49] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms",
                flush=True,
            )


if __name__ == "__main__":
    main()
