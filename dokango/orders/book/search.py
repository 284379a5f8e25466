"""Finding orders by words that people remember: parts of a name, a phone, a TrxID, a tracking code, an e-mail.

Whole codes and whole phones are not looked for here: each has its own index (`dokango.orders.book.codes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlalchemy import (
    BigInteger,
    Select,
    Text,
    and_,
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
from dokango.people.phone_parts import COUNTRY, SHORTEST_PART, as_kept, ends_of, is_whole
from dokango.words import BEFORE_A_WORD, findable, words_of

# FTS5's own row id stands for the order's in SQLite; PostgreSQL has a table with a generated vector.
_LITE = table("order_search", column("rowid", BigInteger), column("words", Text))
_PG = table("order_search", column("order_id", BigInteger), column("words", Text), column("vector", Text))
_ADD = {
    "sqlite": Statement(insert(_LITE), columns=["rowid", "words"]),
    "postgresql": Statement(insert(_PG), columns=["order_id", "words"]),
}
# What is there already is not written again: rewriting an order's words costs more than reading them.
_MORE = {
    "sqlite": Statement(
        update(_LITE)
        .where(and_(_LITE.c.rowid == bindparam("row"), func.instr(_LITE.c.words, bindparam("more")) == 0))
        .values(words=_LITE.c.words + bindparam("more"))
    ),
    "postgresql": Statement(
        update(_PG)
        .where(and_(_PG.c.order_id == bindparam("row"), func.strpos(_PG.c.words, bindparam("more")) == 0))
        .values(words=_PG.c.words + bindparam("more"))
    ),
}
# Words of one and two letters are found in SQLite by their beginning, longer ones by any part.
_TRIGRAM = 3
MOST_WORDS = 16
LONGEST = 80


def index(tx: Tx, order_id: int, texts: Iterable[str]) -> None:
    """Let a new order be found by the words of `texts`."""
    key = "rowid" if tx.dialect == "sqlite" else "order_id"
    tx.run(_ADD[tx.dialect], **{key: order_id, "words": kept_words(tx.dialect, texts)})


def add_words(tx: Tx, order_id: int, texts: Iterable[str]) -> None:
    """Let an order be found by the words of `texts` too."""
    more = kept_words(tx.dialect, texts)
    if more:
        tx.run(_MORE[tx.dialect], row=order_id, more=more)


def kept_words(dialect: str, texts: Iterable[str]) -> str:
    """The words of `texts` as the table of `dialect` keeps them; "" when there are none."""
    kept = findable(*texts)
    if dialect == "sqlite":
        return kept
    # beginnings alone are found there: a part of a phone begins one of its ends
    return kept + findable(*(end for word in kept.split() if is_whole(word) for end in ends_of(word)))


# The newest of what a search finds: enough for people, who type one more letter, and a bound on the work.
MOST_FOUND = 2_000
FOUND: dict[str, Select[tuple[int]]] = {
    "sqlite": select(_LITE.c.rowid.label("found"))
    .where(text("order_search MATCH :asked"))
    .order_by(_LITE.c.rowid.desc())
    .limit(literal_column(str(MOST_FOUND))),
    "postgresql": select(_PG.c.order_id.label("found"))
    .where(text("vector @@ CAST(:asked AS tsquery)"))
    .order_by(_PG.c.order_id.desc())
    .limit(literal_column(str(MOST_FOUND))),
}


def query_of(dialect: str, typed: str) -> str:
    """What was typed in the query language of `dialect`, for FOUND's `asked`; "" when there is no word in it.

    Every word must be found, in any order. Digits that stand together may be one phone with spaces or dashes in it:
    then it is enough to find that.
    """
    both, either = (" AND ", " OR ") if dialect == "sqlite" else (" & ", " | ")
    words = words_of(typed[:LONGEST])[:MOST_WORDS]
    groups = (group for is_digits, run in groupby(words, _is_digits) for group in _readings(list(run), is_digits))
    return both.join(_either_of(either, (both.join(map(_SAID[dialect], one)) for one in group)) for group in groups)


def _readings(words: list[str], is_digits: bool) -> Iterator[list[list[str]]]:
    """For each group of words what may be meant by it: themselves, or a phone written in pieces or from abroad."""
    if not is_digits:
        yield from ([[word]] for word in words)
        return
    phone = as_kept("".join(words))
    if is_whole(phone):
        yield [[phone]]
    elif [phone] != words and (len(phone) >= SHORTEST_PART or words[0] in COUNTRY):
        yield [words, [phone]]
    else:
        yield [words]


def _either_of(either: str, readings: Iterable[str]) -> str:
    said = list(readings)
    return said[0] if len(said) == 1 else "(" + either.join(f"({one})" for one in said) + ")"


def _is_digits(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _in_trigrams(word: str) -> str:
    return f'"{word}"' if len(word) >= _TRIGRAM else f'"{BEFORE_A_WORD}{word}"'


def _as_beginning(word: str) -> str:
    return f"'{word}':*"


_SAID = {"sqlite": _in_trigrams, "postgresql": _as_beginning}
