"""Wrap what is to be wrapped."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """With what."""
    parser.add_argument("--paper", default="plain")


def run(given: argparse.Namespace) -> int:
    """Say so."""
    print(f"Wrapped in {given.paper} paper.")
    return 0
