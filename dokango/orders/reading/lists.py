"""The order list: 25 rows of a queue by keyset, filtered and searched, and how many stand in each tab.

Statements are compiled once a shape (queue, filters that are on, direction), and every queue has its own partial index,
so a page costs the same at ten thousand orders and at a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeVar

from sqlalchemy import Select, bindparam, case, func, select, text, tuple_
from sqlalchemy.sql import ColumnElement

from dokango.clock import day_start_us
from dokango.couriers.models import Shipment
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import InvalidInput
from dokango.orders.book.money_state import LET_GO, NOTHING_DUE
from dokango.orders.book.queues import (
    FIRST_TAB,
    HELD,
    NOT_SHIPPED,
    OPEN,
    OPEN_STATUSES,
    QUEUE,
    QUEUES,
    SOMEBODY,
    UNSETTLED,
)
from dokango.orders.book.rows import ORDER, OrderRow
from dokango.orders.reading.searched import CONDITIONS, condition, searched
from dokango.paging import ROWS, Page, Paged

MOST_ROWS = 100
ANY_HOLD, NOT_SHIPPED_YET = "any", "not_shipped"  # more than one value of a filter
_SHIPMENT = table_of(Shipment)


class ListedOrder(NamedTuple):
    """An order as every list has it, whatever the list is of."""

    id: int
    number: str
    version: int
    placed_at: int
    name: str
    phone: str
    area: str
    city: str
    district: str
    units: int
    total_poisha: int
    due_poisha: int
    paid_poisha: int
    status: str
    money: str
    payment_method: str
    held_reason: str | None
    packed: int
    claim_waits: int
    approval_kind: str
    note: str
    assigned_to: str
    channel: str
    changed_at: int


_ROW = tuple(ORDER.c[name] for name in ListedOrder._fields)


class ListedParcel(NamedTuple):
    """The live parcel of an order in a list."""

    order_id: int
    courier: str
    carrier: str
    booking: str
    status: str
    problem: str
    tracking_code: str


class _PhoneRecord(NamedTuple):
    phone: str
    orders: int
    returned: int | None


_FILTERED = {
    "method": ORDER.c.payment_method, "district": ORDER.c.district, "status": ORDER.c.status,
    "money": ORDER.c.money, "held": ORDER.c.held_reason, "assigned": ORDER.c.assigned_to,
}  # fmt: skip
# A partial index is taken only where its own words stand in the query: said again for the values they follow from.
_RULES = {
    "open": OPEN, "unsettled": UNSETTLED, "somebody": SOMEBODY,
    "held_any": HELD, "not_shipped": NOT_SHIPPED,
    "let_go": f"status IN {LET_GO}", "goes_on": f"status NOT IN {LET_GO}",
}  # fmt: skip
Columns = TypeVar("Columns")
_COUNTED = tuple(queue.key for queue in QUEUES if queue.counted)
_COUNTS: Statement[tuple[int, ...]] = Statement(
    select(
        *(
            select(func.count()).select_from(ORDER).where(QUEUE[key].condition).scalar_subquery().label(key)
            for key in _COUNTED
        )
    )
)


_NEWEST_ID = Statement(select(func.max(ORDER.c.id)))


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; an empty word filters nothing. Days are Dhaka days, both included."""

    search: str = ""
    method: str = ""
    district: str = ""
    status: str = ""
    money: str = ""
    held: str = ""
    assigned: str = ""
    from_day: date | None = None
    to_day: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page of one queue, from a cursor on."""

    queue: str = FIRST_TAB
    filters: Filters = field(default_factory=Filters)
    newest_first: bool = False
    cursor: str = ""
    limit: int = ROWS


@dataclass(frozen=True, slots=True)
class _Shape:
    """All that makes one statement differ from another; the values come as parameters."""

    queue: str
    on: frozenset[str]
    descending: bool
    dialect: str


def page(tx: Tx, wanted: Wanted) -> Page[ListedOrder]:
    """One page of the list. Raises InvalidInput for an unknown queue or a cursor that is not one of ours."""
    queue = QUEUE.get(wanted.queue)
    if queue is None:
        raise InvalidInput({"tab": f"There is no tab “{wanted.queue[:40]}”."})
    params, on = _params(tx, wanted.filters)
    listed = _listed(_Shape(queue.key, on, wanted.newest_first, tx.dialect))
    return listed.page(tx, wanted.cursor, max(1, min(wanted.limit, MOST_ROWS)), **params)


def how_many(tx: Tx, queue: str, filters: Filters) -> int:
    """How many rows the list of `queue` has that is narrowed so."""
    params, on = _params(tx, filters)
    shape = _Shape(queue, on, descending=False, dialect=tx.dialect)
    return int(tx.value(_narrowed(shape, select(func.count()).select_from(ORDER)), **params))


def rows_of(tx: Tx, ids: Sequence[int]) -> list[ListedOrder]:
    """The list's row of each of `ids`, in no order: to bring rows on a screen up to date."""
    return tx.rows(typed(ListedOrder, select(*_ROW).where(ORDER.c.id.in_(list(ids))))) if ids else []


def counts(tx: Tx) -> dict[str, int]:
    """How many orders stand in each counted tab, in one query over the tabs' own indexes."""
    return dict(zip(_COUNTED, tx.only(_COUNTS), strict=True))


def records_by_phone(tx: Tx, phones: Iterable[str]) -> dict[str, tuple[int, int]]:
    """For each phone: how many orders it placed, and how many of them were returned or refused."""
    wanted = sorted(set(phones))
    if not wanted:
        return {}
    returned = func.sum(case((ORDER.c.status == "returned", 1), else_=0))
    statement = select(ORDER.c.phone, func.count().label("orders"), returned.label("returned"))
    found = tx.rows(typed(_PhoneRecord, statement.where(ORDER.c.phone.in_(wanted)).group_by(ORDER.c.phone)))
    return {row.phone: (row.orders, int(row.returned or 0)) for row in found}


def parcels_of(tx: Tx, ids: Sequence[int]) -> dict[int, ListedParcel]:
    """The live parcel of each of `ids` that has one."""
    if not ids:
        return {}
    statement = select(*(_SHIPMENT.c[name] for name in ListedParcel._fields))
    found = tx.rows(typed(ListedParcel, statement.where(_SHIPMENT.c.live == 1, _SHIPMENT.c.order_id.in_(list(ids)))))
    return {row.order_id: row for row in found}


def position_in(tx: Tx, queue: str, row: OrderRow) -> tuple[int, int]:
    """Which of how many `row` is in a queue, oldest first: (3, 12) of "3 of 12 to verify"."""
    before = select(func.count()).select_from(ORDER).where(
        QUEUE[queue].condition, tuple_(ORDER.c.placed_at, ORDER.c.id) <= tuple_(row.placed_at, row.id)
    )  # fmt: skip
    of = select(func.count()).select_from(ORDER).where(QUEUE[queue].condition)
    return int(tx.value(before)), int(tx.value(of))


def newest_id(tx: Tx) -> int:
    """The row id of the order placed last; 0 before the first."""
    return int(tx.value(_NEWEST_ID) or 0)


def next_in(tx: Tx, queue: str, skipped: Sequence[str]) -> str | None:
    """The number of the oldest order in a queue but for those of `skipped`; None when none is left."""
    rest = select(ORDER.c.number).where(QUEUE[queue].condition, ORDER.c.number.not_in(list(skipped)))
    number: str | None = tx.value(rest.order_by(ORDER.c.placed_at, ORDER.c.id).limit(1))
    return number


@lru_cache(maxsize=512)
def _listed(shape: _Shape) -> Paged[ListedOrder]:
    return Paged(
        ListedOrder, _narrowed(shape, select(*_ROW)), by=(ORDER.c.placed_at, ORDER.c.id), descending=shape.descending
    )


def _narrowed(shape: _Shape, query: Select[Columns]) -> Select[Columns]:
    query = query.where(*_conditions(shape))
    return query if shape.queue == "all" else query.where(QUEUE[shape.queue].condition)


def _conditions(shape: _Shape) -> list[ColumnElement[bool]]:
    """The filters that are on, as conditions with parameters of the same names."""
    wanted: list[ColumnElement[bool]] = [
        column == bindparam(name) for name, column in _FILTERED.items() if name in shape.on
    ]
    wanted += [text(rule) for name, rule in _RULES.items() if name in shape.on]  # type: ignore[misc]
    if "from_us" in shape.on:
        wanted.append(ORDER.c.placed_at >= bindparam("from_us"))
    if "to_us" in shape.on:
        wanted.append(ORDER.c.placed_at < bindparam("to_us"))
    wanted += [condition(name, shape.dialect) for name in CONDITIONS if name in shape.on]
    return wanted


def _params(tx: Tx, filters: Filters) -> tuple[dict[str, str | int], frozenset[str]]:
    """The values of the filters that are on, and the names of all that shapes the statement."""
    params: dict[str, str | int] = {name: value for name in _FILTERED if (value := getattr(filters, name))}
    money = params.get("money", "")
    rules = {
        "let_go": money == NOTHING_DUE,
        "goes_on": money == "unpaid",
        "held_any": params.get("held") == ANY_HOLD,
        "not_shipped": params.get("status") == NOT_SHIPPED_YET,
        "open": params.get("status") in OPEN_STATUSES,
        "unsettled": params.get("money", "paid") != "paid",
        "somebody": "assigned" in params,
    }
    _leave_to_rules(params, rules)
    if filters.from_day:
        params["from_us"] = day_start_us(filters.from_day)
    if filters.to_day:
        params["to_us"] = day_start_us(filters.to_day + timedelta(days=1))
    params |= searched(tx, filters.search)
    return params, frozenset(params) | {name for name, said in rules.items() if said}


def _leave_to_rules(params: dict[str, str | int], rules: Mapping[str, bool]) -> None:
    """What a rule says is no value of a column."""
    if rules["held_any"]:
        del params["held"]
    if rules["not_shipped"]:
        del params["status"]
    if rules["let_go"]:
        params["money"] = "unpaid"
