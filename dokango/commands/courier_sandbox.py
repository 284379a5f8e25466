"""Serve the practice courier alone: Steadfast's API under /api/v1, parcels that move only when told.

Move one: POST /_practice/parcels/CONSIGNMENT_ID {"status": "delivered"}; make it misbehave: POST /_practice/faults.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from dokango.couriers.practice.courier import FILE_NAME
from dokango.couriers.practice.serve import Serving, serve
from dokango.settings import settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and what to do on the way."""
    parser.add_argument("--port", type=int, required=True, help="the port to listen on")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    parser.add_argument("--file", type=Path, help=f"where the parcels are kept (default: {FILE_NAME} in the data dir)")
    parser.add_argument("--scenario", type=Path, help="a JSON list of steps that each new parcel takes by itself")
    parser.add_argument("--webhook-url", default="", help="whom to tell of each move")


def run(given: argparse.Namespace) -> int:
    """Serve until told to stop; the keys and the webhook's token are those of the settings."""
    shop = settings()
    file = given.file or shop.data_dir / FILE_NAME
    print(f"The practice courier keeps its parcels in {file}. No parcel is real.", flush=True)
    print(f"It listens on http://{given.host}:{given.port}/api/v1; move parcels at /_practice/parcels/ID.", flush=True)
    serve(
        Serving(
            port=given.port,
            host=given.host,
            file=file,
            api_key=shop.steadfast_api_key.get_secret_value(),
            secret_key=shop.steadfast_secret_key.get_secret_value(),
            webhook_url=given.webhook_url,
            webhook_token=shop.steadfast_webhook_token.get_secret_value(),
            scenario=given.scenario,
        )
    )
    return 0
