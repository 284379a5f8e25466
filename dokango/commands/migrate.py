"""Bring the database up to the newest schema; does nothing when it is."""

from __future__ import annotations

import argparse

from dokango.commands.opening import open_shop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(given: argparse.Namespace) -> int:
    """Upgrade."""
    database = open_shop()
    print(f"The {database.dialect} database is up to date.")
    return 0
