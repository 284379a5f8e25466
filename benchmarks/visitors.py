"""What a visitor costs in memory: pages with a full cart are opened, left, and opened by others, wave after wave."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import psutil
from sqlalchemy import select

from dokango.catalogue.models import Variant
from dokango.db import open_database, table_of
from state.store.cart import CartState
from tests.door.strangers import Backend, Stranger, running_backend

WAVE = 150
WAVES = 5
KEPT = f"{CartState.get_full_name()}.kept_rx_state_"
SETTLE_S = 6.0
# until the first sweep after they went: a tab is let go at once here, or after an hour as Reflex does by itself
WAYS = {"let go early": "1", "kept for an hour": "3600"}
SWEPT_S = 20.0


def worker_kb(backend: Backend) -> int:
    """The resident memory of the process that serves."""
    return max(child.memory_info().rss for child in psutil.Process(backend.pid).children(recursive=True)) // 1024


def opened(backend: Backend, cart: str, many: int = WAVE) -> list[Stranger]:
    """A wave of checkouts, each with the whole cart priced."""
    found = []
    for _ in range(many):
        stranger = backend.stranger()
        stranger.connect("/checkout", {"vars": {KEPT: cart}})
        found.append(stranger)
    time.sleep(SETTLE_S)
    return found


def full_cart(data_dir: Path) -> str:
    """All that the sample shop sells, one of each."""
    database = open_database(f"sqlite:///{data_dir / 'dokango.sqlite3'}")
    variants = table_of(Variant)
    skus = [row.sku for row in database.read(lambda tx: tx.rows(select(variants.c.sku).limit(100)))]
    database.close()
    return json.dumps(dict.fromkeys(skus, 1))


def measure(way: str) -> None:
    """Print the memory after each wave."""
    with tempfile.TemporaryDirectory(prefix="dokango-bench-") as folder:
        limits = {"DOKANGO_VISITOR_GONE_S": WAYS[way], "DOKANGO_SAMPLE": "1"}
        with running_backend(Path(folder), **limits) as backend:
            cart = full_cart(Path(folder))
            opened(backend, cart, 1)[0].close()
            at_rest = worker_kb(backend)
            for wave in range(1, WAVES + 1):
                came = opened(backend, cart)
                full = worker_kb(backend)
                for stranger in came:
                    stranger.close()
                time.sleep(SWEPT_S)
                gone, each = worker_kb(backend), (full - at_rest) // WAVE
                cost = f" ({each} kB a visitor)" if wave == 1 else ""
                print(f"{way:<16} wave {wave}: {WAVE} open {full / 1024:.0f} MB{cost}, gone {gone / 1024:.0f} MB")


def main() -> None:
    """Both ways, or the one that the command line names."""
    for way in [way for way in WAYS if way in sys.argv[1:]] or WAYS:
        measure(way)


if __name__ == "__main__":
    main()
