"""One site a port, and on SQLite one a data folder: a second is refused in a sentence. A worker ends with its site."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import IO

from dokango.errors import Unfit

LOCK = "site.lock"
PATIENCE_S = 6.0  # a site that was stopped a moment ago is still closing
_LOOK_S = 0.5
_LAST_WORDS_S = 5.0


def require_port(host: str, port: int, *, patience_s: float = PATIENCE_S) -> None:
    """Raises Unfit when something else answers there: the system would let two share it, each with half the calls."""
    _patiently(lambda: _try_port(host, port), patience_s)


def hold_folder(data_dir: Path, *, patience_s: float = PATIENCE_S) -> IO[str]:
    """The lock of the data folder, held while the file is open. Raises Unfit when another site has it."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = (data_dir / LOCK).open("a+")
    _patiently(lambda: _try_lock(lock, data_dir), patience_s)
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def end_with_parent() -> None:
    """End this process soon after the one that started it is gone, however that ended."""
    parent = os.getppid()
    Thread(target=_watch, args=(parent,), name="end-with-parent", daemon=True).start()


def _patiently(attempt: Callable[[], None], patience_s: float) -> None:
    give_up = time.monotonic() + patience_s
    while True:
        try:
            return attempt()
        except Unfit:
            if time.monotonic() > give_up:
                raise
        time.sleep(_LOOK_S)


def _try_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Unfit(_said(error, host, port)) from error


def _said(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken: another site or program answers there. Nothing was started; stop it, or take "
            f"another port: PORT={port + 1} make run."
        )
    return f"Port {port} of {host} cannot be opened ({error.strerror}). Nothing was started; see PORT and DOKANGO_HOST."


def _try_lock(lock: IO[str], data_dir: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        raise Unfit(
            f"Another site (process {holder}) runs on {data_dir}. Nothing was started: on SQLite one site has a data "
            "folder for itself. Stop that one, or name another folder in DOKANGO_DATA_DIR."
        ) from error


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_S)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_LAST_WORDS_S)
    os._exit(1)
