"""What narrows a list of orders to what was typed into its search: a whole code's orders, else those with its words."""

from __future__ import annotations

import json

from sqlalchemy import ColumnElement, select, text

from dokango.db import Tx
from dokango.orders.book.codes import orders_of
from dokango.orders.book.rows import ORDER
from dokango.orders.book.search import FOUND, query_of

_GIVEN = {
    "sqlite": "id IN (SELECT value FROM json_each(:ids))",
    "postgresql": "id IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:ids AS json)))",
}


def searched(tx: Tx, typed: str) -> dict[str, str]:
    """The parameters of one of `conditions`, by its name; none when nothing was typed.

    A whole number, TrxID, tracking code or phone is looked up by its own index, and words only when it names no order.
    Text without a letter or a digit finds nothing.
    """
    if not typed.strip():
        return {}
    ids = orders_of(tx, typed)
    asked = "" if ids else query_of(tx.dialect, typed)
    return {"asked": asked} if asked else {"ids": json.dumps(ids)}


def condition(name: str, dialect: str) -> ColumnElement[bool]:
    """The condition on an order that the parameter `name` of `searched` belongs to."""
    if name == "ids":
        return text(_GIVEN[dialect])  # type: ignore[return-value]
    return ORDER.c.id.in_(select(FOUND[dialect].subquery().c.found))


CONDITIONS = ("ids", "asked")
