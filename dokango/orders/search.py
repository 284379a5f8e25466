"""Finding orders by what people remember: number, name, phone, TrxID, tracking code, e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import BigInteger, Text, bindparam, column, func, insert, select, table, text, update
from sqlalchemy.sql import ColumnElement

from dokango.db import Statement, Tx

# FTS5's own row id stands for the order's in SQLite; PostgreSQL has a table with a generated vector.
_LITE = table("order_search", column("rowid", BigInteger), column("words", Text))
_PG = table("order_search", column("order_id", BigInteger), column("words", Text), column("vector", Text))
_ADD = {
    "sqlite": Statement(insert(_LITE), columns=["rowid", "words"]),
    "postgresql": Statement(insert(_PG), columns=["order_id", "words"]),
}
_MORE = {
    "sqlite": Statement(
        update(_LITE).where(_LITE.c.rowid == bindparam("row")).values(words=_LITE.c.words + bindparam("more"))
    ),
    "postgresql": Statement(
        update(_PG).where(_PG.c.order_id == bindparam("row")).values(words=_PG.c.words + bindparam("more"))
    ),
}
SHORTEST = 3
_WORD = re.compile(r"\w+")


def index(tx: Tx, order_id: int, words: Iterable[str]) -> None:
    """Let a new order be found by `words`."""
    key = "rowid" if tx.dialect == "sqlite" else "order_id"
    tx.run(_ADD[tx.dialect], **{key: order_id, "words": " ".join(word for word in words if word)})


def add_words(tx: Tx, order_id: int, words: Iterable[str]) -> None:
    """Let an order be found by `words` too."""
    more = " ".join(words)
    if more:
        tx.run(_MORE[tx.dialect], row=order_id, more=" " + more)


def matching(dialect: str, typed: str, order_id: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: the order is among those that `typed` finds. Parts of words in SQLite, beginnings in PostgreSQL.

    Every word typed must be found; words under three characters match nothing on their own in SQLite's trigrams and
    are left out beside longer ones.
    """
    words = [word for word in _WORD.findall(typed.casefold()) if word]
    if dialect == "sqlite":
        query = " AND ".join(f'"{word}"' for word in words if len(word) >= SHORTEST)
        found = select(_LITE.c.rowid).where(text("order_search MATCH :query").bindparams(query=query))
        return order_id.in_(found)
    query = " & ".join(f"{word}:*" for word in words)
    found = select(_PG.c.order_id).where(_PG.c.vector.op("@@")(func.to_tsquery("simple", query)))
    return order_id.in_(found)
