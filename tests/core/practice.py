"""The practice courier in a process of its own, for tests that want a line and not a function call."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from dokango.clock import SystemClock
from dokango.couriers.line import Line as Called
from dokango.couriers.steadfast.client import Steadfast
from dokango.couriers.steadfast.keys import SteadfastKeys

KEYS = {"Api-Key": "practice", "Secret-Key": "practice"}


@dataclass(frozen=True)
class Line:
    """Where it listens."""

    url: str

    def client(self, api_key: str = "practice", read_s: float = 8.0) -> Steadfast:
        keys = SteadfastKeys(api_key, "practice", f"{self.url}/api/v1")
        return Steadfast(keys, Called(SystemClock(), timeout=httpx.Timeout(read_s)))

    def post(self, path: str, body: object) -> httpx.Response:
        return httpx.post(f"{self.url}{path}", json=body, headers=KEYS, trust_env=False)

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"{self.url}{path}", headers=KEYS, trust_env=False)

    def misbehave(self, **fault: object) -> None:
        assert self.post("/_practice/faults", fault).status_code == 200


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(folder: Path, *options: str) -> Iterator[Line]:
    port = free_port()
    command = [sys.executable, "-m", "dokango", "courier-sandbox", "--port", str(port), *options]
    process = subprocess.Popen(command, env={**os.environ, "DOKANGO_DATA_DIR": str(folder)})
    try:
        line = Line(f"http://127.0.0.1:{port}")
        _wait_until_up(line, process)
        yield line
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_until_up(line: Line, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the practice courier ended"
        try:
            line.get("/_practice/parcels")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the practice courier did not come up")
