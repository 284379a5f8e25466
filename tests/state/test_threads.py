"""Work beside the event loop: with its caller's context, and never left alone with a command half written."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from threading import Event

import pytest

from dokango.errors import NotSignedIn
from dokango.threads import Threads

_who: ContextVar[str] = ContextVar("who", default="nobody")


async def test_work_sees_its_callers_context_and_its_error_comes_back() -> None:
    threads = Threads("test", 1)
    _who.set("Olin")
    assert await threads.run(_who.get) == "Olin"

    def refuse() -> None:
        raise NotSignedIn

    with pytest.raises(NotSignedIn):
        await threads.run(refuse)


async def test_a_cancelled_caller_waits_for_what_its_thread_has_begun() -> None:
    begun, may_end, written = Event(), Event(), []

    def write() -> None:
        begun.set()
        may_end.wait(5)
        written.append("committed")

    caller = asyncio.create_task(Threads("test", 1).run(write))
    assert await asyncio.to_thread(begun.wait, 5)
    caller.cancel()
    await asyncio.sleep(0.05)
    assert not caller.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert written == ["committed"]
