"""Serve a courier's practice server alone, on a port of its own."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server

from dokango.clock import Clock, SystemClock
from dokango.couriers.practice.scenario import ScenarioPlayer, read_scenario
from dokango.couriers.practice.server import PracticeServer
from dokango.couriers.practice.tellers import Posted


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve it: which, where, and whom to tell."""

    open: Callable[[Clock], PracticeServer]
    port: int
    host: str = "127.0.0.1"
    webhook_url: str = ""
    webhook_token: str = ""
    scenario: Path | None = None


def serve(serving: Serving) -> None:
    """Serve until SIGINT or SIGTERM. Raises InvalidInput for a scenario that cannot be read."""
    steps = read_scenario(serving.scenario) if serving.scenario else []
    clock = SystemClock()
    practice = serving.open(clock)
    if serving.webhook_url and serving.webhook_token:
        practice.teller = Posted(serving.webhook_url, partial(practice.signed, serving.webhook_token))
    player = ScenarioPlayer(practice, steps, clock)
    if steps:
        player.start()
    try:
        asyncio.run(_serve(serving, practice.app()))
    finally:
        player.stop()
        practice.close()


async def _serve(serving: Serving, app: object) -> None:
    server = Server(app, address=serving.host, port=serving.port, interface=Interfaces.ASGI)
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(wanted, server.stop)
    await server.serve()
