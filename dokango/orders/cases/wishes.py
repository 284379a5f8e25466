"""What a customer asks to be changed, as a case: with a deadline, until somebody has answered."""

from __future__ import annotations

from dokango.db import Tx
from dokango.orders.cases.moves import Happened, about_order, close_kinds, open_case

CHANGE_ASKED = "change_asked"


def open_wish(tx: Tx, order_id: int, happened: Happened) -> None:
    """It waits for somebody of the shop."""
    open_case(tx, about_order(order_id), CHANGE_ASKED, happened)


def close_wish(tx: Tx, order_id: int, happened: Happened) -> None:
    """It was answered."""
    close_kinds(tx, order_id, (CHANGE_ASKED,), happened.words, by=happened.actor, now_us=happened.now_us)
