"""The site as the server loads it: built pages and events on one port, no compiling at start."""

from __future__ import annotations

import os

from starlette.types import ASGIApp

os.environ.setdefault("REFLEX_ENV_MODE", "prod")
os.environ.setdefault("REFLEX_MOUNT_FRONTEND_COMPILED_APP", "true")
os.environ.setdefault("REFLEX_SKIP_COMPILE", "true")
os.environ.setdefault("REFLEX_TELEMETRY_ENABLED", "false")


def site() -> ASGIApp:
    """The factory that granian calls in each worker."""
    from dokango_web.dokango_web import app  # noqa: PLC0415  the environment above decides how Reflex starts

    return app()
