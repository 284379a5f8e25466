"""Make an API key with a role and print it; it is shown once."""

from __future__ import annotations

import argparse

from dokango import process
from dokango.commands.opening import open_shop
from dokango.people import api_keys
from dokango.people.actor import SYSTEM
from dokango.people.permissions import KEY_ROLES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which role the key has, and what it is called in the list of keys."""
    parser.add_argument("--role", required=True, choices=[role.value for role in KEY_ROLES])
    parser.add_argument("--name", default="command line", help="what will use it, to know it by")


def run(given: argparse.Namespace) -> int:
    """Print the key alone, so that it can be taken into a variable."""
    key = open_shop().write(lambda tx: api_keys.make(tx, SYSTEM, given.name, given.role, process.clock()))
    print(key, flush=True)
    return 0
