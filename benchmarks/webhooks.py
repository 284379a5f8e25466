"""How long a courier waits for the answer to its webhook: the site as it is served, with parcels on their way.

Each notification is new, proved by its signature and kept before it is answered; the worker confirms them meanwhile.
Beside it, in the same run, one bare row a notification, as durable: threads that insert and commit by turns.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import statistics
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from benchmarks.http_lives import served_shop
from dokango.couriers.steadfast.practice.notices import signed_headers

PORT, TOKEN, MANY, PARCELS = 3197, "bench-token", 400, 20
URL = f"http://127.0.0.1:{PORT}/api/v1"
ORDER = {
    "customer": {"name": "Bench", "phone": "01900000000"},
    "address": {"line": "House 1, Road 2", "area": "Dhanmondi", "district": "Dhaka"},
    "lines": [{"sku": "BENCH", "quantity": 1}],
    "payment": {"method": "cod"},
}


def on_their_way(key: str) -> list[str]:
    """Parcels with the practice courier; their ids there."""
    found = []
    with httpx.Client(headers={"Authorization": f"Bearer {key}"}, trust_env=False, timeout=30) as client:
        for _ in range(PARCELS):
            number = client.post(f"{URL}/orders", json=ORDER).raise_for_status().json()["number"]
            for action, body in (("confirm", {}), ("pack", {}), ("ship", {"courier": "steadfast"})):
                answer = client.post(f"{URL}/orders/{number}/actions/{action}", json=body).raise_for_status()
            found.append(answer.json()["shipment"]["consignment_id"])
    return found


async def _tell(parcels: list[str], numbers: range, took: list[float]) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        for number in numbers:
            body = {"notification_type": "delivery_status", "consignment_id": parcels[number % PARCELS],
                    "status": "in_review", "updated_at": "2026-05-25 19:30:05"}  # fmt: skip
            raw = json.dumps(body).encode()
            headers = signed_headers(TOKEN, raw, f"bench-{number}")
            started = time.perf_counter()
            (await client.post(f"{URL}/webhooks/steadfast", content=raw, headers=headers)).raise_for_status()
            took.append(time.perf_counter() - started)


def measure(parcels: list[str], at_once: int, begin: int) -> tuple[float, float]:
    """p50 and p95 in milliseconds."""
    took: list[float] = []
    each = MANY // at_once

    async def all_of_them() -> None:
        lanes = [range(begin + lane * each, begin + (lane + 1) * each) for lane in range(at_once)]
        await asyncio.gather(*(_tell(parcels, lane, took) for lane in lanes))

    asyncio.run(all_of_them())
    return _p50_p95_ms(took)


def measure_bare(at_once: int) -> tuple[float, float]:
    """The same for bare inserts of such a row, each committed before the next."""
    took: list[float] = []
    body, turn = json.dumps({"status": "in_review", "tracking_message": "x" * 100}), threading.Lock()
    with tempfile.TemporaryDirectory(prefix="dokango-bench-") as folder:
        db = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None, check_same_thread=False)
        for statement in (
            "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
            "CREATE TABLE news (id INTEGER PRIMARY KEY, key TEXT UNIQUE, courier TEXT, body TEXT, received_at INTEGER)",
        ):  # fmt: skip
            db.execute(statement)

        def insert(number: int) -> None:
            started = time.perf_counter()
            with turn:
                db.execute("INSERT INTO news (key, courier, body, received_at) VALUES (?,'bench',?,?)",
                           (f"bench-{number}", body, number))  # fmt: skip
            took.append(time.perf_counter() - started)

        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(insert, range(MANY)))
        db.close()
    return _p50_p95_ms(took)


def _p50_p95_ms(took: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(took, n=100)
    return 1000 * cuts[49], 1000 * cuts[94]


def main() -> None:
    """Print both, one by one and eight at once."""
    os.environ["DOKANGO_STEADFAST_WEBHOOK_TOKEN"] = TOKEN
    with served_shop(PORT) as key:
        parcels = on_their_way(key)
        measure(parcels, 1, 0)
        for at_once, begin in ((1, 10_000), (8, 20_000)):
            p50, p95 = measure(parcels, at_once, begin)
            bare_p50, bare_p95 = measure_bare(at_once)
            print(
                f"webhooks, {at_once} at once: p50 {p50:.1f} ms, p95 {p95:.1f} ms; "
                f"a bare insert: p50 {bare_p50:.1f} ms, p95 {bare_p95:.1f} ms; {p95 / bare_p95:.1f} times as long"
            )


if __name__ == "__main__":
    main()
