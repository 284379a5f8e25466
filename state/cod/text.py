"""Couriers' cash in words: what each holds by age, a message to it, and a payout's lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dokango.clock import said
from dokango.couriers.carriers import said_name
from dokango.couriers.kind.base import Payout
from dokango.couriers.kind.tariff import Tariff
from dokango.couriers.tariffs import promised_days
from dokango.money import taka
from dokango.payouts.findings import LABELS, Finding, Matched, Verdict
from dokango.reports.courier_cash import Owing
from dokango.text import how_many

Row = dict[str, str]
_GOOD, _MOST_ORDERS = (Verdict.PAID, Verdict.CHARGE_ALONE, Verdict.BY_HAND), 200


def holding(held: Sequence[Owing], tariffs: Mapping[str, Tariff], names: Mapping[str, str]) -> list[Row]:
    """One row a courier: what it holds, what of it is overdue by its promise, and a message to copy.

    `names`: what the owner calls couriers without an API, by how the books do.
    """
    rows = []
    for courier in dict.fromkeys(owing.courier for owing in held):
        mine = [owing for owing in held if owing.courier == courier]
        days = promised_days(tariffs, courier)
        late = [owing for owing in mine if owing.days > days]
        overdue = sum(owing.amount_poisha for owing in late)
        rows.append({
            "courier": courier, "name": said_name(courier, names), "promise": how_many(days, "day"),
            "held": taka(sum(owing.amount_poisha for owing in mine)), "orders": how_many(len(mine), "order"),
            "overdue": f"{taka(overdue)}, {how_many(len(late), 'order')}" if late else "",
            "oldest": how_many(max(owing.days for owing in mine), "day"),
            "message": _message(said_name(courier, names), late or mine, days, overdue=bool(late)),
        })  # fmt: skip
    return rows


def _message(courier: str, owing: Sequence[Owing], days: int, *, overdue: bool) -> str:
    total = taka(sum(one.amount_poisha for one in owing))
    why = f"You promise to pay within {how_many(days, 'day')}. These are overdue" if overdue else "These are not paid"
    lines = [f"#{one.number}: {taka(one.amount_poisha)}, delivered {how_many(one.days, 'day')} ago" for one in owing]
    more = len(lines) - _MOST_ORDERS
    rest = [f"and {how_many(more, 'order')} more, delivered later than these."] if more > 0 else []
    return "\n".join([f"Dear {courier},", f"{why}, {total} in all:", *lines[:_MOST_ORDERS], *rest])


def orders_behind(held: Sequence[Owing], tariffs: Mapping[str, Tariff], names: Mapping[str, str]) -> list[Row]:
    """The orders whose cash is with a courier, the longest held first."""
    return [
        {
            "number": owing.number, "href": f"/orders/{owing.number}", "courier": said_name(owing.courier, names),
            "amount": taka(owing.amount_poisha), "days": how_many(owing.days, "day"),
            "late": "1" if owing.days > promised_days(tariffs, owing.courier) else "",
        }
        for owing in held[:_MOST_ORDERS]
    ]  # fmt: skip


def payout_told(payout: Payout) -> Row:
    """One payout as its courier lists it."""
    at = payout.paid_at_us or payout.created_at_us
    amount = payout.amount_poisha if payout.amount_poisha is not None else payout.total_poisha
    return {
        "id": payout.id, "amount": taka(amount) if amount is not None else "not said",
        "day": said(at) if at is not None else "not said", "status": payout.status_label,
    }  # fmt: skip


def line_in_words(finding: Finding) -> Row:
    """One line of a payout with what would be booked of it."""
    stated, charge = finding.stated, finding.charge_poisha
    booked = [f"{taka(finding.amount_poisha)} to the bank"] if finding.amount_poisha else []
    booked += [f"{taka(finding.claim_poisha)} against the loss"] if finding.claim_poisha else []
    booked += [f"{taka(charge)} charge"] if charge is not None else []
    booked += [f"{taka(finding.open_poisha)} to be cleared up"] if finding.open_poisha else []
    return {
        "line": str(stated.line or ""), "name": stated.name or "no name", "number": finding.number,
        "href": f"/orders/{finding.number}" if finding.number else "", "verdict": LABELS[finding.verdict],
        "level": "warn" if finding.is_difference else "good", "words": finding.words,
        "collected": taka(stated.collected_poisha) if stated.collected_poisha is not None else "",
        "charge": taka(stated.charge_poisha) if stated.charge_poisha is not None else "",
        "expected": taka(finding.expected_poisha) if finding.expected_poisha is not None else "",
        "paid": taka(stated.came_poisha) if stated.paid_poisha is not None or stated.claim_poisha else "",
        "booked": ", ".join(booked) or "nothing",
    }  # fmt: skip


def summary_of(matched: Matched) -> str:
    """The whole payout in a sentence."""
    counts = ", ".join(f"{count} {LABELS[verdict].lower()}" for verdict, count in matched.counts.most_common())
    is_open = f" {taka(matched.open_poisha)} of it is to be cleared up." if matched.open_poisha else ""
    return f"{taka(matched.amount_poisha)} arrives at the bank.{is_open} {counts.capitalize()}."
