"""What a courier is written about the cash that it holds."""

from __future__ import annotations

from dokango.reports.courier_cash import Owing
from state.cod.text import holding


def test_a_message_to_a_courier_says_how_many_orders_it_leaves_out() -> None:
    held = [Owing(str(1_000 + n), "rider", 10_000, 40 - n // 10) for n in range(203)]
    [row] = holding(held, {}, {})
    lines = row["message"].splitlines()
    assert "৳20,300 in all" in lines[1]
    assert (len(lines), lines[-1]) == (2 + 200 + 1, "and 3 orders more, delivered later than these.")
