"""`python -m dokango_web`: build the pages if their sources changed, then serve the site until it is stopped."""

from __future__ import annotations

import argparse
import contextlib
import os
import time

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from dokango import logs
from dokango.errors import Unfit
from dokango.private import UMASK
from dokango.settings import ROOT, settings
from dokango_web.alone import hold_folder, require_port
from dokango_web.build import BuildFailed, ensure_built

TARGET = "dokango_web.serving:site"
# The server's own lines go where all others go (dokango/logs.py).
_SERVERS_LOG = {"loggers": {"_granian": {"handlers": [], "propagate": True}, "granian.access": {"handlers": []}}}


def main() -> None:
    """Serve; `--build-only` stops before, for images and tests."""
    parser = argparse.ArgumentParser(prog="python -m dokango_web", description=__doc__)
    parser.add_argument("--build-only", action="store_true", help="build the pages and stop")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    started = time.monotonic()
    try:
        built = ensure_built()
    except BuildFailed as failed:
        raise SystemExit(str(failed)) from failed
    if built:
        print(f"Pages built in {time.monotonic() - started:.0f} s.", flush=True)
    os.umask(UMASK)
    if not arguments.build_only:
        serve()


def serve(target: str = TARGET) -> None:
    """One worker (several need Redis), started again when it dies; pages, events and API on one port.

    `target`: the factory of the site, as "module:name"; a site with more in it (a courier of one's own) has its own.
    """
    logs.configure()
    shop = settings()
    try:
        require_port(shop.host, shop.port)
        held = hold_folder(shop.data_dir) if shop.database.startswith("sqlite") else contextlib.nullcontext()
    except Unfit as unfit:
        raise SystemExit(str(unfit)) from unfit
    with held:
        _serve(target)


def _serve(target: str) -> None:
    print(f"DokanGo is on http://localhost:{settings().port}", flush=True)
    Server(
        target,
        factory=True,
        address=settings().host,
        port=settings().port,
        interface=Interfaces.ASGI,
        workers=1,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
        log_dictconfig=_SERVERS_LOG,
    ).serve()


if __name__ == "__main__":
    main()
