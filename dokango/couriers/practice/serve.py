"""Serve the practice courier alone, on a port of its own."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server

from dokango.clock import SystemClock
from dokango.couriers.practice.app import practice_app
from dokango.couriers.practice.courier import open_practice_courier
from dokango.couriers.practice.scenario import ScenarioPlayer, read_scenario
from dokango.couriers.practice.webhooks import Posted, Silent, Teller


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve it: where, with which keys, and whom to tell."""

    port: int
    file: Path | None
    host: str = "127.0.0.1"
    api_key: str = ""
    secret_key: str = ""
    webhook_url: str = ""
    webhook_token: str = ""
    scenario: Path | None = None


def serve(serving: Serving) -> None:
    """Serve until SIGINT or SIGTERM. Raises InvalidInput for a scenario that cannot be read."""
    steps = read_scenario(serving.scenario) if serving.scenario else []
    told = serving.webhook_url and serving.webhook_token
    teller: Teller = Posted(serving.webhook_url, serving.webhook_token) if told else Silent()
    practice = open_practice_courier(serving.file, SystemClock(), serving.api_key, serving.secret_key, teller)
    player = ScenarioPlayer(practice, steps)
    if steps:
        player.start()
    try:
        asyncio.run(_serve(serving, practice_app(practice)))
    finally:
        player.stop()
        practice.store.close()


async def _serve(serving: Serving, app: object) -> None:
    server = Server(app, address=serving.host, port=serving.port, interface=Interfaces.ASGI)
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(wanted, server.stop)
    await server.serve()
