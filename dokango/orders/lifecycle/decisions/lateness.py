"""A parcel that did not come by the day that was told."""

from __future__ import annotations

from dokango.clock import said_day
from dokango.orders.lifecycle.commands import SayLate
from dokango.orders.lifecycle.decision import Decision, GoOnWithCase, SetShipment, Situation


def say_late(s: Situation, command: SayLate) -> Decision:
    """The parcel gets its new day, and a case."""
    words = f"Expected by {said_day(command.was)}, now by {said_day(command.expected)}"
    day = command.expected.isoformat()
    return Decision(
        writes=[
            SetShipment({"estimated_delivery": day, "usual_delivery": None, "late_at": s.now_us}),
            GoOnWithCase("late", f"{words}. The customer is told. Ask the courier where it is.", s.actor),
        ],
        note=words,
        data={"expected_day": day},
    )
