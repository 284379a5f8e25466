"""How long deliveries took, by courier and district: counted as they happen, so that nothing is read over again.

Once enough of them are counted, they say when the next one comes: half within the median, nine of ten by the slow day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import and_, bindparam, delete, select, update

from dokango.clock import day_of
from dokango.couriers.models import DeliveryDays
from dokango.couriers.registry import account_part
from dokango.db import Statement, Tx, Upsert, table_of, typed

_D = table_of(DeliveryDays)
ENOUGH = 30
LONGEST_DAYS = 60  # what took longer counts as this
_COUNT = Upsert(
    _D,
    {"courier": bindparam("who"), "district": bindparam("where"), "days": bindparam("took"), "deliveries": 1},
    unique=["courier", "district", "days"],
    change={"deliveries": _D.c.deliveries + 1},
)
_here = and_(_D.c.courier == bindparam("who"), _D.c.district == bindparam("where"), _D.c.days == bindparam("took"))
_ONE_LESS = Statement(update(_D).where(_here, _D.c.deliveries > 1).values(deliveries=_D.c.deliveries - 1))
_NONE_LEFT = Statement(delete(_D).where(_here, _D.c.deliveries == 1))


class _Counted(NamedTuple):
    days: int
    deliveries: int


_OF = typed(
    _Counted,
    select(_D.c.days, _D.c.deliveries)
    .where(_D.c.courier == bindparam("who"), _D.c.district == bindparam("where"))
    .order_by(_D.c.days),
)


@dataclass(frozen=True, slots=True)
class Expected:
    """The day `by` which a parcel comes; `usual` is the day by which half do, None without a history."""

    by: date
    usual: date | None = None


def count_delivery(tx: Tx, courier: str, carrier: str, district: str, handed_us: int, delivered_us: int) -> None:
    """A parcel that was handed over then was delivered then, in whole Dhaka days."""
    tx.run(_COUNT, who=account_part(courier, carrier), where=district, took=_took(handed_us, delivered_us))


def uncount_delivery(tx: Tx, courier: str, carrier: str, district: str, handed_us: int, delivered_us: int) -> None:
    """What was counted as delivered then was not."""
    counted = {"who": account_part(courier, carrier), "where": district, "took": _took(handed_us, delivered_us)}
    if not tx.run(_ONE_LESS, **counted):
        tx.run(_NONE_LEFT, **counted)


def _took(handed_us: int, delivered_us: int) -> int:
    return min(max(0, (day_of(delivered_us) - day_of(handed_us)).days), LONGEST_DAYS)


def expected(tx: Tx, courier: str, carrier: str, district: str, handed_us: int, otherwise_days: int) -> Expected:
    """When a parcel that is handed over then comes: by the shop's own history, else `otherwise_days` later."""
    counted, handed = _counted(tx, courier, carrier, district), day_of(handed_us)
    if sum(row.deliveries for row in counted) < ENOUGH:
        return Expected(handed + timedelta(days=otherwise_days))
    return Expected(handed + timedelta(days=_within(counted, 9)), handed + timedelta(days=_within(counted, 5)))


def expected_now(tx: Tx, courier: str, carrier: str, district: str, handed_us: int, now_us: int) -> date:
    """The new day of a late parcel: nine of ten that took longer than it has came by then; else in two days."""
    handed, today = day_of(handed_us), day_of(now_us)
    longer = [row for row in _counted(tx, courier, carrier, district) if row.days > (today - handed).days]
    if sum(row.deliveries for row in longer) < ENOUGH:
        return today + timedelta(days=2)
    return handed + timedelta(days=_within(longer, 9))


def _counted(tx: Tx, courier: str, carrier: str, district: str) -> list[_Counted]:
    return tx.rows(_OF, who=account_part(courier, carrier), where=district)


def _within(counted: Sequence[_Counted], tenths: int) -> int:
    """The fewest days within which so many tenths of them came."""
    wanted, so_far = sum(row.deliveries for row in counted) * tenths, 0
    for row in counted:
        so_far += row.deliveries
        if so_far * 10 >= wanted:
            return row.days
    raise LookupError("Nothing was counted.")
