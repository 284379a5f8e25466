"""Serve a practice courier alone: its API at its own addresses, parcels that move when told or by a scenario.

Move one: POST /_practice/parcels/CONSIGNMENT_ID {"status": "delivered"}; make it misbehave: POST /_practice/faults.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from urllib.parse import urlsplit

from dokango.couriers.keys import environment_keys, environment_token
from dokango.couriers.practice.plays import WORDS
from dokango.couriers.practice.scenario import STEP_S
from dokango.couriers.practice.serve import Serving, serve
from dokango.couriers.registry import COURIERS
from dokango.errors import InvalidInput
from dokango.settings import settings

_PRACTICES = {kind.key: kind.practice for kind in COURIERS.values() if kind.practice is not None}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and what to do on the way."""
    parser.add_argument("--port", type=int, required=True, help="the port to listen on")
    parser.add_argument("--courier", choices=tuple(_PRACTICES), default=next(iter(_PRACTICES)), help="whom it plays")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    parser.add_argument("--file", type=Path, help="where the parcels are kept (default: in the data dir)")
    plays = "; ".join(f"{play}: {words}" for play, words in WORDS.items())
    parser.add_argument(
        "--scenario", default="", help=f"what each new parcel does by itself, by name or a JSON list of steps. {plays}"
    )
    parser.add_argument("--step-s", type=float, default=STEP_S, help="seconds between two steps of a named scenario")
    parser.add_argument("--webhook-url", default="", help="whom to tell of each move (the settings hold its token)")


def run(given: argparse.Namespace) -> int:
    """Serve until told to stop; the keys and the webhook's token are those of the settings."""
    shop, kind, practice = settings(), COURIERS[given.courier], _PRACTICES[given.courier]
    token, told = environment_token(shop, kind), given.webhook_url
    if told and kind.webhook is not None:
        if not token:
            name = f"DOKANGO_{kind.webhook.variable.upper()}"
            raise InvalidInput(
                {"webhook_url": f"Nobody would believe it without a token: set {name}, here and in the shop."}
            )
        told = kind.webhook.address(told, token)
    file = given.file or shop.data_dir / practice.file_name
    print(f"The practice courier keeps its parcels in {file}. No parcel is real.", flush=True)
    path = urlsplit(practice.base_url).path
    print(
        f"It plays {kind.name} on http://{given.host}:{given.port}{path}; move parcels at /_practice/parcels/ID.",
        flush=True,
    )
    serve(
        Serving(
            open=lambda clock: practice.open(file, clock, environment_keys(shop, kind)),
            port=given.port,
            host=given.host,
            webhook_url=told,
            webhook_token=token,
            scenario=given.scenario,
            step_s=given.step_s,
        )
    )
    return 0
