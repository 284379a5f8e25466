"""Sells as fast as it can until it is killed: `python -m tests.core.seller URL FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

from dokango.clock import SystemClock
from dokango.db import open_database
from dokango.orders import Context, perform, place
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from tests.small_shop import request


def sell(url: str, acknowledged: Path) -> None:
    """Place COD orders of a gift card (which never runs out) and confirm each, noting both once they are durable."""
    database = open_database(url)
    context = Context(Actor(1, "Seller", Role.OWNER), SystemClock())
    with acknowledged.open("a", buffering=1) as log:
        while True:
            wanted = request(("CARD", 1), payment={"method": "cod"})
            number = database.write(lambda tx, wanted=wanted: place(tx, context, wanted, channel="test")).number  # type: ignore[misc]
            log.write(f"{number} pending .\n")
            database.write(lambda tx, number=number: perform(tx, context, number, c.Confirm()))  # type: ignore[misc]
            log.write(f"{number} confirmed .\n")


if __name__ == "__main__":
    sell(sys.argv[1], Path(sys.argv[2]))
