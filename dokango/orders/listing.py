"""Pages of orders, newest first, by keyset: as quick at the hundred-thousandth as at the first."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dokango.db import Tx
from dokango.orders import search
from dokango.orders.store import ORDER


def newest(
    tx: Tx, *, limit: int, before_id: int | None = None, status: str = "", money: str = "", typed: str = ""
) -> list[Any]:
    """Up to `limit` order rows below `before_id`; empty filters filter nothing. `typed` is what a person looks for."""
    wanted = select(*ORDER.c).order_by(ORDER.c.id.desc()).limit(limit)
    if before_id is not None:
        wanted = wanted.where(ORDER.c.id < before_id)
    if status:
        wanted = wanted.where(ORDER.c.status == status)
    if money:
        wanted = wanted.where(ORDER.c.money == money)
    if typed.strip():
        wanted = wanted.where(search.matching(tx.dialect, typed, ORDER.c.id))
    return tx.rows(wanted)
