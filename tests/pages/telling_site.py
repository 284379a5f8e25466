"""The site, which also tells each page when what it asked is done: `python -m tests.pages.telling_site`.

Reflex answers an event with what changed, in as many parts as it likes, and never says that it was the last: a test
that acts before it has come acts on a page that is about to be drawn anew. See quiet.py for who listens.
"""

from __future__ import annotations

import asyncio
import contextlib
from contextvars import ContextVar
from typing import Any

import reflex as rx
from reflex_base.event.processor.base_state_processor import BaseStateEventProcessor
from reflex_base.event.processor.future import EventFuture
from starlette.types import ASGIApp

from dokango_web import serving
from dokango_web.__main__ import serve
from dokango_web.build import ensure_built

TELLS, DONE = "tells", "done"
_asked: ContextVar[list[EventFuture] | None] = ContextVar("asked", default=None)


def site() -> ASGIApp:
    """The factory that each worker calls."""
    made = serving.site()
    from dokango_web.dokango_web import app  # noqa: PLC0415  serving has told Reflex first what it reads

    tell(app)
    return made


def tell(app: rx.App) -> None:
    """Let the site's end of the socket say that it tells, and then what is done: the event and all that it chained."""
    line = app.event_namespace
    takes, connects, enqueue = line.on_event, line.on_connect, BaseStateEventProcessor.enqueue
    telling: set[asyncio.Task[None]] = set()

    async def on_connect(sid: str, *args: Any) -> None:
        await connects(sid, *args)
        await line.emit(TELLS, to=sid)

    async def on_event(sid: str, data: Any) -> None:
        futures: list[EventFuture] = []
        _asked.set(futures)
        try:
            await takes(sid, data)
        finally:
            task = asyncio.create_task(tell_of(sid, futures))
            telling.add(task)
            task.add_done_callback(telling.discard)

    async def tell_of(sid: str, futures: list[EventFuture]) -> None:
        for future in futures:
            with contextlib.suppress(Exception, asyncio.CancelledError):
                await future.wait_all()
        await line.emit(DONE, to=sid)

    async def enqueued(processor: BaseStateEventProcessor, *what: Any, **more: Any) -> EventFuture:
        future = await enqueue(processor, *what, **more)
        if (futures := _asked.get()) is not None:
            futures.append(future)
        return future

    line.on_connect, line.on_event = on_connect, on_event
    BaseStateEventProcessor.enqueue = enqueued


if __name__ == "__main__":
    ensure_built()
    serve("tests.pages.telling_site:site")
