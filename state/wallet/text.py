"""A wallet's line as the page shows it."""

from __future__ import annotations

from collections.abc import Sequence

from dokango.clock import age_words, said
from dokango.money import taka
from dokango.orders.booked_by_rule import MOST_SHOWN, BookedByRule
from dokango.orders.reading.evidence import Match
from dokango.payments.evidence import EvidenceRow, Kept
from dokango.payments.messages import INCOME, NOT_INCOME, NOT_UNDERSTOOD
from dokango.payments.methods import said_method
from dokango.payments.reconciliation import Gap, Reconciled
from dokango.payments.statement_lines import Weighed
from dokango.people.phones import said_phone
from dokango.text import how_many

_READINGS = {
    INCOME: ("good", "Payment"), NOT_INCOME: ("good", "No income"), NOT_UNDERSTOOD: ("warn", "Not understood"),
}  # fmt: skip
LEVELS = {"exact": "good", "used": "good", "short": "warn", "over": "warn", "reference": "warn"}


def row_in_words(row: EvidenceRow, found: Match | None, now_us: int) -> dict[str, str]:
    """One line with the order that it pays, most likely."""
    at = row.sent_at or row.kept_at
    return {
        "id": str(row.id), "wallet": said_method(row.method) if row.method else "", "trx_id": row.trx_id,
        "amount": taka(row.amount_poisha) if row.reading == INCOME else "", "sender": _sender(row.sender),
        "reference": row.reference, "said": row.said, "why": row.why, "age": age_words(at, now_us), "exact": said(at),
        "order": found.order if found else "", "words": found.words if found else "No order claims it.",
        "level": LEVELS.get(found.verdict, "bad") if found else "none", "verdict": found.verdict if found else "",
    }  # fmt: skip


def balance_in_words(one: Reconciled) -> dict[str, str]:
    """A wallet's newest balance, and the first two lines between which money moved unseen."""
    gap = one.gap
    return {
        "method": one.method, "wallet": said_method(one.method), "balance": taka(one.balance_poisha, exact=True),
        "lines": str(one.lines), "level": "warn" if gap else "good",
        "words": _gap(gap) if gap else "Each balance follows from the one before it.",
        "before": _line(gap.before) if gap else "", "after": _line(gap.after) if gap else "",
    }  # fmt: skip


def _gap(gap: Gap) -> str:
    amount = taka(abs(gap.off_poisha))
    if gap.off_poisha < 0:
        return (
            f"{amount} left the wallet between these two lines: a cash out, a payment or a fee. Look it up in the app."
        )
    return f"{amount} came in between these two lines that no message here tells of. Bring that message in."


def _line(row: EvidenceRow) -> str:
    at = said(row.sent_at or row.kept_at)
    way = "in" if row.amount_poisha > 0 else "out"
    return (
        f"{row.trx_id}, {at}: {taka(abs(row.amount_poisha))} {way}, balance {taka(row.balance_poisha or 0, exact=True)}"
    )


def statement_line_in_words(weighed: Weighed) -> dict[str, str]:
    """One line of a statement with what would become of it."""
    line = weighed.line
    level, word = _READINGS[line.reading]
    return {
        "line": str(line.line), "trx_id": line.known_by, "said": line.said, "why": line.why,
        "level": "good" if weighed.known else level, "becomes": "Known already" if weighed.known else word,
        "amount": taka(line.amount_poisha) if line.amount_poisha else "", "sender": _sender(line.sender),
        "at": said(line.sent_at) if line.sent_at is not None else "no date",
        "balance": taka(line.balance_poisha) if line.balance_poisha is not None else "",
    }  # fmt: skip


def outcome(kept: list[Kept]) -> str:
    """What became of a paste, in one sentence."""
    known = sum(one.duplicate for one in kept)
    new = [one.row.reading for one in kept if not one.duplicate]
    income, out = new.count(INCOME), new.count(NOT_INCOME)
    other = len(new) - income - out
    parts = [how_many(income, "payment")] if income else []
    parts += [f"{known} known already"] if known else []
    parts += [f"{out} no income"] if out else []
    parts += [f"{other} not understood"] if other else []
    return f"{how_many(len(kept), 'message')}: {', '.join(parts)}."


def _sender(sender: str) -> str:
    return said_phone(sender) if len(sender) == 11 else f"…{sender}" if sender else ""


def by_rule_in_words(booked: Sequence[BookedByRule]) -> str:
    """What the rule booked today, in one sentence; "" when it booked nothing."""
    if not booked:
        return ""
    shown, more = booked[:MOST_SHOWN], len(booked) > MOST_SHOWN
    named = ", ".join(f"#{one.number} {taka(one.amount_poisha)}" for one in shown)
    return f"Booked by the rule today: {named}{' and more' if more else ''}. Each can be taken back on its order."
