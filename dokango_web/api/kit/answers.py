"""JSON answers. Nothing is validated or converted on the way out: the shapes are ours, and tests prove them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from dokango.db import Tx
from dokango_web.api.kit import threads

MEDIA_TYPE = "application/json"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def json_bytes(body: Any) -> bytes:
    """Compact UTF-8 JSON."""
    return _ENCODER.encode(body).encode()


def json_response(body: Any, status: int = 200) -> Response:
    """An answer that is small."""
    return Response(json_bytes(body), status, media_type=MEDIA_TYPE)


async def read_response(query: Callable[[Tx], dict[str, Any]]) -> Response:
    """What `query` finds; read and written out in a thread, because a journal is long."""
    return Response(await threads.read(lambda tx: json_bytes(query(tx))), media_type=MEDIA_TYPE)
