"""Fill an empty shop with the sample: products, staff, and a few weeks of orders in every state.

It is refused when there is a product or an order already, so that a sample never mixes with real things.
"""

from __future__ import annotations

import argparse
import sys
from random import Random

from dokango import process
from dokango.commands.opening import open_shop
from dokango.db import Database
from dokango.sample.make import is_empty, sample

SEED = 1971


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Another seed makes another shop."""
    parser.add_argument("--seed", type=int, default=SEED, help=f"which shop (default {SEED})")


def run(given: argparse.Namespace) -> int:
    """Make it, or say why not (exit code 1)."""
    database = open_shop()
    if not database.read(is_empty):
        print("The shop has products or orders already; the sample is only for an empty one.", file=sys.stderr)
        return 1
    print(fill(database, given.seed))
    return 0


def fill(database: Database, seed: int = SEED) -> str:
    """Make the sample in `database`; a sentence about it. The practice courier learns of its parcels when it opens."""
    orders = sample(database, process.clock(), Random(seed))  # noqa: S311  the same shop for the same seed
    return f"The sample shop stands, with {orders} orders."
