"""A process killed at a random moment loses nothing that it acknowledged, and leaves nothing half done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dokango.checks import run_checks
from dokango.db import Database, open_database
from dokango.orders.book import rows
from tests.small_shop import Shop

ROOT = Path(__file__).parents[2]


def seller(url: str, acknowledged: Path) -> subprocess.Popen[bytes]:
    """A process of its own that places and settles orders, and writes each number down once it is acknowledged."""
    return subprocess.Popen([sys.executable, "-m", "tests.core.seller", url, str(acknowledged)], cwd=ROOT)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_was_acknowledged_survives_a_kill(shop: Shop, tmp_path: Path, seed: int) -> None:
    acknowledged = tmp_path / "acknowledged"
    process = seller(shop.db.url, acknowledged)
    while not (acknowledged.exists() and acknowledged.stat().st_size):
        assert process.poll() is None
        time.sleep(0.01)
    time.sleep(random.Random(seed).uniform(0.05, 0.6))
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    lines = [line.split() for line in acknowledged.read_text().splitlines() if line.endswith(".")]
    reopened: Database = open_database(shop.db.url)
    try:
        for number, status, _ in lines:
            kept = reopened.read(lambda tx, number=number: rows.by_number(tx, number))  # type: ignore[misc]
            assert (kept.status == status) or status == "pending"
        assert all(result.ok for result in reopened.read(run_checks))
    finally:
        reopened.close()
    assert len(lines) >= 1
