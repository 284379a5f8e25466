"""What other processes wrote, found in the audit trail: the repair beneath the announcements of commits.

A commit is announced in its own process alone. Whoever keeps pages up to date reads the trail now and then as well, and
tells what none of this process's commits has told. Ids are given before they are committed, so on PostgreSQL a lower
one may appear after a higher one: what is missing below the newest is looked for until no transaction can be that old.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, takewhile
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from dokango import topics
from dokango.audit import Event
from dokango.catalogue.models import Variant
from dokango.db import Statement, Tx, table_of, typed
from dokango.notify.models import Message
from dokango.orders.book.models import Order
from dokango.stock.models import Movement

LATE_S = 600.0  # no transaction stays open for so long
MOST_GAPS = 1_000
_E, _O, _V = table_of(Event), table_of(Order), table_of(Variant)
_MOVEMENT, _MESSAGE = table_of(Movement), table_of(Message)


class Entry(NamedTuple):
    """An event of the trail, with the number of its order where it has one."""

    id: int
    key: str
    order_id: int | None
    number: str | None


_NEWEST = Statement(select(func.max(_E.c.id)))
_ENTRY = select(_E.c.id, _E.c.key, _E.c.order_id, _O.c.number).select_from(_E.outerjoin(_O, _O.c.id == _E.c.order_id))
_AFTER = typed(Entry, _ENTRY.where(_E.c.id > bindparam("after")).order_by(_E.c.id))
_BY_ID = typed(Entry, _ENTRY.where(_E.c.id == bindparam("event")))
_MOVED = Statement(
    select(_V.c.sku)
    .select_from(_MOVEMENT.join(_V, _V.c.id == _MOVEMENT.c.variant_id))
    .where(_MOVEMENT.c.key == bindparam("key"))
)
_TOLD = Statement(
    select(_MESSAGE.c.id)
    .where(_MESSAGE.c.order_id == bindparam("order_id"), _MESSAGE.c.event_id == bindparam("event"))
    .limit(1)
)
# Whatever else is written into the trail is about the shop, its people or its goods.
_OF_THE_SHOP = frozenset({topics.SETTINGS, topics.CATALOGUE, topics.STOCK, topics.PEOPLE})


class Trail:
    """How far this process has read the trail, and which events its own commits have told."""

    def __init__(self, newest: int) -> None:
        self._newest = newest
        self._gaps: dict[int, float] = {}  # an id below the newest that was not there yet: since when (monotonic, s)
        self._told: set[int] = set()

    def tell(self, event_ids: Iterable[int]) -> None:
        """A commit of this process has announced these events."""
        self._told.update(event_ids)

    def read(self, tx: Tx) -> list[Entry]:
        """The entries that are new since the last reading, this process's own among them; changes nothing here."""
        late = [tx.one(_BY_ID, event=event_id) for event_id in self._gaps]
        return [*(entry for entry in late if entry is not None), *tx.rows(_AFTER, after=self._newest)]

    def take(self, entries: Sequence[Entry], now_s: float) -> None:
        """Let `entries` count as read at `now_s` (monotonic)."""
        self._told = {event_id for event_id in self._told if event_id > self._newest or event_id in self._gaps}
        found = {entry.id for entry in entries}
        newest = max(found, default=self._newest)
        self._gaps = {i: since for i, since in self._gaps.items() if i not in found and now_s - since < LATE_S}
        missing = range(max(self._newest + 1, newest - MOST_GAPS), newest)
        self._gaps.update((event_id, now_s) for event_id in missing if event_id not in found)
        self._newest = max(newest, self._newest)

    def untold(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those of the entries read last that no commit of this process has announced."""
        return [entry for entry in entries if entry.id not in self._told]


def trail_from_now(tx: Tx) -> Trail:
    """A trail of what is written from now on."""
    return Trail(int(tx.value(_NEWEST) or 0))


def topics_of(tx: Tx, entries: Iterable[Entry]) -> set[str]:
    """The topics that the commits of these entries changed."""
    return {topic for entry in entries for topic in _topics_of_one(tx, entry)}


def _topics_of_one(tx: Tx, entry: Entry) -> set[str]:
    skus = _skus_moved(tx, entry.key)
    changed = {topics.STOCK, *map(topics.of_sku, skus)} if skus else set()
    if entry.order_id is None or entry.number is None:
        return changed or set(_OF_THE_SHOP)
    changed |= {topics.ORDERS, topics.of_order(entry.number)}
    if tx.value(_TOLD, order_id=entry.order_id, event=entry.id) is not None:
        changed.add(topics.MESSAGES)
    return changed


def _skus_moved(tx: Tx, event_key: str) -> list[str]:
    """The movements of an event are numbered under its key."""
    skus = (tx.value(_MOVED, key=f"{event_key}/{number}") for number in count(1))
    return list(takewhile(lambda sku: sku is not None, skus))
