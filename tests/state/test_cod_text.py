"""What a courier is written about the cash that it holds."""

from __future__ import annotations

import pytest

from dokango.reports.held_cash import HeldDay, Owing
from state.cod.held_text import MOST_IN_MESSAGE, OneHolds, holding


@pytest.mark.parametrize("late", [40, 3])
def test_a_message_to_a_courier_says_how_many_orders_it_leaves_out(late: int) -> None:
    days = [HeldDay("rider", late, 203 * 10_000, 203)]
    oldest = [Owing(str(1_000 + n), "rider", 10_000, late) for n in range(MOST_IN_MESSAGE)]
    row = holding(OneHolds("rider", days, oldest, 203 * 10_000), {}, {})
    lines = row["message"].splitlines()
    assert "৳20,300 in all" in lines[1] and ("overdue" in lines[1]) == (late > 7)
    assert (len(lines), lines[-1]) == (2 + 200 + 1, "and 3 orders more, delivered later than these.")


def test_a_message_asks_for_what_is_overdue_alone() -> None:
    days = [HeldDay("rider", 1, 10_000, 1), HeldDay("rider", 20, 20_000, 1)]
    oldest = [Owing("1001", "rider", 20_000, 20), Owing("1002", "rider", 10_000, 1)]
    row = holding(OneHolds("rider", days, oldest, 30_000), {}, {})
    assert ("#1001" in row["message"], "#1002" in row["message"], row["overdue"]) == (True, False, "৳200, 1 order")
