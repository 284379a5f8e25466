"""How long a customer who is asked about a failed delivery is waited for: the shop still has to answer the courier."""

from __future__ import annotations

from dokango.orders.acts.stand import Stand
from dokango.orders.cases.moves import HOUR_US

TO_ANSWER_COURIER_US = 2 * HOUR_US  # what is left to the shop of a courier's own deadline
LEAST_US = HOUR_US  # who has less for an answer is not asked without staff


def courier_waits_until(stand: Stand) -> int | None:
    """The courier's own deadline, where its rule sets one: the case stands under it while it needs us."""
    return None if stand.rule.deadline(stand.case.kind, stand.now_us) is None else stand.case.due_at


def waits_until(stand: Stand) -> int:
    """The owner's hours from now; less before a courier's deadline, and half of what is left where that is little."""
    wanted, theirs = stand.now_us + stand.answer_hours * HOUR_US, courier_waits_until(stand)
    if theirs is None or theirs <= stand.now_us:
        return wanted
    until_us = theirs - TO_ANSWER_COURIER_US
    if until_us - stand.now_us < LEAST_US:
        until_us = stand.now_us + (theirs - stand.now_us) // 2
    return min(wanted, until_us)


def then_due(stand: Stand, until_us: int) -> int:
    """By when the shop must have dealt with it, when no answer came until `until_us`."""
    theirs = courier_waits_until(stand)
    if theirs is not None and theirs > stand.now_us:
        return theirs
    return max(stand.case.due_at, until_us + TO_ANSWER_COURIER_US)


def leaves_time(stand: Stand) -> bool:
    """Whether an answer could still come in time: before the courier gives up, or before the case is late."""
    theirs = courier_waits_until(stand)
    if theirs is None:
        return stand.case.due_at > stand.now_us
    return theirs - TO_ANSWER_COURIER_US - stand.now_us >= LEAST_US
