"""The figures of /metrics when several workers serve: each keeps its own in a folder, and who is asked adds them up.

prometheus_client decides where figures live when it is imported, by the environment (its documentation, "Multiprocess
Mode"): the site begins anew with the variable set, before its workers.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def keep_together(data_dir: Path) -> None:
    """Begin this program anew with a folder for the figures of all workers, unless it has one."""
    if os.environ.get(FOLDER):
        return
    folder = data_dir / "figures"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    os.execve(sys.executable, sys.orig_argv, {**os.environ, FOLDER: str(folder)})  # noqa: S606  ourselves


def forget_the_dead() -> None:
    """Take what workers that have ended say is open now out of the figures; what they have counted stays."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return
    for pid in {path.stem.rpartition("_")[2] for path in Path(folder).glob("gauge_live*.db")}:
        if not Path(f"/proc/{pid}").exists():
            mark_process_dead(pid)  # type: ignore[no-untyped-call]


def latest() -> bytes:
    """All figures, as Prometheus reads them."""
    if not os.environ.get(FOLDER):
        return generate_latest()
    forget_the_dead()
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return generate_latest(together)
