"""A payout's lines in words."""

from __future__ import annotations

from dokango.clock import said
from dokango.couriers.kind.base import Payout
from dokango.money import taka
from dokango.payouts.findings import LABELS, Finding, Matched

Row = dict[str, str]


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
