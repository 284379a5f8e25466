"""Couriers' lists of places, kept in the database for a week: a booking chooses from them without calling anyone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from dokango.clock import US_PER_S, Clock
from dokango.courier_errors import CourierError
from dokango.couriers.kind.abilities import KnowsAreas
from dokango.couriers.kind.areas import Address, Area, AreaLevel
from dokango.couriers.kind.base import Courier
from dokango.couriers.models import CourierAreaList
from dokango.db import Database, Statement, Tx, Upsert, table_of, typed
from dokango.errors import NotFound

FRESH_S = 7 * 24 * 3_600
_L = table_of(CourierAreaList)


class _Kept(NamedTuple):
    areas: str
    fetched_at: int


_BY_KEY = typed(_Kept, select(_L.c.areas, _L.c.fetched_at).where(_L.c.key == bindparam("name")))
_KEPT = ("areas", "fetched_at")
_KEEP = Upsert(_L, ("key", *_KEPT), unique=("key",), change={name: bindparam(name) for name in _KEPT})


_STALE = Statement(update(_L).where(_L.c.key.like(bindparam("like"))).values(fetched_at=0))


class AreaChoice(NamedTuple):
    """One level as it stands: what can be chosen, and what is. None of a list: it has not been fetched."""

    level: AreaLevel
    areas: Sequence[Area] | None
    chosen: Area | None


class _Due(NamedTuple):
    level: str
    parent: str
    is_old: bool


def choices(tx: Tx, courier: Courier, address: Address, wanted: dict[str, str]) -> list[AreaChoice]:
    """Each level of a courier's with what a person chose (`wanted`: ids by level), else what the address means.

    From the kept lists alone. An id that is not in its list, and a level under one that is open, are not chosen.
    """
    if not isinstance(courier, KnowsAreas):
        return []
    found: dict[str, AreaChoice] = {}
    for level in courier.area_levels:
        parent = found[level.under].chosen if level.under else None
        if level.under and parent is None:
            found[level.name] = AreaChoice(level, (), None)
            continue
        areas = _kept(tx, courier, level.name, parent.id if parent else "")
        found[level.name] = AreaChoice(level, areas, _chosen(level, areas or (), address, wanted.get(level.name)))
    return list(found.values())


def load(
    db: Database, clock: Clock, courier: Courier, address: Address, wanted: dict[str, str], *, optional: bool = False
) -> None:
    """Fetch the lists that `choices` needs and that are missing or old. It calls the courier: outside transactions.

    `optional`: those of optional levels too. Without an answer an old list stays as it is; for one that was never
    fetched the CourierError is raised.
    """
    if not isinstance(courier, KnowsAreas):
        return
    for _ in courier.area_levels:  # a level can be fetched once the one above it is chosen
        due = db.read(lambda tx: _due(tx, clock, courier, address, wanted, optional))
        if due is None or not _fetched(db, clock, courier, due):
            return


def forget(tx: Tx, courier: str, level: str) -> None:
    """A list of a courier's has changed there: it is fetched when it is needed next."""
    tx.run(_STALE, like=f"{courier}/%/{level}/%")


def _fetched(db: Database, clock: Clock, courier: KnowsAreas, due: _Due) -> bool:
    try:
        areas = courier.areas(due.level, due.parent)
    except (CourierError, NotFound) as failure:
        if due.is_old or isinstance(failure, NotFound):
            return False
        raise
    key = _key(courier, due.level, due.parent)
    db.write(lambda tx: _keep(tx, key, areas, clock.now_us()))
    return True


def _due(
    tx: Tx, clock: Clock, courier: Courier, address: Address, wanted: dict[str, str], optional: bool
) -> _Due | None:
    """The first list that must be fetched."""
    assert isinstance(courier, KnowsAreas)  # noqa: S101  the caller says so
    chosen: dict[str, str] = {}
    for choice in choices(tx, courier, address, wanted):
        level = choice.level
        parent = chosen.get(level.under, "")
        if (level.under and not parent) or (level.optional and not optional):
            continue
        kept = tx.one(_BY_KEY, name=_key(courier, level.name, parent))
        if kept is None or kept.fetched_at < clock.now_us() - FRESH_S * US_PER_S:
            return _Due(level.name, parent, kept is not None)
        if choice.chosen is not None:
            chosen[level.name] = choice.chosen.id
    return None


def _chosen(level: AreaLevel, areas: Sequence[Area], address: Address, wanted: str | None) -> Area | None:
    if wanted is not None:
        return next((area for area in areas if area.id == wanted), None)
    return level.guess(address, areas)


def _kept(tx: Tx, courier: KnowsAreas, level: str, parent: str) -> list[Area] | None:
    kept = tx.one(_BY_KEY, name=_key(courier, level, parent))
    return None if kept is None else [Area(*row) for row in json.loads(kept.areas)]


def _keep(tx: Tx, key: str, areas: Sequence[Area], now_us: int) -> None:
    found = json.dumps([(a.id, a.name, a.near, a.default) for a in areas], ensure_ascii=False)
    tx.run(_KEEP, key=key, areas=found, fetched_at=now_us)


def _key(courier: KnowsAreas, level: str, parent: str) -> str:
    return f"{courier.areas_from}/{level}/{parent}"
