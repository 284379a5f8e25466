"""Strangers on real sockets: what a browser sends to open a page, and anything else that somebody may send."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from simple_websocket import Client, ConnectionClosed

from dokango.settings import ROOT
from dokango_web.door.visitors import COOKIE, new_visitor
from tests.pages.site import free_port

HYDRATE = "reflex___state____state.hydrate_and_load"
START_S = 180.0  # on a machine that does much else besides


class Line(Client):  # type: ignore[misc]  # simple_websocket has no types
    """A client that also hears what came in one packet with the server's handshake: the library leaves that unread."""

    def _thread(self) -> None:
        self.connected = self._handle_events()
        super()._thread()


@dataclass
class Backend:
    """A running site, and what it has written so far."""

    url: str
    log: Path
    pid: int

    def stranger(self, token: str | None = "", cookies: str = "", address: str = "") -> Stranger:
        """A new socket: with a token of its own, another's, or none at all (None)."""
        headers = {"Origin": self.url, "Cookie": cookies or new_browser(), "X-Forwarded-For": address}
        query = "" if token is None else f"&token={quote(token or str(uuid.uuid4()))}"
        where = self.url.replace("http", "ws") + "/_event/?EIO=4&transport=websocket" + query
        return Stranger(Line.connect(where, headers={k: v for k, v in headers.items() if v}))

    def written(self) -> str:
        """The log."""
        return self.log.read_text(errors="replace")

    def figure(self, name: str) -> float:
        """The sum of one figure of /metrics, over its labels that `name` does not tell."""
        lines = httpx.get(f"{self.url}/metrics").text.splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


def new_browser() -> str:
    """The cookie of another browser."""
    return f"{COOKIE}={new_visitor()}"


@dataclass
class Stranger:
    """One socket."""

    socket: Client
    code: int = 0  # with which it was closed

    def connect(self, path: str = "/", payload: Mapping[str, Any] | None = None) -> list[Any]:
        """What the server answers to a page's first words: packets as they come, until it hydrated or closed."""
        boot = {"name": HYDRATE, "payload": payload or {}, "router_data": {"pathname": path, "asPath": path}}
        self.send("40/_event," + json.dumps({"event": boot}))
        return self.heard(until="is_hydrated")

    def call(self, name: str, payload: Any = None) -> None:
        """Send one event."""
        event = {"name": name, "payload": payload or {}, "router_data": {"pathname": "/", "asPath": "/"}}
        self.send("42/_event," + json.dumps(["event", event]))

    def send(self, text: str) -> None:
        """Send anything; that the socket is closed is found by listening."""
        with contextlib.suppress(ConnectionClosed, OSError):
            self.socket.send(text)

    def heard(self, until: str = "", timeout_s: float = 10.0) -> list[str]:
        """What comes until a packet with `until` in it, the end of the socket, or silence."""
        found: list[str] = []
        try:
            while (packet := self.socket.receive(timeout=timeout_s)) is not None:
                if packet == "2":
                    self.socket.send("3")
                    continue
                found.append(str(packet))
                if until and until in str(packet):
                    break
        except OSError:
            pass
        except ConnectionClosed as closed:
            self.code = int(closed.reason or 0)
        return found

    def close(self) -> None:
        """Go away."""
        with contextlib.suppress(ConnectionClosed, OSError):
            self.socket.close()


@contextlib.contextmanager
def running_backend(data_dir: Path, **environment: str) -> Iterator[Backend]:
    """The site without pages, on a free port and an empty shop."""
    port = free_port()
    env = {
        **os.environ, "PORT": str(port), "DOKANGO_HOST": "127.0.0.1", "DOKANGO_DATA_DIR": str(data_dir),
        "DOKANGO_SAMPLE": "0", "DOKANGO_OPEN_DOCS": "1", "DOKANGO_WORKER": "0", **environment,
    }  # fmt: skip
    subprocess.run([sys.executable, "-m", "dokango", "prepare"], cwd=ROOT, env=env, check=True, capture_output=True)
    log = data_dir / "site.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.door.backend"], cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT
        )
    backend = Backend(f"http://localhost:{port}", log, server.pid)
    try:
        _wait_until_up(backend, server)
        yield backend
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_up(backend: Backend, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + START_S
    while time.monotonic() < give_up:
        if server.poll() is not None:
            break
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{backend.url}/healthz", timeout=5).status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"The site did not start:\n{backend.written()[-4_000:]}")
