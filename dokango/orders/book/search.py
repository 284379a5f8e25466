"""Finding orders by what people remember: number, name, phone, TrxID, tracking code, e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import (
    BigInteger,
    Select,
    Text,
    bindparam,
    column,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    update,
)

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


# The newest of what a search finds: enough for people, who type one more letter, and a bound on the work.
MOST_FOUND = 2_000
FOUND: dict[str, Select[tuple[int]]] = {
    "sqlite": select(_LITE.c.rowid.label("found"))
    .where(text("order_search MATCH :search_words"))
    .order_by(_LITE.c.rowid.desc())
    .limit(literal_column(str(MOST_FOUND))),
    "postgresql": select(_PG.c.order_id.label("found"))
    .where(_PG.c.vector.op("@@")(func.to_tsquery("simple", bindparam("search_words"))))
    .order_by(_PG.c.order_id.desc())
    .limit(literal_column(str(MOST_FOUND))),
}


def words_of(dialect: str, typed: str) -> str:
    """What was typed in the query language of `dialect`, for FOUND's `search_words`; "" when nothing can be looked up.

    Every word typed must be found. Parts of words are found in SQLite, beginnings in PostgreSQL; words under three
    characters match nothing on their own in SQLite's trigrams and are left out beside longer ones.
    """
    words = _WORD.findall(typed.casefold())
    if dialect == "sqlite":
        return " AND ".join(f'"{word}"' for word in words if len(word) >= SHORTEST)
    return " & ".join(f"{word}:*" for word in words)
