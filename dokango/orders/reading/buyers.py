"""Buyers by a name or a phone, out of their orders: those who ordered last first."""

from __future__ import annotations

from typing import NamedTuple

from dokango.db import Tx
from dokango.orders.reading import lists
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.words import folded, words_of

_MOST_ORDERS = 60  # looked through for their buyers


class Buyer(NamedTuple):
    """Somebody who ordered; `phone` as it is kept."""

    name: str
    phone: str


def buyers(tx: Tx, actor: Actor, words: str, most: int) -> list[Buyer]:
    """At most `most` buyers whose name or phone has each word of `words`; none for who may not see orders."""
    asked = words_of(words)
    if not asked or not actor.may(Permission.VIEW_ORDERS):
        return []
    wanted = lists.Wanted("all", lists.Filters(search=words), newest_first=True, limit=_MOST_ORDERS)
    found: dict[str, Buyer] = {}
    for row in lists.page(tx, wanted).rows:
        if _is_meant(row.name, row.phone, asked):
            found.setdefault(row.phone, Buyer(row.name, row.phone))
    return list(found.values())[:most]


def _is_meant(name: str, phone: str, asked: list[str]) -> bool:
    """Orders are found by their goods and places too; a buyer by these two alone."""
    known = f"{folded(name)} 88{phone}"
    return all(word in known for word in asked) or "".join(asked) in known
