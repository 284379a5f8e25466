"""How much cash do couriers hold that they have not paid out, and since when?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import and_, func, select, text

from dokango.audit import Event
from dokango.clock import US_PER_DAY
from dokango.couriers.models import Shipment
from dokango.couriers.registry import account_part
from dokango.db import Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.balances import Balance
from dokango.money import taka
from dokango.orders.book.models import Order
from dokango.orders.book.queues import WITH_COURIER
from dokango.orders.lifecycle.table import DELIVERING
from dokango.reports.kit.places import Line, Told, account_url, counted
from dokango.reports.kit.snapshot import Snapshot, balances

_E, _O, _S = table_of(Event), table_of(Order), table_of(Shipment)
AGES = ((3, "up to 3 days"), (7, "4 to 7 days"), (14, "8 to 14 days"), (10**6, "over 14 days"))
_delivered_at = (
    select(func.max(_E.c.happened_at))
    .where(_E.c.order_id == _O.c.id, _E.c.action.in_(DELIVERING))
    .scalar_subquery()
    .label("delivered_at")
)


class _Delivered(NamedTuple):
    number: str
    courier_due_poisha: int
    courier: str | None
    carrier: str | None
    delivered_at: int


_HELD = typed(
    _Delivered,
    select(_O.c.number, _O.c.courier_due_poisha, _S.c.courier, _S.c.carrier, _delivered_at)
    .select_from(_O.outerjoin(_S, and_(_S.c.order_id == _O.c.id, _S.c.live == 1)))
    .where(text(WITH_COURIER))
    .order_by(_delivered_at),
)


@dataclass(frozen=True, slots=True)
class Owing:
    """One delivered order whose cash a courier holds."""

    number: str
    courier: str
    amount_poisha: int
    days: int


@dataclass(frozen=True, slots=True)
class AgeBand:
    """What one courier holds in one band of age."""

    courier: str
    band: str
    amount_poisha: int
    orders: int


def held_orders(tx: Tx, now_us: int) -> tuple[Owing, ...]:
    """The orders whose cash is with a courier, the longest first."""
    return tuple(_owing(row, now_us) for row in tx.rows(_HELD))


def with_couriers(balances: Iterable[Balance]) -> int:
    """Of a trial balance, what all couriers owe: cash they hold, less what they charge for returns."""
    prefix = accounts.courier_receivable("")
    return sum(balance.balance_poisha for balance in balances if balance.account.startswith(prefix))


def by_age(held: Iterable[Owing]) -> tuple[AgeBand, ...]:
    """Summed by courier and band of AGES, youngest band first; bands that hold nothing are left out."""
    sums: dict[tuple[int, str], list[int]] = {}
    for owing in held:
        position = next(i for i, (most, _) in enumerate(AGES) if owing.days <= most)
        amount = sums.setdefault((position, owing.courier), [0, 0])
        amount[0] += owing.amount_poisha
        amount[1] += 1
    return tuple(
        AgeBand(courier, AGES[position][1], amount, orders)
        for (position, courier), (amount, orders) in sorted(sums.items())
    )


def _owing(row: _Delivered, now_us: int) -> Owing:
    days = max(0, now_us - row.delivered_at) // US_PER_DAY
    return Owing(row.number, account_part(row.courier, row.carrier), row.courier_due_poisha, days)


def told(seen: Snapshot) -> Told:
    """The tile: what couriers owe, and for how many orders."""
    orders = sum(band.orders for band in seen.the(_bands))
    return Told(taka(with_couriers(seen.the(balances))), "#held", hint=counted(orders, "order"))


def lines(seen: Snapshot) -> list[Line]:
    """The list: by courier and age, and what their charges for returns take off it."""
    bands = seen.the(_bands)
    found = [
        Line(
            f"{band.courier.replace('-', ' ').title()}, {band.band}", taka(band.amount_poisha, exact=True),
            account_url(accounts.courier_receivable(band.courier)), counted(band.orders, "order"),
        )
        for band in bands
    ]  # fmt: skip
    charges = with_couriers(seen.the(balances)) - sum(band.amount_poisha for band in bands)
    if charges:
        cost = accounts.COURIER_EXPENSE
        found.append(Line("Charges for returns", taka(charges, exact=True), account_url(cost)))
    return found


def _bands(seen: Snapshot) -> tuple[AgeBand, ...]:
    return by_age(held_orders(seen.tx, seen.now_us))
