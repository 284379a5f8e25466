"""Which scripts a page of the build wants, so that its head can name them before the first of them has run."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

_MANIFEST = re.compile(r"^window\.__reactRouterManifest=(.*?);?$", re.DOTALL)


@lru_cache(maxsize=2)
def modules_by_page(assets: Path, changed_ns: int) -> dict[str, tuple[str, ...]]:
    """Addresses of scripts by the page's pattern ("p/:slug", "" for the first page), as React Router's manifest has it.

    `changed_ns` makes the answer of an older build be forgotten. Without a manifest there are none.
    """
    found = next(iter(sorted(assets.glob("manifest-*.js"))), None)
    text = _MANIFEST.match(found.read_text(encoding="utf-8")) if found else None
    routes: dict[str, Any] = json.loads(text[1])["routes"] if text else {}
    return {
        str(route.get("path") or ""): (route["module"], *route["imports"])
        for name, route in routes.items()
        if name != "root"
    }
