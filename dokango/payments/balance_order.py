"""Lines of one wallet in the order in which their balances follow one another."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence

from dokango.payments.evidence import EvidenceRow


def in_order(lines: Sequence[EvidenceRow]) -> list[EvidenceRow]:
    """The oldest first. Wallets tell the minute alone, so lines of one minute are laid as their balances follow."""
    waiting = sorted(lines, key=lambda line: (line.sent_at or 0, line.id))
    laid: list[EvidenceRow] = []
    start = 0
    while start < len(waiting):
        end = start
        while end < len(waiting) and waiting[end].sent_at == waiting[start].sent_at:
            end += 1
        laid += _chained(laid[-1] if laid else None, waiting[start:end])
        start = end
    return laid


def off_poisha(before: EvidenceRow, after: EvidenceRow) -> int:
    """What the balances differ by; a fee may be taken from the amount or stand beside it (told both ways)."""
    off = (after.balance_poisha or 0) - (before.balance_poisha or 0) - after.amount_poisha
    return 0 if off == -after.fee_poisha else off


def _chained(before: EvidenceRow | None, tied: list[EvidenceRow]) -> list[EvidenceRow]:
    """Lines of one minute, each after the one whose balance it follows from; where none does, the lowest balance."""
    if len(tied) == 1:
        return tied
    left = {line.id: line for line in sorted(tied, key=lambda line: (line.balance_poisha or 0, line.id))}
    by_balance_before: dict[int, deque[EvidenceRow]] = defaultdict(deque)
    for line in left.values():
        for balance in _balances_before(line):
            by_balance_before[balance].append(line)
    laid: list[EvidenceRow] = []
    last = before
    while left:
        following = by_balance_before[last.balance_poisha or 0] if last else deque()
        while following and following[0].id not in left:
            following.popleft()
        last = following.popleft() if following else _first(left, last is None)
        del left[last.id]
        laid.append(last)
    return laid


def _first(left: dict[int, EvidenceRow], at_the_start: bool) -> EvidenceRow:
    """The line to go on with where none follows: at the start one that follows from none of the others."""
    if at_the_start:
        held = {line.balance_poisha for line in left.values()}
        alone = (line for line in left.values() if held.isdisjoint(_balances_before(line)))
        return next(alone, next(iter(left.values())))
    return next(iter(left.values()))


def _balances_before(line: EvidenceRow) -> set[int]:
    balance = (line.balance_poisha or 0) - line.amount_poisha
    return {balance, balance + line.fee_poisha}
