"""The site as the server loads it: built pages and events on one port, no compiling at start."""

from __future__ import annotations

from reflex.constants import Env
from reflex_base.environment import environment
from starlette.types import ASGIApp

from dokango import logs
from dokango_web.alone import end_with_parent


def site() -> ASGIApp:
    """The factory that granian calls in each worker."""
    logs.configure()
    end_with_parent()
    environment.REFLEX_ENV_MODE.set(Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    from dokango_web.dokango_web import app  # noqa: PLC0415  Reflex reads the above when the app is imported

    return app()
