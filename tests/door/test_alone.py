"""One site a port and a folder; a second is refused in a sentence. A worker does not outlive its site."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path

import httpx
import pytest

from dokango.errors import Unfit
from dokango_web.alone import hold_folder, require_port
from tests.door.strangers import running_backend

GONE_S = 30.0


@pytest.mark.parametrize("shares", [False, True], ids=["alone", "willing to share"])
def test_a_port_where_another_answers_is_refused(shares: bool) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, int(shares))
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Unfit, match=f"Port {port} is taken.*PORT={port + 1} make run"):
            require_port("127.0.0.1", port, patience_s=0)
    require_port("127.0.0.1", port, patience_s=0)


def test_an_address_of_another_machine_is_refused_in_a_sentence() -> None:
    with pytest.raises(Unfit, match=r"cannot be opened .* see PORT and DOKANGO_HOST"):
        require_port("192.0.2.1", 3000, patience_s=0)


def test_a_folder_in_which_another_site_runs_is_refused_until_that_one_ends(tmp_path: Path) -> None:
    with hold_folder(tmp_path), pytest.raises(Unfit, match=rf"Another site \(process {os.getpid()}\) runs on"):
        hold_folder(tmp_path, patience_s=0)
    hold_folder(tmp_path, patience_s=0).close()


def test_a_worker_ends_with_its_site_however_that_ended(tmp_path: Path) -> None:
    with running_backend(tmp_path) as backend:
        os.kill(backend.pid, signal.SIGKILL)
        give_up = time.monotonic() + GONE_S
        while answers(backend.url):
            assert time.monotonic() < give_up, "its worker still answers"
            time.sleep(0.2)


def answers(url: str) -> bool:
    """Whether something is there."""
    try:
        return httpx.get(f"{url}/healthz", timeout=5).status_code > 0
    except httpx.TransportError:
        return False
