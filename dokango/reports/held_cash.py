"""The cash that couriers hold: the orders behind it, page by page, and how much has lain with them for how long.

An order may have been carried by two couriers; what each holds for it is what the books say of that courier's account.
Only the orders that the partial index of held cash knows are looked at, however many there are in all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, text, union_all

from dokango.audit import Event, stands
from dokango.clock import US_PER_DAY
from dokango.db import Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.orders.book.models import Order
from dokango.orders.book.queues import WITH_COURIER
from dokango.orders.lifecycle.table import DELIVERING
from dokango.paging import ROWS, Page, Paged

AGES = ((3, "up to 3 days"), (7, "4 to 7 days"), (14, "8 to 14 days"), (10**6, "over 14 days"))
_PREFIX = accounts.courier_receivable("")
_E, _O, _P = table_of(Event), table_of(Order), table_of(Posting)
_with_courier = select(_O.c.id).where(text(WITH_COURIER))
_sides = union_all(
    *(
        select(_P.c.id, _P.c.order_id, side.label("account"), amount.label("poisha")).where(
            _P.c.order_id.in_(_with_courier), side.like(_PREFIX + "%")
        )
        for side, amount in ((_P.c.debit, _P.c.amount_poisha), (_P.c.credit, -_P.c.amount_poisha))
    )
).subquery()
_sum = func.sum(_sides.c.poisha)
_by_courier = (
    select(_sides.c.order_id, _sides.c.account, func.min(_sides.c.id).label("place"), _sum.label("poisha"))
    .group_by(_sides.c.order_id, _sides.c.account)
    .having(_sum > 0)
    .subquery()
)
_delivered_at = (
    select(func.max(_E.c.happened_at))
    .where(_E.c.order_id == _O.c.id, _E.c.action.in_(DELIVERING), stands(_E))
    .scalar_subquery()
)
_HELD = (
    select(
        _O.c.number, _by_courier.c.account, _by_courier.c.place, _by_courier.c.poisha,
        func.coalesce(_delivered_at, _O.c.placed_at).label("delivered_at"),
    )
    .select_from(_by_courier.join(_O, _O.c.id == _by_courier.c.order_id))
    .subquery()
)  # fmt: skip


class _Held(NamedTuple):
    number: str
    account: str
    place: int
    poisha: int
    delivered_at: int


class _ByDay(NamedTuple):
    account: str
    days: int
    poisha: int
    orders: int


_ROWS = select(*_HELD.c)
_OLDEST_FIRST = (_HELD.c.delivered_at, _HELD.c.place)
_ALL = Paged(_Held, _ROWS, by=_OLDEST_FIRST)
_OF_ONE = Paged(_Held, _ROWS.where(_HELD.c.account == bindparam("account")), by=_OLDEST_FIRST)
_days = ((bindparam("now_us", type_=_E.c.happened_at.type) - _HELD.c.delivered_at) // US_PER_DAY).label("days")
_aged = select(_HELD.c.account, _days, _HELD.c.poisha).subquery()
_BY_DAY = typed(
    _ByDay,
    select(_aged.c.account, _aged.c.days, func.sum(_aged.c.poisha).label("poisha"), func.count().label("orders"))
    .group_by(_aged.c.account, _aged.c.days)
    .order_by(_aged.c.account, _aged.c.days),
)


@dataclass(frozen=True, slots=True)
class Owing:
    """One order whose cash a courier (its name in the books) holds, so many days after it was delivered."""

    number: str
    courier: str
    amount_poisha: int
    days: int


@dataclass(frozen=True, slots=True)
class HeldDay:
    """What one courier holds of what it collected so many days ago."""

    courier: str
    days: int
    amount_poisha: int
    orders: int


@dataclass(frozen=True, slots=True)
class AgeBand:
    """What one courier holds in one band of age."""

    courier: str
    band: str
    amount_poisha: int
    orders: int


def held_page(tx: Tx, now_us: int, courier: str = "", cursor: str = "", size: int = ROWS) -> Page[Owing]:
    """The orders whose cash is with a courier ("": with any), the longest held first. Raises NotOurCursor."""
    account = accounts.courier_receivable(courier)
    page = _OF_ONE.page(tx, cursor, size, account=account) if courier else _ALL.page(tx, cursor, size)
    return page.of(
        Owing(
            row.number,
            row.account.removeprefix(_PREFIX),
            int(row.poisha),
            max(0, now_us - row.delivered_at) // US_PER_DAY,
        )
        for row in page.rows
    )


def held_by_day(tx: Tx, now_us: int) -> tuple[HeldDay, ...]:
    """Summed by courier and days since delivery, the youngest of each courier first."""
    return tuple(
        HeldDay(row.account.removeprefix(_PREFIX), max(0, int(row.days)), int(row.poisha), row.orders)
        for row in tx.rows(_BY_DAY, now_us=now_us)
    )


def by_age(held: Iterable[HeldDay]) -> tuple[AgeBand, ...]:
    """Summed by courier and band of AGES, youngest band first; bands that hold nothing are left out."""
    sums: dict[tuple[int, str], list[int]] = {}
    for one in held:
        position = next(i for i, (most, _) in enumerate(AGES) if one.days <= most)
        amount = sums.setdefault((position, one.courier), [0, 0])
        amount[0] += one.amount_poisha
        amount[1] += one.orders
    return tuple(
        AgeBand(courier, AGES[position][1], amount, orders)
        for (position, courier), (amount, orders) in sorted(sums.items())
    )
