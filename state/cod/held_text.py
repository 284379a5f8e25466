"""What couriers hold in words: each by age and in all, a message to it, and the orders behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dokango.couriers.carriers import said_name
from dokango.couriers.kind.tariff import Tariff
from dokango.couriers.tariffs import promised_days
from dokango.money import taka
from dokango.reports.held_cash import AGES, HeldDay, Owing, by_age
from dokango.reports.kit.places import account_url
from dokango.text import how_many

Row = dict[str, str]
MOST_IN_MESSAGE = 200
BANDS = tuple((f"band{at}", words) for at, (_, words) in enumerate(AGES))


@dataclass(frozen=True, slots=True)
class OneHolds:
    """What one courier holds: by day, the oldest orders of it, and what stands on its account in the books."""

    courier: str
    days: Sequence[HeldDay]
    oldest: Sequence[Owing]
    balance_poisha: int


def holding(one: OneHolds, tariffs: Mapping[str, Tariff], names: Mapping[str, str]) -> Row:
    """Its row: by band of age, what else stands on its account, all of it, what is overdue, and a message to copy.

    `names`: what the owner calls couriers without an API, by how the books do.
    """
    promise, name = promised_days(tariffs, one.courier), said_name(one.courier, names)
    late = [day for day in one.days if day.days > promise]
    cash = sum(day.amount_poisha for day in one.days)
    besides = one.balance_poisha - cash
    bands = {band.band: f"{taka(band.amount_poisha)} · {band.orders}" for band in by_age(one.days)}
    return {
        "courier": one.courier, "name": name, "promise": how_many(promise, "day"),
        "href": f"/cod?courier={one.courier}", "account": account_url(f"receivable:courier:{one.courier}"),
        "held": taka(one.balance_poisha), "orders": how_many(_orders(one.days), "order"),
        "besides": taka(besides) if besides else "",
        "overdue": f"{taka(_sum(late))}, {how_many(_orders(late), 'order')}" if late else "",
        "oldest": how_many(max((day.days for day in one.days), default=0), "day") if one.days else "",
        "message": _message(name, one, late, promise) if one.days else "",
        **{key: bands.get(words, "") for key, words in BANDS},
    }  # fmt: skip


def orders_behind(held: Sequence[Owing], tariffs: Mapping[str, Tariff], names: Mapping[str, str]) -> list[Row]:
    """The orders of one page whose cash is with a courier."""
    return [
        {
            "number": owing.number, "href": f"/orders/{owing.number}", "courier": said_name(owing.courier, names),
            "amount": taka(owing.amount_poisha), "days": how_many(owing.days, "day"),
            "late": "1" if owing.days > promised_days(tariffs, owing.courier) else "",
        }
        for owing in held
    ]  # fmt: skip


def _message(name: str, one: OneHolds, late: Sequence[HeldDay], promise: int) -> str:
    asked = late or one.days
    oldest = one.oldest[:MOST_IN_MESSAGE]
    named = [owing for owing in oldest if owing.days > promise] if late else oldest
    why = f"You promise to pay within {how_many(promise, 'day')}. These are overdue" if late else "These are not paid"
    lines = [
        f"#{owed.number}: {taka(owed.amount_poisha)}, delivered {how_many(owed.days, 'day')} ago" for owed in named
    ]
    more = _orders(asked) - len(lines)
    rest = [f"and {how_many(more, 'order')} more, delivered later than these."] if more > 0 else []
    return "\n".join([f"Dear {name},", f"{why}, {taka(_sum(asked))} in all:", *lines, *rest])


def _sum(days: Sequence[HeldDay]) -> int:
    return sum(day.amount_poisha for day in days)


def _orders(days: Sequence[HeldDay]) -> int:
    return sum(day.orders for day in days)
