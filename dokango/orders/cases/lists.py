"""What the desk of problems lists: cases by state, the one that is due first first; and how many wait in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, select

from dokango.couriers.models import Shipment
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of cases: those in `state`; of one kind, one courier (its key), or whom they are taken by, when said."""

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
    if wanted.courier:
        given["courier"] = wanted.courier
    if wanted.taken_by != ANYBODY:
        given["taken_by"] = "" if wanted.taken_by == NOBODY else wanted.taken_by
    return _listed(wanted.state == CLOSED, frozenset(given)).page(tx, wanted.cursor, size=ROWS, **given)


def counts(tx: Tx) -> dict[str, int]:
    """How many wait in each state; closed ones are not counted."""
    found = {row.state: row.cases for row in tx.rows(_COUNTS)}
    return {state: found.get(state, 0) for state in STATES if state != CLOSED}


def listed(tx: Tx, ids: Sequence[int]) -> list[CaseRow]:
    """The cases with these ids, wherever they stand now."""
    return tx.rows(typed(CaseRow, select(*CASE.c).where(CASE.c.id.in_(list(ids))))) if ids else []


@cache
def _listed(closed: bool, names: frozenset[str]) -> Paged[CaseRow]:
    query: Select[tuple[object, ...]] = select(*CASE.c)
    for name in sorted(names - {"courier"}):
        query = query.where(CASE.c[name] == bindparam(name))
    if "courier" in names:
        query = query.where(CASE.c.shipment_id.in_(select(_S.c.id).where(_S.c.courier == bindparam("courier"))))
    by = (CASE.c.closed_at, CASE.c.id) if closed else (CASE.c.due_at, CASE.c.id)
    return Paged(CaseRow, query, by=by, descending=closed)
