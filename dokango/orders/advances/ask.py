"""The answer itself, a pure function: the first row that fits, what it comes to, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from dokango.money import POISHA_PER_TAKA
from dokango.orders.advances.goods import named
from dokango.orders.advances.record import NOBODY, Record
from dokango.orders.advances.rule import AdvanceRow, AdvanceRule
from dokango.orders.advances.words import sentence
from dokango.payments.methods import is_paid_on_delivery
from dokango.people.districts import same_district


@dataclass(frozen=True, slots=True)
class Facts:
    """What is ordered, where to, how it is paid, and by whom. `goods` are its SKUs and its products' addresses."""

    method: str
    district: str
    home_district: str
    total_poisha: int
    delivery_poisha: int
    goods: frozenset[str] = field(default_factory=frozenset)
    record: Record = NOBODY


@dataclass(frozen=True, slots=True)
class Asked:
    """What is paid before an order is confirmed, and the row that asks for it, in words; `place` is 0 without one."""

    poisha: int = 0
    reason: str = ""
    place: int = 0


NOTHING = Asked()


def ask(rule: AdvanceRule, facts: Facts) -> Asked:
    """What the rule asks of such an order; nothing where it is paid before anyhow."""
    if not is_paid_on_delivery(facts.method):
        return NOTHING
    for at, row in enumerate(rule.rows):
        if _fits(row, facts):
            return Asked(_comes_to(row, facts), sentence(row, facts.home_district), at + 1)
    return NOTHING


def _comes_to(row: AdvanceRow, facts: Facts) -> int:
    """Never more than the order; a part of it in whole taka, rounded half up."""
    total = facts.total_poisha
    part = (total * (row.percent or 0) + 50 * POISHA_PER_TAKA) // (100 * POISHA_PER_TAKA) * POISHA_PER_TAKA
    wanted = {
        "none": 0, "delivery": facts.delivery_poisha, "percent": part, "amount": row.amount_poisha or 0, "all": total,
    }  # fmt: skip
    return min(wanted[row.asks], total)


def _fits(row: AdvanceRow, facts: Facts) -> bool:
    return (
        (not row.methods or facts.method in row.methods)
        and _is_there(row, facts)
        and (row.over_poisha is None or facts.total_poisha > row.over_poisha)
        and (row.up_to_poisha is None or facts.total_poisha <= row.up_to_poisha)
        and (not row.goods or not facts.goods.isdisjoint(named(one) for one in row.goods))
        and _is_such_a_buyer(row, facts.record)
    )


def _is_there(row: AdvanceRow, facts: Facts) -> bool:
    """Before a district is known, no row that asks where fits."""
    if not facts.district:
        return row.where == "anywhere" and not row.districts
    home = same_district(facts.district, facts.home_district)
    here = row.where == "anywhere" or (row.where == "inside") == home
    return here and (not row.districts or any(same_district(one, facts.district) for one in row.districts))


def _is_such_a_buyer(row: AdvanceRow, record: Record) -> bool:
    said, below = record.courier_percent, row.courier_below_percent
    return (
        (row.delivered_below is None or record.delivered < row.delivered_below)
        and (row.returned_from is None or record.returned >= row.returned_from)
        and (row.refused_from is None or record.refused >= row.refused_from)
        and (below is None or (said is not None and said < below))
    )
