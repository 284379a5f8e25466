"""The site as it is served, without its built pages: `python -m tests.door.backend`. Up in a few seconds."""

from __future__ import annotations

from reflex.constants import Env
from reflex_base.environment import environment
from starlette.types import ASGIApp

from dokango import logs
from dokango_web.__main__ import serve
from dokango_web.alone import end_with_parent


def site() -> ASGIApp:
    """The factory that the server calls in its worker."""
    logs.configure()
    end_with_parent()
    environment.REFLEX_ENV_MODE.set(Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    from dokango_web.dokango_web import app  # noqa: PLC0415  Reflex reads the above when the app is imported

    return app()


if __name__ == "__main__":
    serve("tests.door.backend:site")
