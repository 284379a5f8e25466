"""What the desk of problems lists: cases by state, the one that is due first first; and how many wait in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, select

from dokango.couriers import manual
from dokango.couriers.carriers import names_written, said_name
from dokango.couriers.models import Shipment
from dokango.couriers.registry import COURIERS, account_part, is_by_api
from dokango.db import Tx, table_of, typed
from dokango.errors import InvalidInput
from dokango.orders.cases.kinds import CLOSED, KINDS, STATES
from dokango.orders.cases.rows import CASE, CaseRow
from dokango.paging import ROWS, Page, Paged

ANYBODY, NOBODY = "", "nobody"
_S = table_of(Shipment)


class _InState(NamedTuple):
    state: str
    cases: int


_COUNTS = typed(
    _InState,
    select(CASE.c.state, func.count().label("cases")).where(CASE.c.closed_at.is_(None)).group_by(CASE.c.state),
)


class _Carried(NamedTuple):
    courier: str
    carrier: str


_theirs = select(_S.c.courier, _S.c.carrier).join(CASE, CASE.c.shipment_id == _S.c.id).distinct()
_COURIERS_OF = typed(_Carried, _theirs.where(CASE.c.closed_at.is_(None)).order_by(_S.c.courier, _S.c.carrier))
_CARRIERS = typed(_Carried, _theirs.where(_S.c.courier == bindparam("by_hand")))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of cases: those in `state`; of one kind, one courier, or whom they are taken by, when said.

    `courier`: its key, or, for one followed by hand, how the books call its carrier.
    """

    state: str
    kind: str = ""
    courier: str = ""
    taken_by: str = ANYBODY
    cursor: str = ""


def page(tx: Tx, wanted: Wanted) -> Page[CaseRow]:
    """The page; raises InvalidInput for a state that there is not, or a cursor that is not ours."""
    if wanted.state not in STATES:
        raise InvalidInput({"tab": f"There is no tab “{wanted.state[:40]}”."})
    given: dict[str, int | str] = {"state": wanted.state}
    if wanted.kind in KINDS:
        given["kind"] = wanted.kind
    carriers = () if not wanted.courier or is_by_api(wanted.courier) else _written(tx, wanted.courier)
    if wanted.courier:
        given["courier"] = manual.KEY if carriers else wanted.courier
    if wanted.taken_by != ANYBODY:
        given["taken_by"] = "" if wanted.taken_by == NOBODY else wanted.taken_by
    return _listed(wanted.state == CLOSED, frozenset(given), carriers).page(tx, wanted.cursor, size=ROWS, **given)


def counts(tx: Tx) -> dict[str, int]:
    """How many wait in each state; closed ones are not counted."""
    found = {row.state: row.cases for row in tx.rows(_COUNTS)}
    return {state: found.get(state, 0) for state in STATES if state != CLOSED}


def listed(tx: Tx, ids: Sequence[int]) -> list[CaseRow]:
    """The cases with these ids, wherever they stand now."""
    return tx.rows(typed(CaseRow, select(*CASE.c).where(CASE.c.id.in_(list(ids))))) if ids else []


def couriers_of(tx: Tx) -> dict[str, str]:
    """The couriers whose parcels have cases that wait, by how the books call them, as they are written."""
    names = names_written(tx)
    found = {account_part(row.courier, row.carrier): row for row in tx.rows(_COURIERS_OF)}
    return {
        part: COURIERS[part].name if part in COURIERS else names.get(part) or row.carrier or said_name(part, names)
        for part, row in found.items()
    }


def _written(tx: Tx, part: str) -> tuple[str, ...]:
    """Every way in which the carrier that the books call `part` is written on parcels with cases."""
    rows = tx.rows(_CARRIERS, by_hand=manual.KEY)
    return tuple(sorted(row.carrier for row in rows if account_part(None, row.carrier) == part))


@lru_cache(maxsize=64)
def _listed(closed: bool, names: frozenset[str], carriers: tuple[str, ...]) -> Paged[CaseRow]:
    query: Select[tuple[object, ...]] = select(*CASE.c)
    for name in sorted(names - {"courier"}):
        query = query.where(CASE.c[name] == bindparam(name))
    if "courier" in names:
        theirs = select(_S.c.id).where(_S.c.courier == bindparam("courier"))
        theirs = theirs.where(_S.c.carrier.in_(carriers)) if carriers else theirs
        query = query.where(CASE.c.shipment_id.in_(theirs))
    by = (CASE.c.closed_at, CASE.c.id) if closed else (CASE.c.due_at, CASE.c.id)
    return Paged(CaseRow, query, by=by, descending=closed)
