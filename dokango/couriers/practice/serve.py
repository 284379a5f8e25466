"""Serve a courier's practice server alone, on a port of its own."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server

from dokango.clock import Clock, SystemClock
from dokango.couriers.practice.plays import play_called
from dokango.couriers.practice.scenario import STEP_S, ScenarioPlayer, Step, read_scenario, steps_of
from dokango.couriers.practice.server import PracticeServer
from dokango.couriers.practice.tellers import Posted


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve it: which, where, and whom to tell. `scenario`: the name of a play, or a file; "" is none."""

    open: Callable[[Clock], PracticeServer]
    port: int
    host: str = "127.0.0.1"
    webhook_url: str = ""
    webhook_token: str = ""
    scenario: str = ""
    step_s: float = STEP_S


def serve(serving: Serving) -> None:
    """Serve until SIGINT or SIGTERM. Raises InvalidInput for a scenario that cannot be read."""
    clock = SystemClock()
    practice = serving.open(clock)
    steps = wanted_steps(serving, practice)
    if serving.webhook_url and serving.webhook_token:
        practice.teller = Posted(serving.webhook_url, partial(practice.signed, serving.webhook_token))
    player = ScenarioPlayer(practice, steps, clock, serving.step_s)
    player.start()
    try:
        asyncio.run(_serve(serving, practice.app()))
    finally:
        player.stop()
        practice.close()


def wanted_steps(serving: Serving, practice: PracticeServer) -> Sequence[Step]:
    """What each new parcel does by itself. Raises InvalidInput for what is neither a play nor a file of steps."""
    if not serving.scenario:
        return []
    play = play_called(serving.scenario)
    if play is not None:
        return steps_of(practice, play, serving.step_s)
    return read_scenario(Path(serving.scenario))


async def _serve(serving: Serving, app: object) -> None:
    server = Server(app, address=serving.host, port=serving.port, interface=Interfaces.ASGI)
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(wanted, server.stop)
    await server.serve()
