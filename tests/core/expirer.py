"""Lets go what nobody confirmed, its clock at AT_US, until it is killed: `python -m tests.core.expirer URL AT_US`."""

from __future__ import annotations

import sys

from dokango.clock import ManualClock, datetime_of
from dokango.db import open_database
from dokango.orders.lifecycle.unconfirmed import let_go

if __name__ == "__main__":
    database, clock = open_database(sys.argv[1]), ManualClock(datetime_of(int(sys.argv[2])))
    while True:
        let_go(database, clock)
