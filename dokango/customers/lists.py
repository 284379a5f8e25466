"""Customers as the desk lists them: who was heard of last first, narrowed, and searched by phone, name or label."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, select, union
from sqlalchemy import text as sql

from dokango.customers.models import PREDICATES
from dokango.customers.record import ALIAS, CUSTOMER
from dokango.customers.rows import COLUMNS, WORD, CustomerRow, listed
from dokango.db import Tx
from dokango.paging import ROWS, Page, Paged
from dokango.people.phone_parts import as_kept
from dokango.words import words_of

FILTERS = ("", *PREDICATES)
MOST_FOUND = 2_000  # by their first word; of more that are called alike, those with the lowest ids are looked at
_DIGITS = 11
_MOST_WORDS = 6
_ENDS = ("low", "high")
_END = "\U0010ffff"  # after every word with the same beginning


def page(tx: Tx, words: str = "", narrowed: str = "", cursor: str = "", size: int = ROWS) -> Page[CustomerRow]:
    """One page of customers who have each of `words` in a name, a label or their number; raises NotOurCursor."""
    asked = sorted(words_of(words), key=len, reverse=True)[:_MOST_WORDS]
    digits = as_kept("".join(words_of(words)))
    if digits.isdigit():
        return _by_number(narrowed).page(
            tx, cursor, size, low=digits.ljust(_DIGITS, "0"), high=digits.ljust(_DIGITS, "9"), word=digits,
            word_high=digits + _END,
        )  # fmt: skip
    bounds = {f"{end}_{i}": word + ("" if end == "low" else _END) for i, word in enumerate(asked) for end in _ENDS}
    return _by_words(narrowed, len(asked)).page(tx, cursor, size, **bounds)


def _all(narrowed: str) -> Select[object]:
    query = listed(select(*COLUMNS))
    where = PREDICATES.get(narrowed, "")
    return query.where(sql(f"({where})")) if where else query


@cache
def _by_number(narrowed: str) -> Paged[CustomerRow]:
    """Numbers that begin so, those that lead to another customer included, and words that do."""
    low: ColumnElement[str] = bindparam("low")
    high: ColumnElement[str] = bindparam("high")
    begins = select(CUSTOMER.c.id).where(CUSTOMER.c.phone.between(low, high)).limit(MOST_FOUND)
    others = select(CUSTOMER.c.id).join(ALIAS, ALIAS.c.main_phone == CUSTOMER.c.phone)
    others = others.where(ALIAS.c.phone.between(low, high)).limit(MOST_FOUND)
    word = select(WORD.c.customer_id).where(WORD.c.word >= bindparam("word"), WORD.c.word < bindparam("word_high"))
    found = union(*(select(part.subquery()) for part in (begins, others, word.limit(MOST_FOUND))))
    return _paged(_all(narrowed).where(CUSTOMER.c.id.in_(found)))


@cache
def _by_words(narrowed: str, count: int) -> Paged[CustomerRow]:
    """Who has a word for each of `count`: the longest is looked up, the others are asked of whom it finds."""
    query = _all(narrowed)
    for place in range(count):
        has = select(WORD.c.customer_id).where(
            WORD.c.word >= bindparam(f"low_{place}"), WORD.c.word < bindparam(f"high_{place}")
        )
        if place == 0:
            query = query.where(CUSTOMER.c.id.in_(has.limit(MOST_FOUND)))
        else:
            query = query.where(has.where(WORD.c.customer_id == CUSTOMER.c.id).exists())
    return _paged(query)


def _paged(query: Select[object]) -> Paged[CustomerRow]:
    return Paged(CustomerRow, query, by=(CUSTOMER.c.last_at, CUSTOMER.c.id), descending=True)
