"""Count customers' figures anew from their orders and credit; says whose were wrong."""

from __future__ import annotations

import argparse

from dokango import process
from dokango.commands.opening import open_shop
from dokango.orders.recount import FIGURES, set_right


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(given: argparse.Namespace) -> int:
    """Set every figure right, in one transaction, and print each that was not."""
    now_us = process.clock().now_us()
    found = open_shop().write(lambda tx: set_right(tx, now_us))
    for one in found:
        changed = ", ".join(f"{name} by {int(getattr(one, name)):+}" for name in FIGURES if int(getattr(one, name)))
        print(f"{one.phone}: {changed}")
    print(f"{len(found)} customers were set right." if found else "Every customer's figures were right.")
    return 0
