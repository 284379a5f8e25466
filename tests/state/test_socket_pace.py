"""A socket that sends faster than a person is slowed, and one that floods is cut off."""

from __future__ import annotations

from typing import Any

import pytest

from dokango_web.door.socket_pace import BURST, MOST_LATE_S, PER_SECOND, SocketPace


class Line:
    """A socket on which `messages` come in at once, and a clock that only sleeping moves."""

    def __init__(self, messages: int, text: str = "x") -> None:
        self.left, self.text = messages, text
        self.slept_s, self.taken = 0.0, 0
        self.closed: dict[str, Any] = {}

    async def sleep(self, seconds: float) -> None:
        self.slept_s += seconds

    async def receive(self) -> dict[str, Any]:
        self.left -= 1
        return {"type": "websocket.receive", "text": self.text} if self.left >= 0 else {"type": "websocket.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        self.closed = message

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        while (await receive())["type"] == "websocket.receive":
            self.taken += 1

    async def run(self) -> Line:
        pace = SocketPace(self.app, now_s=lambda: self.slept_s, sleep=self.sleep)
        await pace({"type": "websocket", "headers": []}, self.receive, self.send)
        return self


@pytest.mark.parametrize(("messages", "sleeps"), [(int(BURST), 0), (int(BURST) + 80, 80)])
async def test_a_burst_passes_and_what_comes_after_waits(messages: int, sleeps: int) -> None:
    line = await Line(messages).run()
    assert line.taken == messages
    assert line.slept_s == pytest.approx(sleeps / PER_SECOND, abs=1 / PER_SECOND)


async def test_a_flood_is_cut_off() -> None:
    line = await Line(100_000).run()
    assert line.closed["code"] == 1008
    assert line.taken < BURST + MOST_LATE_S * PER_SECOND + 1


async def test_a_message_over_the_limit_closes_the_socket() -> None:
    line = await Line(1, "x" * 200_001).run()
    assert (line.taken, line.closed["code"]) == (0, 1009)
