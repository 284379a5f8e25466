"""A small HTTP/1.1 client on bare asyncio: so that what is measured is the server, not the client beside it."""

from __future__ import annotations

import asyncio
import json
from typing import Any


class Connection:
    """One connection that stays open; one request at a time."""

    def __init__(self, host: str, port: int, key: str) -> None:
        self.host, self.port = host, port
        self._head = f"Host: {host}:{port}\r\nAuthorization: Bearer {key}\r\n"
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def call(self, method: str, path: str, body: Any = None, key: str = "") -> tuple[int, Any]:
        """The status and the JSON of one call; `key` is its Idempotency-Key."""
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port)
        payload = b"" if body is None else json.dumps(body).encode()
        idempotency = f"Idempotency-Key: {key}\r\n" if key else ""
        head = (
            f"{method} {path} HTTP/1.1\r\n{self._head}{idempotency}"
            f"Content-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n"
        )
        self._writer.write(head.encode() + payload)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(answer.split(" ", 2)[1])
        length = next(
            int(line.split(":", 1)[1]) for line in answer.split("\r\n") if line.lower().startswith("content-length:")
        )
        return status, json.loads(await self._reader.readexactly(length))

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
