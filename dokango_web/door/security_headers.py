"""Headers that tell browsers what our pages may do, and how long files may be kept."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dokango.settings import settings
from dokango_web.build import BUILT
from dokango_web.routes.store.cart import TAKE_OVER

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_YEAR = "public, max-age=31536000, immutable"
_HOUR = "public, max-age=3600"
_ASK = "no-cache"
_NEVER = "no-store"


@lru_cache(maxsize=1)
def content_security_policy() -> str:
    """Scripts: our files, and inline ones by hash: the build's, and ours. Reflex evals its client events."""
    inline = {_hash(TAKE_OVER), *_inline_script_hashes(BUILT)}
    hashes = " ".join(f"'sha256-{digest}'" for digest in sorted(inline))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'unsafe-eval' {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob: https:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _inline_script_hashes(folder: Path) -> set[str]:
    return {
        _hash(script)
        for page in folder.rglob("*.html")
        for script in _INLINE_SCRIPT.findall(page.read_text(encoding="utf-8"))
        if script
    }


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class SecurityHeaders:
    """Adds what a response does not say itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.always = [("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin")]
        if settings().site_url.startswith("https://"):
            self.always.append(("strict-transport-security", "max-age=31536000"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(scope["path"], MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, with_headers)

    def _complete(self, path: str, headers: MutableHeaders) -> None:
        for name, value in self.always:
            headers.setdefault(name, value)
        kind = headers.get("content-type", "")
        if kind.startswith("text/html"):
            headers.setdefault("content-security-policy", content_security_policy())
            headers.setdefault("x-frame-options", "DENY")
            headers.setdefault("permissions-policy", "geolocation=(), microphone=(), payment=()")
        if "cache-control" not in headers:
            headers["cache-control"] = _keep(path, kind)


def _keep(path: str, kind: str) -> str:
    if path.startswith("/api/"):
        return _NEVER  # orders and people: in no cache on the way, and in no browser's
    if path.startswith("/assets/"):
        return _YEAR  # the build names these files after their content
    if kind.startswith(("image/", "font/", "text/css")):
        return _HOUR
    return _ASK
