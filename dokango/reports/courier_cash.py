"""How much cash do couriers hold that they have not paid out, and since when?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from dokango.audit import Event
from dokango.clock import US_PER_DAY
from dokango.couriers.models import Shipment
from dokango.db import Statement, Tx, table_of
from dokango.ledger import accounts
from dokango.ledger.balances import Balance
from dokango.orders.book.models import Order
from dokango.orders.lifecycle.effects import courier_name

_E, _O, _S = table_of(Event), table_of(Order), table_of(Shipment)
AGES = ((3, "up to 3 days"), (7, "4 to 7 days"), (14, "8 to 14 days"), (10**6, "over 14 days"))
_delivered_at = (
    select(func.max(_E.c.happened_at))
    .where(_E.c.order_id == _O.c.id, _E.c.action == "deliver")
    .scalar_subquery()
    .label("delivered_at")
)
_HELD = Statement(
    select(_O.c.number, _O.c.courier_due_poisha, _S.c.courier, _S.c.carrier, _delivered_at)
    .select_from(_O.outerjoin(_S, and_(_S.c.order_id == _O.c.id, _S.c.live == 1)))
    .where(_O.c.money == "cod_with_courier")
    .order_by(_delivered_at)
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


def _owing(row: Any, now_us: int) -> Owing:
    days = max(0, now_us - row.delivered_at) // US_PER_DAY
    return Owing(row.number, courier_name(row), row.courier_due_poisha, days)
