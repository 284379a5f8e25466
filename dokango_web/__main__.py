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
from dokango.settings import ROOT, Settings, settings
from dokango_web import figures
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
    """Workers, each started again when it dies; pages, events and API on one port.

    `target`: the factory of the site, as "module:name"; a site with more in it (a courier of one's own) has its own.
    """
    logs.configure()
    shop = settings()
    try:
        require_shared(shop)
        require_port(shop.host, shop.port)
        held = hold_folder(shop.data_dir) if shop.database.startswith("sqlite") else contextlib.nullcontext()
    except Unfit as unfit:
        raise SystemExit(str(unfit)) from unfit
    if shop.workers > 1:
        figures.keep_together(shop.data_dir)
    with held:
        _serve(target)


def require_shared(shop: Settings) -> None:
    """Raises Unfit when several workers are asked for and what they must share is not there."""
    if shop.workers == 1:
        return
    missing = [] if shop.database.startswith("postgres") else ["PostgreSQL (DOKANGO_DATABASE_URL)"]
    missing += [] if shop.redis_url else ["Redis or Valkey (DOKANGO_REDIS_URL)"]
    if missing:
        raise Unfit(
            f"{shop.workers} workers need {' and '.join(missing)}: the database tells each what the others changed, "
            "and tries are counted for all of them together. Nothing was started; set it, or leave WORKERS at 1."
        )


def _serve(target: str) -> None:
    shop = settings()
    print(f"DokanGo is on http://localhost:{shop.port}", flush=True)
    Server(
        target,
        factory=True,
        address=shop.host,
        port=shop.port,
        interface=Interfaces.ASGI,
        workers=shop.workers,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
        log_dictconfig=_SERVERS_LOG,
    ).serve()


if __name__ == "__main__":
    main()
