"""What is decided of a parcel that is on its way: a problem with it, and another courier that takes the order."""

from __future__ import annotations

from dokango.couriers.kind.status import CarrierStatus
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.decision import Decision, NoteProblem, SetShipment, Situation

_HANDED_OVER = (
    CarrierStatus.DELIVERED, CarrierStatus.PARTIAL_DELIVERED, CarrierStatus.DELIVERED_APPROVAL_PENDING,
    CarrierStatus.PARTIAL_DELIVERED_APPROVAL_PENDING,
)  # fmt: skip


def report_problem(s: Situation, command: c.ReportProblem) -> Decision:
    """Raise a delivery problem, as a case, or say that it is solved."""
    words = command.problem
    return Decision(
        writes=[SetShipment({"problem": words}), NoteProblem(words, s.actor)], note=words or "problem cleared"
    )


def may_send_elsewhere(s: Situation) -> str:
    """Not when the customer has it, as the courier says."""
    return "The courier says that the customer has it." if s.order.carrier_status in _HANDED_OVER else ""


def send_elsewhere(s: Situation, command: c.SendElsewhere) -> Decision:
    """The parcel that is out is superseded; the goods stay kept for the order."""
    superseded = SetShipment({"live": None, "booking": "superseded", "problem": ""})
    note = " · ".join(part for part in (f"not by {s.order.carrier} any more", command.reason) if part)
    return Decision(writes=[superseded], note=note)
