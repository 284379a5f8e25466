"""A courier's own record in a district, counted as it happens: what arrived and what not, how fast, and for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.couriers.models import CourierRecord, DeliveryDays
from dokango.couriers.registry import account_part
from dokango.db import Tx, Upsert, table_of, typed

_R, _D = table_of(CourierRecord), table_of(DeliveryDays)
_COUNTED = ("undelivered", "charged", "charge_poisha")
_ADD = Upsert(
    _R,
    {"courier": bindparam("who"), "district": bindparam("place"), **{name: bindparam(name) for name in _COUNTED}},
    unique=["courier", "district"],
    change={name: _R.c[name] + bindparam(name) for name in _COUNTED},
)


class _Counts(NamedTuple):
    undelivered: int
    charged: int
    charge_poisha: int


class _Days(NamedTuple):
    days: int
    deliveries: int


_OF = typed(
    _Counts,
    select(*[_R.c[name] for name in _COUNTED]).where(
        _R.c.courier == bindparam("who"), _R.c.district == bindparam("place")
    ),
)
_TOOK = typed(
    _Days,
    select(_D.c.days, _D.c.deliveries)
    .where(_D.c.courier == bindparam("who"), _D.c.district == bindparam("place"))
    .order_by(_D.c.days),
)


@dataclass(frozen=True, slots=True)
class Record:
    """Of one courier in one district. `usual_days`: within which half of its deliveries came; None without any.

    `charged` parcels were charged `charge_poisha` together.
    """

    delivered: int = 0
    undelivered: int = 0
    usual_days: int | None = None
    charged: int = 0
    charge_poisha: int = 0

    @property
    def ended(self) -> int:
        """How many parcels came to an end there."""
        return self.delivered + self.undelivered

    @property
    def cost_poisha(self) -> int | None:
        """What one parcel cost there on average, rounded half up; None where no charge is known."""
        return (2 * self.charge_poisha + self.charged) // (2 * self.charged) if self.charged else None


def count_undelivered(tx: Tx, courier: str, carrier: str, district: str) -> None:
    """A parcel came back, or was lost."""
    tx.run(_ADD, who=account_part(courier, carrier), place=district, undelivered=1, charged=0, charge_poisha=0)


def count_charge(tx: Tx, courier: str, carrier: str, district: str, was_poisha: int | None, now_poisha: int) -> None:
    """A parcel's charge is booked, or another one than `was_poisha`."""
    is_new, more = int(was_poisha is None), now_poisha - (was_poisha or 0)
    tx.run(_ADD, who=account_part(courier, carrier), place=district, undelivered=0, charged=is_new, charge_poisha=more)


def record_of(tx: Tx, who: str, district: str) -> Record:
    """The record of a courier, by its name in the books."""
    counts = tx.one(_OF, who=who, place=district) or _Counts(0, 0, 0)
    days = tx.rows(_TOOK, who=who, place=district)
    return Record(sum(row.deliveries for row in days), counts.undelivered, _usual(days), counts.charged,
                  counts.charge_poisha)  # fmt: skip


def _usual(days: Sequence[_Days]) -> int | None:
    all_of_them, so_far = sum(row.deliveries for row in days), 0
    for row in days:
        so_far += row.deliveries
        if 2 * so_far >= all_of_them:
            return row.days
    return None
