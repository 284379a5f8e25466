"""What does a parcel really cost with each courier, beside what its tariff says?

Of the parcels handed over in the days asked for, by the index of when: the real charge is what a payout or a bill
said, or somebody booked by hand. What came back is counted apart: it has a tariff of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.clock import day_of
from dokango.couriers.carriers import names_written, said_name
from dokango.couriers.models import Shipment
from dokango.couriers.registry import account_part
from dokango.db import Tx, table_of, typed
from dokango.money import taka
from dokango.orders.book.models import Order
from dokango.orders.lifecycle.settled.carried import HAD_BY_COURIER
from dokango.reports.kit.periods import Period, period_words
from dokango.reports.kit.places import Asked, Line, counted
from dokango.reports.kit.snapshot import Snapshot
from dokango.reports.kit.spreadsheet import Cell, Sheet

_S, _O = table_of(Shipment), table_of(Order)


class _Row(NamedTuple):
    courier: str
    carrier: str
    invoice: str
    number: str
    parcel_status: str
    live: int | None
    expected_charge_poisha: int | None
    expected_back_poisha: int | None
    charge_poisha: int | None
    booked_at: int


_HANDED_OVER = typed(
    _Row,
    select(
        _S.c.courier, _S.c.carrier, _S.c.invoice, _O.c.number, _S.c.status.label("parcel_status"),
        _S.c.live, _S.c.expected_charge_poisha, _S.c.expected_back_poisha,
        _S.c.charge_poisha, _S.c.booked_at,
    )
    .join(_O, _O.c.id == _S.c.order_id)
    .where(_S.c.booked_at >= bindparam("since"), _S.c.booked_at < bindparam("until"), HAD_BY_COURIER)
    .order_by(_S.c.booked_at, _S.c.id),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParcelCost:
    """One parcel: what its tariff says (None: no tariff) beside what was charged (None: not yet)."""

    courier: str
    day: date
    number: str
    parcel: str
    is_back: bool
    expected_poisha: int | None
    real_poisha: int | None

    @property
    def difference_poisha(self) -> int | None:
        """How much more it cost than expected; None where one of both is not known."""
        if self.expected_poisha is None or self.real_poisha is None:
            return None
        return self.real_poisha - self.expected_poisha


@dataclass(frozen=True, slots=True)
class MonthCost:
    """A courier's parcels of one month ("2026-11"): those that were charged, and their expected and real charges.

    `difference` is of the parcels whose charge is known both ways; `back` is what came back, in the real charges too.
    """

    courier: str
    month: str
    parcels: int
    charged: int
    expected_poisha: int
    real_poisha: int
    difference_poisha: int
    back: int
    back_poisha: int


def parcel_costs(tx: Tx, span: Period) -> tuple[ParcelCost, ...]:
    """Every parcel that a courier got in `span`, the first first."""
    return tuple(_cost(row) for row in tx.rows(_HANDED_OVER, since=span.since_us, until=span.until_us))


def by_month(costs: Iterable[ParcelCost]) -> tuple[MonthCost, ...]:
    """Summed by courier and month."""
    groups: dict[tuple[str, str], list[ParcelCost]] = {}
    for cost in costs:
        groups.setdefault((cost.courier, f"{cost.day:%Y-%m}"), []).append(cost)
    return tuple(_summed(courier, month, found) for (courier, month), found in sorted(groups.items()))


def lines(seen: Snapshot) -> list[Line]:
    """The list: what a charged parcel cost on average, by courier and month."""
    names = names_written(seen.tx)
    return [
        Line(
            f"{said_name(one.courier, names)}, {period_words(one.month)}",
            f"{taka(round(one.real_poisha / one.charged), exact=True)} a parcel" if one.charged else "not charged yet",
            hint=f"{counted(one.parcels, 'parcel')}, {taka(one.difference_poisha)} beyond the tariff",
        )
        for one in by_month(parcel_costs(seen.tx, seen.span))
    ]


def months_sheet(tx: Tx, asked: Asked) -> Sheet:
    """By courier and month."""
    names = names_written(tx)
    rows: list[tuple[Cell, ...]] = [
        (said_name(one.courier, names), one.month, one.parcels, one.charged, one.expected_poisha, one.real_poisha,
         one.difference_poisha, one.back, one.back_poisha)
        for one in by_month(parcel_costs(tx, asked.span))
    ]  # fmt: skip
    money = ("Expected", "Real", "Difference", "Charged for them")
    return Sheet(
        f"Cost of couriers {asked.span.last}",
        ("Courier", "Month", "Parcels", "Charged", *money[:3], "Came back", money[3]), rows, frozenset(money),
    )  # fmt: skip


def parcels_sheet(tx: Tx, asked: Asked) -> Sheet:
    """Parcel by parcel: expected beside real."""
    names = names_written(tx)
    rows: list[tuple[Cell, ...]] = [
        (one.day.isoformat(), said_name(one.courier, names), one.number, one.parcel, "yes" if one.is_back else "",
         one.expected_poisha, one.real_poisha, one.difference_poisha)
        for one in parcel_costs(tx, asked.span)
    ]  # fmt: skip
    money = ("Expected", "Real", "Difference")
    return Sheet(
        f"Cost of parcels {asked.span.last}", ("Day", "Courier", "Order", "Parcel", "Came back", *money), rows,
        frozenset(money),
    )  # fmt: skip


def _cost(row: _Row) -> ParcelCost:
    ended = row.live is None  # it came back, or was lost: what it was expected to cost then was written down
    is_back = ended or row.parcel_status == "cancelled"
    return ParcelCost(
        account_part(row.courier, row.carrier), day_of(row.booked_at), row.number, row.invoice, is_back,
        row.expected_back_poisha if is_back and not ended else row.expected_charge_poisha, row.charge_poisha,
    )  # fmt: skip


def _summed(courier: str, month: str, found: Sequence[ParcelCost]) -> MonthCost:
    real = [cost for cost in found if cost.real_poisha is not None]
    back = [cost for cost in found if cost.is_back]
    return MonthCost(
        courier, month, len(found), len(real), sum(cost.expected_poisha or 0 for cost in found),
        sum(cost.real_poisha or 0 for cost in real), sum(cost.difference_poisha or 0 for cost in real),
        len(back), sum(cost.real_poisha or 0 for cost in back),
    )  # fmt: skip
